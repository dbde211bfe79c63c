// SPDX-License-Identifier: GPL-3.0-or-later
// The leading error of a finite time horizon for ω = Σ_j t_j (1 − cos 2πk_j), in closed form.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <cstdint>
#include <vector>

namespace nordheim::detail {

/// @brief Collisions whose four momenta are the corners of a rectangle, k_j → ½ − k_j in some directions:
///
///     C(k1) = Π_j 1/(2π|t_j c_j|) · κ_d T^{1−d}/π · Σ [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)],  c_j = cos 2πk1_j,
///
/// summed over the ways to give each direction to k3 (reflected as k2), to k4, or to none, both having at least one.
/// ω1 + ω2 = ω3 + ω4 holds identically and |c_j| is common to the four legs, so number and energy are conserved
/// exactly and equilibria are untouched. At these points the time integrand has a tail t^{−d} without oscillation: this
/// sum is what a window of horizon T cuts off from it. Near the lines c_j = 0, where the tail sets in later than T,
/// 1/|c| is replaced by c²/(|c|³ + ε³), ε = 0.6 (|t_j| T)^{−1/3}.
class RectangleCollisions {
 public:
  /// @param amplitudes  t_j, all different from zero
  /// @param strength    factor of the collision term
  /// @param horizon     T
  /// @param tail        κ_d, see window_tail()
  /// @param threads     as LatticeTwoBodyOptions
  RectangleCollisions(const LatticeGrid& grid, const Vector3& amplitudes, Statistics statistics, double strength,
                      double horizon, double tail, int threads);
  RectangleCollisions(const RectangleCollisions&) = delete;
  RectangleCollisions& operator=(const RectangleCollisions&) = delete;

  /// C += these collisions; shapes (n).
  void add(ConstState W, State C) const;
  /// dC += their derivative in the direction dW.
  void add_linearised(ConstState W, ConstState dW, State dC) const;
  /// ν += their loss rate, the factor of −W1.
  void add_loss_rate(ConstState W, State nu) const;

 private:
  struct Legs {
    const std::uint32_t *k2, *k3, *k4;
  };
  template <class Bracket>
  void accumulate(State result, Bracket bracket) const;

  double theta_;
  int threads_;
  std::vector<double> factor_;
  std::vector<std::vector<std::uint32_t>> reflected_;  // by the set of reflected directions, a bit for each
  std::vector<Legs> rectangles_;
};

}  // namespace nordheim::detail
