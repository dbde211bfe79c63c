// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/graded_rule.hpp"

#include <cmath>

namespace nordheim::detail {

QuadratureRule graded_rule(const QuadratureRule& unit, double lower, double upper, const Scale& scale) {
  const double first = std::asinh((lower - scale.centre) / scale.width);
  const double length = std::asinh((upper - scale.centre) / scale.width) - first;
  QuadratureRule rule;
  rule.nodes.reserve(unit.nodes.size());
  rule.weights.reserve(unit.nodes.size());
  for (std::size_t i = 0; i < unit.nodes.size(); ++i) {
    const double t = first + length * unit.nodes[i];
    rule.nodes.push_back(scale.centre + scale.width * std::sinh(t));
    rule.weights.push_back(unit.weights[i] * length * scale.width * std::cosh(t));
  }
  return rule;
}

}  // namespace nordheim::detail
