// SPDX-License-Identifier: GPL-3.0-or-later
// Linearised two-body collisions on a lattice, one collision after the other.
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <Eigen/Dense>

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

namespace nordheim::test {

/// @brief J and L of δW = g h, ⟨h, −J h⟩ = ¼ Σ δ_T(Δω) E1E2E3E4 (h1+h2−h3−h4)² N^{−3d}, and L = J without its part
/// along number and energy, in sums over the nodes with weight N^{−d}.
struct LinearisedGas {
  LatticeGrid grid;
  Eigen::VectorXd g, energies;
  Eigen::MatrixXd J, L;

  /// @param options  of an operator without rectangle correction, horizon and step given
  LinearisedGas(LatticeGrid grid_in, const Equilibrium& equilibrium, const LatticeTwoBodyOptions& options)
      : grid(std::move(grid_in)) {
    const auto n = static_cast<Eigen::Index>(grid.size());
    g.resize(n);
    energies.resize(n);
    for (Eigen::Index k = 0; k < n; ++k) {
      energies[k] = grid.energies()[static_cast<std::size_t>(k)];
      g[k] = fluctuation(equilibrium.statistics(), equilibrium.occupation(energies[k]));
    }
    J = Eigen::MatrixXd::Zero(n, n);
    const std::vector<double> delta = weights(options);
    for (Eigen::Index a = 0; a < n; ++a) {
      for (Eigen::Index b = 0; b <= a; ++b) {
        for (Eigen::Index c = 0; c < n; ++c) {
          const Eigen::Index d = rest(a, b, c);
          if (d <= c) add({a, b, c, d}, (a == b ? 1.0 : 2.0) * (c == d ? 1.0 : 2.0), delta, *options.time_step);
        }
      }
    }
    J *= options.strength * std::pow(static_cast<double>(n), -2.0);
    Eigen::MatrixXd invariants(n, 2);
    invariants << Eigen::VectorXd::Ones(n), energies;
    const Eigen::MatrixXd weighted = g.asDiagonal() * invariants;
    const Eigen::MatrixXd along = invariants * (invariants.transpose() * weighted).inverse() * weighted.transpose();
    const Eigen::MatrixXd without = Eigen::MatrixXd::Identity(n, n) - along;
    L = without.transpose() * J * without;
  }

  /// v along an axis.
  [[nodiscard]] Eigen::VectorXd velocity(std::size_t axis) const {
    const auto d = static_cast<std::size_t>(grid.dimension());
    Eigen::VectorXd v(g.size());
    for (Eigen::Index k = 0; k < v.size(); ++k) v[k] = grid.velocities()[static_cast<std::size_t>(k) * d + axis];
    return v;
  }
  /// v_i g or v_i ω g.
  [[nodiscard]] Eigen::VectorXd current(std::size_t axis, std::size_t which) const {
    const Eigen::VectorXd f = velocity(axis).cwiseProduct(g);
    return which == 0 ? f : Eigen::VectorXd(f.cwiseProduct(energies));
  }
  /// ⟨f, (−L)⁻¹ f'⟩ of currents.
  [[nodiscard]] double response(const Eigen::VectorXd& f, const Eigen::VectorXd& other) const {
    return f.dot((-L).completeOrthogonalDecomposition().solve(other)) / static_cast<double>(g.size());
  }

 private:
  [[nodiscard]] static std::vector<double> weights(const LatticeTwoBodyOptions& options) {
    std::vector<double> w;
    for (int t = 0; t * *options.time_step < *options.horizon * (1.0 - 1e-12); ++t) {
      const double window = window_value(options.window, t * *options.time_step / *options.horizon);
      w.push_back((t == 0 ? 0.5 : 1.0) * *options.time_step / std::numbers::pi * window);
    }
    return w;
  }
  /// k1 + k2 − k3.
  [[nodiscard]] Eigen::Index rest(Eigen::Index a, Eigen::Index b, Eigen::Index c) const {
    const Vector3 k1 = grid.momentum(static_cast<std::size_t>(a)), k2 = grid.momentum(static_cast<std::size_t>(b)),
                  k3 = grid.momentum(static_cast<std::size_t>(c));
    std::array<int, 3> index{};
    for (std::size_t i = 0; i < 3; ++i) {
      index[i] = static_cast<int>(std::lround(grid.points() * (k1[i] + k2[i] - k3[i])));
    }
    return static_cast<Eigen::Index>(grid.node(index));
  }
  /// One collision in all its orders.
  void add(const std::array<Eigen::Index, 4>& legs, double orders, const std::vector<double>& delta, double step) {
    const double mismatch = energies[legs[0]] + energies[legs[1]] - energies[legs[2]] - energies[legs[3]];
    double term = 0.0;
    for (std::size_t t = 0; t < delta.size(); ++t) {
      term += delta[t] * std::cos(mismatch * step * static_cast<double>(t));
    }
    term *= 0.25 * orders;
    for (const Eigen::Index leg : legs) term *= std::sqrt(g[leg]);
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) J(legs[i], legs[j]) -= (i < 2) == (j < 2) ? term : -term;
    }
  }
};

}  // namespace nordheim::test
