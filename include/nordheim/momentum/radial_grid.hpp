// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nordheim {

/// @brief R³ with ω = k²/2 and v = k in elements of |k|: for functions that are smooth inside shells of given radii and
/// not across them, isotropic (lmax = 0) or symmetric about e_3 with angular momenta up to lmax.
///
/// Every element has the same number of nodes, those of Gauss and Legendre in a coordinate u ∈ [0, 1] of its own; with
/// lmax > 0 there are lmax + 1 nodes of Gauss and Legendre in cos ϑ. The radial index runs fastest. Weights are for
/// ∫dk (Lebesgue). A node stands for all that the rotations make of it: momenta() has k_2 = 0 ≤ k_1, for isotropic
/// states k = (0, 0, |k|); its velocity is the mean over them, (0, 0, k_3) or 0.
/// A value type whose tables are shared: copies are cheap, and const use from several threads is safe.
class RadialGrid {
 public:
  static constexpr int most_order = 64, most_lmax = 64;
  static constexpr std::size_t most_nodes = 1U << 24U;

  /// @brief Elements between consecutive radii, u linear in |k|.
  /// @param boundaries  [momentum], increasing from 0
  /// @param order       nodes of an element, 2 to 64
  /// @throws InvalidArgument if a number is out of range
  [[nodiscard]] static RadialGrid elements(std::vector<double> boundaries, int order, int lmax = 0);

  /// @brief Elements of equal width ω0 in energy, ω = ω0 (m + u²) in the element m: nodes of the same u in all of them
  /// form a ladder of spacing ω0. Square roots of ω − mω0 are smooth functions of u.
  /// @param spacing  ω0 [energy]
  /// @param rungs    number of elements, at least 2
  /// @throws InvalidArgument if a number is out of range
  [[nodiscard]] static RadialGrid ladders(double spacing, int rungs, int order, int lmax = 0);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] int dimension() const noexcept { return 3; }
  [[nodiscard]] int lmax() const noexcept;
  /// Nodes of an element.
  [[nodiscard]] int order() const noexcept;
  [[nodiscard]] std::size_t element_count() const noexcept;
  /// Numbers of radii and polar angles.
  [[nodiscard]] std::size_t radial_points() const noexcept;
  [[nodiscard]] int polar_points() const noexcept;
  /// Radii between the elements, shape (element_count() + 1) [momentum].
  [[nodiscard]] ConstState boundaries() const noexcept;
  /// ω0 if the nodes form ladders.
  [[nodiscard]] std::optional<double> spacing() const noexcept;
  /// The nodes of an element in its coordinate u, shape (order).
  [[nodiscard]] ConstState element_nodes() const noexcept;

  /// |k| [momentum], shape (radial_points()), increasing.
  [[nodiscard]] ConstState radii() const noexcept;
  /// Weights of ∫dk over |k| without the factor k² [momentum], shape (radial_points()).
  [[nodiscard]] ConstState radial_weights() const noexcept;
  /// cos ϑ and its weights for ∫_{−1}^{1}, shape (polar_points()).
  [[nodiscard]] ConstState cosines() const noexcept;
  [[nodiscard]] ConstState polar_weights() const noexcept;

  /// k_a, shape (n, 3), row-major.
  [[nodiscard]] ConstState momenta() const noexcept;
  /// w_a [momentum³], shape (n).
  [[nodiscard]] ConstState weights() const noexcept;
  /// ω_a = k_a²/2, shape (n).
  [[nodiscard]] ConstState energies() const noexcept;
  /// v_a, shape (n, 3), row-major.
  [[nodiscard]] ConstState velocities() const noexcept;
  /// k_a as a vector.
  [[nodiscard]] Vector3 momentum(std::size_t node) const;

  /// Values at the nodes of one element of the polynomials in u that are 1 at one node and 0 at the others.
  /// @param values  shape (order)
  void element_functions(double u, State values) const;

  /// @brief The function with the given nodal values: in each element the polynomial in u, in the angle the sum of
  /// Legendre polynomials up to lmax; 0 beyond the last element.
  /// @throws DimensionMismatch
  [[nodiscard]] double interpolate(ConstState W, const Vector3& k) const;

 private:
  struct Tables;
  explicit RadialGrid(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

static_assert(InterpolatingMomentumSpace<RadialGrid>);

}  // namespace nordheim
