// SPDX-License-Identifier: GPL-3.0-or-later
// What the discrete two-body operator promises whatever the resolution: conservation, equilibria, H-theorem, range.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <optional>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr std::array all_statistics{Statistics::fermion, Statistics::classical, Statistics::boson};
constexpr std::array conserving{EnergyConstraint::projection, EnergyConstraint::reference_temperature};

double weighted_sum(ConstState phi, const std::vector<double>& C) {
  double sum = 0.0;
  for (std::size_t a = 0; a < C.size(); ++a) sum += phi[a] * C[a];
  return sum / static_cast<double>(C.size());
}

LatticeTwoBodyOptions options_of(EnergyConstraint energy, TimeWindow window, std::optional<int> engine_points = {}) {
  LatticeTwoBodyOptions options;
  options.energy = energy;
  options.window = window;
  options.engine_points = engine_points;
  return options;
}

}  // namespace

TEST_CASE("number and energy are conserved to round-off") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(10, Dispersion::nearest_neighbour(dimension));
    const auto W = skew_state(grid);
    for (const Statistics statistics : all_statistics) {
      for (const EnergyConstraint energy : conserving) {
        for (const auto points : {std::optional<int>(), std::optional<int>(14)}) {
          CAPTURE(dimension, name(statistics), static_cast<int>(energy), points.value_or(0));
          LatticeTwoBody op(grid, statistics, options_of(energy, TimeWindow::bohman, points));
          std::vector<double> C(grid.size());
          const CollisionReport report = op.apply(W, C);
          // Sums of 100 to 1000 numbers of size max |C|, multiplied by energies up to 6.
          for (const Invariant& invariant : op.invariants()) {
            CHECK_THAT(weighted_sum(invariant.values, C), WithinAbs(0.0, 2e-15 * largest(C)));
          }
          CHECK_THAT(report.number_defect, WithinAbs(0.0, 1e-14));
          CHECK(report.largest_rate > 1e-3);
          if (energy == EnergyConstraint::projection) {
            // What is corrected is the error of the window, visible but small.
            CHECK(std::abs(report.energy_defect) > 1e-8);
            CHECK(report.correction < 0.02 * report.largest_rate);
            CHECK(report.engine_calls == 1);
          } else {
            CHECK(report.correction < 1e-11 * report.largest_rate);
            CHECK(report.engine_calls <= 6);
          }
        }
      }
    }
  }
}

TEST_CASE("equilibria are fixed points to round-off") {
  // Hot, cold, β = 0 and inverted; on any grid and for any window, horizon and step.
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(8, Dispersion::nearest_neighbour(dimension));
    for (const Statistics statistics : all_statistics) {
      for (const double beta : {4.0, 0.3, 0.0, -0.8}) {
        // x = 0.7 at the lowest or highest energy: dense, but below the pole of the bosons.
        const Equilibrium eq(statistics, beta, beta >= 0.0 ? 0.0 : 2.0 * dimension, 0.7);
        std::vector<double> W(grid.size()), C(grid.size());
        for (std::size_t a = 0; a < grid.size(); ++a) W[a] = eq.occupation(grid.energies()[a]);
        for (const EnergyConstraint energy :
             {EnergyConstraint::none, EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
          for (const auto points : {std::optional<int>(), std::optional<int>(12)}) {
            CAPTURE(dimension, name(statistics), beta, static_cast<int>(energy), points.value_or(0));
            LatticeTwoBody op(grid, statistics, options_of(energy, TimeWindow::flat, points));
            std::vector<double> nu(grid.size());
            op.apply(W, C);
            op.loss_rate(W, nu);
            // Gain and loss, each of the size ν W, cancel; the reference is known to 1e-15 only.
            CHECK(largest(C) < 1e-14 * largest(nu) * largest(W));
          }
        }
      }
    }
  }
}

TEST_CASE("with a non-negative window the entropy grows exactly") {
  for (const TimeWindow window : {TimeWindow::bohman, TimeWindow::parzen}) {
    for (const int dimension : {2, 3}) {
      const LatticeGrid grid(6, Dispersion::nearest_neighbour(dimension));
      for (const Statistics statistics : all_statistics) {
        // A rough state that no grid resolves: the theorem does not ask for resolution.
        std::vector<double> W(grid.size()), C(grid.size());
        for (std::size_t a = 0; a < grid.size(); ++a) {
          W[a] = 0.5 + 0.45 * std::sin(static_cast<double>(3 * a * a + 1));
        }
        LatticeTwoBody op(grid, statistics, options_of(EnergyConstraint::reference_temperature, window));
        op.apply(W, C);
        CHECK(entropy_production(statistics, W, C, grid.weights()) > 1e-3);
      }
    }
  }
}

