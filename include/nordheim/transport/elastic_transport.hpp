// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/vector3.hpp>

#include <array>
#include <complex>
#include <vector>

namespace nordheim {

/// A 3 × 3 matrix; in fewer dimensions the last rows and columns are zero.
using Tensor3 = std::array<Vector3, 3>;

/// @brief D_ij = ⟨v_i (−C)⁻¹ v_j⟩_E, the diffusion tensor of one shell [sites² / time], ⟨f⟩ = Σ w f/Σ w.
///
/// ⟨v⟩ vanishes on every shell of a band; on nodes of a band without symmetry it is as small as the error of the
/// quadrature, and is subtracted first, here and below.
/// @throws InvalidArgument as ElasticScattering::solve()
[[nodiscard]] Tensor3 diffusion_tensor(const ElasticScattering& scattering);

/// @brief B of λ(q n) = −D_nn q² + B q⁴ + O(q⁶) along the unit vector @p n: the super-Burnett coefficient.
///
/// By perturbation theory of fourth order: h_1 = (−C)⁻¹ v_n, h_2 = (−C)⁻¹(v_n h_1 − D), B = ⟨v_n h_1 h_2⟩ − D⟨h_1²⟩
/// [sites⁴ / time].
[[nodiscard]] double super_burnett(const ElasticScattering& scattering, const Vector3& n);

/// @brief Smallest non-zero eigenvalue of −C [1/time]: the slowest relaxation on the shell. By the Lanczos process for
/// the inverse, until an eigenvalue is within 10⁻¹³ of the result.
///
/// If it is the edge of the continuous spectrum, min γ(k), it is as accurate only as the nodes come near the minimum.
/// @throws InvalidArgument as ElasticScattering::solve()
[[nodiscard]] double spectral_gap(const ElasticScattering& scattering);

/// @brief Spectral measure of v_n under −C: ⟨v_n f(−C) v_n⟩ = Σ_j c_j f(λ_j), by the Lanczos process (G. H. Golub and
/// J. H. Welsch, Math. Comp. 23, 221 (1969)); all numbers of transport that are linear in a function of C follow.
struct VelocitySpectrum {
  std::vector<double> rates;    ///< λ_j > 0 [1/time], increasing
  std::vector<double> weights;  ///< c_j > 0, sum = ⟨v_n²⟩

  /// Velocity correlation ⟨v_n e^{Ct} v_n⟩, t ≥ 0.
  [[nodiscard]] double correlation(double t) const;
  /// Mean-square displacement ⟨(x_n(t) − x_n(0))²⟩ = 2 Σ c_j [t/λ_j − (1 − e^{−λ_j t})/λ_j²], ballistic v²t² at first,
  /// 2Dt at last.
  [[nodiscard]] double mean_square_displacement(double t) const;
  /// D = Σ c_j/λ_j.
  [[nodiscard]] double diffusion() const;
};
/// @param n  unit vector
/// @throws InvalidArgument if it is none; if the scattering vanishes on part of the shell
[[nodiscard]] VelocitySpectrum velocity_spectrum(const ElasticScattering& scattering, const Vector3& n);

/// @brief D by the Green–Kubo formula, ∫₀^∞ dt ⟨v_n e^{Ct} v_n⟩, integrating dm/dt = C m, m(0) = v_n in time: shares
/// nothing with the linear solver but C itself.
struct TimeRoute {
  double green_kubo = 0.0;    ///< ∫⟨v_n m⟩dt
  double displacement = 0.0;  ///< half the final slope of the mean-square displacement
  double time = 0.0;          ///< to which it was integrated
};
[[nodiscard]] TimeRoute diffusion_in_time(const ElasticScattering& scattering, const Vector3& n, double rtol = 1e-13);

/// @brief Leading eigenvalue λ(q) of −iq·v + C, the one that goes to 0 with q [1/time].
/// @throws InvalidArgument if q is so large that it is no isolated eigenvalue any more
[[nodiscard]] std::complex<double> leading_eigenvalue(const ElasticScattering& scattering, const Vector3& q);

/// D and B along @p n fitted to λ(q) at several small q: a check of diffusion_tensor() and super_burnett().
struct DispersionFit {
  double D = 0.0;
  double B = 0.0;
};
[[nodiscard]] DispersionFit fit_leading_eigenvalue(const ElasticScattering& scattering, const Vector3& n);

}  // namespace nordheim
