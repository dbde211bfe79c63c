// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/transport/gas_transport.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace nordheim {

/// How the heat conductivity of phonons is computed.
struct PhononConductivityOptions {
  double lambda = 1.0;                        ///< of H = ½Σp² + ½ q·ω²q + λΣq⁴, not zero
  Statistics statistics = Statistics::boson;  ///< or classical_wave: W = T/ω, and collisions of highest order in W
  /// Decays of one phonon into three are in where the band allows them, or left out.
  FourPhononProcesses processes = FourPhononProcesses::resonant;
  /// If there are any: three-phonon collisions by ⅓ Σ α (q_{y+x} − q_y)³ instead of λΣq⁴, which is out then.
  std::vector<CubicBond> bonds{};
  /// Wanted relative error of κ, 1e-13 to 1; by default that of default_phonon_tolerance().
  std::optional<double> tolerance{};
  int most_functions = 512;  ///< d = 1: trial functions at which refinement ends, 64 to 1024
  /// d = 2, 3: nodes per direction at which it ends, from 24; 0: 384 and 64, with bonds 192 and 48.
  int most_points = 0;
  bool spectral_gap = true;  ///< relaxation rates, too; not with bonds
  int threads = 0;           ///< 0: all that OpenMP has
};

/// A number and what is known of its error.
struct BoundedValue {
  double value = 0.0;
  double error = 0.0;  ///< estimated, relative, an upper bound in practice
};

/// The tolerance if none is given: 1e-12 in d = 1, 1e-6 in d = 2, 3, and with bonds 0.1.
[[nodiscard]] double default_phonon_tolerance(int dimension, const PhononConductivityOptions& options) noexcept;

/// What phonon_conductivity() finds.
struct PhononConductivity {
  double temperature = 0.0;
  /// κ of energy at μ = 0 everywhere, where the current of energy carries phonons along: the one of Green and Kubo.
  /// [sites² energy/(time · temperature) per site]
  BoundedValue heat_conductivity{};
  /// κ_0 = zκ, without a current of phonon number: what a wall measures that lets energy through, but no phonons. Not
  /// there where collisions do not conserve their number: the gradient of μ that would stop the current decays.
  std::optional<BoundedValue> zero_number_current{};
  std::optional<double> z{};  ///< 0 < z ≤ 1
  /// κ with the loss rate alone, the relaxation-time approximation; not there where every rate is infinite: in d = 1,
  /// and in three-phonon collisions of a band that begins like k².
  std::optional<BoundedValue> relaxation_time{};
  double current_rate = 0.0;  ///< ⟨j²⟩/(κT²): the rate at which a single exponential would decay to give κ [1/time]
  /// The smallest rates at which deviations decay that are odd or even under k → −k, increasing, if asked for; even
  /// ones without the conserved quantities, number if it is and energy. Not of three-phonon collisions, whose vertex
  /// vanishes with k, so that long waves decay as slowly as one likes. d = 1: three of each. d = 2, 3: the smallest
  /// among functions that are odd in 0, 1, … d components of k, where it is an eigenvalue below the continuous
  /// spectrum.
  std::vector<RelaxationRate> odd_rates{}, even_rates{};
  /// d = 2, 3: the smallest rate at which a mode is left, where the continuous spectrum begins; there is none in d = 1,
  /// where loss rates are infinite.
  std::optional<RelaxationRate> continuum_edge{};
  std::optional<RelaxationRate> spectral_gap{};  ///< the smallest of them all, and of eigenvalues close to the edge
  /// It is an eigenvalue, isolated: below the edge by more than the errors of both. If not, it is the edge, or an
  /// eigenvalue that cannot be told from it.
  bool gap_is_discrete = false;
  int functions = 0;       ///< d = 1: trial functions
  int points = 0;          ///< d = 2, 3: nodes per direction
  double horizon = 0.0;    ///< d = 2, 3: of the time integral
  bool converged = false;  ///< error of κ ≤ tolerance
};

/// @brief Heat conductivity of a lattice with weak anharmonicity, H = ½Σp² + ½ q·ω²q + λΣq⁴ or ⅓ Σ α (q_{y+x} − q_y)³.
///
/// With L the linearisation of the collisions of FourPhonon or ThreePhonon about W = 1/(e^{ω/T} − 1), momentum modulo 1
/// (umklapp), and ⟨f, g⟩ = ∫dk f g,
///
///     κ = T⁻² ⟨ωv, (−L)⁻¹ W(1+W) ωv⟩,      v = (2π)⁻¹ ∂ω/∂k_1,
///
/// the element κ_11 of a tensor if bonds or their band are not the same along all axes. Classical waves: the terms of
/// highest order in W about T/ω, κ ∝ 1/(λ²T²) and 1/(α²T). What is conserved, ω and for two to two collisions 1, is
/// even in k and the current is odd: −L is inverted where it has no null vectors.
///
/// d = 1: λΣq⁴ and ω = √(ω0² + 2κ(1 − cos 2πk)), ω0 > 0, where the resonance is known in closed form; Ritz's method in
/// sin 2πnk with Gauss's rule, to round-off. d = 2, 3: the energy delta function by the time integral of a window of
/// increasing horizon, conjugate gradients, and extrapolation.
///
/// λΣq⁴: any cubic band with ω > 0; a flat window; rates, too, with twice the error that such a κ would have; 16 bytes
/// for each node with all k_i ≥ 0 and time node. Cubic springs: any band with ω(−k) = ω(k) in which a phonon can decay
/// into two; Bohman's window. Long waves make κ converge like 1/M, to some per cent, or diverge: where grids show no
/// order of convergence, the error is infinite. A band with ω(0) > 0 in which some modes never collide is refused, as
/// κ is infinite.
/// @throws InvalidArgument if T is not positive, an option is out of range, or the band is none of those
/// @throws Error           if −L of the discretised collisions is not positive
/// Reference: docs/transport_phonons.md. Aoki, Lukkarinen, Spohn, J. Stat. Phys. 124, 1105 (2006).
[[nodiscard]] PhononConductivity phonon_conductivity(const Dispersion& dispersion, double temperature,
                                                     const PhononConductivityOptions& options = {});

/// Bytes that it needs at most.
/// @throws InvalidArgument if an option is out of range, or the band is none of those
[[nodiscard]] std::size_t phonon_conductivity_memory(const Dispersion& dispersion,
                                                     const PhononConductivityOptions& options = {});

/// The same at many temperatures; classical waves cost as much as one.
/// @param progress  called after each temperature with the number done; may be empty
/// @throws as above; whatever @p progress throws
[[nodiscard]] std::vector<PhononConductivity> phonon_conductivity(
    const Dispersion& dispersion, std::span<const double> temperatures, const PhononConductivityOptions& options = {},
    const std::function<void(std::size_t done)>& progress = {});

}  // namespace nordheim