TEST_CASE("empty modes fill and full modes empty") {
  // C ≥ 0 where W = 0, and C ≤ 0 where a fermion mode is full, for non-negative windows, also after the projection.
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  for (const TimeWindow window : {TimeWindow::bohman, TimeWindow::parzen}) {
    for (const EnergyConstraint energy : conserving) {
      for (const Statistics statistics : all_statistics) {
        std::vector<double> W = skew_state(grid), C(grid.size());
        for (std::size_t a = 0; a < grid.size(); a += 5) W[a] = 0.0;
        for (std::size_t a = 2; a < grid.size(); a += 7) W[a] = 1.0;
        LatticeTwoBody op(grid, statistics, options_of(energy, window));
        op.apply(W, C);
        for (std::size_t a = 0; a < grid.size(); ++a) {
          if (W[a] == 0.0) CHECK(C[a] > 0.0);
          if (W[a] == 1.0 && statistics == Statistics::fermion) CHECK(C[a] < 0.0);
        }
      }
    }
  }
}

TEST_CASE("a step function conserves energy too") {
  // W(1+θW) vanishes everywhere: the correction has another direction then.
  const LatticeGrid grid(12, Dispersion::nearest_neighbour(2));
  const auto W = sample(grid, [](const Vector3& k) { return k[0] >= 0.0 && k[0] < 0.5 ? 1.0 : 0.0; });
  LatticeTwoBody op(grid, Statistics::fermion);
  std::vector<double> C(grid.size());
  op.apply(W, C);
  CHECK(largest(C) > 1e-3);
  CHECK_THAT(weighted_sum(grid.weights(), C), WithinAbs(0.0, 1e-17));
  CHECK_THAT(weighted_sum(grid.energies(), C), WithinAbs(0.0, 1e-16));
}

TEST_CASE("the reference temperature is near the true one") {
  // Both are the temperature of the state up to the error of the window; measured within 8 % at these sizes.
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(16, Dispersion::nearest_neighbour(dimension));
    const auto W = skew_state(grid);
    const Equilibrium eq = equilibrium_of(Statistics::fermion, moments_of(W, grid.energies(), grid.weights()),
                                          grid.energies(), grid.weights());
    LatticeTwoBody op(grid, Statistics::fermion,
                      options_of(EnergyConstraint::reference_temperature, TimeWindow::parzen));
    std::vector<double> C(grid.size());
    CHECK_THAT(op.apply(W, C).reference_beta, WithinRel(eq.beta(), 0.2));
  }
}

TEST_CASE("a padded engine converges to the fine grid") {
  // C on 48 points, against the same engine fed with the interpolant of 12 or 24 points and cut back to these: what is
  // cut off are the harmonics of C beyond 6 or 12, which fall like the square of their number in d = 2 (C has a kink).
  const LatticeGrid fine(48, Dispersion::nearest_neighbour(2));
  LatticeTwoBodyOptions options;
  std::vector<double> C_fine(fine.size());
  LatticeTwoBody(fine, Statistics::fermion, options).apply(skew_state(fine), C_fine);
  const auto difference = [&](int points) {
    const LatticeGrid grid(points, Dispersion::nearest_neighbour(2));
    options.engine_points = 48;
    LatticeTwoBody padded(grid, Statistics::fermion, options);
    CHECK(padded.engine_points() == 48);
    std::vector<double> C(grid.size());
    padded.apply(skew_state(grid), C);
    double largest_error = 0.0;
    const int stride = 48 / points;
    for (int i = 0; i < points; ++i) {
      for (int j = 0; j < points; ++j) {
        const double exact = C_fine[fine.node({stride * i, stride * j, 0})];
        largest_error = std::max(largest_error, std::abs(C[grid.node({i, j, 0})] - exact));
      }
    }
    return largest_error / largest(C_fine);
  };
  const double coarse = difference(12);
  CHECK(coarse < 0.1);
  CHECK(difference(24) < 0.5 * coarse);
}

