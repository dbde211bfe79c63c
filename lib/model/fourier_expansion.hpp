// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/smooth_function.hpp>

#include <array>
#include <complex>
#include <map>
#include <optional>

namespace nordheim::detail {

/// c_R of f(k) = Σ_R c_R e^{2πi k·R}, by R.
using FourierCoefficients = std::map<std::array<int, 3>, std::complex<double>>;

/// @brief The Fourier coefficients of a formula that is a trigonometric polynomial, found by carrying out its
/// operations on such polynomials: nothing is sampled, so that no other coefficient is overlooked.
///
/// Known are sums, products, whole powers and multiples of the sines, cosines and versines of linear functions of k.
/// Nothing if the formula has other steps, more than some hundred coefficients on the way, or is not periodic with
/// period 1. Coefficients that cancel remain, of the size of rounding.
[[nodiscard]] std::optional<FourierCoefficients> fourier_coefficients(const SmoothFunction& f);

}  // namespace nordheim::detail
