// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/gauss_rule.hpp"

#include <gsl/gsl_integration.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <memory>
#include <new>

namespace nordheim::detail {

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
    gsl_integration_glfixed_point(lower, upper, i, &points[i].first, &points[i].second, table.get());
  }
  std::sort(points.begin(), points.end());  // GSL documents no order
  QuadratureRule rule;
  for (const auto& [node, weight] : points) {
    rule.nodes.push_back(node);
    rule.weights.push_back(weight);
  }
  return rule;
}

}  // namespace nordheim::detail
