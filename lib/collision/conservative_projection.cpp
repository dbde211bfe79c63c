// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/conservative_projection.hpp"

#include "collision/sizes_of_rates.hpp"

#include <cmath>
#include <cstddef>

namespace nordheim::detail {

AffineInEnergy conservative_correction(ConstState v, ConstState g, ConstState energies, ConstState weights) {
  double mass = 0.0, first = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    mass += weights[a] * g[a];
    first += weights[a] * g[a] * energies[a];
  }
  if (!(mass > 0.0)) return {};
  const double centre = first / mass;
  double number = 0.0, energy = 0.0, second = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    const double omega = energies[a] - centre;
    number += weights[a] * v[a];
    energy += weights[a] * v[a] * omega;
    second += weights[a] * g[a] * omega * omega;
  }
  return {number / mass, second > 0.0 ? energy / second : 0.0, centre};
}

AffineInEnergy conserve(ConstState W, double theta, ConstState energies, ConstState weights, State C, State weight) {
  for (std::size_t a = 0; a < W.size(); ++a) weight[a] = W[a] * (1.0 + theta * W[a]);
  if (max_abs(weight) == 0.0) {
    for (std::size_t a = 0; a < W.size(); ++a) weight[a] = std::abs(C[a]);
  }
  const AffineInEnergy l = conservative_correction(C, weight, energies, weights);
  for (std::size_t a = 0; a < W.size(); ++a) C[a] -= l(energies[a]) * weight[a];
  return l;
}

void conserve_derivative(ConstState W, ConstState dW, double theta, const AffineInEnergy& l, ConstState weight,
                         ConstState energies, ConstState weights, State dC) {
  for (std::size_t a = 0; a < W.size(); ++a) dC[a] -= l(energies[a]) * (1.0 + 2.0 * theta * W[a]) * dW[a];
  const AffineInEnergy dl = conservative_correction(dC, weight, energies, weights);
  for (std::size_t a = 0; a < W.size(); ++a) dC[a] -= dl(energies[a]) * weight[a];
}

AffineInEnergy following_exponent(const Equilibrium& equilibrium, ConstState dW, ConstState energies,
                                  ConstState weights, State scratch) {
  const double th = theta(equilibrium.statistics());
  for (std::size_t a = 0; a < dW.size(); ++a) {
    const double f = equilibrium.occupation(energies[a]);
    scratch[a] = f * (1.0 + th * f);
  }
  AffineInEnergy dx = conservative_correction(dW, scratch, energies, weights);
  dx.offset = -dx.offset;
  dx.slope = -dx.slope;
  return dx;
}

}  // namespace nordheim::detail
