// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/moving_equilibrium.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <cstddef>
#include <functional>
#include <memory>

namespace nordheim {

/// How SphericalTwoBody discretises; the defaults need no tuning.
struct SphericalTwoBodyOptions {
  double strength = 1.0;  ///< Φ, factor of the collision term, see docs/conventions.md
  /// V̂(q) of the momentum transfer q = |k3 − k1| ≥ 0, Φ = strength V̂(q)²; empty: contact, Φ = strength. The cross
  /// term of exchange, 2θ V̂(|k3−k1|) V̂(|k4−k1|), is not part of it: it does not have the form of this method, so only
  /// distinguishable particles, or interactions without exchange, are described; IsotropicTwoBody has it.
  std::function<double(double)> potential{};
  int extra_degree = 6;          ///< G is computed up to degree K + extra_degree; at least 2
  bool conserve_exactly = true;  ///< take away what is left of number, momentum and energy
  int threads = 0;               ///< 0: all that OpenMP has
};

/// @brief Two-body collisions in R³ of bosons (θ = 1), fermions (θ = −1) or classical particles (θ = 0), ω = k²/2:
///
///     C(W)(k1) = ∫dk2dk3dk4 Φ δ³(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)].
///
/// With x(k) = β(|k−u|²/2 − μ) the exponent of a reference equilibrium, P = (1+θW)e^{−x/2} and R = We^{x/2},
///
///     C = P G[P; R, R] − R G[R; P, P],
///     G[f2; f3, f4](k1) = ∫dk2dk3dk4 Φ δ³(…) δ(…) f2 f3 f4,
///
/// where P = R at the equilibrium, so that C vanishes there identically. P and R are expanded in functions of degree
/// K of the grid; the lens transform makes G, of these, a finite sum without any further approximation
/// (docs/collision.md). What the expansion leaves of number, momentum and energy is taken away along W(1+θW).
///
/// Cost: O(K⁵) operations; see docs/benchmarks.md. Error: exp(−cK^{2/3}), geometric for entire P and R, slow for bosons
/// of high fugacity. References: L. W. Nordheim, Proc. R. Soc. A 119, 689 (1928); E. A. Uehling and G. E. Uhlenbeck,
/// Phys. Rev. 43, 552 (1933); H. Spohn, "Kinetic equations for quantum many-particle systems", eqs. (4.5), (4.6).
///
/// The object owns its tables and work space: once a reference is set, apply() allocates nothing but
/// at its first call. One object serves one
/// thread at a time, and uses several inside.
class SphericalTwoBody {
 public:
  /// @throws InvalidArgument if an option is out of range or the potential is not finite
  SphericalTwoBody(SphericalGrid grid, Statistics statistics, SphericalTwoBodyOptions options = {});
  SphericalTwoBody(SphericalTwoBody&&) noexcept;
  SphericalTwoBody& operator=(SphericalTwoBody&&) noexcept;
  ~SphericalTwoBody();

  [[nodiscard]] const SphericalGrid& space() const noexcept;
  [[nodiscard]] Statistics statistics() const noexcept;

  /// @brief The equilibrium with the number, momentum and energy of W on the nodes, after a check that R = We^{x/2}
  /// decays: in every direction the tail of W must be colder than twice the equilibrium.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium    if the moments of W have no equilibrium (bosons: above the critical number)
  /// @throws InvalidArgument  if W is not finite, if its tail is too hot, if the grid ends before it or has functions
  /// of
  ///                          quite another width, and beyond μ/T = 60, where double precision ends
  [[nodiscard]] MovingEquilibrium equilibrium_of(ConstState W) const;

  /// @brief Fixes the reference: in a homogeneous run, the equilibrium of the initial state. Without it, it is found
  /// from W at every call.
  /// @throws InvalidArgument if its statistics are others
  void set_reference(const MovingEquilibrium& equilibrium);

  /// @brief No fixed reference: it is found from W at every call, by a search that begins here. Near the equilibrium of
  /// a similar state it takes two steps.
  /// @throws InvalidArgument as set_reference()
  void start_search_at(const MovingEquilibrium& guess);

  /// The reference of the last evaluation.
  [[nodiscard]] const MovingEquilibrium& last_reference() const noexcept;

  /// @brief C = C(W), shapes (n).
  ///
  /// For a given reference a polynomial of W, evaluated for any finite W.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium, InvalidArgument  as equilibrium_of(), if no reference is set
  /// @throws RecoverableError                if W is not finite
  CollisionReport apply(ConstState W, State C);

  /// @brief C at any k from the value of W there, with what the last apply() knows: without an interpolation of C.
  /// Errors between the nodes may be ten times larger than at them.
  /// @throws InvalidArgument if there was no apply()
  [[nodiscard]] double value_at(const Vector3& k, double W) const;

  /// @brief dC = C'(W)·dW at the reference, the exact derivative of apply() if one is set, shapes (n).
  /// @throws as apply()
  void apply_linearised(ConstState W, ConstState dW, State dC);

  /// @brief ν(k) in C = gain − ν W, from the bare operator: the inverse mean free time of a particle of momentum k.
  /// @throws as apply()
  void loss_rate(ConstState W, State nu);

  /// Number, the components of the momentum that the symmetry of the grid leaves, and energy.
  [[nodiscard]] Invariants invariants() const;

  /// @brief Estimates max |C − exact C|, at the nodes and between them, by comparing with the degrees K − 4 and K − 8
  /// on the same nodes, and with 3K/2 (K + 8) on more, where W is interpolated. Tables of its own at the first call,
  /// then the cost of some ten evaluations.
  /// @return relative = 1 where nothing is known of C
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  /// @brief The same for a state that is known between its nodes as well, where kinks hide from them: `occupation` is
  /// evaluated at the nodes of degree 3K/2.
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W, const std::function<double(const Vector3&)>& occupation);

  /// Number of angles of the lens transform that are summed over.
  [[nodiscard]] std::size_t angles() const noexcept;

  /// Bytes that an operator of these sizes keeps, that of the error estimate included, without building it.
  [[nodiscard]] static std::size_t memory(const SphericalGridOptions& grid,
                                          const SphericalTwoBodyOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<SphericalTwoBody>);

}  // namespace nordheim
