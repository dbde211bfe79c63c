// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/energy_levels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace nordheim::detail {

EnergyLevels energy_levels(ConstState energies, ConstState weights) {
  std::vector<std::size_t> order(energies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return energies[a] < energies[b]; });
  double largest = 0.0;
  for (const double omega : energies) largest = std::max(largest, std::abs(omega));
  const double rounding = 8.0 * std::numeric_limits<double>::epsilon() * largest;
  EnergyLevels levels;
  levels.level_of.resize(energies.size());
  for (const std::size_t a : order) {
    if (weights[a] == 0.0) continue;
    if (levels.energies.empty() || energies[a] - levels.energies.back() > rounding) {
      levels.energies.push_back(energies[a]);
      levels.weights.push_back(0.0);
    }
    levels.weights.back() += weights[a];
    levels.level_of[a] = static_cast<std::uint32_t>(levels.energies.size() - 1);
  }
  return levels;
}

}  // namespace nordheim::detail