TEST_CASE("the result does not depend on the number of threads") {
  const LatticeGrid grid(12, Dispersion::nearest_neighbour(3));
  const auto W = skew_state(grid);
  std::vector<double> one(grid.size()), C(grid.size());
  LatticeTwoBodyOptions options;
  options.threads = 1;
  LatticeTwoBody(grid, Statistics::boson, options).apply(W, one);
  for (const int threads : {2, 3, 7, 64}) {
    options.threads = threads;
    LatticeTwoBody op(grid, Statistics::boson, options);
    op.apply(W, C);
    // The sum over time nodes in another order.
    CHECK(largest_difference(C, one) < 1e-15);
    std::vector<double> again(grid.size());
    auto shifted = W;
    shifted[0] += 0.1;
    op.apply(shifted, again);
    op.apply(W, again);
    CHECK(again == C);
  }
}

TEST_CASE("what cannot be done is refused with the reason") {
  const LatticeGrid square(8, Dispersion::nearest_neighbour(2));
  const auto refused = [](const LatticeGrid& grid, const LatticeTwoBodyOptions& options) {
    return LatticeTwoBody(grid, Statistics::fermion, options);
  };
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(refused(LatticeGrid(16, Dispersion::nearest_neighbour(1)), {}), Contains("a single cosine"));
  CHECK_THROWS_WITH(refused(LatticeGrid(8, Dispersion::hopping(2, {{{1, 1, 0}, 1.0}})), {}),
                    Contains("a single cosine"));
  CHECK_THROWS_WITH(refused(LatticeGrid(8, Dispersion::from_function(2, [](const Vector3&) { return 3.0; })), {}),
                    Contains("flat"));
  CHECK_NOTHROW(refused(LatticeGrid(16, Dispersion::optical(1, 1.0)), {}));
  // One harmonic or two, as far as hopping reaches.
  for (const int reach : {24, 255, 256}) {
    CHECK_THROWS_WITH(refused(LatticeGrid(16, Dispersion::hopping(1, {{{reach, 0, 0}, 1.0}})), {}),
                      Contains("a single cosine"));
    CHECK_NOTHROW(refused(LatticeGrid(16, Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{reach, 0, 0}, 0.5}})), {}));
  }
  CHECK_NOTHROW(refused(LatticeGrid(8, Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{1, 24, 0}, 0.5}})), {}));

  LatticeTwoBodyOptions options;
  options.strength = -1.0;
  CHECK_THROWS_WITH(refused(square, options), "strength = -1; a positive number is needed");
  options = {};
  options.horizon = 0.0;
  CHECK_THROWS_WITH(refused(square, options), "horizon = 0; a positive number is needed");
  options = {};
  options.time_step = 0.9;
  CHECK_THROWS_WITH(refused(square, options), Contains("at most π/bandwidth = 0.785398 is allowed"));
  options = {};
  options.engine_points = 7;
  CHECK_THROWS_WITH(refused(square, options), Contains("engine_points = 7 is less than the 8 points"));
  options = {};
  options.threads = -2;
  CHECK_THROWS_WITH(refused(square, options), Contains("threads = -2"));
  options = {};
  options.rectangle_correction = true;
  CHECK_THROWS_WITH(refused(LatticeGrid(9, Dispersion::nearest_neighbour(2)), options), Contains("found"));
  CHECK_THROWS_WITH(refused(LatticeGrid(8, Dispersion::optical(2, 1.0)), options), Contains("optical"));
  options.window = TimeWindow::bohman;
  CHECK_THROWS_WITH(refused(LatticeGrid(8, Dispersion::nearest_neighbour(3)), options), Contains("bohman"));
  CHECK(LatticeTwoBody(square, Statistics::fermion, {}).rectangle_correction());
  CHECK_FALSE(
      LatticeTwoBody(LatticeGrid(9, Dispersion::nearest_neighbour(2)), Statistics::fermion).rectangle_correction());

  LatticeTwoBody op(square, Statistics::fermion);
  std::vector<double> W = skew_state(square), C(square.size()), wrong(square.size() - 1);
  CHECK_THROWS_AS(op.apply(wrong, C), DimensionMismatch);
  CHECK_THROWS_AS(op.apply(W, wrong), DimensionMismatch);
  CHECK_THROWS_AS(op.apply_linearised(W, wrong, C), DimensionMismatch);
  CHECK_THROWS_AS(op.apply_linearised(W, C, wrong), DimensionMismatch);
  CHECK_THROWS_AS(op.loss_rate(W, wrong), DimensionMismatch);
  CHECK_THROWS_AS(op.error_estimate(wrong), DimensionMismatch);
  CHECK_THROWS_WITH(op.set_reference(Equilibrium(Statistics::boson, 1.0, 0.0, 1.0)), Contains("bosons"));
  op.set_reference(Equilibrium(Statistics::fermion, 1.0, 2.0, 0.0));
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    W[3] = bad;
    CHECK_THROWS_AS(op.apply(W, C), RecoverableError);
    for (const EnergyConstraint energy : conserving) {
      LatticeTwoBody own(square, Statistics::fermion, options_of(energy, TimeWindow::bohman));
      CHECK_THROWS_WITH(own.apply(W, C), Contains("the state has number") && Contains("both must be finite"));
      CHECK_THROWS_AS(own.apply(W, C), RecoverableError);
      own.set_reference(Equilibrium(Statistics::fermion, 1.0, 2.0, 0.0));
      CHECK_THROWS_AS(own.apply(W, C), RecoverableError);
    }
  }
}

