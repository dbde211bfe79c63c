// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/model/correlator.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace nordheim {

/// Limits of ElasticScattering; the defaults need no tuning.
struct ElasticScatteringOptions {
  /// The gain is written with as few functions as represent the kernel to this, relative to its largest value.
  double kernel_tolerance = 1e-15;
  std::size_t max_memory = std::size_t{8} << 30U;  ///< bytes for the factors of the gain
};

/// @brief Elastic scattering of an electron among random impurities, on one energy shell:
///
///     C(W)(k) = 2π ∫dk' ϑ̂(k − k') δ(ω(k') − E) (W(k') − W(k)) = (K W)(k) − γ(k) W(k).
///
/// On the nodes of the shell  (C W)_a = 2π Σ_b w_b ϑ̂(k_a − k_b)(W_b − W_a); the loss rate γ_a = 2π Σ_b w_b ϑ̂(k_a − k_b)
/// comes from the same nodes as the gain, so that constants are an exact null vector and mass is conserved to rounding.
/// C is symmetric and ≤ 0 in Σ_a w_a.
///
/// ϑ̂ is positive definite, so the matrix ϑ̂(k_a − k_b) has a Cholesky factorisation, which with pivoting stops after as
/// many columns as the kernel has functions on this shell: K = 2π F Fᵀ w with F of shape (n, rank). This is the exact
/// finite rank for correlators of finite range, and the numerical rank for others. The reflections that shell and
/// correlator share split the operator into sectors (even and odd in each axis) which are factorised separately.
///
/// References: H. Spohn, J. Stat. Phys. 17, 385 (1977); L. Erdős and H.-T. Yau, Comm. Pure Appl. Math. 53, 667 (2000).
///
/// A const object serves several threads at once, except apply() and its kin, which use work space.
class ElasticScattering {
 public:
  using Complex = std::complex<double>;

  /// @throws InvalidArgument if correlator and shell are not of the same space (lattice or continuum) and dimension, if
  ///         the kernel is not positive definite on the nodes, if the shell is not closed under k → −k together with
  ///         v → −v where ϑ̂ demands it, or the factors would need more memory than allowed
  ElasticScattering(EnergyShell shell, Correlator correlator, ElasticScatteringOptions options = {});
  ElasticScattering(ElasticScattering&&) noexcept;
  ElasticScattering& operator=(ElasticScattering&&) noexcept;
  ~ElasticScattering();

  [[nodiscard]] const EnergyShell& space() const noexcept;
  [[nodiscard]] const Correlator& correlator() const noexcept;

  /// out = C(W), shapes (n).
  /// @throws DimensionMismatch
  CollisionReport apply(ConstState W, State out);
  /// The same of dW: C is linear.
  void apply_linearised(ConstState W, ConstState dW, State out);
  /// out = γ, shape (n).
  void loss_rate(ConstState W, State out);
  /// The number (the energy is a multiple of it).
  [[nodiscard]] Invariants invariants() const;

  /// γ_a [1/time], shape (n).
  [[nodiscard]] ConstState rates() const noexcept;
  /// Number of functions of the gain, all sectors together.
  [[nodiscard]] std::size_t rank() const noexcept;

  /// @brief h with −C h = f and Σ w h = 0, for f with Σ w f = 0 (its mean is subtracted first), shapes (n).
  ///
  /// Sector by sector by the Sherman–Morrison–Woodbury formula, with the constants, the only null vector, split off
  /// exactly (never by a threshold).
  /// @throws InvalidArgument if the scattering vanishes on part of the shell, so that there is more than one null vector
  void solve(ConstState f, State h) const;

  /// @brief u with (z + i q·v − C) u = b, complex, shapes (n); Re z > 0, or z = 0 and q ≠ 0, or any z off the spectrum.
  ///
  /// Deflated so that no digits are lost as q, z → 0. O(n·rank²) for each (z, q).
  /// @param q  wavevector 2πp [1/site]
  /// @throws InvalidArgument if z is on the spectrum
  void resolve(Complex z, const Vector3& q, std::span<const Complex> b, std::span<Complex> u) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<ElasticScattering>);

}  // namespace nordheim
