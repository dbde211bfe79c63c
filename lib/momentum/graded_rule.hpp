// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "momentum/gauss_rule.hpp"

namespace nordheim::detail {

/// Where a function varies fast on a line: near `centre`, over `width` > 0; that is, it has singularities at about
/// centre ± i width in the complex plane, and others only in proportion farther away.
struct Scale {
  double centre;
  double width;
};

/// @brief The rule of Gauss and Legendre in t on [lower, upper], x = centre + width sinh t.
///
/// The map takes the singularities at centre ± i width to ±iπ/2, so the rule converges geometrically at a rate that
/// depends on the length of the interval in units of the width only through its logarithm.
/// @param unit  the rule on [0, 1]
[[nodiscard]] QuadratureRule graded_rule(const QuadratureRule& unit, double lower, double upper, const Scale& scale);

}  // namespace nordheim::detail
