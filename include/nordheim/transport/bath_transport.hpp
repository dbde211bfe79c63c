// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/model/electron_phonon.hpp>

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace nordheim {

/// How transport coefficients of an electron in a phonon bath are computed.
struct BathTransportOptions {
  double tolerance = 1e-10;  ///< wanted relative error of the diffusion constant, 1e-12 to 1
  int most_order = 40;       ///< nodes of an element or panel at which refinement ends, 12 to 64
  bool rates = true;         ///< also the spectral gap and the slowest decay of the current
};

/// A number and its estimated relative error, an upper bound in practice.
struct BathCoefficient {
  double value = 0.0;
  double error = 0.0;
};

/// Ladder of energies ε + mω0, m = 0, 1, …, between which optical phonons move an electron.
struct LadderTransport {
  double epsilon = 0.0;  ///< lowest energy
  double weight = 0.0;   ///< Σ Z_m, Z = √(2E) e^{−βE}: density of electrons in ε in equilibrium, not normalised
  double diffusion = 0.0;  ///< D(ε) of the electrons on it
  /// Slowest rate at which they become thermal among themselves [1/time]; 0 for Fröhlich's coupling, whose scattering
  /// rates fall to zero at high energies.
  double gap = 0.0;
  double current_decay = 0.0;  ///< slowest decay of their current [1/time]; likewise
};

/// What bath_transport() finds.
struct BathTransport {
  double temperature = 0.0;
  BathCoefficient diffusion{};  ///< D = ⟨v·(−L_1)⁻¹v⟩/3 in thermal equilibrium [length²/time]
  BathCoefficient mobility{};   ///< βD, drift velocity per force (Einstein)
  /// Slowest decay of the isotropic part, for optical phonons of all ladders; 0, that is none, for Fröhlich's coupling.
  /// Where no eigenvalue below continuum_edge was found it is that edge, and an eigenvalue may be as close below as the
  /// error says.
  BathCoefficient gap{};
  BathCoefficient current_decay{};  ///< slowest decay of the part with l = 1, likewise
  /// The smallest scattering rate: below it rates are discrete, from there on they are continuous.
  double continuum_edge = 0.0;
  std::size_t functions = 0;  ///< radial nodes, or ladders
  bool converged = false;     ///< error of D ≤ tolerance
};

/// @brief Diffusion constant, mobility and relaxation rates of an electron among phonons in thermal equilibrium, from
/// the matrices S_l of PhononBath: with m the weight of ∫dk k² at the radial nodes and M = e^{−βω},
///
///     D = (1/3Z) fᵀ S_1⁻¹ f,   f = √(mM) k,   Z = Σ mM;   the gap is the lowest eigenvalue of S_0 but for zero.
///
/// The grid is refined, in nodes of an element and outwards, until two values of D agree to the tolerance; the change
/// is the error, which bounds that of the finer value. For optical phonons D is the thermal mean of ladder_transport()
/// over ε, by Gauss's rule in √ε on panels that shrink towards ε = 0, where emission begins: below it an electron waits
/// for the few phonons that it can absorb.
/// @throws InvalidArgument if a number is out of range
[[nodiscard]] BathTransport bath_transport(const Phonons& phonons, double temperature,
                                           const BathTransportOptions& options = {});

/// @brief D of the operator on its grid as it is; below the exact value but for rounding and the quadrature.
/// @throws InvalidArgument if the grid has isotropic states only
[[nodiscard]] double bath_diffusion(const PhononBath& bath);

/// bath_transport() at several temperatures.
/// @param progress  called after each with the number done; may be empty
/// @throws InvalidArgument as above; whatever @p progress throws
[[nodiscard]] std::vector<BathTransport> bath_transport(const Phonons& phonons, std::span<const double> temperatures,
                                                        const BathTransportOptions& options = {},
                                                        const std::function<void(std::size_t done)>& progress = {});

/// Whether gap and current_decay of a ladder are wanted, which take longer than D.
enum class LadderRates { computed, left_out };

/// @brief One ladder, without any grid: three-term recursions in m, rates by bisection of Sturm's sequence.
/// @param epsilon  lowest energy, 0 ≤ ε ≤ ω0
/// @throws InvalidArgument if a number is out of range
[[nodiscard]] LadderTransport ladder_transport(const OpticalPhonons& phonons, double temperature, double epsilon,
                                               LadderRates rates = LadderRates::computed);

}  // namespace nordheim
