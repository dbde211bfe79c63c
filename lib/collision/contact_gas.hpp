// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/statistics.hpp>

#include "momentum/graded_rule.hpp"

#include <algorithm>

namespace nordheim::detail {

/// @brief The gas W = 1/(e^{ω−μ} − θ), ω = k²/2, in units of its temperature.
///
/// With x = ω − μ, its root weight is E = √(W(1+θW)) = 1/(2 sinh(x/2)), 1/(2 cosh(x/2)) or e^{−x/2}: on the energy
/// shell W1 W2 (1+θW3)(1+θW4) = E1 E2 E3 E4. Where μ < 0, all is divided by powers of the activity e^μ, so that a thin
/// gas is as good a number as a dense one, and the classical gas is computed at μ = 0, of which it is a multiple:
///
///     E = activity^{1/2} root_weight,     W = activity scaled_occupation.
class ContactGas {
 public:
  /// @param fugacity  z = e^μ > 0, for bosons below 1
  /// @param tail      energy above the Fermi energy at which integrals end; there is e^{−tail} left
  explicit ContactGas(Statistics statistics, double fugacity, double tail = 50.0);

  [[nodiscard]] Statistics statistics() const noexcept { return statistics_; }
  /// μ/T; 0 for the classical gas.
  [[nodiscard]] double mu() const noexcept { return mu_; }
  [[nodiscard]] double activity() const noexcept { return activity_; }

  /// @param omega  ω, may be off by rounding
  /// @param x      ω − μ, for bosons with all its digits
  [[nodiscard]] double root_weight(double omega, double x) const;
  [[nodiscard]] double root_weight(double omega) const { return root_weight(omega, omega - mu_); }
  [[nodiscard]] double scaled_occupation(double omega) const;
  /// @brief b = ∫_{−1}^{1} dc of the root weights of two particles of energies ω± = (total ± spread c)/2,
  /// 0 < spread ≤ total.
  /// @param gap  total − spread, for bosons with all its digits
  [[nodiscard]] double pair_weight(double total, double spread, double gap) const;

  /// Of root_weight() over the momentum k: its poles in the complex plane.
  [[nodiscard]] Scale momentum_scale() const;
  /// Where integrals over the energy of a particle end.
  [[nodiscard]] double largest_energy() const { return std::max(mu_, 0.0) + tail_; }

 private:
  Statistics statistics_;
  double mu_;
  double activity_;
  double tail_;
};

}  // namespace nordheim::detail
