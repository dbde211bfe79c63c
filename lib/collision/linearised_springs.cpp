// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/linearised_springs.hpp"

#include "collision/spring_products.hpp"
#include "collision/spring_requirements.hpp"
#include "momentum/fft.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

std::size_t opposite(const LatticeGrid& grid, std::size_t node) {
  const Vector3 k = grid.momentum(node);
  std::array<int, 3> index{};
  for (std::size_t i = 0; i < 3; ++i) index[i] = -static_cast<int>(std::lround(grid.points() * k[i]));
  return grid.node(index);
}

}  // namespace

struct LinearisedSprings::Fields {
  Fields(const LatticeGrid& grid, const std::vector<CubicBond>& bonds, const TimeGrid& time, int threads)
      : products(SpaceTimeEngine(grid.dimension(), grid.points(), grid.energies(), time.step, time.nodes, threads),
                 grid.dimension(), grid.points(), bonds),
        u(grid.size()),
        zero(grid.size()),
        uh(grid.size()),
        X(grid.size()),
        Y(grid.size()) {
    for (std::size_t a = 0; a < grid.size(); ++a) u[a] = zero[a] = uh[a] = 0.0;
  }
  SpringProducts products;
  AlignedArray<double> u, zero, uh, X, Y;
};

LinearisedSprings::LinearisedSprings(const LatticeGrid& grid, const std::vector<CubicBond>& bonds, const TimeGrid& time,
                                     TimeWindow window, const std::function<double(double omega)>& weight, int threads)
    : grid_(grid),
      fields_(std::make_unique<Fields>(grid, bonds, time, threads)),
      time_weights_(time.weights(window, time.horizon)) {
  Fields& f = *fields_;
  const std::size_t n = grid.size(), d = static_cast<std::size_t>(grid.dimension());
  // One factor n⁻¹ for each of the two propagated fields.
  for (double& w : time_weights_) w *= std::pow(static_cast<double>(n), -2.0);
  const std::vector<bool> frozen = frozen_modes(grid, bonds);
  require_positive_frequencies(grid, frozen);
  for (std::size_t a = 0; a < n; ++a) {
    if (frozen[a]) continue;
    f.u[a] = weight(grid.energies()[a]);
    const std::size_t b = opposite(grid, a);
    if (b < a) continue;
    modes_.push_back({a, b});
    energies_.push_back(grid.energies()[a]);
    velocities_.push_back(grid.velocities()[d * a]);
    weights_.push_back((a == b ? 1.0 : 2.0) / static_cast<double>(n));
  }
  f.products.integrate(f.u.data(), f.u.data(), time_weights_, f.X.data(), f.Y.data());
  for (const Mode& mode : modes_) loss_.push_back(f.u[mode.node] * f.X[mode.node]);
}

LinearisedSprings::~LinearisedSprings() = default;

void LinearisedSprings::apply(int sector, ConstState h, State out) {
  Fields& f = *fields_;
  const double sign = sector == 0 ? 1.0 : -1.0;
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    const auto [a, b] = modes_[i];
    f.uh[b] = sign * f.u[b] * h[i];
    f.uh[a] = a == b && sector == 1 ? 0.0 : f.u[a] * h[i];
  }
  f.products.differentiate(f.u.data(), f.u.data(), f.uh.data(), f.zero.data(), time_weights_, f.X.data(), f.Y.data());
  for (std::size_t i = 0; i < modes_.size(); ++i) {
    const auto [a, b] = modes_[i];
    const double gain = 0.5 * (f.u[a] * (f.X[a] - f.Y[a]) + sign * f.u[b] * (f.X[b] - f.Y[b]));
    out[i] = loss_[i] * h[i] - gain;
  }
}

double LinearisedSprings::trial(int sector, int number, std::size_t node) const {
  const Vector3 k = momentum(node);
  double value = sector == 0 ? 1.0 : 0.0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double p = 2.0 * std::numbers::pi * k[i];
    const double slope = 0.37 + 0.23 * static_cast<double>(i) + 0.31 * number;
    const double q = p + 2.0 * std::numbers::pi * k[(i + 1) % 3];
    value += sector == 0 ? slope * std::cos(p) + 0.2 * number * std::cos(q)
                         : slope * std::sin(p) + 0.2 * (number + 0.5) * std::sin(q);
  }
  return value;
}

std::size_t LinearisedSprings::memory(int dimension, int points, int nodes, const std::vector<CubicBond>& bonds,
                                      int threads) {
  constexpr double own_arrays = 9.0, of_the_grid = 8.0;
  return static_cast<std::size_t>(8.0 * std::pow(points, dimension) * (own_arrays + of_the_grid)) +
         SpaceTimeEngine::memory(dimension, points, nodes, threads, 4) +
         3 * SpringProducts::memory(dimension, points, bonds, threads);
}

}  // namespace nordheim::detail
