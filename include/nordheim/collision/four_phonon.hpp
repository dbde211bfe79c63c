// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/collision/energy_constraint.hpp>
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/resonance.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <cstddef>
#include <memory>
#include <optional>

namespace nordheim {

/// Which collisions of FourPhonon are in.
enum class FourPhononProcesses {
  resonant,   ///< two to two, and one to three and back if the dispersion lets them conserve energy
  scattering  ///< two to two alone: number is conserved whatever the dispersion
};

/// How FourPhonon discretises; the defaults need no tuning.
struct FourPhononOptions {
  double lambda = 1.0;  ///< λ in H = λ Σ q⁴ [energy³]
  FourPhononProcesses processes = FourPhononProcesses::resonant;
  TimeWindow window = TimeWindow::flat;  ///< cut-off of the time integral
  std::optional<double> horizon{};       ///< T [1/energy]; by default from points and dispersion
  std::optional<double> time_step{};     ///< h [1/energy]; by default from the dispersion
  EnergyConstraint energy = EnergyConstraint::projection;
  int threads = 0;  ///< 0: all that OpenMP has
};

/// @brief Collisions of the phonons of a harmonic lattice with a weak on-site potential λq⁴:
///
///     C(W)(k1) = 576πλ² ∫dk2dk3dk4 Π_j (2ω_j)⁻¹ δ(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4)
///                    [W3W4(1+W1)(1+W2) − W1W2(1+W3)(1+W4)],
///
/// on the torus, momentum modulo 1. By Fermi's golden rule from H = Σ_x (p²/2 + …) + λ Σ_x q_x⁴: the matrix element of
/// k1, k2 → k3, k4 is 24λ Π(2ω)^{−1/2}, and 2π·24²/2 = 576π, half for the order of k3, k4. Where one phonon can decay
/// into three (decay_resonance()), the terms
///
///     192πλ² ∫ Π(2ω)⁻¹ δ(k1−k2−k3−k4) δ(ω1−ω2−ω3−ω4) [(1+W1)W2W3W4 − W1(1+W2)(1+W3)(1+W4)]
///   + 576πλ² ∫ Π(2ω)⁻¹ δ(k2−k1−k3−k4) δ(ω2−ω1−ω3−ω4) [(1+W1)(1+W3)(1+W4)W2 − W1W3W4(1+W2)]
///
/// are added; number is not conserved then, and μ = 0.
///
/// Statistics are those of bosons, or of classical waves (W ≫ 1, action in any unit): the cubic terms
/// W3W4(W1+W2) − W1W2(W3+W4) alone, which classical lattice dynamics obeys, with the equilibrium T/(ω − μ) of Rayleigh
/// and Jeans. The discretisation is that of LatticeTwoBody, with the same promises: number (where it is conserved) and
/// energy are conserved and equilibria are fixed points to round-off whatever horizon and step are, four fast Fourier
/// transforms a time node, with decays too.
///
/// References: H. Spohn, J. Stat. Phys. 124, 1041 (2006); K. Aoki, J. Lukkarinen, H. Spohn, J. Stat. Phys. 124, 1105
/// (2006) for classical waves.
///
/// The object owns its tables and work space: once a reference is set, apply() allocates nothing. One object serves one
/// thread at a time, and uses several inside.
class FourPhonon {
 public:
  /// @param statistics  boson or classical_wave
  /// @throws InvalidArgument if an option is out of range, the statistics are others, a frequency is not positive, or
  ///         the band is flat
  FourPhonon(const LatticeGrid& grid, Statistics statistics, const FourPhononOptions& options = {});
  FourPhonon(FourPhonon&&) noexcept;
  FourPhonon& operator=(FourPhonon&&) noexcept;
  ~FourPhonon();

  [[nodiscard]] const LatticeGrid& space() const noexcept;
  [[nodiscard]] Statistics statistics() const noexcept;

  /// @brief Fixes the equilibrium whose temperature makes the discretisation exact there, as LatticeTwoBody does.
  /// @throws InvalidArgument if its statistics are others, or μ ≠ 0 where number is not conserved
  void set_reference(const Equilibrium& equilibrium);

  /// @brief No fixed reference: it is found from W at every call, by a search that begins here. Near the equilibrium of
  /// a similar state it takes two steps.
  /// @throws InvalidArgument as set_reference()
  void start_search_at(const Equilibrium& guess);

  /// The reference of the last evaluation.
  [[nodiscard]] const Equilibrium& last_reference() const noexcept;

  /// The equilibrium that was set, or the one with the number (where it is conserved) and the energy of W.
  /// @throws NoEquilibrium, RecoverableError as apply()
  [[nodiscard]] Equilibrium reference_for(ConstState W) const;

  /// @brief C = C(W), shapes (n); for a given reference a polynomial of W.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium    if no reference is set and the moments of W have no equilibrium
  /// @throws RecoverableError if W is not finite, or too far from a very cold equilibrium for double precision
  CollisionReport apply(ConstState W, State C);

  /// @brief dC = C'(W)·dW, the exact derivative of apply(), shapes (n).
  ///
  /// Six transforms a time node; four more at the first call for a new W.
  /// @throws as apply()
  void apply_linearised(ConstState W, ConstState dW, State dC);

  /// @brief ν(k) in C = gain − ν W, from the bare operator: the inverse life time of a phonon of momentum k.
  /// @throws as apply()
  void loss_rate(ConstState W, State nu);

  /// Number, where it is conserved, and energy.
  [[nodiscard]] Invariants invariants() const;

  /// @brief A bound of max |C − exact C| from experience: five times the larger difference to the horizons T/√2 and
  /// T/2. Two extra evaluations.
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  /// Whether one phonon can decay into three.
  [[nodiscard]] const Resonance& decay() const noexcept;
  /// Whether that is in: number is not conserved then.
  [[nodiscard]] bool decays() const noexcept;
  /// T [1/energy].
  [[nodiscard]] double horizon() const noexcept;
  /// h [1/energy].
  [[nodiscard]] double time_step() const noexcept;
  /// Number of time nodes; each costs four transforms.
  [[nodiscard]] int time_nodes() const noexcept;

  /// Number of time nodes that an operator of these sizes has, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static int time_nodes(int points, const Dispersion& dispersion, const FourPhononOptions& options = {});

  /// Bytes that an operator of these sizes keeps, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static std::size_t memory(int points, const Dispersion& dispersion,
                                          const FourPhononOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<FourPhonon>);

}  // namespace nordheim
