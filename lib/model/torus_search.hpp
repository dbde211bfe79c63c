// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

#include <functional>

namespace nordheim::detail {

/// @brief The smallest value of a periodic function on T^d: sampled on a grid, then refined by the simplex method of
/// Nelder and Mead (GSL) from the lowest sample.
/// @throws InvalidArgument if a sample is not finite
[[nodiscard]] double torus_minimum(int dimension, const std::function<double(const Vector3&)>& f);

/// df/dk_j by an adaptive central difference (GSL).
[[nodiscard]] double central_derivative(const std::function<double(const Vector3&)>& f, const Vector3& k, int axis);

}  // namespace nordheim::detail
