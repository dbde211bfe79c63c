// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/double_exponential.hpp"

#include <numbers>

namespace nordheim::detail {

const std::vector<DoubleExponentialNode>& double_exponential_nodes() {
  static const std::vector<DoubleExponentialNode> nodes = [] {
    std::vector<DoubleExponentialNode> all;
    constexpr double last = 3.4;  // the weights are below 10⁻¹⁸ beyond
    for (std::size_t j = 0;; ++j) {
      const double u = static_cast<double>(j) / finest_double_exponential;
      if (u > last) return all;
      const double q = std::exp(-std::numbers::pi * std::sinh(u));
      all.push_back({q / (1.0 + q), std::numbers::pi * std::cosh(u) * q / ((1.0 + q) * (1.0 + q))});
    }
  }();
  return nodes;
}

}  // namespace nordheim::detail
