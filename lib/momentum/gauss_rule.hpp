// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace nordheim::detail {

/// Nodes, increasing, and weights of a quadrature rule: ∫f ≈ Σ_i weights[i] f(nodes[i]).
struct QuadratureRule {
  std::vector<double> nodes;
  std::vector<double> weights;
};

/// The rule of Gauss and Legendre on [lower, upper] with n ≥ 1 points (GSL), exact for polynomials of degree 2n − 1.
[[nodiscard]] QuadratureRule gauss_legendre(int n, double lower, double upper);

}  // namespace nordheim::detail
