// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/smooth_function.hpp>

namespace nordheim::detail {

/// What is known about the sign of a function of one variable.
struct NegativeSearch {
  enum class Verdict {
    none,      ///< nowhere below −rounding, but for places narrower than 10⁻⁹ of their q
    found,     ///< below −rounding at q
    undecided  ///< too many steps, the last of them at q
  };
  Verdict verdict = Verdict::none;
  double q = 0.0;
};

/// Looks for a q with f(q) < −rounding, 0 ≤ q ≤ largest, by bisection: intervals on which bounds of f exclude it are
/// dropped. Near 0, where a formula may be singular, down to 2⁻⁶⁰ of the largest q.
[[nodiscard]] NegativeSearch search_negative(const SmoothFunction& f, double largest, double rounding);

}  // namespace nordheim::detail
