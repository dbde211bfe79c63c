// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/statistics.hpp>

#include <cmath>

namespace nordheim::detail {

/// @brief The equilibrium fluctuation of a phonon mode at μ = 0, g = √(W(1 + W)) = 1/(2 sinh(ω/2T)), and for classical
/// waves g = W = T/ω.
///
/// operator() returns g/√scale(), which is of order one at the bottom of the band however low the temperature. A common
/// factor of g leaves conductivities as they are, and rates grow like its square.
class PhononWeight {
 public:
  /// @param temperature  T > 0
  /// @param bottom       the smallest ω
  PhononWeight(Statistics statistics, double temperature, double bottom)
      : classical_(statistics == Statistics::classical_wave), temperature_(temperature), bottom_(bottom) {}

  [[nodiscard]] double operator()(double omega) const noexcept {
    if (classical_) return 1.0 / omega;
    return -std::exp(-0.5 * (omega - bottom_) / temperature_) / std::expm1(-omega / temperature_);
  }
  [[nodiscard]] double scale() const noexcept {
    return classical_ ? temperature_ * temperature_ : std::exp(-bottom_ / temperature_);
  }

 private:
  bool classical_;
  double temperature_;
  double bottom_;
};

}  // namespace nordheim::detail
