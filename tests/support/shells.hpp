// SPDX-License-Identifier: GPL-3.0-or-later
// What several tests of energy shells use.
#pragma once

#include <nordheim/momentum/energy_shell.hpp>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

namespace nordheim::test {

/// ⟨f⟩ = Σ w f(k, v)/Σ w.
template <class Function>
double average(const EnergyShell& shell, const Function& f) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  double sum = 0.0;
  double total = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) {
    Vector3 v{};
    for (std::size_t j = 0; j < d; ++j) v[j] = shell.velocities()[a * d + j];
    sum += shell.weights()[a] * f(shell.momentum(a), v);
    total += shell.weights()[a];
  }
  return sum / total;
}

/// Nodes and weights of Gauss and Legendre on [lower, upper], by Newton's method.
inline std::vector<std::pair<double, double>> gauss_rule(int n, double lower, double upper) {
  std::vector<std::pair<double, double>> rule;
  for (int i = 0; i < n; ++i) {
    double x = std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5));
    double slope = 0.0;
    for (int step = 0; step < 10; ++step) {
      double before = 1.0;
      double p = x;
      for (int l = 2; l <= n; ++l) before = std::exchange(p, ((2 * l - 1) * x * p - (l - 1) * before) / l);
      slope = n * (x * p - before) / (x * x - 1.0);
      x -= p / slope;
    }
    rule.emplace_back(lower + 0.5 * (upper - lower) * (1.0 + x), (upper - lower) / ((1.0 - x * x) * slope * slope));
  }
  return rule;
}

/// A band without any symmetry: ω(k) = ω(−k) holds for no reflection of axes.
inline Dispersion skew_band(int dimension) {
  return Dispersion::from_formula(
      dimension,
      [dimension](const auto& k) {
        constexpr double two_pi = 2.0 * std::numbers::pi;
        auto omega = 3.0 - cos(two_pi * k[0]) + 0.3 * sin(2.0 * two_pi * k[0]);
        if (dimension > 1) omega += 0.25 * sin(two_pi * (k[0] + k[1])) - 0.9 * cos(two_pi * k[1]);
        if (dimension > 2) omega += 0.2 * sin(two_pi * (k[1] - k[2])) - 1.1 * cos(two_pi * k[2]);
        return omega;
      },
      "a skew band");
}

}  // namespace nordheim::test
