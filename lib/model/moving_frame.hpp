// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

#include <Eigen/Core>

namespace nordheim::detail {

using Vector5 = Eigen::Matrix<double, 5, 1>;

/// @brief Number, components of the momentum and energy in the frame that moves with u: 1, v − u and |k − u|²/2.
/// @param v      k, or its mean over what a node stands for: its components along u are those of k
/// @param omega  k²/2
inline Vector5 moving_frame(const Vector3& v, double omega, const Vector3& u) {
  const double square = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
  const double energy = omega - (u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) + 0.5 * square;
  return {1.0, v[0] - u[0], v[1] - u[1], v[2] - u[2], energy};
}

}  // namespace nordheim::detail
