// SPDX-License-Identifier: GPL-3.0-or-later
// Which component of the velocity belongs to which axis of a box.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// The component for each axis, 0, 1, … if none are given.
/// @throws InvalidArgument as Streaming
[[nodiscard]] std::vector<int> checked_axes(const PeriodicBox& box, int dimension, std::vector<int> axes);

/// n_k of velocities of shape (n_k, dimension).
/// @throws DimensionMismatch if they have no such shape or there are none
[[nodiscard]] std::size_t momenta_of(ConstState velocities, int dimension);

}  // namespace nordheim::detail
