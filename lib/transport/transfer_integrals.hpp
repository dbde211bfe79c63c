// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/correlator.hpp>

#include <vector>

namespace nordheim::detail {

/// A number and a bound of its absolute error.
struct Estimate {
  double value = 0.0;
  double error = 0.0;
};

/// @brief Integrals over the momentum transfer q = 2kt of scattering on the sphere |k| = k,
///
///     I_l = ∫_0^1 dt 2t ϑ̂(2kt) (1 − P_l(1 − 2t²)),   l = 1 … lmax,   and with 1 for the bracket (l = ∞) at place 0,
///
/// all from the same values of ϑ̂. Panels of t are halved until what is not resolved of ϑ̂ on each is a negligible part
/// of every integral. With the formula of ϑ̂ known, errors are bounds: on a panel the polynomial of degree m nearest to
/// ϑ̂ is off by at most 2Mρ^{−m}/(ρ − 1) with M ≥ |ϑ̂| on the ellipse around the panel whose half-axes add up to ρ half
/// widths (S. N. Bernstein; so do K. Petras, Numer. Algorithms 10, 89 (1995), and F. Johansson's Arb), Gauss rules are
/// exact for polynomials, and M is computed by interval arithmetic in the complex plane; where ϑ̂ is not analytic its
/// bounds on the real panel count instead. No narrow peak is missed. Without a formula the integrals over a panel are
/// compared with those over two parts of it, from a geometric ladder of panels on.
///
/// @param k  its error counts where ϑ̂ is evaluated
/// @throws InvalidArgument if ϑ̂ is negative or not finite somewhere, or an integral diverges at small q
[[nodiscard]] std::vector<Estimate> transfer_integrals(const Correlator& correlator, Estimate k, int lmax);

}  // namespace nordheim::detail
