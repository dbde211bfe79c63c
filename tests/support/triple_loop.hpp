// SPDX-License-Identifier: GPL-3.0-or-later
// The two-body collision term as a sum over momenta: the obvious, slow evaluation that the engine must equal.
#pragma once

#include <nordheim/collision/time_window.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace nordheim::test {

/// δ_T(Δ) = (h/π) [½ + Σ_{n≥1} χ(nh/T) cos(nhΔ)], from Σ over both signs of time.
struct SampledDelta {
  TimeWindow window;
  double horizon, step;
  double operator()(double energy) const {
    double sum = 0.5;
    for (int n = 1; n * step < horizon; ++n) {
      sum += window_value(window, n * step / horizon) * std::cos(n * step * energy);
    }
    return step / std::numbers::pi * sum;
  }
};

/// Node of k1 + k2 − k3.
inline std::size_t fourth_node(const LatticeGrid& grid, std::size_t k1, std::size_t k2, std::size_t k3) {
  const auto N = static_cast<std::size_t>(grid.points());
  std::array<int, 3> index{};
  for (auto j = static_cast<std::size_t>(grid.dimension()); j-- > 0; k1 /= N, k2 /= N, k3 /= N) {
    index[j] = static_cast<int>(k1 % N) + static_cast<int>(k2 % N) - static_cast<int>(k3 % N);
  }
  return grid.node(index);
}

/// Gain and loss rate of  C = Σ δ_T(Δ) [e^{−βΔ/2} W3W4(1+θW1)(1+θW2) − e^{βΔ/2} W1W2(1+θW3)(1+θW4)] / n²,
/// Δ = ω1 + ω2 − ω3 − ω4: what multiplies 1, and what multiplies −W1.
struct Rates {
  std::vector<double> C, loss_rate;
};

inline Rates triple_loop(const LatticeGrid& grid, double theta, double beta, const SampledDelta& delta,
                         const std::vector<double>& W) {
  const std::size_t n = grid.size();
  const auto omega = grid.energies();
  Rates rates{std::vector<double>(n), std::vector<double>(n)};
  const double weight = 1.0 / (static_cast<double>(n) * static_cast<double>(n));
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      for (std::size_t c = 0; c < n; ++c) {
        const std::size_t d = fourth_node(grid, a, b, c);
        const double energy = omega[a] + omega[b] - omega[c] - omega[d];
        const double shell = weight * delta(energy);
        const double in = shell * std::exp(-0.5 * beta * energy) * W[c] * W[d] * (1 + theta * W[b]);
        const double out = shell * std::exp(0.5 * beta * energy) * W[b] * (1 + theta * W[c]) * (1 + theta * W[d]);
        rates.C[a] += in * (1.0 + theta * W[a]) - W[a] * out;
        rates.loss_rate[a] += out - theta * in;
      }
    }
  }
  return rates;
}

}  // namespace nordheim::test
