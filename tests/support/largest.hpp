// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <cmath>

namespace nordheim::test {

/// The larger one, and NaN if one of them is: std::max drops it, and no bound would notice.
inline double larger(double a, double b) { return a >= b || std::isnan(a) ? a : b; }

/// max |v_a|, NaN if one is.
inline double largest(ConstState v) {
  double result = 0.0;
  for (const double x : v) result = larger(result, std::abs(x));
  return result;
}

}  // namespace nordheim::test
