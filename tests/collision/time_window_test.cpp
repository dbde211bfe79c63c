// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/error.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <numbers>

using namespace nordheim;

namespace {

/// ∫₀¹ χ(s) cos(Δs) ds by the midpoint rule on 4000 intervals.
double delta_function(TimeWindow window, double energy) {
  constexpr int intervals = 4000;
  double sum = 0.0;
  for (int i = 0; i < intervals; ++i) {
    const double s = (i + 0.5) / intervals;
    sum += window_value(window, s) * std::cos(energy * s);
  }
  return sum / intervals;
}

/// κ_d by the midpoint rule: the windows have bounded third derivatives, so the error is O(intervals^−2).
double tail_by_midpoints(TimeWindow window, int dimension) {
  constexpr int intervals = 200000;
  double sum = 0.0;
  for (int i = 0; i < intervals; ++i) {
    const double s = (i + 0.5) / intervals;
    sum += (1.0 - window_value(window, s)) * std::pow(s, -dimension);
  }
  return sum / intervals + 1.0 / (dimension - 1);
}

}  // namespace

TEST_CASE("the windows have their values") {
  // By hand from the formulas.
  CHECK(window_value(TimeWindow::flat, 0.3) == 1.0);
  CHECK_THAT(window_value(TimeWindow::flat, 0.75), WithinAbs(0.5, 1e-15));
  CHECK_THAT(window_value(TimeWindow::flat, 0.6), WithinAbs(1.0 / (1.0 + std::exp(1.25 - 5.0)), 1e-14));
  CHECK_THAT(window_value(TimeWindow::bohman, 0.5), WithinAbs(1.0 / std::numbers::pi, 1e-15));
  CHECK_THAT(window_value(TimeWindow::parzen, 0.5), WithinAbs(0.25, 1e-15));
  CHECK_THAT(window_value(TimeWindow::parzen, 0.25), WithinAbs(1.0 - 0.375 + 0.09375, 1e-15));
  for (const TimeWindow window : {TimeWindow::flat, TimeWindow::bohman, TimeWindow::parzen}) {
    CHECK_THAT(window_value(window, 0.0), WithinAbs(1.0, 1e-15));
    CHECK(window_value(window, 1.0) == 0.0);
    CHECK(window_value(window, 1.7) == 0.0);
    CHECK(time_window_from_name(name(window)) == window);
  }
}

TEST_CASE("bohman and parzen have non-negative transforms and flat has not") {
  double lowest_flat = 0.0;
  for (int i = 0; i < 540; ++i) {
    const double energy = 0.37 * i;
    // The rule errs by its O(intervals^−2) end correction, below 1e-7.
    CHECK(delta_function(TimeWindow::bohman, energy) > -1e-7);
    CHECK(delta_function(TimeWindow::parzen, energy) > -1e-7);
    lowest_flat = std::min(lowest_flat, delta_function(TimeWindow::flat, energy));
  }
  CHECK(lowest_flat < -0.01);
}

TEST_CASE("the tail of the windows") {
  // Parzen by hand: 1 + 9/4 + (6 log 2 − 13/4).
  CHECK_THAT(window_tail(TimeWindow::parzen, 2), WithinRel(6.0 * std::numbers::ln2, 1e-13));
  for (const TimeWindow window : {TimeWindow::flat, TimeWindow::bohman, TimeWindow::parzen}) {
    CHECK_THAT(window_tail(window, 2), WithinRel(tail_by_midpoints(window, 2), 1e-9));
  }
  CHECK_THAT(window_tail(TimeWindow::flat, 3), WithinRel(tail_by_midpoints(TimeWindow::flat, 3), 1e-9));
  CHECK(std::isinf(window_tail(TimeWindow::bohman, 3)));
  CHECK(std::isinf(window_tail(TimeWindow::parzen, 3)));
  CHECK_THROWS_AS(window_tail(TimeWindow::flat, 1), InvalidArgument);
}

TEST_CASE("an unknown window is named with the allowed ones") {
  CHECK_THROWS_WITH(time_window_from_name("hann"),
                    "window = \"hann\"; allowed are \"flat\", \"bohman\" and \"parzen\"");
}
