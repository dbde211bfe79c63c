// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/shell_stack.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <cstddef>

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

TEST_CASE("a stack that cannot be is refused") {
  const auto square = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::delta(1.0));
  CHECK_THROWS_AS(shell_stack(square, 3.0, 1.0, 4, 4), InvalidArgument);
  CHECK_THROWS_AS(shell_stack(square, 1.0, 3.0, 1, 4), InvalidArgument);
  CHECK_THROWS_AS(shell_stack(square, 1.0, 5.0, 4, 4), InvalidArgument);
}
