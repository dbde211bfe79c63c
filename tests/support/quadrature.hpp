// SPDX-License-Identifier: GPL-3.0-or-later
// Integrals on a line by Gauss's rule on equal panels.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace nordheim::test {

/// Nodes and weights of ∫.
struct Rule {
  std::vector<double> nodes, weights;
};

/// The rule of Gauss and Legendre with n points on [−1, 1], by Newton's method.
inline Rule gauss_rule(unsigned n) {
  Rule rule;
  for (unsigned i = 0; i < n; ++i) {
    double x = std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5)), slope = 1.0;
    for (int step = 0; step < 8; ++step) {
      slope = n * (std::legendre(n - 1, x) - x * std::legendre(n, x)) / (1.0 - x * x);
      x -= std::legendre(n, x) / slope;
    }
    rule.nodes.push_back(x);
    rule.weights.push_back(2.0 / ((1.0 - x * x) * slope * slope));
  }
  return rule;
}

/// The rule of 16 points on each of the equal panels, of at most the given width, that make up [lower, upper].
inline Rule gauss_panels(double lower, double upper, double width) {
  static const Rule unit = gauss_rule(16);
  Rule rule;
  if (!(lower < upper)) return rule;
  const double count = std::ceil((upper - lower) / width), half = 0.5 * (upper - lower) / count;
  for (int panel = 0; panel < static_cast<int>(count); ++panel) {
    for (std::size_t i = 0; i < unit.nodes.size(); ++i) {
      rule.nodes.push_back(lower + half * (2.0 * panel + 1.0 + unit.nodes[i]));
      rule.weights.push_back(half * unit.weights[i]);
    }
  }
  return rule;
}

/// ∫f from lower to upper over a number of equal panels of 16 points.
template <class Function>
double integral(Function f, double lower, double upper, int panels) {
  const Rule rule = gauss_panels(lower, upper, (upper - lower) / panels * (1.0 + 1e-12));
  double sum = 0.0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) sum += rule.weights[i] * f(rule.nodes[i]);
  return sum;
}

}  // namespace nordheim::test
