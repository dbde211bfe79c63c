// SPDX-License-Identifier: GPL-3.0-or-later
// Four-phonon collisions on the lattice, linearised about an equilibrium: what does not change is kept.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "collision/space_time_engine.hpp"
#include "collision/time_grid.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The operator A of four-phonon collisions, symmetric and, for a window whose δ is non-negative, positive:
///
///     (A h)(k1) = ∫dk2 dk3 dk4 u1 u2 u3 u4 δ(k1+k2−k3−k4) δ_T(ω1+ω2−ω3−ω4) (h1 + h2 − h3 − h4),
///
/// as a product in space and time. With F = Σ_k e^{i(2πk·x − ωt)} u and F_h the same of uh,
///
///     A h = Γ h + u Σ_n w_n Re e^{iωt_n} Σ_x e^{−i2πk·x} [F̄_h F² − 2|F|² F_h],    Γ = u Σ_n w_n Re e^{iωt_n} Σ_x …
///     |F|² F.
///
/// F is kept at all time nodes, so that A costs two transforms a node; 16 bytes each.
class LinearisedPhonons {
 public:
  /// @param u  weight of a leg, √(W(1+W))/ω, shape (n)
  LinearisedPhonons(LatticeGrid grid, const TimeGrid& time, ConstState u, int threads);

  /// out = A h; all of shape (n).
  void apply(ConstState h, State out);
  /// Γ, the diagonal part: the rate at which a mode is left.
  [[nodiscard]] ConstState loss() const noexcept { return loss_; }
  [[nodiscard]] const LatticeGrid& grid() const noexcept { return grid_; }

 private:
  LatticeGrid grid_;
  std::vector<double> weights_, u_, loss_, uh_;
  SpaceTimeEngine engine_;
  AlignedArray<Complex> fields_;  // F
};

}  // namespace nordheim::detail
