// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <functional>
#include <string>

namespace nordheim::detail {

/// @brief Checks that a function is finite, and the same at k and k + e_j, at points that no symmetry singles out.
/// @param what      the function, in words
/// @param variable  the name of its argument
/// @throws InvalidArgument if it is not
void require_period_one(int dimension, const std::function<double(const Vector3&)>& f, const std::string& what,
                        const std::string& variable);

/// The same for a function and its gradient.
void require_period_one(const SmoothFunction& f, const std::string& what, const std::string& variable);

}  // namespace nordheim::detail
