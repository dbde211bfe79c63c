// SPDX-License-Identifier: GPL-3.0-or-later
// The bare two-body collision term on a lattice grid, for a given reference equilibrium.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "collision/rectangle_collisions.hpp"
#include "collision/space_time_engine.hpp"
#include "collision/time_grid.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// What replaces the energy delta function: weights of the time nodes and, for some dispersions, the rest of the tail.
struct EnergyDelta {
  std::vector<double> weights;
  std::unique_ptr<RectangleCollisions> rectangles;  // may be empty
};

/// @brief C = P S_X − R S_Y,  S_X = G[P; R, R],  S_Y = G[R; P, P],  P = (1+θW) e^{−x/2},  R = W e^{x/2},
///
///     G[f2; f3, f4](k1) = ∫dk2dk3dk4 δ(k1+k2−k3−k4) δ_T(ω1+ω2−ω3−ω4) f2 f3 f4,
///
/// x = β(ω − μ) of the reference equilibrium. On the energy shell x drops out; off it, C vanishes identically at the
/// reference equilibrium, where P = R. Number is conserved by symmetry.
class TwoBodyKernel {
 public:
  TwoBodyKernel(const LatticeGrid& grid, Statistics statistics, const TimeGrid& time, int threads);

  /// Sets x(ω); the exponentials are kept until it changes.
  void set_reference(const Equilibrium& reference);

  /// C(W). Keeps S_X and S_Y, so that evaluating again at the same W, x and delta is free.
  /// @throws RecoverableError if W or C is not finite, or x is so large that round-off would drown C
  void evaluate(ConstState W, const EnergyDelta& delta, State C);

  /// dC = C'(W)·dW + (∂C/∂x)·dx; at the W, x and delta of the last evaluate().
  /// @param dx  shape (n), or empty for zero
  void linearise(ConstState dW, ConstState dx, const EnergyDelta& delta, State dC);

  /// ν(k) = e^{x/2} S_Y − θ e^{−x/2} S_X: C = e^{−x/2} S_X − ν W. At the W, x and delta of the last evaluate().
  void loss_rate(const EnergyDelta& delta, State nu);

  /// Drops the memory of the last evaluate(), whose delta may be gone.
  void forget() noexcept { evaluated_ = nullptr; }

  /// Σ w (|P S_X| + |R S_Y|) of the last evaluate(): the scale of round-off.
  [[nodiscard]] double gross_rate() const noexcept { return gross_rate_; }

  /// Counts the evaluations that were not free: what was derived at an earlier count is out of date.
  [[nodiscard]] long evaluations() const noexcept { return evaluations_; }

  [[nodiscard]] const LatticeGrid& grid() const noexcept { return grid_; }

 private:
  /// @throws RecoverableError if x is so large that the result is round-off or leakage of the window
  void require_accurate(ConstState W, const EnergyDelta& delta, double largest_PR) const;

  LatticeGrid grid_;
  double theta_;
  SpaceTimeEngine engine_;
  int threads_;
  std::optional<Equilibrium> reference_;
  AlignedArray<double> grow_, decay_;  // e^{x/2}, e^{−x/2}
  AlignedArray<double> W_, P_, R_, dP_, dR_, gain_, loss_, d_gain_, d_loss_;
  const EnergyDelta* evaluated_ = nullptr;  // with which delta the memory of S_X, S_Y was made, if it is valid
  double gross_rate_ = 0.0;
  long evaluations_ = 0;
};

}  // namespace nordheim::detail
