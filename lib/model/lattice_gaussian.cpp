// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lattice_gaussian.hpp"

#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

constexpr double pi = std::numbers::pi;
/// Below this the direct sum has at most seven terms and cancels hardly; above, the dual one has at most five.
constexpr double longest_direct = 0.7;
/// e⁻⁴² is less than the rounding of a sum of order one.
constexpr double negligible = 42.0;

}  // namespace

LatticeGaussian::LatticeGaussian(double length)
    : prefactor_(length * std::sqrt(2.0 * pi)), exponent_(2.0 * pi * pi * length * length) {
  if (length <= longest_direct) {
    const double rate = 0.5 / (length * length);
    do {
      const auto n = static_cast<double>(weights_.size() + 1);
      weights_.push_back(std::exp(-rate * n * n));
    } while (std::pow(static_cast<double>(weights_.size() + 1), 2) * rate < negligible);
  }
  // For |q| ≤ 1/2 the image m is weaker than the nearest one by e^{−2π²ℓ²(m² − |m|)} at least.
  while (exponent_ * (images_ + 1) * images_ < negligible) ++images_;
}

double LatticeGaussian::operator()(double q) const {
  const double nearest = q - std::nearbyint(q);
  return weights_.empty() ? dual_sum(nearest) : direct_sum(nearest);
}

double LatticeGaussian::direct_sum(double q) const {
  const double c = std::cos(2.0 * pi * q);
  double before = 1.0;
  double cosine = c;
  double sum = 0.0;
  for (const double weight : weights_) {
    sum += weight * cosine;
    const double next = 2.0 * c * cosine - before;
    before = cosine;
    cosine = next;
  }
  return 1.0 + 2.0 * sum;
}

double LatticeGaussian::dual_sum(double q) const {
  double sum = 0.0;
  for (int m = -images_; m <= images_; ++m) sum += std::exp(-exponent_ * (q + m) * (q + m));
  return prefactor_ * sum;
}

}  // namespace nordheim::detail
