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
  /// The gain is written with as few functions as represent the kernel to this, relative to its largest value, or to
  /// the rounding of its values (5·10⁻¹⁵, more for ϑ̂ so steep that it depends on the last digits of q), which is
  /// larger.
  double kernel_tolerance = 1e-15;
  std::size_t max_memory = std::size_t{8} << 30U;  ///< bytes for the functions of the gain
};

/// What D_kin takes of the gain of elastic scattering, foretold without making it.
struct GainForecast {
  double rank = 0.0;        ///< functions, all sectors together
  double rank_used = 0.0;   ///< functions in the sectors of the constants and of the velocities, which D_kin needs
  double nodes = 0.0;       ///< of a shell that resolves them
  double memory = 0.0;      ///< bytes, while the functions that are used are made
  double operations = 0.0;  ///< multiplications and additions to make and use them
};

/// @brief Elastic scattering of an electron among random impurities, on one energy shell:
///
///     C(W)(k) = 2π ∫dk' ϑ̂(k − k') δ(ω(k') − E) (W(k') − W(k)) = (K W)(k) − γ(k) W(k).
///
/// On the nodes of the shell  (C W)_a = 2π Σ_b w_b ϑ̂(k_a − k_b)(W_b − W_a); the loss rate γ_a = 2π Σ_b w_b ϑ̂(k_a − k_b)
/// comes from the same nodes as the gain, so that constants are an exact null vector and mass is conserved to rounding.
/// C is linear, and symmetric and ≤ 0 in Σ_a w_a.
///
/// The symmetric matrix ϑ̂(k_a − k_b) is factorised with pivoting, which stops after as many columns as the kernel has
/// independent functions on this shell: K = 2π F σ Fᵀ w with F of shape (n, rank) and signs σ, all positive if
/// ϑ(x) ≥ 0 (that ϑ̂ ≥ 0, as for every correlator, makes K positive entry by entry but not positive definite). This is
/// the exact finite rank for correlators of finite range, which rounding cannot exceed, and the numerical rank for
/// others. The reflections that shell and correlator share split the operator into sectors (even and odd in each axis),
/// which are factorised separately, each when a function first has a part in it: D_kin of a cubic band needs two of
/// eight.
///
/// References: H. Spohn, J. Stat. Phys. 17, 385 (1977); L. Erdős and H.-T. Yau, Comm. Pure Appl. Math. 53, 667 (2000).
///
/// Every function that is const serves several threads at once, if a user's own ϑ̂ does. As factors are made when they
/// are needed, all may throw InvalidArgument where the gain needs more memory than allowed.
class ElasticScattering {
 public:
  using Complex = std::complex<double>;
  class Resolvent;

  /// @throws InvalidArgument if correlator and shell are not of the same space (lattice or continuum) and dimension, if
  ///         ϑ̂ is negative or not finite between two nodes, the gain needs more memory than allowed, or an option is
  ///         out of range
  ElasticScattering(EnergyShell shell, Correlator correlator, ElasticScatteringOptions options = {});
  ElasticScattering(ElasticScattering&&) noexcept;
  ElasticScattering& operator=(ElasticScattering&&) noexcept;
  ~ElasticScattering();

  [[nodiscard]] const EnergyShell& space() const noexcept;
  [[nodiscard]] const Correlator& correlator() const noexcept;

  /// @brief out = C(W), shapes (n). O(n·rank/sectors), nothing is allocated once each sector was in use.
  ///
  /// The rounding of Σ w C is subtracted, uniformly over the shell, so that it does not add up over long times.
  /// @throws DimensionMismatch
  /// @throws RecoverableError if W is not finite
  CollisionReport apply(ConstState W, State out) const;
  /// The same of dW: C is linear.
  void apply_linearised(ConstState W, ConstState dW, State out) const;
  /// out = γ, shape (n).
  void loss_rate(ConstState W, State out) const;
  /// The number (the energy is a multiple of it).
  [[nodiscard]] Invariants invariants() const;

  /// γ_a [1/time], shape (n).
  [[nodiscard]] ConstState rates() const noexcept;
  /// Whether all reflections and exchanges of axes leave shell and correlator unchanged: then the tensors of second
  /// rank that follow from the operator are multiples of the unit matrix.
  [[nodiscard]] bool has_cubic_symmetry() const noexcept;
  /// Number of functions of the gain, all sectors together; makes those that were not needed until now.
  [[nodiscard]] std::size_t rank() const;
  /// Number of functions of the gain in the sectors that were needed until now.
  [[nodiscard]] std::size_t rank_in_use() const noexcept;
  /// Largest error of ϑ̂ between two nodes in this operator, relative to the mean of ϑ̂ over all pairs of nodes: what the
  /// rounding of ϑ̂ and the end of the factorisation leave. 0 if ϑ̂ is constant.
  [[nodiscard]] double kernel_error() const noexcept;
  /// @brief What D_kin takes with this correlator, whatever the order of @p shell.
  ///
  /// The rank is at most the number of lattice vectors x with |ϑ(x)| > 10⁻¹⁵ ϑ(0) (for a ϑ̂ that is only known by its
  /// values: as far as its Fourier coefficients along the axes reach); of those with |x| ≤ R, about the area of the
  /// shell times the volume of a disc of radius R are independent on it. Good to about a third where it is large.
  /// @throws InvalidArgument as the constructor for spaces that differ
  [[nodiscard]] static GainForecast forecast(const EnergyShell& shell, const Correlator& correlator);

  /// @brief h with −C h = f and Σ w h = 0, for f with Σ w f = 0 (its mean is subtracted first), shapes (n); they may be
  /// the same.
  ///
  /// Sector by sector by the Sherman–Morrison–Woodbury formula, with the constants, the only null vector, split off
  /// exactly (never by a threshold). Sectors in which f has no part cost nothing.
  /// @throws InvalidArgument if the scattering vanishes on part of the shell or does not connect its parts, so that
  ///         there is more than one null vector
  void solve(ConstState f, State h) const;

  /// @brief u with (z + i q·v − C) u = b, complex, shapes (n); Re z > 0, or z = 0 and q ≠ 0, or any z off the spectrum.
  ///
  /// Deflated so that no digits are lost as q, z → 0. O(n·rank²/sectors) for each (z, q). b and u may be the same.
  /// @param q  wavevector 2πp [1/site]
  /// @throws InvalidArgument if z is on the spectrum
  void resolve(Complex z, const Vector3& q, std::span<const Complex> b, std::span<Complex> u) const;

  /// (z + i q·v − C)⁻¹ for several right sides.
  /// @throws InvalidArgument if z is on the continuous spectrum, or z or q is not finite
  [[nodiscard]] Resolvent resolvent(Complex z, const Vector3& q) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// @brief (z + i q·v − C)⁻¹, factorised once. Refers to the ElasticScattering, which must outlive it.
class ElasticScattering::Resolvent {
 public:
  Resolvent(Resolvent&&) noexcept;
  Resolvent& operator=(Resolvent&&) noexcept;
  ~Resolvent();

  /// @brief u with (z + i q·v − C) u = b, shapes (n), which may be the same. O(n·rank/sectors) but the first time.
  /// @throws InvalidArgument if z is on the spectrum, DimensionMismatch
  void apply(std::span<const Complex> b, std::span<Complex> u) const;

 private:
  friend class ElasticScattering;
  struct Impl;
  explicit Resolvent(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<ElasticScattering>);

}  // namespace nordheim
