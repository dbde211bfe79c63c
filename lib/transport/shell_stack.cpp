// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/shell_stack.hpp>

#include "momentum/gauss_rule.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <sstream>

namespace nordheim {

namespace {

/// Points of each interval: its share of the length, at least one, @p count in all.
std::vector<int> shares(const std::vector<double>& ends, int count) {
  const std::size_t intervals = ends.size() - 1;
  std::vector<int> points(intervals, 1);
  for (int left = count - static_cast<int>(intervals); left > 0; --left) {
    // The next point goes to where they are sparsest.
    std::size_t sparsest = 0;
    for (std::size_t i = 1; i < intervals; ++i) {
      const auto gap = [&](std::size_t j) { return (ends[j + 1] - ends[j]) / points[j]; };
      if (gap(i) > gap(sparsest)) sparsest = i;
    }
    ++points[sparsest];
  }
  return points;
}

}  // namespace

std::vector<WeightedShell> shell_stack(const ElasticModel& model, double from, double to, int count, int order) {
  if (!(from < to) || !std::isfinite(from) || !std::isfinite(to)) {
    std::ostringstream text;
    text << "shells from " << from << " to " << to << "; the second energy must be larger";
    throw InvalidArgument(text.str());
  }
  std::vector<double> ends{from};
  for (const double energy : model.van_hove()) {
    if (energy > from && energy < to) ends.push_back(energy);
  }
  std::sort(ends.begin(), ends.end());
  ends.push_back(to);
  if (count < static_cast<int>(ends.size()) - 1) {
    std::ostringstream text;
    text << count << " shells from " << from << " to " << to << "; van Hove energies between make " << ends.size() - 1
         << " intervals, each needs one";
    throw InvalidArgument(text.str());
  }
  const std::vector<int> points = shares(ends, count);
  std::vector<WeightedShell> shells;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const detail::QuadratureRule rule = detail::gauss_legendre(points[i], ends[i], ends[i + 1]);
    for (std::size_t j = 0; j < rule.nodes.size(); ++j) {
      shells.push_back(
          {std::make_shared<const ElasticScattering>(model.scattering(rule.nodes[j], order)), rule.weights[j]});
    }
  }
  return shells;
}

}  // namespace nordheim
