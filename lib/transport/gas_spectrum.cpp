// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gas_spectrum.hpp"

#include "momentum/graded_rule.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

/// ∫dg g² b over |k1 − k2| ≤ g ≤ k1 + k2, divided by min(k1, k2); b is the weight of all pairs of the same P and total
/// energy, P² + g² = 2 (k1² + k2²).
double integrated_pair_weight(const ContactGas& gas, double k1, double k2, const QuadratureRule& unit) {
  constexpr double tiny = 1e-30;  // instead of no spread at all
  const double small = std::min(k1, k2);
  const double large = std::max(k1, k2);
  const double total = 0.5 * (k1 * k1 + k2 * k2);
  // For bosons b has a logarithmic singularity near P = g, where one of the two can be slow.
  const double middle = std::hypot(small, large) - large;
  const double width = gas.statistics() == Statistics::boson ? std::sqrt(-2.0 * gas.mu()) : 1.0 + large;
  if (small == 0.0) return 2.0 * large * large * gas.pair_weight(total, total, 0.0);
  const QuadratureRule t = graded_rule(unit, -1.0, 1.0, {middle / small, width / small});
  double sum = 0.0;
  for (std::size_t i = 0; i < t.nodes.size(); ++i) {
    const double g = large + small * t.nodes[i];
    const double P = std::sqrt(std::max(4.0 * total - g * g, 0.0));
    const double gap = 0.25 * (P - g) * (P - g);
    sum += t.weights[i] * g * g * gas.pair_weight(total, std::max(0.5 * P * g, tiny), gap);
  }
  return sum;
}

}  // namespace

double loss_rate(const ContactGas& gas, double k) {
  constexpr int radial_points = 48;
  constexpr int inner_points = 32;
  static const QuadratureRule unit = gauss_legendre(radial_points, 0.0, 1.0);
  static const QuadratureRule inner = gauss_legendre(inner_points, 0.0, 1.0);
  const double farthest = std::sqrt(2.0 * gas.largest_energy());
  double sum = 0.0;
  const auto add = [&](double lower, double upper) {
    const QuadratureRule rule = graded_rule(unit, lower, upper, gas.momentum_scale());
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      const double k2 = rule.nodes[i];
      const double share = k2 < k ? k2 / k : 1.0;
      sum += rule.weights[i] * k2 * share * gas.root_weight(0.5 * k2 * k2) * integrated_pair_weight(gas, k, k2, inner);
    }
  };
  // The smallest of two momenta is not smooth where they are equal.
  if (k > 0.0) add(0.0, std::min(k, farthest));
  if (k < farthest) add(k, farthest);
  return std::numbers::pi * std::numbers::pi * sum / gas.root_weight(0.5 * k * k);
}

LeastRate least_loss_rate(const ContactGas& gas) {
  // Beyond some temperatures above the Fermi energy ν grows like k.
  const double highest = std::sqrt(2.0 * (std::max(gas.mu(), 0.0) + 10.0));
  constexpr int intervals = 40;
  const QuadratureRule scan = graded_rule(gauss_legendre(intervals, 0.0, 1.0), 0.0, highest, gas.momentum_scale());
  std::vector<double> k{0.0};
  k.insert(k.end(), scan.nodes.begin(), scan.nodes.end());
  std::vector<double> rates;
  rates.reserve(k.size());
  for (const double at : k) rates.push_back(loss_rate(gas, at));
  const auto least = static_cast<std::size_t>(std::min_element(rates.begin(), rates.end()) - rates.begin());
  if (least == 0) return {0.0, rates.front()};
  // Golden section between the neighbours; the minimum is flat, so half of the digits of k give all of the rate.
  constexpr double ratio = 0.6180339887498949;
  double lower = k[least - 1];
  double upper = k[std::min(least + 1, k.size() - 1)];
  double left = upper - ratio * (upper - lower);
  double right = lower + ratio * (upper - lower);
  double at_left = loss_rate(gas, left);
  double at_right = loss_rate(gas, right);
  while (upper - lower > 1e-8 * upper) {
    if (at_left < at_right) {
      upper = right;
      right = left;
      at_right = at_left;
      left = upper - ratio * (upper - lower);
      at_left = loss_rate(gas, left);
    } else {
      lower = left;
      left = right;
      at_left = at_right;
      right = lower + ratio * (upper - lower);
      at_right = loss_rate(gas, right);
    }
  }
  const LeastRate inside{0.5 * (lower + upper), loss_rate(gas, 0.5 * (lower + upper))};
  return inside.rate < rates[least] ? inside : LeastRate{k[least], rates[least]};
}

}  // namespace nordheim::detail
