// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace nordheim {

/// A reflection k_j → −k_j of the axes j whose bit is set; 0 is the identity.
using AxisFlip = unsigned;

/// k with the axes of @p flip reflected.
[[nodiscard]] constexpr Vector3 reflected(const Vector3& k, AxisFlip flip) noexcept {
  return {(flip & 1U) != 0 ? -k[0] : k[0], (flip & 2U) != 0 ? -k[1] : k[1], (flip & 4U) != 0 ? -k[2] : k[2]};
}

/// k with its first component and that of @p axis exchanged: these generate all permutations of the axes.
[[nodiscard]] constexpr Vector3 exchanged(Vector3 k, std::size_t axis) noexcept {
  const double first = k[0];
  k[0] = k[axis];
  k[axis] = first;
  return k;
}

/// How EnergyShell discretises; the defaults need no tuning.
struct EnergyShellOptions {
  int order = 10;  ///< Gauss points per dimension and cell, 1 to 64
  int depth = 60;  ///< bisections until a cell is given up and counted as a fallback, 1 to 100
  /// Reflections that leave ω unchanged, declared (those that generate the others are enough; none: only the identity);
  /// by default all are found. They are checked.
  std::optional<std::vector<AxisFlip>> reflections{};
  /// Energies at which the shell is singular, if known, from van_hove_energies(); else they are searched.
  std::optional<std::vector<double>> van_hove{};
};

/// @brief The energy shell {k : ω(k) = E} of a band on the torus T^d, d = 1, 2, 3, with nodes on it and positive
/// weights:
///
///     Σ_a w_a f(k_a) ≈ ∫dk δ(ω(k) − E) f(k),      Σ_a w_a ≈ ρ(E), the density of states [1/energy].
///
/// Recursive dimension reduction (R. I. Saye, SIAM J. Sci. Comput. 37, A993 (2015)): a box on which one component of
/// ∇ω certainly has no zero is a graph over its face; the face is cut where the graph leaves the box, and so on down to
/// roots in one dimension, with Gauss rules between; other boxes are bisected, at an irrational ratio so that faces do
/// not touch the shell along symmetry planes. All certificates come from SmoothFunction::bounds. The error falls
/// geometrically with the order.
///
/// Where ω = √g with a smooth g, the shell is that of g = E², which has no kinks.
///
/// The reflections of axes that leave ω unchanged are used: nodes are made in a fundamental part of the torus and
/// reflected. Node a = g·m + i is node i of the fundamental part under the g-th reflection: weights are the same and
/// components of k and v have the same sizes, bit by bit, so that Σ w v = 0 exactly (see mean_velocity()) along axes
/// that a reflection reverses. The fundamental part is k_p ∈ (0, ½) for axes p whose signs the group changes
/// independently: p is taken, in order, if some reflection reverses it and none of those before (for inversion alone,
/// the first axis). A value type whose tables are shared.
class EnergyShell {
 public:
  /// @throws InvalidArgument if the dispersion has no formula; if E is outside the band, or within 10⁻⁸ bandwidths of a
  ///         van Hove energy, where no quadrature resolves the shell; if an option is out of range, a declared
  ///         reflection does not leave ω unchanged, or the band has flat pieces
  EnergyShell(const Dispersion& dispersion, double energy, const EnergyShellOptions& options = {});

  /// @brief The sphere |k| = K in R³ of an isotropic ω(|k|): ∫dk δ(ω − E) f = K²/|ω'(K)| ∫dΩ f.
  ///
  /// Gauss–Legendre in cos ϑ times equidistant points in φ: exact for spherical harmonics up to degree 2·@p degree + 1.
  /// Symmetric under all reflections.
  /// @param radius    K > 0
  /// @param energy    E = ω(K)
  /// @param velocity  ω'(K), not zero
  /// @param degree    1 to 1000
  /// @throws InvalidArgument if a number is out of range
  [[nodiscard]] static EnergyShell sphere(double radius, double energy, double velocity, int degree);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] int dimension() const noexcept;
  /// Whether the shell lies on the torus; a sphere lies in R³.
  [[nodiscard]] bool on_lattice() const noexcept;
  [[nodiscard]] double energy() const noexcept;
  /// k_a, shape (n, d), row-major; on the torus each in [−½, ½).
  [[nodiscard]] ConstState momenta() const noexcept;
  /// w_a > 0 [1/energy], shape (n).
  [[nodiscard]] ConstState weights() const noexcept;
  /// E at every node, shape (n).
  [[nodiscard]] ConstState energies() const noexcept;
  /// v_a, shape (n, d), row-major.
  [[nodiscard]] ConstState velocities() const noexcept;
  [[nodiscard]] Vector3 momentum(std::size_t node) const;

  /// The reflections under which the nodes are symmetric: a group; the first is the identity.
  [[nodiscard]] const std::vector<AxisFlip>& reflections() const noexcept;
  /// Whether the shell is unchanged when any two axes are exchanged; the nodes need not be.
  [[nodiscard]] bool axes_equivalent() const noexcept;
  /// m = size() / reflections().size().
  [[nodiscard]] std::size_t fundamental_size() const noexcept;

  /// Σ_a w_a = ρ(E) [1/energy].
  [[nodiscard]] double density_of_states() const noexcept;
  /// @brief Σ_a w_a v_a / ρ, summed so that it is exactly zero along axes that a reflection reverses.
  ///
  /// Along others it vanishes only to the error of the quadrature, of which it is a measure (∫dk δ(ω − E) v = 0 for
  /// every band, by the divergence theorem). Where (−C)⁻¹v is wanted, subtract it: the velocities are not changed.
  [[nodiscard]] Vector3 mean_velocity() const noexcept;
  /// Cells that were given up at the largest depth: 0, or the result is limited by them, as what they hold is missing.
  [[nodiscard]] std::size_t fallback_cells() const noexcept;
  /// Cells of the fundamental part on which the shell is a graph; on a sphere 1.
  [[nodiscard]] std::size_t cells() const noexcept;
  /// Gauss points per dimension (on a sphere: the degree).
  [[nodiscard]] int order() const noexcept;

  /// @brief The distance, in bandwidths, to van Hove energies below which a shell is refused.
  static constexpr double closest_van_hove = 1e-8;

 private:
  struct Tables;
  explicit EnergyShell(std::shared_ptr<const Tables> tables);
  std::shared_ptr<const Tables> tables_;
};

static_assert(MomentumSpace<EnergyShell>);

}  // namespace nordheim
