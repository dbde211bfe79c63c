// SPDX-License-Identifier: GPL-3.0-or-later
// The energies that nodes have, each once.
#pragma once

#include <nordheim/core/state.hpp>

#include <vector>

namespace nordheim::detail {

/// Energies and the weight of all nodes that have them.
struct EnergyLevels {
  std::vector<double> energies, weights;
};

/// @brief The levels of nodes with given energies and weights, increasing; energies that differ by rounding are one
/// level. By the symmetries of a band there are about 2^d d! times fewer of them than nodes.
[[nodiscard]] EnergyLevels energy_levels(ConstState energies, ConstState weights);

}  // namespace nordheim::detail
