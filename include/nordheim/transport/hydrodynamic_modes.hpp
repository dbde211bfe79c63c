// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/statistics.hpp>
#include <nordheim/transport/gas_transport.hpp>

#include <complex>

namespace nordheim {

/// What long waves do in a gas: sound e^{±icqt − Γq²t}, heat e^{−D_T q²t}, shear e^{−νq²t}.
struct HydrodynamicModes {
  double density = 0.0;              ///< n = ∫dk W
  double heat_at_volume = 0.0;       ///< c_v per particle [1]
  double heat_at_pressure = 0.0;     ///< c_p per particle [1]
  double sound_speed = 0.0;          ///< c = √(5p/3n) [length/time]
  double sound_damping = 0.0;        ///< Γ = [4η/3 + κ(1/c_v − 1/c_p)]/2n [length²/time]
  double thermal_diffusivity = 0.0;  ///< D_T = κ/(n c_p) [length²/time]
  double kinematic_viscosity = 0.0;  ///< ν = η/n [length²/time]
  double error = 0.0;                ///< estimated, relative, of the last three, an upper bound in practice
  bool converged = false;            ///< error ≤ tolerance
};

/// @brief Sound speed, damping and diffusivities of a gas in R³ with contact collisions, from its viscosity, heat
/// conductivity and thermodynamics; the bulk viscosity vanishes.
///
/// With χ_ab = ∫dk a W(1+θW) b, a, b ∈ {1, ω}, c_v = (χ_ωω − χ_1ω²/χ_11)/(nT²), c_p = (χ_ωω − 2hχ_1ω + h²χ_11)/(nT²),
/// h the enthalpy per particle; m = 1.
/// @throws InvalidArgument as gas_transport()
[[nodiscard]] HydrodynamicModes hydrodynamic_modes(Statistics statistics, double temperature, double fugacity,
                                                   const GasTransportOptions& options = {});

/// One mode e^{iqx + st} and what is known of s.
struct GasMode {
  std::complex<double> s{};  ///< [1/time]
  double error = 0.0;        ///< estimated, absolute
};

/// The modes of −iq·k + L that tend to the conserved quantities as q → 0.
struct GasModes {
  GasMode sound{};  ///< Im s > 0; the other one is the complex conjugate
  GasMode heat{};   ///< real
};

/// How they are computed.
struct GasModesOptions {
  double strength = 1.0;  ///< Φ of the contact collisions, positive
  int functions = 12;     ///< radial trial functions of each angular momentum, 4 to 40
  int degrees = 6;        ///< largest angular momentum, 3 to 12
};

/// @brief Sound and heat at one wavenumber q: eigenvalues of −iq·k + L, L the linearised contact collisions, in trial
/// functions k^l f(ω) P_l(q̂·k̂), where conserved quantities are exact.
///
/// For long waves, cq far below the collision rates. Angular momentum l enters with (q × mean free path)^{2(l−1)}. The
/// error compares with fewer functions, angular momenta and nodes of the quadrature; where sound is no isolated
/// mode any more it is as large as the eigenvalue.
/// @throws InvalidArgument as gas_transport(), if q is not positive, or if an option is out of range
/// Reference: docs/transport.md. P. Résibois, J. Stat. Phys. 2, 21 (1970).
[[nodiscard]] GasModes gas_modes(Statistics statistics, double temperature, double fugacity, double wavenumber,
                                 const GasModesOptions& options = {});

}  // namespace nordheim
