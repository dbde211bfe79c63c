// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/statistics.hpp>

namespace nordheim {

/// Number, momentum and energy per unit volume: Σ w W, Σ w k W and Σ w ω W.
struct MovingMoments {
  double number = 0.0;  ///< Σ w W
  Vector3 momentum{};   ///< Σ w k W
  double energy = 0.0;  ///< Σ w ω W, that of the motion as a whole included
};

/// @brief Equilibrium of particles with ω = k²/2 that move with velocity u as a whole:
/// W(k) = 1/(e^{x(k)} − θ),  x = β(|k − u|²/2 − μ), the zeros of the two-body collision term in R³.
struct MovingEquilibrium {
  /// As a function of the energy |k − u|²/2 in the moving frame.
  Equilibrium at_rest;
  Vector3 velocity{};

  /// |k − u|²/2.
  [[nodiscard]] double energy(const Vector3& k) const noexcept {
    const double x = k[0] - velocity[0], y = k[1] - velocity[1], z = k[2] - velocity[2];
    return 0.5 * (x * x + y * y + z * z);
  }
  /// x(k).
  [[nodiscard]] double exponent(const Vector3& k) const noexcept { return at_rest.exponent(energy(k)); }
  /// W(k).
  /// @throws InvalidArgument for bosons where x ≤ 0
  [[nodiscard]] double occupation(const Vector3& k) const { return at_rest.occupation(energy(k)); }
};

/// @brief Moments of a state on given nodes.
/// @param velocities  v_a = k_a, or its mean over what the node stands for, shape (n, 3)
/// @throws DimensionMismatch
[[nodiscard]] MovingMoments moving_moments_of(ConstState W, ConstState velocities, ConstState energies,
                                              ConstState weights);

/// @brief The equilibrium on given nodes that has given number, momentum and energy.
///
/// Begins with the equilibrium at rest, on the same nodes, of the energy in the moving frame, and goes on with Newton's
/// method in all parameters at once, so that the moments of the *nodes* are met to round-off. Momenta that the nodes do
/// not carry (components of the velocity that are zero on all of them) are left out.
/// @throws NoEquilibrium  where no equilibrium has the moments; for bosons also where the chemical potential would not
/// be
///                        below the smallest energy of the continuum: there, the surplus condenses
[[nodiscard]] MovingEquilibrium moving_equilibrium_of(Statistics statistics, const MovingMoments& moments,
                                                      ConstState velocities, ConstState energies, ConstState weights);

}  // namespace nordheim
