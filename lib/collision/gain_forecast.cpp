// SPDX-License-Identifier: GPL-3.0-or-later
// How many functions the gain of elastic scattering has, before any is computed.
#include "collision/elastic_scattering_impl.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdlib>
#include <numbers>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double negligible = 1e-15;
constexpr double rounding = 4.0;  // of sums over samples, in units of what is negligible

/// Where ϑ(x) counts: how many x, and the radius of a ball that holds most of them.
struct Range {
  double count = 1.0;
  double radius = 0.0;
};

double volume_of_ball(int dimension, double radius) {
  if (dimension == 0) return 1.0;
  if (dimension == 1) return 2.0 * radius;
  return dimension == 2 ? pi * radius * radius : 4.0 / 3.0 * pi * radius * radius * radius;
}

/// x of the table, each of which counts.
Range range_of(std::span<const CorrelatorEntry> entries) {
  double at_origin = 0.0;
  for (const auto& [x, value] : entries) at_origin = x == std::array<int, 3>{} ? value : at_origin;
  Range range{0.0, 0.0};
  for (const auto& [x, value] : entries) {
    if (!(std::abs(value) > negligible * at_origin)) continue;
    range.count += 1.0;
    range.radius = std::max(range.radius, std::hypot(x[0], x[1], x[2]));
  }
  return range;
}

/// Σ over all x of a product of rapidly falling functions that is above the limit: as many as a ball holds, or a box if
/// ϑ_1 ends before.
Range range_of(const SeparableCorrelation& correlation, int dimension) {
  const auto& factor = correlation.factor;
  const auto reach = static_cast<double>(factor.size() - 1);
  if (!correlation.cut_off) {
    return {std::pow(2.0 * reach + 1.0, dimension), reach * std::sqrt(static_cast<double>(dimension))};
  }
  const auto counted = std::count_if(factor.begin(), factor.end(), [](double value) { return value > negligible; });
  const auto radius = static_cast<double>(counted);
  return {std::max(1.0, volume_of_ball(dimension, radius)), radius};
}

/// The largest n ≤ most with a Fourier coefficient of ϑ̂ along an axis, through a point on no symmetry line, that
/// counts.
double reach_along(const Correlator& correlator, std::size_t axis, int most) {
  const int samples = 2 * most;
  std::vector<double> values;
  for (int m = 0; m < samples; ++m) {
    Vector3 q{0.1234, 0.2718, 0.3141};
    for (std::size_t j = static_cast<std::size_t>(correlator.dimension()); j < 3; ++j) q[j] = 0.0;
    q[axis] = std::remainder(static_cast<double>(m) / samples, 1.0);
    values.push_back(correlator(q));
  }
  std::vector<double> coefficients;
  for (int n = 0; n <= most; ++n) {
    std::complex<double> sum = 0.0;
    for (int m = 0; m < samples; ++m) {
      const int turn = static_cast<int>(static_cast<long>(n) * m % samples);
      sum += values[static_cast<std::size_t>(m)] * std::polar(1.0, 2.0 * pi * turn / samples);
    }
    coefficients.push_back(std::abs(sum));
  }
  const double largest = *std::max_element(coefficients.begin(), coefficients.end());
  int reach = most;
  while (reach > 0 && coefficients[static_cast<std::size_t>(reach)] <= rounding * negligible * largest) --reach;
  return reach;
}

Range range_of_values(const Correlator& correlator) {
  constexpr int most = 128;
  Range range;
  for (std::size_t axis = 0; axis < static_cast<std::size_t>(correlator.dimension()); ++axis) {
    const double reach = reach_along(correlator, axis, most);
    range.count *= 2.0 * reach + 1.0;
    range.radius = std::max(range.radius, reach);
  }
  return range;
}

/// Number of spherical harmonics of the degrees that ϑ̂ has on a sphere: those of the Chebyshev coefficients of ϑ̂ as a
/// function of the cosine of the angle that count.
double harmonics_on_sphere(const Correlator& correlator, double radius) {
  constexpr int most = 512;
  std::vector<double> values;
  for (int m = 0; m < most; ++m) {
    const double q = 2.0 * radius * std::sin(0.5 * pi * (m + 0.5) / most);
    values.push_back(correlator({q, 0.0, 0.0}));
  }
  std::vector<double> coefficients;
  for (int l = 0; l < most; ++l) {
    double sum = 0.0;
    for (int m = 0; m < most; ++m) sum += values[static_cast<std::size_t>(m)] * std::cos(pi * l * (m + 0.5) / most);
    coefficients.push_back(std::abs(sum));
  }
  const double largest = *std::max_element(coefficients.begin(), coefficients.end());
  int degree = most - 1;
  while (degree > 0 && coefficients[static_cast<std::size_t>(degree)] <= rounding * negligible * largest) --degree;
  return (degree + 1.0) * (degree + 1.0);
}

/// ∫dk δ(ω − E)|∇ω|, the area of the shell (d = 2: its length, d = 1: the number of its points).
double area(const EnergyShell& shell) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  double sum = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) {
    double square = 0.0;
    for (std::size_t j = 0; j < d; ++j) square += shell.velocities()[a * d + j] * shell.velocities()[a * d + j];
    sum += shell.weights()[a] * std::sqrt(square);
  }
  return 2.0 * pi * sum;
}

double rank_on(const EnergyShell& shell, const Correlator& correlator) {
  if (correlator.is_constant()) return 1.0;
  if (!shell.on_lattice()) {
    const Vector3 k = shell.momentum(0);
    return harmonics_on_sphere(correlator, std::hypot(k[0], k[1], k[2]));
  }
  Range range;
  if (const SeparableCorrelation* const parts = correlator.separable()) {
    range = range_of(*parts, correlator.dimension());
  } else if (!correlator.entries().empty()) {
    range = range_of(correlator.entries());
  } else {
    range = range_of_values(correlator);
  }
  // Weyl's law: the area in units of the area of a cell, and, at the edge of the disc, some more for the curvature.
  const double independent = area(shell) * volume_of_ball(shell.dimension() - 1, range.radius + 1.5);
  return std::max(1.0, std::min(range.count, independent));
}

}  // namespace

GainForecast ElasticScattering::forecast(const EnergyShell& shell, const Correlator& correlator) {
  detail::check_spaces(shell, correlator);
  constexpr double nodes_per_function = 3.0;  // Gauss rules for products of two functions
  constexpr double typical_order = 11.0;      // at which D of a smooth correlator is good to ten digits
  constexpr double copies = 3.0;              // of the functions, while they are factorised and rotated
  constexpr double passes = 6.0;  // over functions × functions: elimination, rotation, matrix of the solver
  const auto sectors = static_cast<double>(detail::common_reflections(shell, correlator).size());
  const bool cubic = detail::is_cubic(shell, correlator, static_cast<std::size_t>(sectors));
  const double used = std::min(sectors, cubic ? 2.0 : 1.0 + shell.dimension());
  const double finer = shell.on_lattice() ? std::max(1.0, typical_order / shell.order()) : 1.0;
  GainForecast forecast;
  forecast.rank = rank_on(shell, correlator);
  forecast.nodes = std::max(static_cast<double>(shell.size()) * std::pow(finer, shell.dimension() - 1),
                            nodes_per_function * forecast.rank);
  const double functions = std::max(1.0, forecast.rank / sectors), rows = forecast.nodes / sectors;
  forecast.rank_used = used * functions;
  forecast.memory = copies * forecast.rank_used * rows * sizeof(double);
  forecast.operations = passes * forecast.rank_used * functions * rows;
  return forecast;
}

}  // namespace nordheim
