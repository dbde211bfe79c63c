// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/equilibrium_near.hpp"

#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace nordheim;

namespace {

const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));

}  // namespace

TEST_CASE("from nearby the same equilibrium is found") {
  for (const auto statistics :
       {Statistics::fermion, Statistics::boson, Statistics::classical, Statistics::classical_wave}) {
    for (const double beta : {0.7, -0.3, 0.0}) {
      // μ below the band, or above it where the temperature is negative, keeps bosons off the pole.
      const Equilibrium wanted(statistics, beta, 2.0, 0.9 + 2.0 * std::abs(beta));
      const Equilibrium guess(statistics, beta + 0.02, 2.0, 0.93 + 2.0 * std::abs(beta));
      const auto W = sample(grid, [&](const Vector3& k) { return wanted.occupation(grid.dispersion()(k)); });
      const Moments moments = moments_of(W, grid.energies(), grid.weights());
      const auto found = detail::equilibrium_near(guess, moments, grid.energies(), grid.weights());
      REQUIRE(found);
      // The condition number of the inversion is below 100 here.
      CHECK(std::abs(found->beta() - wanted.beta()) < 1e-13);
      CHECK(std::abs(found->exponent(0.0) - wanted.exponent(0.0)) < 1e-13);
    }
  }
}

TEST_CASE("from nearby the same equilibrium without number is found") {
  const LatticeGrid phonons(8, Dispersion::optical(2, 1.0));
  for (const auto statistics : {Statistics::boson, Statistics::classical_wave}) {
    const auto W = sample(phonons, [&](const Vector3& k) {
      return Equilibrium::from_chemical_potential(statistics, 0.7, 0.0).occupation(phonons.dispersion()(k));
    });
    const double energy = moments_of(W, phonons.energies(), phonons.weights()).energy;
    const auto found = detail::equilibrium_of_energy_near(Equilibrium::from_chemical_potential(statistics, 0.9, 0.0),
                                                          energy, phonons.energies(), phonons.weights());
    REQUIRE(found);
    CHECK(found->beta() == Approx(0.7).epsilon(1e-13));  // a sum of 64 numbers, condition number 1
  }
}

TEST_CASE("from nearby the same moving equilibrium is found") {
  for (const auto symmetry : {MomentumSymmetry::none, MomentumSymmetry::axial}) {
    const SphericalGrid sphere({.degree = 10, .scale = 1.2, .symmetry = symmetry});
    const double across = symmetry == MomentumSymmetry::none ? 0.1 : 0.0;
    for (const auto statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
      const MovingEquilibrium guess{Equilibrium(statistics, 1.0, 0.0, 0.5), {0.0, 0.0, 0.05}};
      // A state that is no equilibrium itself.
      const auto W = sample(sphere, [&](const Vector3& k) {
        const MovingEquilibrium near{Equilibrium(statistics, 1.05, 0.0, 0.53), {across, 0.0, 0.02}};
        return near.occupation(k) * (1.0 + 0.01 * k[2] * k[2]);
      });
      const MovingMoments moments = moving_moments_of(W, sphere.velocities(), sphere.energies(), sphere.weights());
      const auto found =
          detail::moving_equilibrium_near(guess, moments, sphere.velocities(), sphere.energies(), sphere.weights());
      const MovingEquilibrium expected =
          moving_equilibrium_of(statistics, moments, sphere.velocities(), sphere.energies(), sphere.weights());
      REQUIRE(found);
      // Both methods end at round-off of the moments, condition number below 100.
      CHECK(std::abs(found->at_rest.beta() - expected.at_rest.beta()) < 1e-12);
      CHECK(std::abs(found->at_rest.exponent(0.0) - expected.at_rest.exponent(0.0)) < 1e-12);
      for (std::size_t j = 0; j < 3; ++j) CHECK(std::abs(found->velocity[j] - expected.velocity[j]) < 1e-12);
    }
  }
}

TEST_CASE("what is not near is not found") {
  const Equilibrium guess(Statistics::fermion, 0.5, 2.0, 0.0);
  CHECK_FALSE(detail::equilibrium_near(guess, {1.5, 2.0}, grid.energies(), grid.weights()));  // more than full
  CHECK_FALSE(detail::equilibrium_near(guess, {std::nan(""), 2.0}, grid.energies(), grid.weights()));
  const Equilibrium bosons(Statistics::boson, 0.5, 0.0, 0.01);
  CHECK_FALSE(detail::equilibrium_near(bosons, {1e-3, 4e-3}, grid.energies(), grid.weights()));
}
