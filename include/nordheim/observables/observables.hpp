// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/moving_equilibrium.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/momentum_space.hpp>
#include <nordheim/momentum/sample.hpp>

namespace nordheim {

/// @brief Entropy S = Σ w s(W) per unit volume or site, s as in entropy_density(); dimensionless.
/// @param W, weights  shape (n)
[[nodiscard]] double entropy(Statistics statistics, ConstState W, ConstState weights);

/// @brief Rate of entropy production dS/dt = Σ w log((1+θW)/W) C [1/time].
///
/// Nodes where W is empty (or a fermion mode full) and C vanishes count as zero; it is infinite where such a mode is
/// being filled.
/// @param W, C, weights  shape (n)
[[nodiscard]] double entropy_production(Statistics statistics, ConstState W, ConstState C, ConstState weights);

/// @brief Relative entropy of classical particles, Σ w [W log(W/V) − W + V] ≥ 0, zero for W = V only.
///
/// Near V it is ½Σ w (W − V)²/V, summed without cancellation. In a bath of temperature T it is what the entropy of
/// particles and bath, S − E/T, is below that of V, if V is stationary and has the number of W.
/// @param W, V, weights  shape (n), not negative; infinite where W is positive and V zero
[[nodiscard]] double relative_entropy(ConstState W, ConstState V, ConstState weights);

/// @brief Its rate of change where W changes at the rate C, Σ w log(W/V) C [1/time].
///
/// Nodes where C vanishes count as zero; −∞ where an empty node is being filled.
/// @param W, C, V, weights  shape (n)
[[nodiscard]] double relative_entropy_rate(ConstState W, ConstState C, ConstState V, ConstState weights);

/// @brief Particle current J = Σ w v W; on a lattice in sites per unit time.
/// @param velocities  shape (n, d), row-major
[[nodiscard]] Vector3 current(ConstState W, ConstState velocities, ConstState weights);

/// max_a |W_a − f(ω_a)|, the distance to an equilibrium in the maximum norm; NaN if a W_a is.
[[nodiscard]] double distance(ConstState W, const Equilibrium& equilibrium, ConstState energies);

/// max_a |W_a − V_a|, the distance of two states in the maximum norm; NaN if one of the values is.
/// @param W, V  shape (n)
[[nodiscard]] double max_difference(ConstState W, ConstState V);

/// What is worth watching of one state.
struct Observables {
  Moments moments;        ///< number and energy
  double entropy = 0.0;   ///< S
  Vector3 current{};      ///< J
  double distance = 0.0;  ///< to the equilibrium
  double min_W = 0.0;     ///< smallest occupation
  double max_W = 0.0;     ///< largest occupation
};

/// @brief All of them at once, from the tables of a momentum space.
/// @param equilibrium  its occupations at the nodes, shape (n)
[[nodiscard]] Observables observe(Statistics statistics, ConstState equilibrium, ConstState W, ConstState energies,
                                  ConstState weights, ConstState velocities);

/// The same for an equilibrium that depends on the energy only.
[[nodiscard]] Observables observe(const Equilibrium& equilibrium, ConstState W, ConstState energies, ConstState weights,
                                  ConstState velocities);

/// The same for the nodes of a space.
template <MomentumSpace Space>
[[nodiscard]] Observables observe(const Space& space, const Equilibrium& equilibrium, ConstState W) {
  return observe(equilibrium, W, space.energies(), space.weights(), space.velocities());
}

/// The same with an equilibrium that may move as a whole, in R³.
template <MomentumSpace Space>
[[nodiscard]] Observables observe(const Space& space, const MovingEquilibrium& equilibrium, ConstState W) {
  const auto target = sample(space, [&](const Vector3& k) { return equilibrium.occupation(k); });
  return observe(equilibrium.at_rest.statistics(), target, W, space.energies(), space.weights(), space.velocities());
}

}  // namespace nordheim
