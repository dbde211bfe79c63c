// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>

#include <concepts>
#include <cstddef>

namespace nordheim {

/// @brief A discretised momentum space: nodes k_a with weights w_a (∫dk f ≈ Σ_a w_a f(k_a)), energies ω_a and group
/// velocities v_a.
///
/// Moments, entropies, projections, output and time stepping are written once for everything that models this.
template <class Space>
concept MomentumSpace = requires(const Space& space, std::size_t a) {
  { space.size() } -> std::same_as<std::size_t>;
  { space.dimension() } -> std::same_as<int>;
  { space.momenta() } -> std::same_as<ConstState>;     // n × d, row by row
  { space.weights() } -> std::same_as<ConstState>;     // n
  { space.energies() } -> std::same_as<ConstState>;    // n
  { space.velocities() } -> std::same_as<ConstState>;  // n × d, row by row
  { space.momentum(a) } -> std::same_as<Vector3>;
};

/// A momentum space with an interpolation of nodal values to any k; those on a curved surface have none.
template <class Space>
concept InterpolatingMomentumSpace = MomentumSpace<Space> &&
    requires(const Space& space, ConstState W, const Vector3& k) {
  { space.interpolate(W, k) } -> std::same_as<double>;
};

}  // namespace nordheim
