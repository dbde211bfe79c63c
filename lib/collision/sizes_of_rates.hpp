// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim::detail {

/// max |v_a|.
[[nodiscard]] inline double max_abs(ConstState v) noexcept {
  double largest = 0.0;
  for (const double x : v) largest = std::max(largest, std::abs(x));
  return largest;
}

/// part/whole, 0 where there is no whole.
[[nodiscard]] inline double ratio_or_zero(double part, double whole) noexcept {
  return whole > 0.0 ? part / whole : 0.0;
}

}  // namespace nordheim::detail
