// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim {

/// @brief Statistics of what collides: fermions, classical particles and bosons have a factor 1 + θW, Pauli blocking,
/// none, or Bose enhancement; the value is the sign θ. For classical waves, bosons with W ≫ 1, it is W alone: W is an
/// action in any unit, and occupations of one are nothing special.
enum class Statistics : int { fermion = -1, classical = 0, boson = +1, classical_wave = 2 };

/// The sign θ as a number; 1 for classical waves.
[[nodiscard]] constexpr double theta(Statistics statistics) noexcept {
  return statistics == Statistics::classical_wave ? 1.0 : static_cast<double>(statistics);
}

/// @brief W(1 + θW), and W² for classical waves: −dW/dx of an equilibrium with the exponent x, and the inverse of the
/// second derivative of the entropy per mode but for its sign.
[[nodiscard]] constexpr double fluctuation(Statistics statistics, double occupation) noexcept {
  const double spontaneous = statistics == Statistics::classical_wave ? 0.0 : 1.0;
  return occupation * (spontaneous + theta(statistics) * occupation);
}

/// Its derivative, 1 + 2θW or 2W.
[[nodiscard]] constexpr double fluctuation_slope(Statistics statistics, double occupation) noexcept {
  const double spontaneous = statistics == Statistics::classical_wave ? 0.0 : 1.0;
  return spontaneous + 2.0 * theta(statistics) * occupation;
}

/// "fermion", "classical", "boson" or "classical-wave".
[[nodiscard]] std::string name(Statistics statistics);

/// @throws InvalidArgument if @p word is none of the four names
[[nodiscard]] Statistics statistics_from_name(std::string_view word);

/// @brief Entropy per mode of occupation W,  s = −W log W + θ⁻¹(1 + θW) log(1 + θW),  s = W − W log W for θ = 0, and
/// s = log W for classical waves.
///
/// Dimensionless (k_B = 1). Its derivative is log((1 + θW)/W) for every θ, 1/W for classical waves, so s grows towards
/// the equilibrium of the same number and energy. Zero at W = 0, and for fermions at W = 1; −∞ at W = 0 for waves.
/// @return NaN if W < 0, or W > 1 for fermions
[[nodiscard]] double entropy_density(Statistics statistics, double occupation) noexcept;

/// ds/dW = log((1 + θW)/W), 1/W for classical waves; +∞ at W = 0, −∞ at W = 1 for fermions.
[[nodiscard]] double entropy_slope(Statistics statistics, double occupation) noexcept;

}  // namespace nordheim
