// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of IsotropicTwoBody.
#pragma once

#include <nordheim/collision/isotropic_two_body.hpp>

#include "collision/conservative_projection.hpp"
#include "collision/isotropic_tensor.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim {

struct IsotropicTwoBody::Impl {
  Impl(SphericalGrid grid, Statistics statistics, IsotropicTwoBodyOptions options);

  /// Values at the nodes, the coefficients of their series, and those of the square of the series: c_k c_l, k ≤ l.
  struct Factor {
    std::vector<double> nodal, coefficients, products;
  };

  /// @throws RecoverableError if W is not finite
  [[nodiscard]] Equilibrium reference_for(ConstState W) const;
  /// P and R of W, with e^{±x/2} of the reference.
  void set_factors(ConstState W, const Equilibrium& eq);
  /// Coefficients and products from the nodal values.
  void expand(Factor& factor) const;
  /// Products from the coefficients.
  void square(Factor& factor) const;
  /// gain = G[P; R, R], loss = G[R; P, P] at the nodes.
  void integrate();
  /// The derivatives of gain and loss for dP and dR.
  void integrate_derivative();
  /// out = P gain − R loss.
  void combine(State out) const;
  /// out −= l(ω) W(1+θW), so that number and energy are conserved; returns l, and leaves W(1+θW) in `weight`.
  detail::AffineInEnergy correct(ConstState W, State out);
  /// @brief Bosons: coefficients of P and R from nodes between which they were resolved, see docs/collision.md.
  /// @return whether that was possible
  bool expand_resolved(const Equilibrium& eq);
  /// @throws DimensionMismatch
  void check(ConstState W, ConstState out) const;

  SphericalGrid grid;
  Statistics statistics;
  IsotropicTwoBodyOptions options;
  std::optional<detail::IsotropicKernel> kernel;  // none for a contact
  detail::IsotropicTensor tensor;
  int threads;
  std::vector<double> analysis;  // R_n0 times the weights, order [n][node]
  std::optional<Equilibrium> reference;
  Factor P, R, dP, dR;  // products of the latter: d(c_k c_l)
  std::vector<double> half_exponential, gain, loss, d_gain, d_loss, weight, C;
};

}  // namespace nordheim
