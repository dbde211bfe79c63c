// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"

#include <array>
#include <optional>

using namespace nordheim;
using namespace nordheim::test;

namespace {

std::vector<double> applied(LatticeTwoBody& op, const std::vector<double>& W, const std::vector<double>& dW,
                            double step) {
  std::vector<double> moved(W), C(W.size());
  for (std::size_t a = 0; a < W.size(); ++a) moved[a] += step * dW[a];
  op.apply(moved, C);
  return C;
}

/// Central differences with steps s and 2s, extrapolated: error O(s⁴) + ε/s.
std::vector<double> differentiated(LatticeTwoBody& op, const std::vector<double>& W, const std::vector<double>& dW) {
  const double s = 3e-4;
  const auto p1 = applied(op, W, dW, s), m1 = applied(op, W, dW, -s);
  const auto p2 = applied(op, W, dW, 2 * s), m2 = applied(op, W, dW, -2 * s);
  std::vector<double> d(W.size());
  for (std::size_t a = 0; a < d.size(); ++a) d[a] = (8.0 * (p1[a] - m1[a]) - (p2[a] - m2[a])) / (12.0 * s);
  return d;
}

}  // namespace

TEST_CASE("the linearisation is the derivative") {
  struct Setting {
    EnergyConstraint energy;
    bool fixed_reference;
    std::optional<int> engine_points;
    TimeWindow window;
  };
  const std::array settings{Setting{EnergyConstraint::none, true, {}, TimeWindow::flat},
                            Setting{EnergyConstraint::none, false, {}, TimeWindow::parzen},
                            Setting{EnergyConstraint::projection, true, {}, TimeWindow::flat},
                            Setting{EnergyConstraint::projection, false, {}, TimeWindow::bohman},
                            Setting{EnergyConstraint::reference_temperature, false, {}, TimeWindow::bohman},
                            Setting{EnergyConstraint::projection, true, 12, TimeWindow::flat},
                            Setting{EnergyConstraint::projection, false, 11, TimeWindow::flat},
                            Setting{EnergyConstraint::reference_temperature, true, 12, TimeWindow::parzen}};
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 8 : 6, Dispersion::nearest_neighbour(dimension));
    const auto W = skew_state(grid);
    const auto dW = sample(grid, [](const Vector3& k) {
      return 0.3 * std::cos(two_pi * k[0]) + 0.2 + 0.5 * std::sin(two_pi * (k[1] - 2.0 * k[0]));
    });
    for (const Statistics statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
      for (const Setting& setting : settings) {
        CAPTURE(dimension, name(statistics), static_cast<int>(setting.energy), setting.fixed_reference,
                setting.engine_points.value_or(0));
        LatticeTwoBodyOptions options;
        options.energy = setting.energy;
        options.window = setting.window;
        options.engine_points = setting.engine_points;
        LatticeTwoBody op(grid, statistics, options);
        if (setting.fixed_reference) op.set_reference(Equilibrium(statistics, 0.4, 2.0, 1.0));
        std::vector<double> dC(grid.size());
        op.apply_linearised(W, dW, dC);
        // The differences are good to about 1e-10: s⁴ = 1e-14 times fifth derivatives (large near W = 0), ε/s = 1e-12.
        CHECK(largest_difference(dC, differentiated(op, W, dW)) < 3e-10 * std::max(1.0, largest(dC)));
        // Twice the same, with a remembered state and without.
        std::vector<double> again(grid.size());
        op.apply_linearised(W, dW, again);
        CHECK(largest_difference(dC, again) < 1e-14);
      }
    }
  }
}

TEST_CASE("the linearisation conserves number and energy") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(3));
  const auto W = skew_state(grid);
  std::vector<double> dW(grid.size()), dC(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) dW[a] = std::sin(static_cast<double>(a * a));
  LatticeTwoBody op(grid, Statistics::boson);
  op.apply_linearised(W, dW, dC);
  double number = 0.0, energy = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    number += grid.weights()[a] * dC[a];
    energy += grid.weights()[a] * grid.energies()[a] * dC[a];
  }
  // A Krylov solver builds its space from such vectors: what they do not conserve, an implicit step does not.
  CHECK_THAT(number, WithinAbs(0.0, 1e-16 * largest(dC) * 10));
  CHECK_THAT(energy, WithinAbs(0.0, 1e-16 * largest(dC) * 60));
}
