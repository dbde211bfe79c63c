// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/legendre_second_kind.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nordheim::detail {

std::vector<double> legendre_second_kind(int lmax, double a, double b, double difference) {
  const double above_one = difference * difference / (2.0 * a * b);  // z − 1
  // Each step down shrinks the error of the start by (z − √(z²−1))², which has this logarithm.
  const double decay = 2.0 * std::log1p(above_one + std::sqrt(above_one * (2.0 + above_one)));
  std::vector<double> Q(static_cast<std::size_t>(lmax) + 1);
  Q[0] = std::log1p(2.0 * std::min(a, b) / difference);
  if (lmax * decay < 1.0) {
    // Close to z = 1 nothing grows upwards, and downwards the way would be long.
    if (lmax > 0) Q[1] = (Q[0] - 1.0) + above_one * Q[0];
    for (std::size_t l = 2; l < Q.size(); ++l) {
      const auto n = static_cast<double>(l);
      Q[l] = ((2.0 * n - 1.0) * (1.0 + above_one) * Q[l - 1] - (n - 1.0) * Q[l - 2]) / n;
    }
    return Q;
  }
  constexpr double digits = 40.0, most_steps = 1e7;
  const int start = lmax + static_cast<int>(std::min(most_steps, std::ceil(digits / decay))) + 1;
  std::vector<double> ratio(static_cast<std::size_t>(lmax) + 1, 0.0);
  double next = 0.0;
  for (int l = start; l >= 1; --l) {
    // (2l+1)z − (l+1)r without the cancellation of large numbers near z = 1.
    next = l / (l + (2 * l + 1) * above_one + (l + 1) * (1.0 - next));
    if (l <= lmax) ratio[static_cast<std::size_t>(l)] = next;
  }
  for (std::size_t l = 1; l < Q.size(); ++l) Q[l] = ratio[l] * Q[l - 1];
  return Q;
}

}  // namespace nordheim::detail
