// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest correction that makes a collision term in R³ conserve number, momentum and energy.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <Eigen/Core>

#include <cstddef>

namespace nordheim::detail {

/// @brief A function l(k) = a + b·(v − v₀) + c (ω' − ω₀) with ω' = |k − v₀|²/2, in the span of the invariants.
/// Velocities are those in the frame of the grid's centre.
struct InvariantCombination {
  Eigen::Matrix<double, 5, 1> coefficients = Eigen::Matrix<double, 5, 1>::Zero();
  Vector3 velocity{};
  double energy = 0.0;
  /// @param v      k less the centre, or its mean over what a node stands for
  /// @param omega  half the square of k less the centre
  [[nodiscard]] double operator()(const Vector3& v, double omega) const noexcept;
};

/// @brief The l(k) for which C − l g has neither number, momentum nor energy, on a grid; columns that no node carries
/// are left out.
/// @param C, g  shape (n); g is W(1+θW) up to rounding or |C|
/// @return zero where Σ w g is not positive
[[nodiscard]] InvariantCombination invariant_correction(const SphericalGrid& grid, ConstState C, ConstState g);

}  // namespace nordheim::detail
