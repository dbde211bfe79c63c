// SPDX-License-Identifier: GPL-3.0-or-later
// What C(W) depends on: its derivative, and the rate at which a mode loses particles.
#include <nordheim/core/error.hpp>

#include "collision/lattice_two_body_impl.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <sstream>

namespace nordheim {

using detail::AffineInEnergy;

/// At the state and reference of the last bare(): out = derivative for dW and for a change dx(ω) of the exponent.
void LatticeTwoBody::Impl::bare_linearised(ConstState W, ConstState dW, const AffineInEnergy& dx, State out) {
  const bool moved = dx.offset != 0.0 || dx.slope != 0.0;
  if (moved) {
    for (std::size_t a = 0; a < fine().size(); ++a) dx_fine[a] = dx(fine().energies()[a]);
  }
  const ConstState dx_used = moved ? ConstState(dx_fine) : ConstState();
  if (!transfer) {
    kernel.linearise(dW, dx_used, delta, out);
    return;
  }
  const double th = theta(statistics);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    exponent[a] = dW[a] / (W[a] * (1.0 + th * W[a])) + (moved ? dx(grid.energies()[a]) : 0.0);
  }
  transfer->prolong(exponent, exponent_fine);
  for (std::size_t a = 0; a < fine().size(); ++a) {
    exponent_fine[a] = W_fine[a] * (1.0 + th * W_fine[a]) * (exponent_fine[a] - (moved ? dx_fine[a] : 0.0));
  }
  kernel.linearise(exponent_fine, dx_used, delta, C_fine);
  transfer->restrict(C_fine, out);
}

void LatticeTwoBody::apply_linearised(ConstState W, ConstState dW, State dC) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (dW.size() != n) throw DimensionMismatch("the direction dW", dW.size(), n);
  if (dC.size() != n) throw DimensionMismatch("the result dC", dC.size(), n);
  const ConstState energies = op.grid.energies(), weights = op.grid.weights();
  const double th = theta(op.statistics);

  CollisionReport report;
  const Equilibrium eq = op.evaluate(W, op.C, report);
  AffineInEnergy dx;
  if (!op.reference && op.options.energy != EnergyConstraint::reference_temperature) {
    dx = detail::following_exponent(eq, dW, energies, weights, op.weight);  // the reference follows the moments of W
  }
  op.bare_linearised(W, dW, dx, dC);
  if (op.options.energy == EnergyConstraint::reference_temperature) {
    // dβ* keeps the energy defect at zero.
    if (op.dC_dx_of != op.kernel.evaluations()) {
      op.bare_linearised(W, op.zero, {0.0, 1.0, 0.0}, op.dC_dx);
      op.dC_dx_of = op.kernel.evaluations();
    }
    const double slope = op.energy_of(op.dC_dx);  // zero without particles, where β* is arbitrary
    const double d_beta = slope != 0.0 ? -op.energy_of(dC) / slope : 0.0;
    for (std::size_t a = 0; a < n; ++a) dC[a] += d_beta * op.dC_dx[a];
  }
  if (op.options.energy != EnergyConstraint::none) {
    const AffineInEnergy l = op.correct(W, op.C);
    detail::conserve_derivative(W, dW, th, l, op.weight, energies, weights, dC);
  }
}

void LatticeTwoBody::loss_rate(ConstState W, State nu) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  if (W.size() != n) throw DimensionMismatch("the state W", W.size(), n);
  if (nu.size() != n) throw DimensionMismatch("the result nu", nu.size(), n);
  CollisionReport report;
  op.evaluate(W, op.C, report);
  if (!op.transfer) {
    op.kernel.loss_rate(op.delta, nu);
    return;
  }
  op.kernel.loss_rate(op.delta, op.C_fine);
  op.transfer->restrict(op.C_fine, nu);
}

}  // namespace nordheim
