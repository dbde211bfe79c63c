// SPDX-License-Identifier: GPL-3.0-or-later
// A bare collision term on a lattice grid, for a given reference equilibrium.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "collision/energy_levels.hpp"
#include "collision/rectangle_collisions.hpp"
#include "collision/space_time_products.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// What replaces the energy delta function: weights of the time nodes and, for some dispersions, the rest of the tail.
struct EnergyDelta {
  std::vector<double> weights;
  std::unique_ptr<RectangleCollisions> rectangles;  // may be empty
};

/// @brief C = P S_X − R S_Y with the space-time integrals S of SpaceTimeProducts and, for the exponent x = β(ω − μ) of
/// the reference equilibrium and a vertex factor v(k) of each leg,
///
///     P = v (1+θW) e^{−x/2},   R = v W e^{x/2};       classical waves: P = v (1 − xW),   R = v W.
///
/// On the energy shell x drops out; off it, C vanishes identically at the reference equilibrium, where P = R or, for
/// waves, P = 0: there C is ∫ v²WWWW (Σ± (1/W − x)), which on the shell is the bracket of the terms of highest order.
class LatticeKernel {
 public:
  /// @param vertex  v at the nodes, shape (n), or empty for 1
  LatticeKernel(const LatticeGrid& grid, Statistics statistics, std::vector<double> vertex,
                std::unique_ptr<SpaceTimeProducts> products);

  /// Sets x(ω); what is derived from it is kept until it changes.
  void set_reference(const Equilibrium& reference);

  /// C(W). Keeps S_X and S_Y, so that evaluating again at the same W, x and delta is free.
  /// @throws RecoverableError if W or C is not finite, or x is so large that round-off would drown C
  void evaluate(ConstState W, const EnergyDelta& delta, State C);

  /// dC = C'(W)·dW + (∂C/∂x)·dx; at the W, x and delta of the last evaluate().
  /// @param dx  shape (n), or empty for zero
  void linearise(ConstState dW, ConstState dx, const EnergyDelta& delta, State dC);

  /// ν(k) = r S_Y − ps S_X, where P = p (1 + sW) and R = rW: C = p S_X − ν W. At the W, x and delta of the last
  /// evaluate().
  void loss_rate(const EnergyDelta& delta, State nu);

  /// Drops the memory of the last evaluate(), whose delta may be gone.
  void forget() noexcept { evaluated_ = nullptr; }

  /// Σ w (|P S_X| + |R S_Y|) of the last evaluate(), of waves with p (1 + |xW|) for P: the scale of round-off.
  [[nodiscard]] double gross_rate() const noexcept { return gross_rate_; }

  /// Counts the evaluations that were not free: what was derived at an earlier count is out of date.
  [[nodiscard]] long evaluations() const noexcept { return evaluations_; }

  [[nodiscard]] const LatticeGrid& grid() const noexcept { return grid_; }

 private:
  /// The first node of a part.
  [[nodiscard]] std::size_t begin_of(std::size_t part) const noexcept { return part * grid_.size() / parts_.size(); }
  /// @throws RecoverableError if x is so large that the result is round-off or leakage of the window
  void require_accurate(ConstState W, const EnergyDelta& delta, double largest_P, double largest_R) const;

  LatticeGrid grid_;
  bool waves_;
  double theta_;
  std::unique_ptr<SpaceTimeProducts> products_;
  int threads_;
  /// What a thread finds at its nodes.
  struct Part {
    double largest_P = 0.0, largest_R = 0.0;  ///< max |P|, max |R|
    double gross = 0.0;                       ///< of gross_rate()
  };
  std::vector<Part> parts_;
  double largest_vertex_ = 1.0;
  std::optional<Equilibrium> reference_;
  std::vector<double> vertex_;
  EnergyLevels levels_;
  std::vector<double> exponents_, rises_, falls_;  // x, e^{x/2} and e^{−x/2} of the levels, x of the reference
  AlignedArray<double> p_, s_, r_;                 // P = p (1 + sW), R = r W
  AlignedArray<double> W_, P_, R_, dP_, dR_, gain_, loss_, d_gain_, d_loss_;
  const EnergyDelta* evaluated_ = nullptr;  // with which delta the memory of S_X, S_Y was made, if it is valid
  double gross_rate_ = 0.0;
  long evaluations_ = 0;
};

}  // namespace nordheim::detail
