// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim {

/// Quantum statistics; the value is the sign θ in the factor 1 + θW: Pauli blocking, none, or Bose enhancement.
enum class Statistics : int { fermion = -1, classical = 0, boson = +1 };

/// The sign θ as a number.
[[nodiscard]] constexpr double theta(Statistics statistics) noexcept { return static_cast<double>(statistics); }

/// "fermion", "classical" or "boson".
[[nodiscard]] std::string name(Statistics statistics);

/// @throws InvalidArgument if @p word is none of the three names
[[nodiscard]] Statistics statistics_from_name(std::string_view word);

/// @brief Entropy per mode of occupation W,  s = −W log W + θ⁻¹(1 + θW) log(1 + θW),  and s = W − W log W for θ = 0.
///
/// Dimensionless (k_B = 1). Its derivative is log((1 + θW)/W) for every θ, so s grows towards the equilibrium of
/// the same number and energy. Zero at W = 0, and for fermions at W = 1.
/// @return NaN if W < 0, or W > 1 for fermions
[[nodiscard]] double entropy_density(Statistics statistics, double occupation) noexcept;

/// ds/dW = log((1 + θW)/W); +∞ at W = 0, −∞ at W = 1 for fermions.
[[nodiscard]] double entropy_slope(Statistics statistics, double occupation) noexcept;

}  // namespace nordheim
