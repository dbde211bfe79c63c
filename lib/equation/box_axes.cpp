// SPDX-License-Identifier: GPL-3.0-or-later
#include "equation/box_axes.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <numeric>
#include <string>

namespace nordheim::detail {

std::vector<int> checked_axes(const PeriodicBox& box, int dimension, std::vector<int> axes) {
  const auto d = static_cast<std::size_t>(box.dimension());
  if (axes.empty()) {
    axes.resize(d);
    std::iota(axes.begin(), axes.end(), 0);
  }
  if (axes.size() != d) {
    throw InvalidArgument("a box of " + std::to_string(d) + " axes is given " + std::to_string(axes.size()) +
                          " components of the velocity; one for each is needed");
  }
  for (std::size_t i = 0; i < d; ++i) {
    if (axes[i] < 0 || axes[i] >= dimension) {
      throw InvalidArgument("axis " + std::to_string(i + 1) + " of the box has component " + std::to_string(axes[i]) +
                            " of the velocity; allowed are 0 to " + std::to_string(dimension - 1));
    }
    if (std::find(axes.begin(), axes.begin() + static_cast<std::ptrdiff_t>(i), axes[i]) !=
        axes.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw InvalidArgument("two axes of the box have component " + std::to_string(axes[i]) +
                            " of the velocity; each needs one of its own");
    }
  }
  return axes;
}

std::size_t momenta_of(ConstState velocities, int dimension) {
  const auto d = static_cast<std::size_t>(dimension);
  const std::size_t momenta = velocities.size() / d;
  if (momenta == 0 || velocities.size() != momenta * d) {
    throw DimensionMismatch("the velocities", velocities.size(), std::max<std::size_t>(momenta, 1) * d);
  }
  return momenta;
}

}  // namespace nordheim::detail
