// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest correction that makes a collision term in R³ conserve number, momentum and energy.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

namespace nordheim::detail {

/// @brief A function l(k) = a + b·v + c ω in the span of the invariants, in the frame of the grid's centre.
struct InvariantCombination {
  double number = 0.0;  ///< a
  Vector3 momentum{};   ///< b
  double energy = 0.0;  ///< c
  /// @param v      k less the centre, or its mean over what a node stands for
  /// @param omega  half the square of k less the centre
  [[nodiscard]] double operator()(const Vector3& v, double omega) const noexcept {
    return number + momentum[0] * v[0] + momentum[1] * v[1] + momentum[2] * v[2] + energy * omega;
  }
};

/// @brief The l(k) for which C − l g has neither number, momentum nor energy, on a grid; columns that no node carries
/// are left out.
/// @param C, g  shape (n); g is W(1+θW) up to rounding or |C|
/// @return zero where Σ w g is not positive
[[nodiscard]] InvariantCombination invariant_correction(const SphericalGrid& grid, ConstState C, ConstState g);

}  // namespace nordheim::detail
