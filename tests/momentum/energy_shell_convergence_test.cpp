// SPDX-License-Identifier: GPL-3.0-or-later
// The error falls geometrically with the order, whatever the topology of the shell and the symmetry of the band.
#include <nordheim/model/critical_points.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "support/catch.hpp"
#include "support/shells.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// Relative errors of ρ, order by order, fall by a factor of at least @p rate for each two orders, until they are
/// below @p floor, and reach it by order 16.
void check_geometric(const Dispersion& band, double energy, double rho, double rate, double floor) {
  CAPTURE(band.description(), energy);
  const auto van_hove = van_hove_energies(band);
  double envelope = 0.0;
  double error = 1.0;
  for (int order = 4; order <= 16; order += 2) {
    CAPTURE(order);
    const EnergyShell shell(band, energy, {.order = order, .van_hove = van_hove});
    CHECK(shell.fallback_cells() == 0);
    error = std::abs(shell.density_of_states() / rho - 1.0);
    if (order == 4) {
      CHECK(error > 1e-9);  // else there is nothing to see
      CHECK(error < 1e-3);
      envelope = 10.0 * error;  // errors change their sign, so that one of them may be small by chance
      continue;
    }
    envelope /= rate;
    CHECK(error < std::max(envelope, floor));
  }
  CHECK(error < floor);
}

}  // namespace

TEST_CASE("convergence is geometric below between and above the van Hove energies") {
  const auto band = Dispersion::nearest_neighbour(3);
  constexpr double rate = 6.0;     // for each two orders
  constexpr double floor = 2e-13;  // rounding of 10⁴ terms
  check_geometric(band, 1.0, 0.09676424005227521072495, rate, floor);
  check_geometric(band, 1.5, 0.1475508814490390820509, rate, floor);
  check_geometric(band, 2.5, 0.2863224350507950390972, rate, floor);
  check_geometric(band, 3.0, 0.2853459654460389213261, rate, floor);
  check_geometric(band, 5.0, 0.09676424005227521072495, rate, floor);
}

TEST_CASE("convergence is geometric for a band without symmetry") {
  for (const int d : {2, 3}) {
    const auto band = skew_band(d);
    const auto range = band.range();
    for (const double part : d == 2 ? std::vector{0.12, 0.45, 0.9} : std::vector{0.12, 0.45}) {
      const double energy = range.min + part * range.width();
      CAPTURE(d, energy);
      const EnergyShell fine(band, energy, {.order = 22});
      CHECK(fine.reflections().size() == 1);
      // Σ w v is as wrong as the quadrature, no more.
      for (const double component : fine.mean_velocity()) CHECK(std::abs(component) < 1e-12);
      check_geometric(band, energy, fine.density_of_states(), 4.0, 1e-12);
    }
  }
}

TEST_CASE("the complex deformation of the torus has the same density of states") {
  for (const int d : {2, 3}) {
    const auto band = skew_band(d);
    const double energy = band.range().min + 0.45 * band.range().width();
    const double tolerance = d == 2 ? 1e-11 : 1e-4;  // its cost grows like the number of points to the power d
    const auto green = green_function(band, energy, tolerance);
    const EnergyShell shell(band, energy, {.order = 20});
    CHECK_THAT(shell.density_of_states(), WithinAbs(-green.value.imag() / std::numbers::pi, tolerance));
  }
}
