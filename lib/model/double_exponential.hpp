// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// One node of the rule on an interval of length one.
struct DoubleExponentialNode {
  double near = 0.0;    ///< distance to the nearer end, without cancellation
  double weight = 0.0;  ///< for step 1
};

/// The nodes at the finest step, from the middle of the interval outwards; the others are their mirror images.
[[nodiscard]] const std::vector<DoubleExponentialNode>& double_exponential_nodes();
/// Nodes per unit of the variable u in t = 1/(1 + e^{−π sinh u}).
inline constexpr std::size_t finest_double_exponential = 256;

/// @brief ∫₀^length f(left, right) of a vector-valued f of the distances to both ends, which may be singular there
/// (H. Takahasi and M. Mori, 1974).
///
/// The step is halved until the sum has settled to 10⁻¹³. The error of this rule is about squared each time, but weak
/// singularities close to an end follow later than the rest, so that the last change must be small itself. An interval
/// of length zero, where f need not be finite, contributes nothing.
/// @return the integral, one value for each component of f
template <std::size_t components, class Function>
[[nodiscard]] std::array<double, components> double_exponential(double length, const Function& f) {
  using Values = std::array<double, components>;
  if (length == 0.0) return {};
  const auto& nodes = double_exponential_nodes();
  Values sum{};
  const auto add = [&](std::size_t j) {
    const double near = length * nodes[j].near;
    const double far = length - near;
    const Values right = f(far, near);
    const Values left = j > 0 ? f(near, far) : Values{};
    for (std::size_t c = 0; c < components; ++c) sum[c] += nodes[j].weight * (left[c] + right[c]);
  };
  Values previous{};
  constexpr double settled = 1e-13;
  std::size_t stride = finest_double_exponential / 4;
  for (std::size_t j = 0; j < nodes.size(); j += stride) add(j);
  while (true) {
    const double step = length * static_cast<double>(stride) / finest_double_exponential;
    Values integral{};
    bool done = stride < finest_double_exponential / 4;
    for (std::size_t c = 0; c < components; ++c) {
      integral[c] = step * sum[c];
      done = done && std::abs(integral[c] - previous[c]) <= settled * std::abs(integral[c]);
    }
    if (done || stride == 1) return integral;
    previous = integral;
    for (std::size_t j = stride / 2; j < nodes.size(); j += stride) add(j);
    stride /= 2;
  }
}

}  // namespace nordheim::detail
