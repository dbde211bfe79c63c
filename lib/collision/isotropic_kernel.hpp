// SPDX-License-Identifier: GPL-3.0-or-later
// The two-body kernel of a pair potential in R³, averaged over the directions of the four momenta.
#pragma once

#include "momentum/gauss_rule.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace nordheim::detail {

/// @brief The mean Φ̄ of Φ = |V̂(|k3−k1|) + s V̂(|k3−k2|)|² over the directions of four momenta of given lengths that
/// conserve momentum and energy, k1 + k2 = k3 + k4, k1² + k2² = k3² + k4²:
///
///     ∫dk2dk3dk4 δ³ δ Φ F(ω1, …, ω4) = 8π² ∬dω3dω4 (m/k1) Φ̄ F,      m = min(k1, …, k4).
///
/// Let g be the partner of m, the largest of the four, and a, b the other pair. Each of the transfers q = |m−a|,
/// p = |m−b| and the total momentum |m+g| is distributed evenly over its range, whose width is 2m whichever it is, so
///
///     Φ̄ = D(m, a) + D(m, b) + 2s X,      D(m, a) = ½∫_{−1}^{1} dt V̂(a + mt)²,
///     X = ½∫_{−1}^{1} dt π⁻¹∫_0^π dφ V̂(q) V̂(p),      q² and p² = 2(γ² ∓ γ²cos χ) at |m+g| = g + mt,
///
/// γ half the relative momentum and χ the angle between the relative momenta before and after, see docs/collision.md.
/// Without exchange (s = 0) it is ½[D(m, a) + D(m, b)], the mean of V̂(|k3−k1|)² and V̂(|k4−k1|)²: what is integrated
/// over both k3 and k4 does not see the difference. Φ̄ is symmetric in (1,2), (3,4) and in the exchange of the pairs.
class IsotropicKernel {
 public:
  /// @param potential         V̂(q) for q ≥ 0
  /// @param exchange          s = θ, or 0
  /// @param largest_transfer  of interest [momentum]
  /// @throws InvalidArgument  if V̂ is not finite, or zero everywhere up to the largest transfer
  IsotropicKernel(std::function<double(double)> potential, double exchange, double largest_transfer);

  /// Number of points of the rule of Gauss and Legendre for D.
  void set_direct_points(int points) { direct_ = gauss_legendre(points, -1.0, 1.0); }

  /// Φ̄ for lengths ≥ 0 with least ≤ a, b ≤ greatest and least² + greatest² = a² + b².
  /// @param tolerance  of X, relative to scale(): its quadrature is refined until two levels agree
  /// @throws InvalidArgument if V̂ is not finite
  [[nodiscard]] double operator()(double least, double a, double b, double greatest, double tolerance);

  /// The largest V̂² that was met.
  [[nodiscard]] double scale() const noexcept { return scale_; }
  /// Whether there is a cross term.
  [[nodiscard]] bool exchange() const noexcept { return exchange_ != 0.0; }

 private:
  double value(double q);
  double direct(double least, double a);
  double cross(double least, double a, double b, double greatest, double tolerance);
  double cross_sum(std::size_t level, double least, double a, double b, double greatest);

  std::function<double(double)> potential_;
  double exchange_;
  double scale_ = 0.0;
  QuadratureRule direct_;                     // on [−1, 1]
  std::vector<QuadratureRule> cross_;         // of a level
  std::vector<std::vector<double>> cosines_;  // of a level: cos φ at the midpoints of equal parts of [0, π]
};

}  // namespace nordheim::detail
