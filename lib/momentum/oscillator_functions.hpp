// SPDX-License-Identifier: GPL-3.0-or-later
// The radial functions of the three-dimensional oscillator, and the quadrature rules that belong to them.
#pragma once

#include "momentum/gauss_rule.hpp"

#include <Eigen/Core>

#include <vector>

namespace nordheim::detail {

/// @brief The rule of Gauss and Laguerre for ∫_0^∞ u^α F(u) du ≈ Σ_i weights[i] F(nodes[i]), n ≥ 1 points.
///
/// Exact for F = e^{−u} times a polynomial of degree 2n − 1: the factor e^{−u} is part of F, because weights without it
/// underflow beyond some hundred points. The weights are those of Christoffel, 1/Σ_m ℓ_m(u)² with the orthonormal
/// functions ℓ_m(u) ∝ L_m^α(u) e^{−u/2}, m < n.
[[nodiscard]] QuadratureRule gauss_laguerre(int n, double alpha);

/// @brief ∫_0^∞ r² F(r) dr ≈ Σ_i weights[i] F(nodes[i]), exact for F = e^{−p r²} times a polynomial of degree 2n − 1 in
/// r².
[[nodiscard]] QuadratureRule radial_gauss(int n, double p);

/// @brief Values at r of the first `count` oscillator functions of angular momentum l, shape (count, points):
///
///     R_nl(r) = √(2 n!/Γ(n + l + 3/2)) r^l L_n^{l+1/2}(r²) e^{−r²/2},     ∫_0^∞ r² R_nl R_n'l dr = δ_nn'.
///
/// By the three-term recurrence in n with a scale of its own for each r, so that neither e^{−r²/2} underflows nor the
/// polynomials overflow.
[[nodiscard]] Eigen::MatrixXd oscillator_functions(int count, int l, const std::vector<double>& r);

}  // namespace nordheim::detail
