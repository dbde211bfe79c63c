// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/isotropic_kernel.hpp"

#include <nordheim/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>

namespace nordheim::detail {

IsotropicKernel::IsotropicKernel(std::function<double(double)> potential, double exchange, double largest_transfer)
    : potential_(std::move(potential)), exchange_(exchange) {
  constexpr int samples = 256;
  for (int i = 0; i <= samples; ++i) (void)value(largest_transfer * i / samples);
  if (scale_ == 0.0) {
    throw InvalidArgument(
        "the potential is zero for every momentum transfer; without an interaction there are no "
        "collisions");
  }
  set_direct_points(32);
  for (const int points : {8, 12, 18, 27, 40, 60, 90}) {
    cross_.push_back(gauss_legendre(points, -1.0, 1.0));
    auto& cosines = cosines_.emplace_back();
    for (int i = 0; i < points; ++i) cosines.push_back(std::cos(std::numbers::pi * (i + 0.5) / points));
  }
}

double IsotropicKernel::operator()(double least, double a, double b, double greatest, double tolerance) {
  const double sum = direct(least, a) + direct(least, b);
  return exchange_ == 0.0 ? 0.5 * sum : sum + 2.0 * exchange_ * cross(least, a, b, greatest, tolerance);
}

double IsotropicKernel::value(double q) {
  const double v = potential_(q);
  if (!std::isfinite(v)) {
    std::ostringstream text;
    text << "the potential at the momentum transfer " << q << " is " << v << "; it must be finite from 0 on";
    throw InvalidArgument(text.str());
  }
  scale_ = std::max(scale_, v * v);
  return v;
}

double IsotropicKernel::direct(double least, double a) {
  double sum = 0.0;
  for (std::size_t i = 0; i < direct_.nodes.size(); ++i) {
    const double v = value(std::abs(a + least * direct_.nodes[i]));
    sum += 0.5 * direct_.weights[i] * v * v;
  }
  return sum;
}

double IsotropicKernel::cross(double least, double a, double b, double greatest, double tolerance) {
  if (least == 0.0) return value(a) * value(b);
  double result = cross_sum(0, least, a, b, greatest);
  for (std::size_t level = 1; level < cross_.size(); ++level) {
    const double finer = cross_sum(level, least, a, b, greatest);
    const double change = std::abs(finer - std::exchange(result, finer));
    if (change <= tolerance * scale_) break;
  }
  return result;
}

/// With the total momentum M = |m + g| = |a + b| and half relative momenta of length γ, 4γ² = 2(m² + g²) − M², the
/// angles to M have the cosines (g² − m²)/2γM and (a² − b²)/2γM, and the azimuth φ between them is free.
double IsotropicKernel::cross_sum(std::size_t level, double least, double a, double b, double greatest) {
  const QuadratureRule& rule = cross_[level];
  const std::vector<double>& cosines = cosines_[level];
  const double lower = greatest - least, upper = greatest + least;
  const double before = lower * upper, after = (a - b) * (a + b);
  const double twice_energy = least * least + greatest * greatest;
  // Where all four lengths are nearly equal, the cosines vary over M ~ lower: even steps in log M resolve that.
  const double logarithm = lower > 0.0 ? std::log(upper / lower) : 0.0;
  double sum = 0.0, weights = 0.0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    double M = greatest + least * rule.nodes[i], weight = rule.weights[i];
    if (lower > 0.0) {
      M = lower * std::exp(0.5 * logarithm * (1.0 + rule.nodes[i]));
      weight *= M;
    }
    const double square = 0.25 * (2.0 * twice_energy - M * M);  // γ²
    const double s_before = square - before * before / (4.0 * M * M);
    const double s_after = square - after * after / (4.0 * M * M);
    const double parallel = before * after / (4.0 * M * M);
    const double perpendicular = std::sqrt(std::max(s_before, 0.0) * std::max(s_after, 0.0));
    double mean = 0.0;
    for (const double cosine : cosines) {
      const double product = parallel + perpendicular * cosine;  // γ² cos χ
      mean += value(std::sqrt(2.0 * std::max(square - product, 0.0))) *
              value(std::sqrt(2.0 * std::max(square + product, 0.0)));
    }
    sum += weight * mean / static_cast<double>(cosines.size());
    weights += weight;
  }
  // Divided by the sum of weights, not its limit: the mean of a constant is the constant.
  return sum / weights;
}

}  // namespace nordheim::detail
