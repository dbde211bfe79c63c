// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nordheim {

namespace detail {
struct SphericalGridTables;
}

/// Under which rotations about the centre all states are unchanged: all of them, those about the axis e_3, or none.
enum class MomentumSymmetry { none, axial, isotropic };

/// "none", "axial" or "isotropic".
[[nodiscard]] std::string name(MomentumSymmetry symmetry);

/// @throws InvalidArgument if @p word is none of the three names
[[nodiscard]] MomentumSymmetry momentum_symmetry_from_name(std::string_view word);

/// What a SphericalGrid is made of.
struct SphericalGridOptions {
  /// K: functions of degree 2n + l ≤ K represent what the nodes carry; 4 to 256.
  int degree = 16;
  /// Largest angular momentum, 2 to K; K if not given. Meaningless (zero) for isotropic states.
  std::optional<int> lmax{};
  /// a [momentum]: the functions decay as e^{−|k−centre|²/2a²}.
  double scale = 1.0;
  /// [momentum]; along e_3 for axial symmetry, the origin for isotropic states.
  Vector3 centre{};
  MomentumSymmetry symmetry = MomentumSymmetry::none;
};

/// @brief R³ with ω = k²/2 and v = k: a product grid in spherical coordinates about a centre, for functions
/// Σ c_nlm R_nl(|k − centre|/a) Y_lm of degree 2n + l ≤ K.
///
/// Radial nodes a√u_i with the K/2 + 2 nodes u_i of Gauss and Laguerre (α = ½), Legendre nodes in cos ϑ, equidistant φ;
/// the radial index runs fastest, then φ, then ϑ. Weights are for ∫dk (Lebesgue): they contain the inverse of the
/// functions' Gaussian, so sums over the grid are exact for e^{−|k−centre|²/a²} times a polynomial of degree 2K + 4 in
/// |k − centre| and 2 lmax + 2 in the angles.
///
/// With a symmetry one node stands for all that the rotations make of it: for axial symmetry those of a circle about
/// e_3 (momenta() has k_2 = 0 ≤ k_1), for isotropic states those of a sphere (momenta() has k = (0, 0, |k|)). Its
/// velocity is the mean over them, (0, 0, k_3) and 0, so that sums of w v W are the momentum and the current as always.
/// A value type whose tables are shared: copies are cheap, and const use from several threads is safe.
class SphericalGrid {
 public:
  static constexpr int least_degree = 4, largest_degree = 256, least_lmax = 2;

  /// @throws InvalidArgument if an option is out of range or contradicts the symmetry
  explicit SphericalGrid(const SphericalGridOptions& options);

  /// Number of nodes of a grid of these options, without building it.
  /// @throws InvalidArgument as the constructor
  [[nodiscard]] static std::size_t node_count(const SphericalGridOptions& options);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] int dimension() const noexcept { return 3; }
  [[nodiscard]] int degree() const noexcept;
  [[nodiscard]] int lmax() const noexcept;
  /// a [momentum].
  [[nodiscard]] double scale() const noexcept;
  /// [momentum].
  [[nodiscard]] const Vector3& centre() const noexcept;
  [[nodiscard]] MomentumSymmetry symmetry() const noexcept;
  /// Numbers of radii, polar angles and azimuths.
  [[nodiscard]] int radial_points() const noexcept;
  [[nodiscard]] int polar_points() const noexcept;
  [[nodiscard]] int azimuthal_points() const noexcept;

  /// k_a, shape (n, 3), row-major.
  [[nodiscard]] ConstState momenta() const noexcept;
  /// w_a [momentum³], shape (n).
  [[nodiscard]] ConstState weights() const noexcept;
  /// ω_a = k_a²/2, shape (n).
  [[nodiscard]] ConstState energies() const noexcept;
  /// v_a, the mean of k over the momenta that the node stands for, shape (n, 3), row-major.
  [[nodiscard]] ConstState velocities() const noexcept;
  /// k_a as a vector.
  [[nodiscard]] Vector3 momentum(std::size_t node) const;

  /// @brief The function of degree K with the given nodal values, at any k; spectrally accurate for smooth functions
  /// that decay as the grid's Gaussian does. For many k build a SphericalSeries once.
  /// @throws DimensionMismatch
  [[nodiscard]] double interpolate(ConstState W, const Vector3& k) const;

  /// The options that make this grid.
  [[nodiscard]] SphericalGridOptions options() const;

  /// For the operators of this library: the factors of the grid and the transforms.
  [[nodiscard]] const detail::SphericalGridTables& tables() const noexcept { return *tables_; }

 private:
  std::shared_ptr<const detail::SphericalGridTables> tables_;
};

static_assert(InterpolatingMomentumSpace<SphericalGrid>);

}  // namespace nordheim
