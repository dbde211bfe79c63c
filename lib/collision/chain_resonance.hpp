// SPDX-License-Identifier: GPL-3.0-or-later
// Where two phonons of a pinned chain collide: the resonance k1 + k2 = k3 + k4, ω1 + ω2 = ω3 + ω4 in one dimension.
#pragma once

#include <array>

namespace nordheim::detail {

/// @brief The band ω = √(1 − 2δ cos p), p = 2πk, 0 < δ < ½: every chain with ω² = ω0² + 2κ(1 − cos p) in units of
/// Ω = √(ω0² + 2κ), with δ = κ/Ω².
class ChainBand {
 public:
  /// @param pinning  1 − 2δ = ω0²/Ω², given so that it keeps its digits where δ is close to ½
  ChainBand(double delta, double pinning) : delta_(delta), pinning_(pinning) {}

  [[nodiscard]] double delta() const noexcept { return delta_; }
  /// 1 − 2δ.
  [[nodiscard]] double pinning() const noexcept { return pinning_; }
  [[nodiscard]] double energy(double p) const noexcept;
  /// dω/dp = δ sin p/ω.
  [[nodiscard]] double velocity(double p) const noexcept;

 private:
  double delta_, pinning_;
};

/// @brief A collision with momenta p1,2 = s ± (m − u) and p3,4 = s ± (m + u), 0 < u < m < π/2, that is not trivial
/// ({p1, p2} = {p3, p4}): there is exactly one with 0 ≤ s ≤ π,
///
///     cos s = δ (x + y)/(1 + √(1 − δ² (4 − (x − y)²))),      x = cos(m − u), y = cos(m + u).
struct ChainCollision {
  double shift = 0.0;           ///< σ = π/2 − s; |sin σ| ≤ 2δ
  std::array<double, 4> omega;  ///< ω1 … ω4
  double slope = 0.0;           ///< |d(ω1 + ω2 − ω3 − ω4)/ds|, proportional to x − y = 2 sin m sin u
};

[[nodiscard]] ChainCollision chain_collision(const ChainBand& band, double m, double u) noexcept;

}  // namespace nordheim::detail
