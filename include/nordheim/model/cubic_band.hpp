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

/// @brief All three averages at one energy; zeros outside the band, the limits from inside at its edges.
///
/// In d = 2, with y = |E − 2|/2: ρ = 1/(2π AGM(1, y)). In d = 3 it is the mean of that over the third momentum,
/// ρ(E) = π⁻¹ ∫₀^π dt ρ₂(E − 1 + cos t), by the double-exponential rule between the singular points, whose distances
/// enter without cancellation. About 2·10⁻¹⁵ relative; 20 to 300 µs in d = 3, most near the van Hove energies.
/// References: T. Horiguchi and T. Morita, lattice Green functions; H. Takahasi and M. Mori, the quadrature rule.
/// @throws InvalidArgument if dimension is not 1, 2 or 3 or the energy not finite; where ρ is infinite: at the band
///         edges in d = 1, at E = 2 in d = 2
[[nodiscard]] CubicBandShell cubic_band_shell(int dimension, double energy);

/// @brief The lattice Green function at the origin, G(E + i0) = ∫dk (E − ω(k) + i0)⁻¹ = Re G − iπρ(E) of the same band,
/// inside and outside of it.
///
/// Absolute error about 2·10⁻¹⁵ (relative outside the band).
/// @throws InvalidArgument as cubic_band_shell(), and where Re G is infinite: at the band edges in d = 2
[[nodiscard]] std::complex<double> cubic_band_green_function(int dimension, double energy);

}  // namespace nordheim
