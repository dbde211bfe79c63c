// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/collision/energy_constraint.hpp>
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <cstddef>
#include <memory>
#include <optional>

namespace nordheim {

/// How LatticeTwoBody discretises; the defaults need no tuning.
struct LatticeTwoBodyOptions {
  double strength = 1.0;                 ///< Φ, factor of the collision term [energy²], see docs/conventions.md
  TimeWindow window = TimeWindow::flat;  ///< cut-off of the time integral
  std::optional<double> horizon{};       ///< T [1/energy]; by default from points and dispersion
  std::optional<double> time_step{};     ///< h [1/energy]; by default from the bandwidth
  EnergyConstraint energy = EnergyConstraint::projection;
  std::optional<bool> rectangle_correction{};  ///< by default wherever it is known and helps
  std::optional<int> engine_points{};          ///< M ≥ N: evaluate on a finer grid; by default on the grid itself
  int threads = 0;                             ///< 0: all that OpenMP has
};

/// @brief Two-body collisions of lattice bosons (θ = 1), fermions (θ = −1) or classical particles (θ = 0):
///
///     C(W)(k1) = Φ ∫dk2dk3dk4 δ(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)],
///
/// momentum conserved modulo 1 (umklapp included), on the torus in d = 2, 3 (and d = 1 for bands that are not a single
/// cosine). The Boltzmann–Nordheim or Uehling–Uhlenbeck equation for a contact interaction.
///
/// Both delta functions are written as Fourier integrals, which makes C a product of freely propagated fields,
/// integrated over space and time: four fast Fourier transforms a time node instead of N^{3d} products. The time
/// integral is cut off smoothly at the horizon T, which is where the error comes from: O(1/T) in d = 2, O(1/T²) in
/// d = 3, T proportional to the points per direction; the rectangle correction removes the leading part for
/// ω = Σ t_j (1 − cos 2πk_j). Whatever T and h are, number and energy are conserved to round-off and the Bose, Fermi or
/// Maxwell distribution with the number and energy of the state is a fixed point to round-off.
///
/// References: L. W. Nordheim, Proc. R. Soc. A 119, 689 (1928); E. A. Uehling and G. E. Uhlenbeck, Phys. Rev. 43, 552
/// (1933); H. Spohn, Physica D 239, 627 (2010) for the weak-coupling limit on the lattice.
///
/// The object owns its tables and work space: once a reference is set, apply() allocates nothing. One object serves one
/// thread at a time, and uses several inside.
class LatticeTwoBody {
 public:
  /// @throws InvalidArgument if an option is out of range; for d = 1 with a single cosine or a flat band, where the
  ///         operator does not exist or has infinitely many invariants; if a correction is asked for that is not known
  LatticeTwoBody(const LatticeGrid& grid, Statistics statistics, const LatticeTwoBodyOptions& options = {});
  LatticeTwoBody(LatticeTwoBody&&) noexcept;
  LatticeTwoBody& operator=(LatticeTwoBody&&) noexcept;
  ~LatticeTwoBody();

  [[nodiscard]] const LatticeGrid& space() const noexcept;
  [[nodiscard]] Statistics statistics() const noexcept;

  /// @brief Fixes the equilibrium whose temperature makes the discretisation exact there: in a homogeneous run the one
  /// that the initial state relaxes to. Without it, it is found from the moments of W at every call.
  /// @throws InvalidArgument if its statistics are others
  void set_reference(const Equilibrium& equilibrium);

  /// @brief No fixed reference: it is found from W at every call, by a search that begins here. Near the equilibrium of
  /// a similar state it takes two steps.
  /// @throws InvalidArgument as set_reference()
  void start_search_at(const Equilibrium& guess);

  /// The reference of the last evaluation.
  [[nodiscard]] const Equilibrium& last_reference() const noexcept;

  /// @brief C = C(W), shapes (n).
  ///
  /// For a given reference a polynomial of W, evaluated for any finite W, be it negative or, for fermions, above 1.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium    if no reference is set and the moments of W have no equilibrium
  /// @throws RecoverableError if W is not finite, or (with engine_points) not inside (0, ∞) or (0, 1), or too far
  ///                          from a very cold equilibrium for double precision
  CollisionReport apply(ConstState W, State C);

  /// @brief dC = C'(W)·dW, the exact derivative of apply(), shapes (n).
  ///
  /// Six transforms a time node; four more at the first call for a new W.
  /// @throws as apply()
  void apply_linearised(ConstState W, ConstState dW, State dC);

  /// @brief ν(k) in C = gain − ν W, from the bare operator: the inverse mean free time of a particle of momentum k.
  /// @throws as apply()
  void loss_rate(ConstState W, State nu);

  /// Number and energy.
  [[nodiscard]] Invariants invariants() const;

  /// @brief Estimates max |C − exact C| by comparing with a horizon shorter by √2, scaled by the known order of
  /// convergence. One extra evaluation.
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  /// T [1/energy].
  [[nodiscard]] double horizon() const noexcept;
  /// h [1/energy].
  [[nodiscard]] double time_step() const noexcept;
  /// Number of time nodes; each costs four transforms.
  [[nodiscard]] int time_nodes() const noexcept;
  /// M, points per direction of the grid that the transforms run on.
  [[nodiscard]] int engine_points() const noexcept;
  /// Whether the rectangle correction is in.
  [[nodiscard]] bool rectangle_correction() const noexcept;

  /// Number of time nodes that an operator of these sizes has, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static int time_nodes(int points, const Dispersion& dispersion,
                                      const LatticeTwoBodyOptions& options = {});

  /// Bytes that an operator of these sizes keeps, without building it.
  /// @throws InvalidArgument as the constructors of the grid and of the operator
  [[nodiscard]] static std::size_t memory(int points, const Dispersion& dispersion,
                                          const LatticeTwoBodyOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<LatticeTwoBody>);

}  // namespace nordheim
