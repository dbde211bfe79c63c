// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/result_data.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim::program {

/// Nodes that are the points of a grid (k_x, k_y, …), seen in increasing order of each component.
struct MomentumGrid {
  std::vector<std::vector<double>> axes;  ///< values of each component, increasing
  std::vector<std::size_t> nodes;         ///< node at grid point (i, j, l), row-major
  /// Node at a grid point of a line, plane or of the plane of space whose k_z is nearest to zero.
  [[nodiscard]] std::size_t node(std::size_t i, std::size_t j) const;
  /// Index of the value of the last component that is nearest to zero.
  [[nodiscard]] std::size_t middle() const;
};

/// @brief Finds the grid behind @p momenta (n × d), whatever the order of the nodes; values that differ by less than
/// 1e-9 count as equal.
/// @return nothing if the nodes are no full grid
[[nodiscard]] std::optional<MomentumGrid> momentum_grid(const Dataset& momenta);

}  // namespace nordheim::program
