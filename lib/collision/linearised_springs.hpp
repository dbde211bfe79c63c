// SPDX-License-Identifier: GPL-3.0-or-later
// Three-phonon collisions on the lattice, linearised about an equilibrium.
#pragma once

#include <nordheim/collision/three_phonon.hpp>

#include "collision/linearised_collisions.hpp"
#include "collision/time_grid.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace nordheim::detail {

/// @brief The operator A of three-phonon collisions, symmetric and, for a window whose δ is non-negative, positive:
///
///     (A h)(k1) =   ∫dk2dk3 |S|² u1 u2 u3 δ(k1−k2−k3) δ_T(ω1−ω2−ω3) (h1 − h2 − h3)
///               + 2 ∫dk2dk3 |S|² u1 u2 u3 δ(k1+k2−k3) δ_T(ω1+ω2−ω3) (h1 + h2 − h3),
///
/// S the sum of 2i Σ_x α(x) sin 2πk·x over the legs with their signs, for a band with ω(−k) = ω(k) and functions that
/// are even (sector 0) or odd (sector 1) under k → −k, which is the only symmetry that all bonds have. One of each pair
/// ±k is kept, without the frozen modes, at which S = 0.
///
/// From the products of SpringProducts: with R = P = u they are the loss rate Γ = u S_X = u S_Y, and their change for
/// dR = uh, dP = 0 is the rest, A h = Γ h − u (dS_X − dS_Y). Six transforms a time node.
class LinearisedSprings final : public LinearisedCollisions {
 public:
  /// @param weight   u of a leg from its ω
  /// @param threads  0: all that OpenMP has
  LinearisedSprings(const LatticeGrid& grid, const std::vector<CubicBond>& bonds, const TimeGrid& time,
                    TimeWindow window, const std::function<double(double omega)>& weight, int threads);
  ~LinearisedSprings() override;

  void apply(int sector, ConstState h, State out) override;
  [[nodiscard]] ConstState loss() const noexcept override { return loss_; }
  [[nodiscard]] int points() const noexcept override { return grid_.points(); }
  [[nodiscard]] ConstState energies() const noexcept override { return energies_; }
  [[nodiscard]] ConstState velocities() const noexcept override { return velocities_; }
  [[nodiscard]] ConstState weights() const noexcept override { return weights_; }
  [[nodiscard]] int sectors() const noexcept override { return 2; }
  [[nodiscard]] bool conserves_number() const noexcept override { return false; }
  [[nodiscard]] bool vanishes(int sector, std::size_t node) const noexcept override {
    return sector == 1 && modes_[node].node == modes_[node].opposite;
  }
  [[nodiscard]] double trial(int sector, int number, std::size_t node) const override;
  [[nodiscard]] Vector3 momentum(std::size_t node) const { return grid_.momentum(modes_[node].node); }

  /// Bytes on M^d nodes.
  [[nodiscard]] static std::size_t memory(int dimension, int points, int nodes, const std::vector<CubicBond>& bonds,
                                          int threads);

 private:
  struct Mode {
    std::size_t node, opposite;  // of k and −k on the grid
  };

  struct Fields;  // on the whole grid, and their products

  LatticeGrid grid_;
  std::unique_ptr<Fields> fields_;
  std::vector<double> time_weights_;
  std::vector<Mode> modes_;
  std::vector<double> energies_, velocities_, weights_, loss_;
};

}  // namespace nordheim::detail
