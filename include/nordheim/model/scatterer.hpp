// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>

#include <complex>
#include <vector>

namespace nordheim {

/// @brief Phase shifts δ_l, l = 0 … of a spherical scatterer in R³ at momentum k, as many as are above 10⁻¹⁷; modulo π.
struct PhaseShifts {
  double k = 0.0;
  std::vector<double> delta;

  /// σ_tot = (4π/k²) Σ_l (2l+1) sin² δ_l.
  [[nodiscard]] double total_cross_section() const;
  /// σ_tr = (4π/k²) Σ_l (l+1) sin²(δ_l − δ_{l+1}), ∫dσ (1 − cos ϑ).
  [[nodiscard]] double transport_cross_section() const;
  /// σ_l = ∫dσ (1 − P_l(cos ϑ)) = (2π/k²) Σ_mn (2m+1)(2n+1) (m n l; 0 0 0)² sin²(δ_m − δ_n), with the 3j symbol:
  /// no cancellation; σ_1 = σ_tr.
  /// @throws InvalidArgument if l is negative
  [[nodiscard]] double relaxation_cross_section(int l) const;
  /// Forward scattering amplitude f(0) = k⁻¹ Σ_l (2l+1) e^{iδ_l} sin δ_l; (4π/k) Im f(0) = σ_tot (optical theorem).
  [[nodiscard]] std::complex<double> forward_amplitude() const;
};

/// s-wave scattering only: tan δ_0 = −k a, |f|² = a²/(1 + k²a²).
/// @throws InvalidArgument if k is not positive or a is zero or not finite
[[nodiscard]] PhaseShifts point_scatterer(double k, double scattering_length);

/// Impenetrable sphere of radius a: tan δ_l = j_l(ka)/y_l(ka). O(ka).
/// @throws InvalidArgument if k or the radius is not positive or not finite, or ka above 10⁶
[[nodiscard]] PhaseShifts hard_sphere(double k, double radius);

/// @brief T-matrix of one impurity with on-site potential V on Z^d: T(E) = V/(1 − V G(E + i0)); k-independent.
///
/// Optical theorem: 2π|T|²ρ = −2 Im T.
struct LatticeImpurity {
  std::complex<double> T{};
  std::complex<double> G{};  ///< lattice Green function G(E + i0)
  double error = 0.0;        ///< estimate of that of |T|²
};

/// In closed form for bands const + t Σ_j (1 − cos 2πk_j), however they are written, by green_function() for others.
/// @throws InvalidArgument if V is zero or not finite, E is the energy of a bound state, or as
///         cubic_band_green_function() or green_function()
[[nodiscard]] LatticeImpurity lattice_impurity(const Dispersion& dispersion, double energy, double potential);

}  // namespace nordheim
