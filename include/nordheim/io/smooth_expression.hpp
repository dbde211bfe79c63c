// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/io/expression.hpp>
#include <nordheim/model/smooth_function.hpp>

namespace nordheim {

/// @brief A formula as a smooth function of k, with exact derivatives and certain bounds.
///
/// The variables of the expression are k_1, k_2, k_3 in their order; those beyond the dimension are 0, and there may be
/// fewer. Values agree with those of the expression up to rounding.
/// @throws InvalidArgument if dimension is not 1, 2 or 3; if there are more than three variables; if the formula
/// contains
///         what is not smooth (conditions and comparisons, abs, sign, rint, floor, ceil, min, max, atan2) or has no
///         bounds here (erf), naming it, its place and the reason
[[nodiscard]] SmoothFunction smooth_function(const Expression& expression, int dimension);

}  // namespace nordheim
