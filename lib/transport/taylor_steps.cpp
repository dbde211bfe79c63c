// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/taylor_steps.hpp"

#include "transport/rational_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nordheim::detail {

namespace {

constexpr double longest_flight = 2.0;
constexpr double longest_step = 8.0;

/// Terms of e^x that are needed for e^x − (what they give) < 10⁻¹⁷ e^{shift}.
int series_degree(double x, double shift) {
  constexpr double wanted = 1e-17;
  double term = std::exp(-shift);  // of degree m, relative
  int m = 0;
  while (m < x || 2.0 * term > wanted) {
    ++m;
    term *= x / m;
  }
  return m;
}

}  // namespace

TaylorSteps::TaylorSteps(const ElasticScattering& scattering, std::span<const double> flight)
    : scattering_(scattering), flight_(flight) {
  const std::size_t n = flight.size();
  for (Parts* parts : {&term_, &collided_}) {
    parts->real.resize(n);
    parts->imaginary.resize(n);
  }
  for (const double rate : scattering.rates()) shift_ = std::max(shift_, rate);
  for (const double frequency : flight) fastest_ = std::max(fastest_, std::abs(frequency));
}

double TaylorSteps::cost(double t) const {
  constexpr double terms_per_length = 7.0;
  constexpr double fewest_terms = 15.0;
  return fewest_terms + terms_per_length * (shift_ + fastest_) * t;
}

void TaylorSteps::multiply(double scale) {
  scattering_.apply(term_.real, collided_.real);
  scattering_.apply(term_.imaginary, collided_.imaginary);
  for (std::size_t a = 0; a < flight_.size(); ++a) {
    const double real = term_.real[a], imaginary = term_.imaginary[a];
    term_.real[a] = scale * (collided_.real[a] + shift_ * real + flight_[a] * imaginary);
    term_.imaginary[a] = scale * (collided_.imaginary[a] + shift_ * imaginary - flight_[a] * real);
  }
}

void TaylorSteps::step(std::span<std::complex<double>> W, double h, int degree) {
  for (std::size_t a = 0; a < W.size(); ++a) {
    term_.real[a] = W[a].real();
    term_.imaginary[a] = W[a].imag();
  }
  for (int m = 1; m <= degree; ++m) {
    multiply(h / m);
    for (std::size_t a = 0; a < W.size(); ++a) W[a] += std::complex<double>(term_.real[a], term_.imaginary[a]);
  }
  const double scale = std::exp(-h * shift_);
  for (std::complex<double>& value : W) value *= scale;
}

void TaylorSteps::run(std::span<std::complex<double>> W, double t, double negligible) {
  const double steps =
      std::max(1.0, std::ceil(std::max(fastest_ * t / longest_flight, (fastest_ + shift_) * t / longest_step)));
  const double h = t / steps;
  const int degree = series_degree((fastest_ + shift_) * h, shift_ * h);
  for (auto left = static_cast<std::uint64_t>(steps); left > 0; --left) {
    if (squared_norm(scattering_.space(), W) <= negligible * negligible) {
      std::fill(W.begin(), W.end(), std::complex<double>(0.0));
      return;
    }
    step(W, h, degree);
  }
}

}  // namespace nordheim::detail
