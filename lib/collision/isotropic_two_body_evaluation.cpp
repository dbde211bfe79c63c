// SPDX-License-Identifier: GPL-3.0-or-later
// C(W), its derivative and the loss rate.
#include <nordheim/core/error.hpp>

#include "collision/isotropic_two_body_impl.hpp"
#include "collision/sizes_of_rates.hpp"
#include "collision/spherical_reference.hpp"
#include "core/shared_loop.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace nordheim {

using detail::AffineInEnergy;
using detail::ratio_or_zero;

void IsotropicTwoBody::Impl::check(ConstState W, ConstState out) const {
  if (W.size() != tensor.nodes) throw DimensionMismatch("the state W", W.size(), tensor.nodes);
  if (out.size() != tensor.nodes) throw DimensionMismatch("the result", out.size(), tensor.nodes);
}

Equilibrium IsotropicTwoBody::Impl::reference_for(ConstState W) const {
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (std::isfinite(W[a])) continue;
    std::ostringstream text;
    text << "W = " << W[a] << " at node " << a << "; it must be finite";
    throw RecoverableError(text.str());
  }
  if (reference) return *reference;
  return detail::reference_of(grid, statistics, W).at_rest;
}

void IsotropicTwoBody::Impl::set_factors(ConstState W, const Equilibrium& eq) {
  const double th = theta(statistics);
  for (std::size_t a = 0; a < tensor.nodes; ++a) {
    half_exponential[a] = std::exp(0.5 * eq.exponent(grid.energies()[a]));
    P.nodal[a] = (1.0 + th * W[a]) / half_exponential[a];
    R.nodal[a] = W[a] * half_exponential[a];
  }
  expand(P);
  expand(R);
}

void IsotropicTwoBody::Impl::expand(Factor& factor) const {
  const double* row = analysis.data();
  for (double& coefficient : factor.coefficients) {
    coefficient = 0.0;
    for (std::size_t i = 0; i < tensor.nodes; ++i) coefficient += row[i] * factor.nodal[i];
    row += tensor.nodes;
  }
  square(factor);
}

void IsotropicTwoBody::Impl::square(Factor& factor) const {
  double* product = factor.products.data();
  for (std::size_t l = 0; l < tensor.functions; ++l) {
    for (std::size_t k = 0; k <= l; ++k) *product++ = factor.coefficients[k] * factor.coefficients[l];
  }
}

void IsotropicTwoBody::Impl::integrate() {
  const double *const RR = R.products.data(), *const PP = P.products.data();
  detail::shared_loop(tensor.nodes, threads, [&](std::size_t i) {
    double G = 0.0, L = 0.0;
    for (std::size_t j = 0; j < tensor.functions; ++j) {
      const double* const T = tensor.row(i, j);
      double g = 0.0, l = 0.0;
#pragma omp simd reduction(+ : g, l)
      for (std::size_t kl = 0; kl < tensor.pairs; ++kl) {
        g += T[kl] * RR[kl];
        l += T[kl] * PP[kl];
      }
      G += P.coefficients[j] * g;
      L += R.coefficients[j] * l;
    }
    gain[i] = G;
    loss[i] = L;
  });
}

void IsotropicTwoBody::Impl::integrate_derivative() {
  expand(dP);
  expand(dR);
  const auto differentiate = [&](const Factor& f, Factor& df) {
    double* product = df.products.data();
    for (std::size_t l = 0; l < tensor.functions; ++l) {
      for (std::size_t k = 0; k <= l; ++k) {
        *product++ = f.coefficients[k] * df.coefficients[l] + df.coefficients[k] * f.coefficients[l];
      }
    }
  };
  differentiate(P, dP);
  differentiate(R, dR);
  const double *const RR = R.products.data(), *const PP = P.products.data();
  const double *const dRR = dR.products.data(), *const dPP = dP.products.data();
  detail::shared_loop(tensor.nodes, threads, [&](std::size_t i) {
    double dG = 0.0, dL = 0.0;
    for (std::size_t j = 0; j < tensor.functions; ++j) {
      const double* const T = tensor.row(i, j);
      double g = 0.0, l = 0.0, dg = 0.0, dl = 0.0;
#pragma omp simd reduction(+ : g, l, dg, dl)
      for (std::size_t kl = 0; kl < tensor.pairs; ++kl) {
        g += T[kl] * RR[kl];
        l += T[kl] * PP[kl];
        dg += T[kl] * dRR[kl];
        dl += T[kl] * dPP[kl];
      }
      dG += dP.coefficients[j] * g + P.coefficients[j] * dg;
      dL += dR.coefficients[j] * l + R.coefficients[j] * dl;
    }
    d_gain[i] = dG;
    d_loss[i] = dL;
  });
}

