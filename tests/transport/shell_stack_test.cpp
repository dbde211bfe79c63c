// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/elastic_transport.hpp>
#include <nordheim/transport/shell_evolution.hpp>
#include <nordheim/transport/shell_stack.hpp>

#include "support/catch.hpp"
#include "support/late_spreading.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using namespace nordheim;

namespace {

/// Σ_s weight_s ρ(E_s), the number of states between two energies.
double states(const std::vector<WeightedShell>& shells) {
  double sum = 0.0;
  for (const WeightedShell& shell : shells) sum += shell.weight * shell.scattering->space().density_of_states();
  return sum;
}

}  // namespace

TEST_CASE("a stack of shells integrates over the energy") {
  // In one dimension the density of states is 1/(pi sqrt(E(2 - E))), of which 1/3 lies between 1/2 and 3/2.
  const auto chain = ElasticModel::impurities(Dispersion::nearest_neighbour(1), Correlator::delta(1.0));
  double before = 1.0;
  for (const int count : {2, 4, 8}) {
    const double error = std::abs(states(shell_stack(chain, 0.5, 1.5, count, 4)) - 1.0 / 3.0);
    CHECK(error < 0.1 * before);  // Gauss: the error falls by (2 + sqrt 3)^4 = 194 from 2 to 4 points, less rounding
    before = error;
  }
  CHECK(before < 1e-8);  // (2 + sqrt 3)^-16, the singularity being as far from the middle as twice the half length
}

TEST_CASE("no interval of a stack goes across a van Hove energy") {
  const auto square = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::delta(1.0));
  // At E = 2 the density of states of the square lattice is infinite.
  const auto shells = shell_stack(square, 1.0, 3.0, 7, 4);
  REQUIRE(shells.size() == 7);
  double below = 0.0, above = 0.0, last = 0.0;
  for (const WeightedShell& shell : shells) {
    const double energy = shell.scattering->space().energy();
    CHECK(energy > last);
    last = energy;
    (energy < 2.0 ? below : above) += shell.weight;
  }
  CHECK(std::abs(below - 1.0) < 1e-14);  // sums of four weights
  CHECK(std::abs(above - 1.0) < 1e-14);
}

TEST_CASE("after ten thousand mean free times a stack of shells spreads with the mean of its D_kin") {
  const auto square = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::product(2, 0.5));
  const auto shells = shell_stack(square, 0.6, 1.6, 4, 3);
  const PeriodicBox box({4096.0}, {256});
  std::vector<double> packet;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const double x = (box.position(r)[0] - 2048.0) / 44.0;
    packet.push_back(std::exp(-0.5 * x * x));
  }
  ShellEvolution evolution(shells, box);
  // Fewer electrons at higher energies, in motion.
  const auto occupation = [](double energy) { return std::exp(-energy); };
  double slowest = std::numeric_limits<double>::infinity(), states = 0.0, spreading = 0.0;
  for (std::size_t s = 0; s < shells.size(); ++s) {
    const ElasticScattering& scattering = *shells[s].scattering;
    const EnergyShell& shell = scattering.space();
    std::vector<double> W;
    for (std::size_t a = 0; a < shell.size(); ++a) {
      W.push_back(occupation(shell.energy()) * (1.0 + 0.8 * shell.velocities()[2 * a]));
    }
    evolution.set_packet(s, packet, W);
    slowest = std::min(slowest, *std::min_element(scattering.rates().begin(), scattering.rates().end()));
    const double share = shells[s].weight * shell.density_of_states() * occupation(shell.energy());
    states += share;
    spreading += share * diffusion_tensor(scattering)[0][0];
  }
  const double D = spreading / states;
  const auto [seen, slope, drift] = test::late_spreading(evolution, slowest);
  CAPTURE(slope / D - 1.0, seen.spreading[0] / D - 1.0, drift);
  // Rounding of the density times the square of the distance to the faces, 4e6, over the spread, 3e3.
  CHECK_THAT(slope, WithinRel(D, 1e-10));
  CHECK_THAT(seen.spreading[0], WithinRel(D, 1e-11));  // without the difference of two variances
  CHECK_THAT(seen.diffusion[0], WithinRel(D, 1e-14));
  CHECK(drift <= 1e-14);
  for (std::size_t s = 0; s < shells.size(); ++s) {
    CHECK_THAT(evolution.observe(s).spreading[0], WithinRel(diffusion_tensor(*shells[s].scattering)[0][0], 1e-11));
  }
}

TEST_CASE("a stack that cannot be is refused") {
  const auto square = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::delta(1.0));
  CHECK_THROWS_AS(shell_stack(square, 3.0, 1.0, 4, 4), InvalidArgument);
  CHECK_THROWS_AS(shell_stack(square, 1.0, 3.0, 1, 4), InvalidArgument);
  CHECK_THROWS_AS(shell_stack(square, 1.0, 5.0, 4, 4), InvalidArgument);
}
