// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nordheim {

/// All numbers from lower to upper; the result of an estimate that is certain, rounding included.
struct Interval {
  double lower = 0.0;
  double upper = 0.0;

  [[nodiscard]] constexpr bool contains(double x) const noexcept { return lower <= x && x <= upper; }
  [[nodiscard]] constexpr bool contains_zero() const noexcept { return contains(0.0); }
  [[nodiscard]] constexpr double width() const noexcept { return upper - lower; }
  /// min |x| over the interval.
  [[nodiscard]] constexpr double mignitude() const noexcept {
    return contains_zero() ? 0.0 : (lower > 0.0 ? lower : -upper);
  }
  /// max |x| over the interval.
  [[nodiscard]] constexpr double magnitude() const noexcept { return -lower > upper ? -lower : upper; }
};

}  // namespace nordheim
