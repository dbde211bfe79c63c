// SPDX-License-Identifier: GPL-3.0-or-later
// The two-body collision term of isotropic states in R³ by brute force, for any W as a function of the energy.
#pragma once

#include <nordheim/model/statistics.hpp>

#include "support/quadrature.hpp"

#include <cmath>
#include <cstddef>

namespace nordheim::test {

/// How far and how finely the functions below integrate.
struct IsotropicQuadrature {
  double reach = 10.0;  ///< [momentum], beyond which W is negligible
  double panel = 0.6;   ///< width of a panel [momentum]; functions with structure of the width T in ω need about √T
};

/// @brief ∫dk2dk3dk4 δ³(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) F(ω1, ω2, ω3, ω4), for a function of the energies.
///
/// The angles are done: 8π² ∬dω3dω4 (min(k1 … k4)/k1) F, ω2 = ω3 + ω4 − ω1 ≥ 0, by products of Gauss's rules in k on
/// the three pieces where the kernel is smooth. For F analytic in the energies all digits are right when the quadrature
/// is fine enough and F has decayed where ω3 + ω4 > ω1 + reach²/2.
/// @param F   symmetric under the exchange of ω3 and ω4
template <class Function>
double isotropic_integral(const Function& F, double k1, const IsotropicQuadrature& quadrature = {}) {
  const double w1 = 0.5 * k1 * k1;
  const Rule above = gauss_panels(k1, std::hypot(k1, quadrature.reach), quadrature.panel);
  double sum = 0.0;
  // k3, k4 > k1: kernel 1
  for (std::size_t i = 0; i < above.nodes.size(); ++i) {
    for (std::size_t j = 0; j < above.nodes.size(); ++j) {
      const double k3 = above.nodes[i], k4 = above.nodes[j], w3 = 0.5 * k3 * k3, w4 = 0.5 * k4 * k4;
      sum += above.weights[i] * above.weights[j] * k3 * k4 * F(w1, w3 + w4 - w1, w3, w4);
    }
  }
  if (k1 > 0.0) {
    const Rule below = gauss_panels(0.0, k1, quadrature.panel);
    // k3 < k1 < k4 and the other way round: kernel k3/k1
    for (std::size_t i = 0; i < below.nodes.size(); ++i) {
      for (std::size_t j = 0; j < above.nodes.size(); ++j) {
        const double k3 = below.nodes[i], k4 = above.nodes[j], w3 = 0.5 * k3 * k3, w4 = 0.5 * k4 * k4;
        sum += 2.0 * below.weights[i] * above.weights[j] * k3 * k4 * (k3 / k1) * F(w1, w3 + w4 - w1, w3, w4);
      }
    }
    // k3, k4 < k1: kernel k2/k1, in the variables ω2 < ω1 and ω3 from ω2 to ω1
    const double width = quadrature.panel / k1;
    const Rule share = gauss_panels(0.0, 1.0, width);
    for (std::size_t i = 0; i < below.nodes.size(); ++i) {
      const double k2 = below.nodes[i], w2 = 0.5 * k2 * k2;
      for (std::size_t j = 0; j < share.nodes.size(); ++j) {
        const double w3 = w2 + (w1 - w2) * share.nodes[j];
        sum += below.weights[i] * share.weights[j] * k2 * (w1 - w2) * (k2 / k1) * F(w1, w2, w3, w1 + w2 - w3);
      }
    }
  }
  return 8.0 * std::numbers::pi * std::numbers::pi * sum;
}

/// @brief C(k1) of the contact interaction with strength 1 for the isotropic state W(ω), see isotropic_integral().
template <class Occupation>
double isotropic_collision_term(const Occupation& W, Statistics statistics, double k1,
                                const IsotropicQuadrature& quadrature = {}) {
  const double th = theta(statistics);
  const auto bracket = [&](double w1, double w2, double w3, double w4) {
    const double W1 = W(w1), W2 = W(w2), W3 = W(w3), W4 = W(w4);
    return W3 * W4 * (1.0 + th * W1) * (1.0 + th * W2) - W1 * W2 * (1.0 + th * W3) * (1.0 + th * W4);
  };
  return isotropic_integral(bracket, k1, quadrature);
}

}  // namespace nordheim::test
