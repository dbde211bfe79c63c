// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/moving_equilibrium.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

namespace nordheim::detail {

/// @brief The equilibrium with the number, momentum and energy of W on the nodes, as the reference of a collision
/// operator that expands R = We^{x/2} in the functions of the grid: R must decay, so that in every direction the tail
/// of W must be colder than twice the equilibrium.
/// @throws DimensionMismatch
/// @throws NoEquilibrium    if the moments of W have no equilibrium (bosons: above the critical number)
/// @throws InvalidArgument  if W is not finite, if its tail is too hot, if the grid ends before it or has functions of
///                          quite another width, and beyond μ/T = 60, where double precision ends
/// @param guess  if not null, where the search begins
[[nodiscard]] MovingEquilibrium reference_of(const SphericalGrid& grid, Statistics statistics, ConstState W,
                                             const MovingEquilibrium* guess = nullptr);

}  // namespace nordheim::detail
