// SPDX-License-Identifier: GPL-3.0-or-later
// The linearised four-phonon collisions of a pinned chain, in trigonometric functions.
#pragma once

#include "collision/chain_resonance.hpp"
#include "transport/phonon_weight.hpp"

#include <Eigen/Core>

#include <functional>

namespace nordheim::detail {

/// Functions of p = 2πk.
enum class Parity {
  odd,  ///< sin np, n = 1 … N: currents
  even  ///< cos np, n = 1 … N: densities; the constant is left out, it is conserved
};

/// @brief The matrix ⟨h_n, A h_l⟩ in N functions, of
///
///     ⟨h, A h⟩ = ¼ ∫dk1 dk2 dk3 Π_j (g(ω_j)/ω_j) δ(ω1 + ω2 − ω3 − ω4) (h1 + h2 − h3 − h4)²,
///
/// g the weight. On the resonance h1 + h2 − h3 − h4 is 4 sin(ns) sin(nm) sin(nu) for sin np and −4 cos(ns) sin(nm)
/// sin(nu) for cos np: its square vanishes faster than the slope of the energies, and what is integrated is analytic.
/// Gauss–Legendre in m and u/m with @p nodes points each; symmetry leaves 0 < u < m < π/2.
[[nodiscard]] Eigen::MatrixXd chain_matrix(const ChainBand& band, const PhononWeight& weight, Parity parity,
                                           int functions, int nodes, int threads);

/// ∫dk f(k) h_n(p) for n = 1 … N, and for Parity::even with the constant in front (N + 1 values); f(p) is analytic and
/// has the parity, with singularities where ω = 0.
[[nodiscard]] Eigen::VectorXd chain_moments(const ChainBand& band, const std::function<double(double p)>& f,
                                            Parity parity, int functions);

}  // namespace nordheim::detail
