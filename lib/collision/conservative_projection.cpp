// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/conservative_projection.hpp"

#include "collision/sizes_of_rates.hpp"

#include <cmath>
#include <cstddef>

namespace nordheim::detail {

AffineInEnergy conservative_correction(ConstState v, ConstState g, ConstState energies, ConstState weights,
                                       Conserved conserved) {
  double mass = 0.0, first = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    mass += weights[a] * g[a];
    first += weights[a] * g[a] * energies[a];
  }
  if (!(mass > 0.0)) return {};
  const bool affine = conserved == Conserved::number_and_energy;
  const double centre = affine ? first / mass : 0.0;
  double number = 0.0, energy = 0.0, second = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    const double omega = energies[a] - centre;
    number += weights[a] * v[a];
    energy += weights[a] * v[a] * omega;
    second += weights[a] * g[a] * omega * omega;
  }
  return {affine ? number / mass : 0.0, second > 0.0 ? energy / second : 0.0, centre};
}

AffineInEnergy conserve(ConstState W, Statistics statistics, ConstState energies, ConstState weights, State C,
                        State weight, Conserved conserved) {
  for (std::size_t a = 0; a < W.size(); ++a) weight[a] = weights[a] > 0.0 ? fluctuation(statistics, W[a]) : 0.0;
  if (max_abs(weight) == 0.0) {
    for (std::size_t a = 0; a < W.size(); ++a) weight[a] = weights[a] > 0.0 ? std::abs(C[a]) : 0.0;
  }
  const AffineInEnergy l = conservative_correction(C, weight, energies, weights, conserved);
  for (std::size_t a = 0; a < W.size(); ++a) C[a] -= l(energies[a]) * weight[a];
  return l;
}

void conserve_derivative(ConstState W, ConstState dW, Statistics statistics, const AffineInEnergy& l, ConstState weight,
                         ConstState energies, ConstState weights, State dC, Conserved conserved) {
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (weights[a] > 0.0) dC[a] -= l(energies[a]) * fluctuation_slope(statistics, W[a]) * dW[a];
  }
  const AffineInEnergy dl = conservative_correction(dC, weight, energies, weights, conserved);
  for (std::size_t a = 0; a < W.size(); ++a) dC[a] -= dl(energies[a]) * weight[a];
}

AffineInEnergy following_exponent(const Equilibrium& equilibrium, ConstState dW, ConstState energies,
                                  ConstState weights, State scratch, Conserved conserved) {
  for (std::size_t a = 0; a < dW.size(); ++a) {
    scratch[a] = weights[a] > 0.0 ? fluctuation(equilibrium.statistics(), equilibrium.occupation(energies[a])) : 0.0;
  }
  AffineInEnergy dx = conservative_correction(dW, scratch, energies, weights, conserved);
  dx.offset = -dx.offset;
  dx.slope = -dx.slope;
  return dx;
}

}  // namespace nordheim::detail
