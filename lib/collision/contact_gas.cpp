// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/contact_gas.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace nordheim::detail {

namespace {

/// log(2 cosh x)
double log_cosh(double x) { return std::abs(x) + std::log1p(std::exp(-2.0 * std::abs(x))); }

/// log(2 sinh x), x > 0
double log_sinh(double x) { return x + std::log(-std::expm1(-2.0 * x)); }

}  // namespace

ContactGas::ContactGas(Statistics statistics, double fugacity, double tail)
    : statistics_(statistics),
      mu_(statistics == Statistics::classical ? 0.0 : std::log(fugacity)),
      activity_(statistics == Statistics::classical ? fugacity : std::min(fugacity, 1.0)),
      tail_(tail) {}

double ContactGas::root_weight(double omega, double x) const {
  switch (statistics_) {
    case Statistics::boson:
      return std::exp(-0.5 * omega) / -std::expm1(-x);
    case Statistics::fermion: {
      const double exponent = mu_ < 0.0 ? omega : std::abs(x);
      return std::exp(-0.5 * exponent) / (1.0 + std::exp(-std::abs(x)));
    }
    case Statistics::classical:
    case Statistics::classical_wave:
      break;
  }
  return std::exp(-0.5 * omega);
}

double ContactGas::scaled_occupation(double omega) const {
  if (mu_ > 0.0) return 1.0 / (std::exp(omega - mu_) - theta(statistics_));
  return std::exp(-omega) / (1.0 - theta(statistics_) * std::exp(mu_ - omega));
}

double ContactGas::pair_weight(double total, double spread, double gap) const {
  if (statistics_ == Statistics::classical) return 2.0 * std::exp(-0.5 * total);
  // ∫dc/(2 (cosh A − θ cosh(spread c/2))), by artanh where its argument is small, by logarithms where it is near 1.
  const double A = 0.5 * total - mu_;
  const double half = 0.25 * spread;
  const bool bosons = statistics_ == Statistics::boson;
  if (!bosons && A == 0.0) return 0.5 * std::tanh(half) / half;
  const double argument = bosons ? std::tanh(half) / std::tanh(0.5 * A) : std::tanh(half) * std::tanh(0.5 * A);
  double logarithm = 0.0;
  if (std::abs(argument) < 0.5) {
    logarithm = 2.0 * std::atanh(argument);
  } else if (bosons) {
    logarithm = log_sinh(0.5 * A + half) - log_sinh(0.25 * gap - 0.5 * mu_);
  } else {
    logarithm = log_cosh(0.5 * A + half) - log_cosh(0.5 * A - half);
  }
  return 2.0 * logarithm / (spread * std::sinh(A)) / activity_;
}

Scale ContactGas::momentum_scale() const {
  constexpr double widest = 2.0;
  if (statistics_ == Statistics::classical) return {0.0, widest};
  const double imaginary = statistics_ == Statistics::fermion ? std::numbers::pi : 0.0;
  const std::complex<double> pole = std::sqrt(std::complex<double>(2.0 * mu_, 2.0 * imaginary));
  return {pole.real(), std::min(std::abs(pole.imag()), widest)};
}

}  // namespace nordheim::detail
