// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>

namespace nordheim {

/// @brief Shell averages of the cubic band ω(k) = Σ_j (1 − cos 2πk_j) on T^d in closed form: elementary in d = 1, a
/// complete elliptic integral by the arithmetic–geometric mean in d = 2, one integral over it in d = 3. Exact at every
/// energy, van Hove energies (E = 0, 2, 4, 6 in d = 3) included where the quantity is finite there.
///
/// s_j = sin 2πk_j is the velocity; ⟨f⟩_E = ρ(E)⁻¹ ∫dk δ(ω − E) f.
struct CubicBandShell {
  double density_of_states = 0.0;  ///< ρ(E) [1/energy]
  double s1_squared = 0.0;         ///< ⟨s_1²⟩
  double s1_fourth = 0.0;          ///< ⟨s_1⁴⟩
};

/// To about 10⁻¹⁵ relative; zeros outside the band.
/// @throws InvalidArgument if dimension is not 1, 2 or 3; where ρ is infinite: at the band edges in d = 1, at E = 2 in
///         d = 2
[[nodiscard]] CubicBandShell cubic_band_shell(int dimension, double energy);

/// @brief The lattice Green function at the origin, G(E + i0) = ∫dk (E − ω(k) + i0)⁻¹ = Re G − iπρ(E) of the same band.
/// @throws InvalidArgument as cubic_band_shell()
[[nodiscard]] std::complex<double> cubic_band_green_function(int dimension, double energy);

}  // namespace nordheim
