// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/rectangle_collisions.hpp"

#include "collision/space_time_engine.hpp"
#include "core/shared_loop.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace nordheim::detail {

namespace {

/// Node whose coordinates in the given directions are reflected, k_j → ½ − k_j.
std::uint32_t reflect(const LatticeGrid& grid, std::size_t node, unsigned directions) {
  const auto N = static_cast<std::size_t>(grid.points());
  std::array<int, 3> index{};
  for (auto j = static_cast<std::size_t>(grid.dimension()); j-- > 0; node /= N) {
    const int i = static_cast<int>(node % N);
    index[j] = (directions >> j & 1U) != 0 ? grid.points() / 2 - i : i;
  }
  return static_cast<std::uint32_t>(grid.node(index));
}

}  // namespace

RectangleCollisions::RectangleCollisions(const LatticeGrid& grid, const Vector3& amplitudes, Statistics statistics,
                                         double strength, double horizon, double tail, int threads)
    : theta_(theta(statistics)), threads_(thread_count(threads)), factor_(grid.size()) {
  const auto d = static_cast<std::size_t>(grid.dimension());
  // Exchanging k3 and k4 gives the same term: each unordered pair is summed once and counted twice.
  const double common = 2.0 * strength * tail * std::pow(horizon, 1.0 - static_cast<double>(d)) / std::numbers::pi;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    double factor = common;
    for (std::size_t j = 0; j < d; ++j) {
      const double t = std::abs(amplitudes[j]);
      const double c = std::abs(std::cos(2.0 * std::numbers::pi * k[j]));
      const double eps_cubed = 0.216 / (t * horizon);  // 0.6³
      factor *= c * c / (c * c * c + eps_cubed) / (2.0 * std::numbers::pi * t);
    }
    factor_[a] = factor;
  }
  const unsigned sets = 1U << d;
  for (unsigned directions = 0; directions < sets; ++directions) {
    std::vector<std::uint32_t> table(grid.size());
    for (std::size_t a = 0; a < grid.size(); ++a) table[a] = reflect(grid, a, directions);
    reflected_.push_back(std::move(table));
  }
  for (unsigned third = 1; third < sets; ++third) {
    for (unsigned fourth = third + 1; fourth < sets; ++fourth) {
      if ((third & fourth) != 0) continue;
      rectangles_.push_back({reflected_[third | fourth].data(), reflected_[third].data(), reflected_[fourth].data()});
    }
  }
}

template <class Bracket>
void RectangleCollisions::accumulate(State result, Bracket bracket) const {
  const std::size_t n = factor_.size();
  // Fewer rectangles than this are summed before a second thread has woken up.
  const int threads = n * rectangles_.size() > 32768 ? threads_ : 1;
  shared_loop(n, threads, [&](std::size_t a) {
    double sum = 0.0;
    for (const Legs& legs : rectangles_) sum += bracket(a, legs.k2[a], legs.k3[a], legs.k4[a]);
    result[a] += factor_[a] * sum;
  });
}

// The terms of fourth order in W cancel: the bracket is W3W4(1 + θ(W1+W2)) − W1W2(1 + θ(W3+W4)).

void RectangleCollisions::add(ConstState W, State C) const {
  accumulate(C, [&, th = theta_](std::size_t k1, std::size_t k2, std::size_t k3, std::size_t k4) {
    const double in = W[k1] * W[k2], out = W[k3] * W[k4];
    return out * (1.0 + th * (W[k1] + W[k2])) - in * (1.0 + th * (W[k3] + W[k4]));
  });
}

void RectangleCollisions::add_linearised(ConstState W, ConstState dW, State dC) const {
  accumulate(dC, [&, th = theta_](std::size_t k1, std::size_t k2, std::size_t k3, std::size_t k4) {
    const double in = W[k1] * W[k2], out = W[k3] * W[k4];
    const double d_in = dW[k1] * W[k2] + W[k1] * dW[k2], d_out = dW[k3] * W[k4] + W[k3] * dW[k4];
    return d_out * (1.0 + th * (W[k1] + W[k2])) + th * out * (dW[k1] + dW[k2]) - d_in * (1.0 + th * (W[k3] + W[k4])) -
           th * in * (dW[k3] + dW[k4]);
  });
}

void RectangleCollisions::add_loss_rate(ConstState W, State nu) const {
  accumulate(nu, [&, th = theta_](std::size_t, std::size_t k2, std::size_t k3, std::size_t k4) {
    return W[k2] * (1.0 + th * (W[k3] + W[k4])) - th * W[k3] * W[k4];
  });
}

}  // namespace nordheim::detail
