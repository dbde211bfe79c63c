// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <array>
#include <cstddef>
#include <memory>

namespace nordheim {

/// @brief The torus T^d = [−½, ½)^d, d = 1, 2, 3, with N equidistant nodes per direction.
///
/// Nodes k = (i_1, …, i_d)/N modulo 1, in the order of the fast Fourier transform: along each axis 0, 1/N, …, and from
/// the index ⌈N/2⌉ on the negative momenta; the last axis runs fastest. All weights are N^{−d}, so that
/// Σ_a w_a f(k_a) = ∫dk f for every trigonometric polynomial f of degree below N: sums over the grid are spectrally
/// accurate for smooth f. Momentum is conserved modulo 1 (umklapp) without any approximation.
/// A value type whose tables are shared: copies are cheap, and const use from several threads is safe.
class LatticeGrid {
 public:
  /// @param points      N ≥ 2 nodes per direction; products of 2, 3, 5, 7 are fastest, see good_points()
  /// @param dispersion  ω(k), also fixes the dimension
  /// @throws InvalidArgument if N is out of range, the grid has 2³¹ nodes or more, or ω or v is not finite at one
  LatticeGrid(int points, Dispersion dispersion);

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] int dimension() const noexcept;
  /// N, nodes per direction.
  [[nodiscard]] int points() const noexcept;
  [[nodiscard]] const Dispersion& dispersion() const noexcept;

  /// k_a, shape (n, d), row-major, dimensionless, each in [−½, ½).
  [[nodiscard]] ConstState momenta() const noexcept;
  /// w_a = N^{−d}, shape (n).
  [[nodiscard]] ConstState weights() const noexcept;
  /// ω_a [energy], shape (n).
  [[nodiscard]] ConstState energies() const noexcept;
  /// v_a = (2π)⁻¹∇ω [sites/time], shape (n, d), row-major.
  [[nodiscard]] ConstState velocities() const noexcept;

  /// k_a as a vector.
  [[nodiscard]] Vector3 momentum(std::size_t node) const;
  /// Node of the index (i_1, …, i_d), each taken modulo N.
  [[nodiscard]] std::size_t node(const std::array<int, 3>& index) const noexcept;

  /// @brief The trigonometric interpolant of nodal values at any k; spectrally accurate for smooth functions.
  ///
  /// One FFT and O(n) work; for many k build a FourierSeries once.
  /// @throws DimensionMismatch
  [[nodiscard]] double interpolate(ConstState W, const Vector3& k) const;

  /// The same torus and dispersion with another number of nodes per direction.
  [[nodiscard]] LatticeGrid resampled(int points) const { return {points, dispersion()}; }

  /// Smallest even product of 2, 3, 5 and 7 that is not below @p points: fast transforms, all corrections available.
  /// @throws InvalidArgument if @p points is above 2³⁰
  [[nodiscard]] static int good_points(int points);

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

static_assert(InterpolatingMomentumSpace<LatticeGrid>);

}  // namespace nordheim
