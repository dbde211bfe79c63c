// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <cstddef>
#include <functional>
#include <memory>

namespace nordheim {

/// Whether particles that collide are told apart.
enum class Exchange {
  /// Identical particles: Φ = strength |V̂(|k1−k3|) + θ V̂(|k2−k3|)|².
  full,
  /// Particles of two kinds with the same W, such as two spin components: Φ = strength |V̂(|k1−k3|)|².
  none
};

/// What IsotropicTwoBody computes.
struct IsotropicTwoBodyOptions {
  double strength = 1.0;  ///< factor of the collision term, see docs/conventions.md
  /// V̂(q) for q ≥ 0 [momentum], real; without one the interaction is a contact, Φ = strength.
  std::function<double(double)> potential{};
  Exchange exchange = Exchange::full;  ///< of the potential; no matter for classical particles and for a contact
  int threads = 0;                     ///< 0: all that OpenMP has
};

/// @brief Two-body collisions of isotropic states in R³, ω = k²/2, for any pair potential, with exchange:
///
///     C(W)(k1) = ∫dk2dk3dk4 δ³(k1+k2−k3−k4) δ(ω1+ω2−ω3−ω4) Φ [W3W4(1+θW1)(1+θW2) − W1W2(1+θW3)(1+θW4)]
///              = 8π² ∬dω3dω4 (min(k1 … k4)/k1) Φ̄ […],      ω2 = ω3 + ω4 − ω1 ≥ 0,
///
/// Φ̄ the mean of Φ over all directions of four momenta of the given lengths: the mean exists because W does not depend
/// on directions, which is why anisotropic grids are refused. As in all two-body operators here, gain and loss are
/// P1P2R3R4 and R1R2P3P4 with P = (1+θW)e^{−x/2}, R = We^{x/2}, x = β(ω−μ) of a reference equilibrium. Off the nodes P
/// and R are series of degree K in the functions of the grid, so that the double integral becomes a table with four
/// indices, built once; apply() only sums. The energy and number that the truncated series miss are reported, and
/// corrected along W(1+θW): both are conserved to round-off, and the equilibrium of the discrete moments is a fixed
/// point to round-off.
///
/// The error falls geometrically with K for entire W (sums of Gaussians), like e^{−cK^{2/3}} for Fermi and Bose
/// functions, slower as bosons near condensation. The scale a of the grid matters, see docs/momentum.md.
///
/// The object owns its table, of about K⁴/32 numbers, and its work space: once a reference is set, apply() allocates
/// nothing. One object serves one thread at a time.
///
/// References: L. W. Nordheim, Proc. R. Soc. A 119, 689 (1928); D. V. Semikoz and I. I. Tkachev, Phys. Rev. D 55, 489
/// (1997) for the reduction at constant Φ.
class IsotropicTwoBody {
 public:
  /// @throws InvalidArgument if the grid is not isotropic or of degree above 128, if an option is out of range, or if
  ///         the potential is not finite or vanishes
  IsotropicTwoBody(SphericalGrid grid, Statistics statistics, IsotropicTwoBodyOptions options = {});
  IsotropicTwoBody(IsotropicTwoBody&&) noexcept;
  IsotropicTwoBody& operator=(IsotropicTwoBody&&) noexcept;
  ~IsotropicTwoBody();

  [[nodiscard]] const SphericalGrid& space() const noexcept;
  [[nodiscard]] Statistics statistics() const noexcept;

  /// @brief The equilibrium with the number and energy of W on the nodes, after a check that R = We^{x/2} decays: the
  /// tail of W must be colder than twice the equilibrium.
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium    if the moments of W have no equilibrium (bosons: above the critical number)
  /// @throws InvalidArgument  if W is not finite, if its tail is too hot, if the grid ends before it or has functions
  /// of
  ///                          quite another width, and beyond μ/T = 60, where double precision ends
  [[nodiscard]] Equilibrium equilibrium_of(ConstState W) const;

  /// @brief Fixes the equilibrium whose temperature symmetrises gain and loss: in a homogeneous run the one that the
  /// initial state relaxes to. Without it, it is found from the moments of W at every call.
  /// @throws InvalidArgument if its statistics are others
  void set_reference(const Equilibrium& equilibrium);

  /// @brief C = C(W), shapes (n).
  /// @throws DimensionMismatch
  /// @throws NoEquilibrium, InvalidArgument  as equilibrium_of(), if no reference is set
  /// @throws RecoverableError if W is not finite
  CollisionReport apply(ConstState W, State C);

  /// @brief dC = C'(W)·dW, the exact derivative of apply(), with the motion of the reference where none is set.
  /// @throws as apply()
  void apply_linearised(ConstState W, ConstState dW, State dC);

  /// @brief ν(k) in C = gain − ν W, from the bare operator: the inverse mean free time of a particle of momentum k.
  /// @throws as apply()
  void loss_rate(ConstState W, State nu);

  /// Number and energy.
  [[nodiscard]] Invariants invariants() const;

  /// @brief Estimates max |C − exact C| over the nodes: the largest change of C when the series of P and R lose their
  /// highest terms, and the uncertainty of the table.
  /// @throws as apply()
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  /// Bytes that an operator on a grid of this degree keeps.
  [[nodiscard]] static std::size_t memory(int degree) noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<IsotropicTwoBody>);

}  // namespace nordheim
