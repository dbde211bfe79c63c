// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/momentum_grid.hpp"

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

constexpr double tolerance = 1e-9;

std::vector<double> distinct_values(const Dataset& momenta, std::size_t component) {
  std::vector<double> values;
  for (std::size_t a = 0; a < momenta.shape[0]; ++a) values.push_back(momenta.at(a, component));
  std::sort(values.begin(), values.end());
  const auto last = std::unique(values.begin(), values.end(), [](double x, double y) { return y - x < tolerance; });
  values.erase(last, values.end());
  return values;
}

std::size_t position(const std::vector<double>& axis, double value) {
  const auto at = std::lower_bound(axis.begin(), axis.end(), value - tolerance);
  return std::min(static_cast<std::size_t>(at - axis.begin()), axis.size() - 1);
}

}  // namespace

std::size_t MomentumGrid::node(std::size_t i, std::size_t j) const {
  if (axes.size() == 1) return nodes[i];
  const std::size_t in_plane = i * axes[1].size() + j;
  return axes.size() == 2 ? nodes[in_plane] : nodes[in_plane * axes[2].size() + middle()];
}

std::size_t MomentumGrid::middle() const {
  const std::vector<double>& axis = axes.back();
  const auto nearest =
      std::min_element(axis.begin(), axis.end(), [](double x, double y) { return std::abs(x) < std::abs(y); });
  return static_cast<std::size_t>(nearest - axis.begin());
}

std::optional<MomentumGrid> momentum_grid(const Dataset& momenta) {
  const std::size_t count = momenta.shape[0], dimension = momenta.shape[1];
  MomentumGrid grid;
  std::size_t points = 1;
  for (std::size_t j = 0; j < dimension; ++j) {
    grid.axes.push_back(distinct_values(momenta, j));
    points *= grid.axes.back().size();
    if (points > count) return std::nullopt;
  }
  if (points != count) return std::nullopt;
  grid.nodes.assign(count, count);
  for (std::size_t a = 0; a < count; ++a) {
    std::size_t index = 0;
    for (std::size_t j = 0; j < dimension; ++j) {
      index = index * grid.axes[j].size() + position(grid.axes[j], momenta.at(a, j));
    }
    if (grid.nodes[index] != count) return std::nullopt;
    grid.nodes[index] = a;
  }
  return grid;
}

}  // namespace nordheim::program
