// SPDX-License-Identifier: GPL-3.0-or-later
// Equilibria of phonons: Rayleigh and Jeans, and those without conserved number; resonances of bands.
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/resonance.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"
#include "support/refusal.hpp"

#include <cmath>

using namespace nordheim;
using namespace nordheim::test;

TEST_CASE("the Rayleigh-Jeans distribution is found from its number and energy") {
  const LatticeGrid grid(8, Dispersion::optical(2, 0.5));
  for (const double beta : {3.0, 1e-3, 0.0, -0.2}) {
    // x = 0.3 at the lowest or highest frequency.
    const Equilibrium given(Statistics::classical_wave, beta, beta >= 0.0 ? 0.5 : std::sqrt(8.25), 0.3);
    std::vector<double> W;
    for (const double omega : grid.energies()) {
      W.push_back(given.occupation(omega));
      CHECK(W.back() == 1.0 / given.exponent(omega));
    }
    const Equilibrium found = equilibrium_of(Statistics::classical_wave, moments_of(W, grid.energies(), grid.weights()),
                                             grid.energies(), grid.weights());
    CAPTURE(beta);
    for (std::size_t a = 0; a < W.size(); ++a) {
      CHECK_THAT(found.occupation(grid.energies()[a]), WithinRel(W[a], 1e-12));
    }
  }
  CHECK(says(sentence([] { return Equilibrium(Statistics::classical_wave, 1.0, 1.0, 0.0).occupation(0.5); }),
             "no Rayleigh-Jeans occupation at omega = 0.5"));
}

TEST_CASE("the equilibrium of phonons without conserved number has the energy asked for") {
  const LatticeGrid grid(8, Dispersion::acoustic(2));
  std::vector<double> weights(grid.weights().begin(), grid.weights().end());
  weights[0] = 0.0;  // ω = 0
  for (const Statistics statistics : {Statistics::boson, Statistics::classical_wave}) {
    for (const double beta : {1e-6, 0.3, 2.0, 40.0}) {
      double energy = 0.0;
      for (std::size_t a = 1; a < grid.size(); ++a) {
        const double x = beta * grid.energies()[a];
        energy += weights[a] * grid.energies()[a] / (statistics == Statistics::boson ? std::expm1(x) : x);
      }
      const Equilibrium eq = equilibrium_of_energy(statistics, energy, grid.energies(), weights);
      CAPTURE(name(statistics), beta);
      CHECK_THAT(eq.beta(), WithinRel(beta, 1e-13));
      CHECK(eq.mu() == 0.0);
    }
    const auto refused = [&](double energy) {
      return sentence([&] { return equilibrium_of_energy(statistics, energy, grid.energies(), weights); });
    };
    CHECK(says(refused(0.0), "the energy must be positive"));
    CHECK(says(refused(std::nan("")), "it must be finite"));
  }
  CHECK(says(sentence([&] { return equilibrium_of_energy(Statistics::fermion, 1.0, grid.energies(), weights); }),
             "found fermion"));
  CHECK(says(sentence([&] { return equilibrium_of_energy(Statistics::boson, 1.0, grid.energies(), grid.weights()); }),
             "the energy of node 0 is 0"));
}

TEST_CASE("decays are found where there are any") {
  struct Band {
    Dispersion dispersion;
    int parts;
    bool found;
    ResonanceArgument argument;
  };
  // ω = 4 − 2 cos 2πk + 0.2 cos 6πk: ω² is no sum of the kind that makes a norm, and the range [2.0, 6.0] alone does
  // not forbid decays; the nearest, of k = 1/3 into twice 1/6, lacks 0.4.
  const auto wavy = Dispersion::from_function(
      1, [](const Vector3& k) { return 4.0 - 2.0 * std::cos(two_pi * k[0]) + 0.2 * std::cos(3.0 * two_pi * k[0]); });
  const std::vector<Band> known{
      {Dispersion::optical(3, 0.8), 2, false, ResonanceArgument::subadditive},
      {Dispersion::acoustic(2), 2, false, ResonanceArgument::subadditive},
      {Dispersion::acoustic(2), 3, false, ResonanceArgument::subadditive},
      // Twice the lowest is above the highest frequency, √(36 + 64) = 10.
      {Dispersion::bending(2, 6.0), 2, false, ResonanceArgument::band},
      {Dispersion::bending(1, 0.4), 2, true, ResonanceArgument::sign_change},
      {Dispersion::bending(2, 0.4), 2, true, ResonanceArgument::sign_change},
      {Dispersion::bending(2, 0.4), 3, true, ResonanceArgument::sign_change},
      {Dispersion::bending(3, 0.0), 2, true, ResonanceArgument::sign_change},
      {wavy, 2, false, ResonanceArgument::search},
  };
  for (const Band& band : known) {
    const Resonance resonance = decay_resonance(band.dispersion, band.parts);
    CAPTURE(band.dispersion.description(), band.parts, name(resonance.argument), resonance.largest_surplus);
    CHECK(resonance.found == band.found);
    CHECK(resonance.argument == band.argument);
    CHECK((resonance.largest_surplus > 0.0) == band.found);
    if (!band.found) continue;
    // What proves it: momenta that add up, with a surplus.
    REQUIRE(resonance.momenta.size() == static_cast<std::size_t>(band.parts) + 1);
    double surplus = band.dispersion(resonance.momenta[0]);
    Vector3 rest = resonance.momenta[0];
    for (std::size_t i = 1; i < resonance.momenta.size(); ++i) {
      surplus -= band.dispersion(resonance.momenta[i]);
      for (std::size_t j = 0; j < 3; ++j) rest[j] -= resonance.momenta[i][j];
    }
    CHECK_THAT(surplus, WithinRel(resonance.largest_surplus, 1e-9));
    for (const double component : rest) CHECK(std::abs(component - std::round(component)) < 1e-9);
  }
  // In closed form: ω = 1 − cos 2πk (bending at ω0 = 0, d = 1, halved) has 2 ω(k/2) least, surplus 2 − 2 at k1 = ½,
  // and in between (1 − cos 2a) − 2(1 − cos a) = 2 cos a (1 − cos a), a = πk1: ½ at cos a = ½.
  CHECK_THAT(decay_resonance(Dispersion::nearest_neighbour(1), 2).largest_surplus, WithinAbs(0.5, 1e-9));
  CHECK(says(sentence([] { return decay_resonance(Dispersion::acoustic(1), 4); }), "parts = 4"));
  CHECK(says(sentence([] {
               return decay_resonance(Dispersion::hopping(1, {{{1, 0, 0}, -1.0}}), 2);
             }),
             "must not be negative"));
}
