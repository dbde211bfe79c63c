// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/statistics.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace nordheim {

/// Polynomials in what represent the deviation from equilibrium.
enum class TrialFunctions {
  graded,  ///< of a variable that resolves ω ~ |μ| of bosons and the Fermi edge: converges fast for every gas
  sonine   ///< of ω: the classical ones, of Chapman and Enskog; slow for degenerate gases
};

/// How transport coefficients are computed.
struct GasTransportOptions {
  double strength = 1.0;     ///< Φ of the contact collisions, positive; hard spheres of diameter √Φ
  double tolerance = 1e-10;  ///< wanted relative error of viscosity and heat conductivity, 1e-12 to 1
  TrialFunctions trial = TrialFunctions::graded;
  int functions = 0;        ///< number of trial functions, 1 to 40; 0: as many as the tolerance needs
  int most_functions = 36;  ///< at which refinement ends, 12 to 40
  int degrees = 4;          ///< relaxation rates of l = 0 … degrees, 2 to 8; −1: none
  int threads = 0;          ///< of a table, over its points; 0: all that OpenMP has
};

/// A transport coefficient.
struct TransportCoefficient {
  double value = 0.0;
  double first_order = 0.0;  ///< with the source itself as the only trial function
  double ratio = 0.0;        ///< value/first_order ≥ 1
  double error = 0.0;        ///< estimated relative error of the value, an upper bound in practice
  bool converged = false;    ///< error ≤ tolerance
};

/// One rate of relaxation.
struct RelaxationRate {
  double rate = 0.0;   ///< [1/time]
  double error = 0.0;  ///< estimated, absolute; the true rate is not above rate but for rounding
};

/// The discrete spectrum of one angular momentum.
struct HarmonicSpectrum {
  int l = 0;
  /// Eigenvalues of −L below the edge of the continuous spectrum, increasing, invariants left out; may be empty.
  std::vector<RelaxationRate> rates{};
};

/// What gas_transport() finds.
struct GasTransport {
  double temperature = 0.0;
  double fugacity = 0.0;
  double density = 0.0;   ///< ∫dk W
  double pressure = 0.0;  ///< ∫dk k² W/3, two thirds of the energy density
  TransportCoefficient viscosity{};
  TransportCoefficient heat_conductivity{};
  std::vector<HarmonicSpectrum> spectrum{};  ///< of l = 0 … degrees
  double continuum_edge = 0.0;  ///< ν_min, the smallest loss rate: the continuous spectrum begins here [1/time]
  double continuum_edge_momentum = 0.0;  ///< |k| at which ν is smallest
  RelaxationRate spectral_gap{};         ///< the smallest rate of all l that were asked for, at most ν_min
  bool gap_is_discrete = false;          ///< else no l has a rate below ν_min, which then is the gap
  int functions = 0;                     ///< trial functions of the values
  bool converged = false;                ///< both coefficients
};

/// @brief Viscosity η, heat conductivity κ and relaxation rates of a gas with contact collisions in R³.
///
/// With L the linearisation of
///
///     C(W)(k1) = strength ∫dk2 dk3 dk4 δ³(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)]
///
/// about W = 1/(e^{ω/T}/z − θ), ω = k²/2, δW = W(1+θW)ψ, and ⟨f, g⟩ = ∫dk f g,
///
///     η = ⟨S, (−L)⁻¹ S⟩/T,  S = W(1+θW) k_x k_y;     κ = ⟨S, (−L)⁻¹ S⟩/T²,  S = W(1+θW) k_x (ω − h),
///
/// h the enthalpy per particle, for which S is orthogonal to momentum. Units: ħ = m = k_B = 1, plain ∫dk, so that with
/// the measure g dk/(2π)³ η and κ (and density and pressure) are to be multiplied by g/(2π)³. In units of temperature
/// and strength, η and κ are √T/strength times functions of z, rates strength T² times one.
///
/// Ritz's method: values grow with the trial space to the exact ones. The null space (number, momentum, energy) is
/// known and left out exactly. The collision integral is a sum over spheres of pairs of given momentum and energy,
/// see docs/transport.md. The error is the sum of the changes with the trial space and with the quadrature; a value
/// that misses the tolerance with most_functions has converged = false. Classical gases do not depend on z but for
/// density, pressure and rates.
/// @throws InvalidArgument if T, z or strength is not positive and finite, a boson has z ≥ 1, an option is out of
///         range, or a result cannot be represented
/// Reference: S. Chapman, T. G. Cowling, The Mathematical Theory of Non-uniform Gases (1970), chapters 7, 10, 17.
[[nodiscard]] GasTransport gas_transport(Statistics statistics, double temperature, double fugacity,
                                         const GasTransportOptions& options = {});

/// Temperature T and fugacity z.
struct GasPoint {
  double temperature = 1.0;
  double fugacity = 1.0;
};

/// The same at many points, threads over points; the results do not depend on their number.
/// @param progress  called after each point with the number done (from one thread at a time); may be empty
/// @throws InvalidArgument as above, of the first point for which it is; whatever @p progress throws
[[nodiscard]] std::vector<GasTransport> gas_transport(Statistics statistics, std::span<const GasPoint> points,
                                                      const GasTransportOptions& options = {},
                                                      const std::function<void(std::size_t done)>& progress = {});

}  // namespace nordheim
