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

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace nordheim {

/// A cubic spring between all sites y and y + x: α (q_{y+x} − q_y)³/3 in the energy.
struct CubicBond {
  std::array<int, 3> x{};  ///< lattice vector, not zero; −x is the same bond with −α
  double alpha = 0.0;      ///< α [energy^{5/2}], any sign but not zero
  bool operator==(const CubicBond&) const = default;
};

/// How ThreePhonon discretises; the defaults need no tuning.
struct ThreePhononOptions {
  std::vector<CubicBond> bonds;          ///< at least one, each pair ±x once
  TimeWindow window = TimeWindow::flat;  ///< cut-off of the time integral
  std::optional<double> horizon{};       ///< T [1/energy]; by default from points and dispersion
  std::optional<double> time_step{};     ///< h [1/energy]; by default from the dispersion
  EnergyConstraint energy = EnergyConstraint::projection;
  int threads = 0;  ///< 0: all that OpenMP has
};

/// @brief Decay and merging of the phonons of a harmonic lattice with weak cubic springs, H₃ = ⅓ Σ_y Σ_x α(x) (q_{y+x}
/// − q_y)³:
///
///     C(W)(k1) =  4π ∫dk2dk3 |Γ|² δ(k1−k2−k3) δ(ω1−ω2−ω3) [(1+W1)W2W3 − W1(1+W2)(1+W3)]
///              +  8π ∫dk2dk3 |Γ|² δ(k1+k2−k3) δ(ω1+ω2−ω3) [(1+W1)(1+W2)W3 − W1W2(1+W3)],
///     |Γ|² = Π_j (2ω_j)⁻¹ |Σ_x α(x) Π_j (e^{±i2πk_j·x} − 1)|²,
///
/// on the torus, momentum modulo 1; by Fermi's golden rule, the matrix element of k2, k3 → k1 being 2Γ. Energy is
/// conserved, number is not: equilibria are Bose distributions with μ = 0.
///
/// For momenta of sum zero, (e^{ia} − 1)(e^{ib} − 1)(e^{−i(a+b)} − 1) = 2i (sin a + sin b − sin(a+b)): the vertex is a
/// sum of one term for each leg, Σ_x α(x) 2i sin 2πk·x, which in x is the difference Σ_x α(x) [f(y+x) − f(y−x)]. So a
/// time node costs four transforms and some differences of neighbours, whatever the bonds are.
///
/// Modes with e^{i2πk·x} = 1 for every bond, k = 0 among them, take no part: C is zero there, and they are left out of
/// the energy that fixes the equilibrium. A dispersion in which no phonon can decay into two (decay_resonance()) is
/// refused: all that remained would be the error of the time window.
///
/// Reference: H. Spohn, J. Stat. Phys. 124, 1041 (2006).
///
/// The object owns its tables and work space: once a reference is set, apply() allocates nothing. One object serves one
/// thread at a time, and uses several inside.
class ThreePhonon {
 public:
  /// @throws InvalidArgument if an option is out of range, the dispersion has no decay, or a frequency is not positive
  ///         at a mode that takes part
  ThreePhonon(const LatticeGrid& grid, const ThreePhononOptions& options);
  ThreePhonon(ThreePhonon&&) noexcept;
  ThreePhonon& operator=(ThreePhonon&&) noexcept;
  ~ThreePhonon();

  [[nodiscard]] const LatticeGrid& space() const noexcept;
  /// boson
  [[nodiscard]] Statistics statistics() const noexcept;

  /// @brief Fixes the equilibrium whose temperature makes the discretisation exact there.
  /// @throws InvalidArgument if it is not one of bosons with μ = 0
  void set_reference(const Equilibrium& equilibrium);

  /// @brief No fixed reference: it is found from W at every call, by a search that begins here. Near the equilibrium of
  /// a similar state it takes two steps.
  /// @throws InvalidArgument as set_reference()
  void start_search_at(const Equilibrium& guess);

  /// The reference of the last evaluation.
  [[nodiscard]] const Equilibrium& last_reference() const noexcept;

  /// The equilibrium that was set, or the one with the energy of W in the modes that take part.
  /// @throws NoEquilibrium, RecoverableError as apply()
  [[nodiscard]] Equilibrium reference_for(ConstState W) const;

  /// @brief C = C(W), shapes (n); for a given reference a polynomial of W.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium    if no reference is set and the energy of W is not positive
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

  /// Energy.
  [[nodiscard]] Invariants invariants() const;

  /// @brief A bound of max |C − exact C| from experience: five times the larger difference to the horizons T/√2 and
  /// T/2. Two extra evaluations.
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  /// Where one phonon can decay into two.
  [[nodiscard]] const Resonance& resonance() const noexcept;
  /// Modes that take no part, in ascending order.
  [[nodiscard]] const std::vector<std::size_t>& frozen() const noexcept;
  /// T [1/energy].
  [[nodiscard]] double horizon() const noexcept;
  /// h [1/energy].
  [[nodiscard]] double time_step() const noexcept;
  /// Number of time nodes; each costs four transforms.
  [[nodiscard]] int time_nodes() const noexcept;

  /// Number of time nodes that an operator of these sizes has, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static int time_nodes(int points, const Dispersion& dispersion, const ThreePhononOptions& options);

  /// Bytes that an operator of these sizes keeps, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static std::size_t memory(int points, const Dispersion& dispersion, const ThreePhononOptions& options);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<ThreePhonon>);

}  // namespace nordheim
