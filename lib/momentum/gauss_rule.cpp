// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/gauss_rule.hpp"

#include <gsl/gsl_integration.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace nordheim::detail {

namespace {

/// @brief A root x of the Legendre polynomial P_n and its weight 2/((1 − x²) P_n'(x)²) to all digits, from ten.
///
/// Where GSL has no table, its own search stops at 10⁻¹⁰.
std::pair<double, double> polished(int n, double x) {
  double slope = 0.0;
  for (int step = 0; step < 2; ++step) {
    double value = x, previous = 1.0;  // P_1, P_0
    for (int l = 2; l <= n; ++l) {
      const double next = ((2 * l - 1) * x * value - (l - 1) * previous) / l;
      previous = std::exchange(value, next);
    }
    slope = n * (previous - x * value) / ((1.0 - x) * (1.0 + x));
    x -= value / slope;
  }
  return {x, 2.0 / ((1.0 - x) * (1.0 + x) * slope * slope)};
}

constexpr int largest_complete_table = 20;

}  // namespace

QuadratureRule gauss_legendre(int n, double lower, double upper) {
  assert(n >= 1);
  const auto size = static_cast<std::size_t>(n);
  struct Deleter {
    void operator()(gsl_integration_glfixed_table* t) const { gsl_integration_glfixed_table_free(t); }
  };
  const std::unique_ptr<gsl_integration_glfixed_table, Deleter> table(gsl_integration_glfixed_table_alloc(size));
  if (!table) throw std::bad_alloc();
  std::vector<std::pair<double, double>> points(size);
  for (std::size_t i = 0; i < size; ++i) {
    gsl_integration_glfixed_point(-1.0, 1.0, i, &points[i].first, &points[i].second, table.get());
    if (n > largest_complete_table) points[i] = polished(n, points[i].first);
  }
  std::sort(points.begin(), points.end());  // GSL documents no order
  QuadratureRule rule;
  for (const auto& [node, weight] : points) {
    rule.nodes.push_back(0.5 * ((1.0 - node) * lower + (1.0 + node) * upper));
    rule.weights.push_back(0.5 * (upper - lower) * weight);
  }
  return rule;
}

}  // namespace nordheim::detail