void IsotropicTwoBody::Impl::combine(State out) const {
  for (std::size_t a = 0; a < tensor.nodes; ++a) out[a] = P.nodal[a] * gain[a] - R.nodal[a] * loss[a];
}

AffineInEnergy IsotropicTwoBody::Impl::correct(ConstState W, State out) {
  return detail::conserve(W, statistics, grid.energies(), grid.weights(), out, weight);
}

CollisionReport IsotropicTwoBody::apply(ConstState W, State C) {
  Impl& op = *impl_;
  op.check(W, C);
  CollisionReport report;
  const Equilibrium eq = op.reference_for(W);
  report.reference_beta = eq.beta();
  op.set_factors(W, eq);
  op.integrate();
  op.combine(C);

  double number = 0.0, energy = 0.0, moved_number = 0.0, moved_energy = 0.0;
  for (std::size_t a = 0; a < C.size(); ++a) {
    const double wC = op.grid.weights()[a] * C[a], omega = op.grid.energies()[a];
    number += wC;
    energy += omega * wC;
    moved_number += std::abs(wC);
    moved_energy += omega * std::abs(wC);
  }
  report.number_defect = ratio_or_zero(number, moved_number);
  report.energy_defect = ratio_or_zero(energy, moved_energy);
  report.largest_rate = detail::max_abs(C);
  const AffineInEnergy l = op.correct(W, C);
  for (std::size_t a = 0; a < C.size(); ++a) {
    report.correction = std::max(report.correction, std::abs(l(op.grid.energies()[a]) * op.weight[a]));
  }
  return report;
}

void IsotropicTwoBody::apply_linearised(ConstState W, ConstState dW, State dC) {
  Impl& op = *impl_;
  op.check(W, dC);
  const std::size_t n = op.tensor.nodes;
  if (dW.size() != n) throw DimensionMismatch("the direction dW", dW.size(), n);
  const ConstState energies = op.grid.energies(), weights = op.grid.weights();
  const double th = theta(op.statistics);
  const Equilibrium eq = op.reference_for(W);
  AffineInEnergy dx;
  if (!op.reference) {
    dx = detail::following_exponent(eq, dW, energies, weights, op.weight);  // the reference follows the moments of W
  }
  op.set_factors(W, eq);
  for (std::size_t a = 0; a < n; ++a) {
    const double half = 0.5 * dx(energies[a]);
    op.dP.nodal[a] = th * dW[a] / op.half_exponential[a] - half * op.P.nodal[a];
    op.dR.nodal[a] = dW[a] * op.half_exponential[a] + half * op.R.nodal[a];
  }
  op.integrate();
  op.integrate_derivative();
  op.combine(op.C);
  for (std::size_t a = 0; a < n; ++a) {
    dC[a] = op.dP.nodal[a] * op.gain[a] + op.P.nodal[a] * op.d_gain[a] - op.dR.nodal[a] * op.loss[a] -
            op.R.nodal[a] * op.d_loss[a];
  }
  const AffineInEnergy l = op.correct(W, op.C);
  detail::conserve_derivative(W, dW, op.statistics, l, op.weight, energies, weights, dC);
}

void IsotropicTwoBody::loss_rate(ConstState W, State nu) {
  Impl& op = *impl_;
  op.check(W, nu);
  op.set_factors(W, op.reference_for(W));
  op.integrate();
  const double th = theta(op.statistics);
  for (std::size_t a = 0; a < nu.size(); ++a) {
    nu[a] = op.half_exponential[a] * op.loss[a] - th * op.gain[a] / op.half_exponential[a];
  }
}

}  // namespace nordheim
