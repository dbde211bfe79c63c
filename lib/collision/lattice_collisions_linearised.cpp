// SPDX-License-Identifier: GPL-3.0-or-later
// What C(W) depends on: its derivative, and the rate at which a mode loses particles.
#include <nordheim/core/error.hpp>

#include "collision/lattice_collisions.hpp"

namespace nordheim::detail {

void LatticeCollisions::bare_linearised(ConstState W, ConstState dW, const AffineInEnergy& dx, State out) {
  const bool moved = dx.offset != 0.0 || dx.slope != 0.0;
  if (moved) {
    for (std::size_t a = 0; a < fine().size(); ++a) dx_fine_[a] = dx(fine().energies()[a]);
  }
  const ConstState dx_used = moved ? ConstState(dx_fine_) : ConstState();
  if (!transfer_) {
    kernel_.linearise(dW, dx_used, delta_, out);
    return;
  }
  const double th = theta(settings_.statistics);
  for (std::size_t a = 0; a < grid_.size(); ++a) {
    exponent_[a] = dW[a] / (W[a] * (1.0 + th * W[a])) + (moved ? dx(grid_.energies()[a]) : 0.0);
  }
  transfer_->prolong(exponent_, exponent_fine_);
  for (std::size_t a = 0; a < fine().size(); ++a) {
    exponent_fine_[a] = W_fine_[a] * (1.0 + th * W_fine_[a]) * (exponent_fine_[a] - (moved ? dx_fine_[a] : 0.0));
  }
  kernel_.linearise(exponent_fine_, dx_used, delta_, C_fine_);
  transfer_->restrict(C_fine_, out);
}

void LatticeCollisions::apply_linearised(ConstState W, ConstState dW, State dC) {
  require_sizes(W, dC, "the result dC");
  const std::size_t n = grid_.size();
  if (dW.size() != n) throw DimensionMismatch("the direction dW", dW.size(), n);
  const ConstState energies = grid_.energies();

  CollisionReport report;
  const Equilibrium eq = evaluate(W, C_, report);
  AffineInEnergy dx;
  if (!reference_ && settings_.energy != EnergyConstraint::reference_temperature) {
    // The reference follows the moments of W.
    dx = following_exponent(eq, dW, energies, weights_, weight_, settings_.conserved);
  }
  bare_linearised(W, dW, dx, dC);
  if (settings_.energy == EnergyConstraint::reference_temperature) {
    // dβ* keeps the energy defect at zero.
    if (dC_dx_of_ != kernel_.evaluations()) {
      bare_linearised(W, zero_, {0.0, 1.0, 0.0}, dC_dx_);
      dC_dx_of_ = kernel_.evaluations();
    }
    const double slope = energy_of(dC_dx_);  // zero without particles, where β* is arbitrary
    const double d_beta = slope != 0.0 ? -energy_of(dC) / slope : 0.0;
    for (std::size_t a = 0; a < n; ++a) dC[a] += d_beta * dC_dx_[a];
  }
  if (settings_.energy != EnergyConstraint::none) {
    const AffineInEnergy l = correct(W, C_);
    conserve_derivative(W, dW, settings_.statistics, l, weight_, energies, weights_, dC, settings_.conserved);
  }
}

void LatticeCollisions::loss_rate(ConstState W, State nu) {
  require_sizes(W, nu, "the result nu");
  CollisionReport report;
  evaluate(W, C_, report);
  if (!transfer_) {
    kernel_.loss_rate(delta_, nu);
    return;
  }
  kernel_.loss_rate(delta_, C_fine_);
  transfer_->restrict(C_fine_, nu);
}

}  // namespace nordheim::detail
