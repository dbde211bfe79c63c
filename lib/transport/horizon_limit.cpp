// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/horizon_limit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace nordheim::detail {

namespace {

/// x(M) − x(∞) over x(M') − x(M), with M' < M.
double rest_over_difference(double coarse, double fine, double order) {
  return 1.0 / (std::pow(fine / coarse, order) - 1.0);
}

}  // namespace

std::vector<int> growing_sizes(int first, int most) {
  std::vector<int> all;
  for (int points = first; points <= most; points *= 2) {
    all.push_back(points);
    if (points / 2 * 3 <= most) all.push_back(points / 2 * 3);
  }
  return all;
}

void HorizonLimit::add(double size, double value) {
  sizes_.push_back(size);
  values_.push_back(value);
}

std::optional<double> HorizonLimit::observed_order() const {
  const std::size_t n = values_.size();
  if (n < 3) return std::nullopt;
  const double before = values_[n - 3] - values_[n - 2];
  const double last = values_[n - 2] - values_[n - 1];
  const double ratio = last / before;
  const auto modelled = [&](double p) {
    return (std::pow(sizes_[n - 2], -p) - std::pow(sizes_[n - 1], -p)) /
           (std::pow(sizes_[n - 3], -p) - std::pow(sizes_[n - 2], -p));
  };
  // The ratio of differences falls with the order: bisection between orders that are believable.
  double low = 1.0, high = 4.0;
  if (!(ratio > 0.0 && ratio < modelled(low))) return std::nullopt;
  if (ratio <= modelled(high)) return high;
  constexpr int halvings = 40;
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (modelled(middle) > ratio ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

BoundedValue HorizonLimit::limit() const {
  constexpr double rounding = 1e-14;
  const auto [value, error] = absolute_limit();
  return {value, error / std::abs(value) + rounding};
}

BoundedValue HorizonLimit::absolute_limit() const {
  constexpr std::size_t needed = 3;
  const std::size_t n = values_.size();
  const double value = n == 0 ? 0.0 : values_.back();
  if (n < needed) return {value, std::numeric_limits<double>::infinity()};
  const double last = values_[n - 1] - values_[n - 2], before = values_[n - 2] - values_[n - 3];
  const std::optional<double> order = order_ ? order_ : observed_order();
  if (!order) {
    if (rule_ == LimitRule::order_needed && last * before > 0.0)
      return {value, std::numeric_limits<double>::infinity()};
    // No order: the values still wander, by as much as they did at last.
    constexpr double safety = 3.0;
    const double spread = std::max(std::abs(last), std::abs(before));
    return {value, safety * spread};
  }
  const double rest = last * rest_over_difference(sizes_[n - 2], sizes_[n - 1], *order);
  // The same from the pair before, if the order holds already.
  const double expected = before * rest_over_difference(sizes_[n - 3], sizes_[n - 2], *order) *
                          std::pow(sizes_[n - 2] / sizes_[n - 1], *order);
  constexpr double safety = 2.0;
  // A change that is small by chance, where the sequence turns, is not taken for the end of it.
  constexpr double least = 0.25;
  const double error = std::max({safety * std::abs(rest), least * std::abs(before), std::abs(rest - expected)});
  return {value + rest, error};
}

}  // namespace nordheim::detail
