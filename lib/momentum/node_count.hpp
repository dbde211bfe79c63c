// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace nordheim::detail {

/// N^d, the number of nodes of a LatticeGrid.
/// @throws InvalidArgument if N is below 2 or N^d is 2³¹ or more
[[nodiscard]] std::size_t node_count(int points, int dimension);

}  // namespace nordheim::detail