TEST_CASE("sizes are told without building and refused as by building") {
  const auto nodes = [](int points, const Dispersion& band, const LatticeTwoBodyOptions& options = {}) {
    return LatticeTwoBody::time_nodes(points, band, options);
  };
  const auto bytes = [](int points, const Dispersion& band, const LatticeTwoBodyOptions& options = {}) {
    return LatticeTwoBody::memory(points, band, options);
  };
  using Catch::Matchers::Contains;
  const Dispersion square = Dispersion::nearest_neighbour(2), cube = Dispersion::nearest_neighbour(3);
  CHECK(nodes(16, cube) == LatticeTwoBody(LatticeGrid(16, cube), Statistics::boson).time_nodes());
  CHECK(bytes(16, cube) > std::size_t{8} * 11 * 16 * 16 * 16);  // eleven arrays of the kernel are not all
  const Dispersion flat = Dispersion::from_function(2, [](const Vector3&) { return 3.0; });
  CHECK_THROWS_WITH(nodes(8, flat), Contains("is flat"));
  CHECK_THROWS_WITH(nodes(8, Dispersion::nearest_neighbour(1)), Contains("a single cosine"));
  for (const int points : {1, 0, -5}) {
    CHECK_THROWS_WITH(nodes(points, square), Contains("at least 2 are needed"));
    CHECK_THROWS_WITH(bytes(points, square), Contains("at least 2 are needed"));
  }
  CHECK_THROWS_WITH(nodes(1291, cube), Contains("at most 2147483647 are allowed"));
  CHECK_THROWS_WITH(bytes(1000000, cube), Contains("at most 2147483647 are allowed"));
  LatticeTwoBodyOptions options;
  options.engine_points = 100000;
  CHECK_THROWS_WITH(bytes(8, square, options), Contains("at most 2147483647 are allowed"));
}

TEST_CASE("without particles nothing collides") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const std::vector<double> W(grid.size(), 0.0), dW(grid.size(), 0.1);
  std::vector<double> C(grid.size());
  for (const Statistics statistics : all_statistics) {
    for (const EnergyConstraint energy : conserving) {
      LatticeTwoBody op(grid, statistics, options_of(energy, TimeWindow::bohman));
      op.set_reference(Equilibrium(statistics, 1.0, 0.0, 1.0));
      CHECK(op.apply(W, C).largest_rate == 0.0);
      CHECK(largest(C) == 0.0);
      // C is of second order in W.
      op.apply_linearised(W, dW, C);
      CHECK(largest(C) == 0.0);
    }
  }
}

TEST_CASE("a state that a cold reference would drown in round-off is refused") {
  const LatticeGrid grid(16, Dispersion::nearest_neighbour(2));
  LatticeTwoBody op(grid, Statistics::fermion);
  op.set_reference(Equilibrium(Statistics::fermion, 60.0, 2.0, 0.0));
  std::vector<double> C(grid.size());
  CHECK_THROWS_WITH(op.apply(skew_state(grid), C), Catch::Matchers::Contains("too cold"));
  // Its equilibrium itself can be evaluated: what is left is the rounding of W next to 1, which P = (1−W)e^{−x/2}
  // amplifies; measured 6e-13.
  std::vector<double> W(grid.size());
  const Equilibrium cold(Statistics::fermion, 60.0, 2.0, 0.0);
  for (std::size_t a = 0; a < grid.size(); ++a) W[a] = cold.occupation(grid.energies()[a]);
  op.apply(W, C);
  CHECK(largest(C) < 5e-12);
}

TEST_CASE("the padded engine refuses states outside its range") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  LatticeTwoBody op(grid, Statistics::fermion, options_of(EnergyConstraint::projection, TimeWindow::flat, 12));
  std::vector<double> W = skew_state(grid), C(grid.size());
  W[5] = 0.0;
  CHECK_THROWS_WITH(op.apply(W, C), Catch::Matchers::Contains("W must be inside (0, 1)"));
}
