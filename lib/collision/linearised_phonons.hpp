// SPDX-License-Identifier: GPL-3.0-or-later
// Four-phonon collisions on the lattice, linearised about an equilibrium: what does not change is kept, and what
// reflections copy is left out.
#pragma once

#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/core/state.hpp>

#include "collision/half_lattice.hpp"
#include "collision/linearised_collisions.hpp"
#include "collision/reflection_transform.hpp"
#include "collision/time_grid.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The operator A of four-phonon collisions, symmetric and, for a window whose δ is non-negative, positive:
///
///     (A h)(k1) = ∫dk2 dk3 dk4 u1 u2 u3 u4 δ(k1+k2−k3−k4) δ_T(ω1+ω2−ω3−ω4) (h1 + h2 − h3 − h4),
///
/// for a band that reflections of axes leave as it is and functions that are even or odd in every k_i, as a product in
/// space and time. With F = Σ_k e^{i(2πk·x − ωt)} u and F_h the same of uh,
///
///     A h = Γ h + u Σ_n w_n Re e^{iωt_n} Σ_x e^{−i2πk·x} [F̄_h F² − 2|F|² F_h],    Γ = u Σ_n w_n Re e^{iωt_n} Σ_x …
///     |F|² F.
///
/// Decays into three and merging, if they are in, add
///
///       ⅓ ∫ u1 u2 u3 u4 δ(k1−k2−k3−k4) δ_T(ω1−ω2−ω3−ω4) (h1 − h2 − h3 − h4)
///     +   ∫ u1 u2 u3 u4 δ(k1+k3+k4−k2) δ_T(ω1+ω3+ω4−ω2) (h1 + h3 + h4 − h2),
///
/// which is F³/3 + |F|² F̄ in Γ and −F² F_h + 2|F|² F̄_h − F̄² F_h in the rest.
///
/// F is kept at all time nodes, so that A costs two transforms a node; 16 bytes for each of (M/2 + 1)^d points and
/// node. The time nodes are shared out over threads; results depend on their number by the order of the sum only.
///
/// Sector p holds functions that are odd in the first p components of k and even in the others; the rest are images of
/// these under exchanges of axes.
class LinearisedPhonons final : public LinearisedCollisions {
 public:
  /// @param u          weight of a leg, √(W(1+W))/ω, shape (n), even in every k_i
  /// @param processes  decays are in if resonant
  /// @param threads    0: all that OpenMP has
  LinearisedPhonons(HalfLattice lattice, const TimeGrid& time, ConstState u, FourPhononProcesses processes,
                    int threads);

  void apply(int odd_axes, ConstState h, State out) override;
  [[nodiscard]] ConstState loss() const noexcept override { return loss_; }
  [[nodiscard]] int points() const noexcept override { return lattice_.points(); }
  [[nodiscard]] ConstState energies() const noexcept override { return lattice_.energies(); }
  [[nodiscard]] ConstState velocities() const noexcept override { return lattice_.velocities(); }
  [[nodiscard]] ConstState weights() const noexcept override { return lattice_.weights(); }
  [[nodiscard]] int sectors() const noexcept override { return lattice_.dimension() + 1; }
  [[nodiscard]] bool conserves_number() const noexcept override { return !decays_; }
  [[nodiscard]] bool vanishes(int odd_axes, std::size_t node) const noexcept override;
  [[nodiscard]] double trial(int odd_axes, int number, std::size_t node) const override;

  /// Bytes on M^d nodes.
  [[nodiscard]] static std::size_t memory(int dimension, int points, int nodes, int threads);

 private:
  /// Consecutive time nodes that one thread sums up, and what it needs to do so. Complex numbers as real parts and
  /// imaginary parts, axes (side, part, side^{d−1}).
  struct TimeBlock {
    int first = 0, last = 0;
    std::vector<double> start_phase, phase;  // e^{−iωt}, of the first node and of the present one
    std::vector<double> field, sum;
    ReflectionTransform::Scratch scratch;
  };
  enum class Direction { to_space, to_momentum };

  /// sum = Σ_n w_n Re e^{iωt_n} (product of the field of f), for one block.
  template <class Product>
  void integrate_block(TimeBlock& block, int odd_axes, const double* f, const Product& product);
  /// The same over all blocks.
  template <class Product>
  void integrate(int odd_axes, ConstState f, State out, const Product& product);
  void transform(Direction direction, int odd_axes, TimeBlock& block) const noexcept;

  HalfLattice lattice_;
  bool decays_;
  std::vector<double> weights_, u_, loss_, uh_;
  ReflectionTransform axis_;
  std::size_t slab_;            // nodes with the same first component
  std::vector<double> step_;    // e^{−iωh}
  std::vector<double> fields_;  // F
  std::vector<TimeBlock> blocks_;
};

}  // namespace nordheim::detail
