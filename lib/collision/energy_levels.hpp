// SPDX-License-Identifier: GPL-3.0-or-later
// The energies that nodes have, each once.
#pragma once

#include <nordheim/core/state.hpp>

#include <cstdint>
#include <vector>

namespace nordheim::detail {

/// Energies and the weight of all nodes that have them.
struct EnergyLevels {
  std::vector<double> energies, weights;
  std::vector<std::uint32_t> level_of{};  ///< of each node that has a weight; 0 for others
};

/// @brief The levels of nodes with given energies and weights, increasing; energies that differ by rounding are one
/// level. By the symmetries of a band there are about 2^d d! times fewer of them than nodes.
[[nodiscard]] EnergyLevels energy_levels(ConstState energies, ConstState weights);

}  // namespace nordheim::detail
