// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace nordheim::detail {

/// @brief AGM(a, b) of a > 0, b > 0, and 0 if b = 0; K(m) = π/(2 AGM(1, √(1 − m))) (C. F. Gauss).
///
/// Taking √(1 − m) for its argument it keeps the digits that K(m) loses near m = 1.
[[nodiscard]] inline double arithmetic_geometric_mean(double a, double b) {
  if (b == 0.0) return 0.0;
  constexpr double converged = 1e-8;  // one more step squares it
  while (std::abs(a - b) > converged * a) {
    const double mean = 0.5 * (a + b);
    b = std::sqrt(a * b);
    a = mean;
  }
  return 0.5 * (a + b);
}

}  // namespace nordheim::detail
