// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/scatterer.hpp>

#include <gsl/gsl_sf_bessel.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;
constexpr double negligible = 1e-17;

void check_positive(const char* key, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  throw InvalidArgument("scatterer: " + std::string(key) + " = " + shortest_text(value) +
                        " must be finite and positive");
}

/// (sin δ/k)²: as a ratio, because k² can underflow.
double partial(double delta, double k) {
  const double amplitude = std::sin(delta) / k;
  return amplitude * amplitude;
}

/// @brief (a b c; 0 0 0)² for a + b + c = 2g: A(g−a) A(g−b) A(g−c)/(A(g)(2g + 1)) with A(n) = (2n)!/(2ⁿ n!)².
///
/// G. Racah's formula in numbers that neither overflow nor cancel.
class SquaredThreeJ {
 public:
  explicit SquaredThreeJ(int largest_g) {
    table_.reserve(static_cast<std::size_t>(largest_g) + 1);
    table_.push_back(1.0);
    for (int n = 1; n <= largest_g; ++n) table_.push_back(table_.back() * (n - 0.5) / n);
  }
  [[nodiscard]] double operator()(int a, int b, int c) const {
    if ((a + b + c) % 2 != 0) return 0.0;
    const int g = (a + b + c) / 2;
    return at(g - a) * at(g - b) * at(g - c) / (at(g) * (2 * g + 1));
  }

 private:
  [[nodiscard]] double at(int n) const { return table_[static_cast<std::size_t>(n)]; }
  std::vector<double> table_;
};

/// @brief y_0(x) … y_l(x), stable upwards, as far as tan δ_l ≈ −1/((2l + 1) x y_l²) is not negligible.
///
/// y_l may end in −∞, where δ_l is zero.
std::vector<double> second_kind(double x) {
  std::vector<double> y{-std::cos(x) / x};
  y.push_back((y[0] - std::sin(x)) / x);
  for (double l = 1.0; l <= x || !((2.0 * l + 1.0) * x * y.back() * y.back() > 10.0 / negligible); l += 1.0) {
    y.push_back((2.0 * l + 1.0) / x * y[y.size() - 1] - y[y.size() - 2]);
  }
  return y;
}

}  // namespace

double PhaseShifts::total_cross_section() const {
  double sum = 0.0;
  for (std::size_t l = delta.size(); l-- > 0;) sum += static_cast<double>(2 * l + 1) * partial(delta[l], k);
  return 4.0 * pi * sum;
}

double PhaseShifts::transport_cross_section() const {
  double sum = 0.0;
  for (std::size_t l = delta.size(); l-- > 0;) {
    const double next = l + 1 < delta.size() ? delta[l + 1] : 0.0;
    sum += static_cast<double>(l + 1) * partial(delta[l] - next, k);
  }
  return 4.0 * pi * sum;
}

double PhaseShifts::relaxation_cross_section(int l) const {
  if (l < 0) throw InvalidArgument("scatterer: l = " + std::to_string(l) + " must not be negative");
  const int count = static_cast<int>(delta.size());
  const auto shift = [&](int m) { return m < count ? delta[static_cast<std::size_t>(m)] : 0.0; };
  const SquaredThreeJ squared_three_j(count + l);
  double sum = 0.0;
  for (int m = 0; m < count; ++m) {
    // Each pair m < n once; n ≥ count has no phase shift.
    for (int n = std::max(m + 1, l - m); n <= m + l; ++n) {
      sum += (2.0 * m + 1.0) * (2.0 * n + 1.0) * squared_three_j(m, n, l) * partial(shift(m) - shift(n), k);
    }
  }
  return 4.0 * pi * sum;
}

std::complex<double> PhaseShifts::forward_amplitude() const {
  std::complex<double> sum = 0.0;
  for (std::size_t l = delta.size(); l-- > 0;) {
    sum += static_cast<double>(2 * l + 1) * std::sin(delta[l]) * std::polar(1.0, delta[l]);
  }
  return sum / k;
}

PhaseShifts point_scatterer(double k, double scattering_length) {
  check_positive("k", k);
  if (!std::isfinite(scattering_length) || scattering_length == 0.0) {
    throw InvalidArgument("scatterer: scattering length = " + shortest_text(scattering_length) +
                          " must be finite and not zero");
  }
  return {k, {-std::atan(k * scattering_length)}};
}

PhaseShifts hard_sphere(double k, double radius) {
  check_positive("k", k);
  check_positive("radius", radius);
  const double x = k * radius;
  constexpr double largest = 1e6;
  if (!(x > 0.0 && x <= largest)) {
    throw InvalidArgument("scatterer: k times radius = " + shortest_text(x) + " must be positive and at most " +
                          shortest_text(largest));
  }
  const auto y = second_kind(x);
  std::vector<double> j(y.size());
  gsl_sf_bessel_jl_steed_array(static_cast<int>(y.size()) - 1, x, j.data());
  PhaseShifts phases{k, {}};
  for (std::size_t l = 0; l < y.size(); ++l) phases.delta.push_back(std::atan(j[l] / y[l]));
  while (phases.delta.size() > 1 && std::abs(phases.delta.back()) < negligible) phases.delta.pop_back();
  return phases;
}

}  // namespace nordheim
