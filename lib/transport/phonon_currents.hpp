// SPDX-License-Identifier: GPL-3.0-or-later
// What the solvers for one and for more dimensions hand to phonon_conductivity().
#pragma once

#include <nordheim/transport/phonon_conductivity.hpp>

#include "transport/phonon_weight.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// A number and its absolute error.
struct ShareOfCurrent {
  double value = 0.0, error = 0.0;
};

/// The response of the currents of energy and number to the forces, without the factors r and T: with the linearised
/// collisions −r A about the equilibrium of a PhononWeight g,
///
///     L = ⟨ωv g², A⁻¹ ωv g²⟩,      κ = L/(rT²).
struct PhononCurrents {
  double rate = 0.0;      ///< r
  BoundedValue energy{};  ///< L
  /// 1 − ⟨e, A⁻¹n⟩²/(⟨e, A⁻¹e⟩⟨n, A⁻¹n⟩), e = ωv g², n = v g², where number is conserved, with its absolute error.
  std::optional<ShareOfCurrent> z{};
  std::optional<BoundedValue> loss_only{};  ///< L with the diagonal part of A alone
  double current_rate = 0.0;                ///< ⟨(ωv)² g²⟩/L
  /// Smallest eigenvalues ν of A h = ν g² h, not asked for or not known if empty.
  std::vector<RelaxationRate> odd_rates{}, even_rates{};
  std::optional<RelaxationRate> continuum_edge{};  ///< the smallest Γ/g², where the loss rate Γ is finite
  std::optional<RelaxationRate> gap{};             ///< the smallest of them all
  bool gap_is_isolated = false;                    ///< an eigenvalue below the edge by more than the errors
  int size = 0;                                    ///< functions, or nodes per direction
  double horizon = 0.0;                            ///< of the time integral, if there is one
};

/// @throws InvalidArgument if the fourth power of an occupation T/ω of quantum phonons leaves the range of numbers
void require_occupations_in_range(const EnergyRange& band, double temperature, Statistics statistics);
/// @throws InvalidArgument if g spans more over the band than the digits of a number
void require_occupations_in_digits(const EnergyRange& band, double temperature, Statistics statistics);
/// @throws InvalidArgument in any case: the same, where a method finds it out by itself
[[noreturn]] void refuse_cold_band(double temperature);

/// @brief The chain ω = √(ω0² + 2κ(1 − cos 2πk)) to the tolerance, or as close to it as most_functions comes.
/// @throws InvalidArgument if the band is no such chain
[[nodiscard]] PhononCurrents chain_currents(const Dispersion& dispersion, double temperature, double tolerance,
                                            const PhononConductivityOptions& options);

/// Bytes for the largest grid of lattice_currents().
[[nodiscard]] std::size_t lattice_currents_memory(const Dispersion& dispersion,
                                                  const PhononConductivityOptions& options);

/// @brief The same of a PhononLattice.
/// @throws InvalidArgument if the band is none of those
/// @throws Error           if A is not positive
[[nodiscard]] PhononCurrents lattice_currents(const Dispersion& dispersion, double temperature, double tolerance,
                                              const PhononConductivityOptions& options);

}  // namespace nordheim::detail
