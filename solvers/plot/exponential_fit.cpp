// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/exponential_fit.hpp"

#include <cmath>
#include <cstddef>
#include <limits>

namespace nordheim::program {

namespace {

bool still_falls(std::span<const double> t, std::span<const double> y) {
  constexpr std::size_t steps = 5;
  if (y.size() <= steps) return false;
  for (std::size_t i = y.size() - steps; i < y.size(); ++i) {
    if (!(y[i] < y[i - 1])) return false;
  }
  if (!(y.back() > 0.0)) return false;
  const double whole = std::log(y[y.size() - 1 - steps] / y.back());
  const double last = std::log(y[y.size() - 2] / y.back());
  const double share = (t.back() - t[t.size() - 2]) / (t.back() - t[t.size() - 1 - steps]);
  return whole > std::log(2.0) && last > 0.95 * share * whole;
}

double smallest_positive(std::span<const double> y) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const double value : y) {
    if (value > 0.0 && value < smallest) smallest = value;
  }
  return smallest;
}

/// Indices [first, last) of the part that is fitted.
struct Part {
  std::size_t first, last;
};

Part clean_part(std::span<const double> t, std::span<const double> y) {
  const double above = still_falls(t, y) ? 0.0 : 100.0 * smallest_positive(y);
  std::size_t first = 0;
  while (first < y.size() && y[first] > 0.01 * y[0]) ++first;
  std::size_t last = first;
  while (last < y.size() && y[last] > above) ++last;
  return {first, last};
}

/// Least squares of log y against t, about the means so that late, narrow parts lose no digits.
ExponentialFit least_squares(std::span<const double> t, std::span<const double> y) {
  const auto count = static_cast<double>(t.size());
  double mean_t = 0.0, mean_log = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    mean_t += t[i] / count;
    mean_log += std::log(y[i]) / count;
  }
  double square = 0.0, product = 0.0;
  for (std::size_t i = 0; i < t.size(); ++i) {
    square += (t[i] - mean_t) * (t[i] - mean_t);
    product += (t[i] - mean_t) * (std::log(y[i]) - mean_log);
  }
  ExponentialFit fit;
  fit.rate = -product / square;
  const double log_amplitude = mean_log + fit.rate * mean_t;
  fit.amplitude = std::exp(log_amplitude);
  fit.from = t.front();
  fit.to = t.back();
  for (std::size_t i = 0; i < t.size(); ++i) {
    const double residual = std::log(y[i]) - log_amplitude + fit.rate * t[i];
    fit.scatter += residual * residual / count;
  }
  fit.scatter = std::sqrt(fit.scatter);
  return fit;
}

}  // namespace

ExponentialFit fit_tail(std::span<const double> t, std::span<const double> y) {
  constexpr std::size_t fewest = 4;
  constexpr double largest_scatter = 0.3;
  ExponentialFit refused;
  if (y.empty() || !(y[0] > 0.0)) {
    refused.refusal = "it is zero from the beginning";
    return refused;
  }
  const auto [first, last] = clean_part(t, y);
  if (last - first < fewest) {
    refused.refusal = "fewer than four values lie between 1/100 of the first and 100 times the floor";
    return refused;
  }
  ExponentialFit fit = least_squares(t.subspan(first, last - first), y.subspan(first, last - first));
  const std::size_t middle = first + (last - first) / 2;
  const ExponentialFit later = least_squares(t.subspan(middle, last - middle), y.subspan(middle, last - middle));
  fit.rate_error = std::abs(fit.rate - later.rate);
  if (!(fit.scatter < largest_scatter)) {
    fit.refusal = "the tail is not exponential: its logarithm is not a straight line";
  } else if (!std::isfinite(fit.amplitude)) {
    fit.refusal = "the tail falls too steeply for a rate";
  }
  return fit;
}

}  // namespace nordheim::program
