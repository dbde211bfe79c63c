// SPDX-License-Identifier: GPL-3.0-or-later
// One sweep over the slabs of a lattice that makes the products of cubic springs at one time.
#pragma once

#include "collision/space_time_engine.hpp"
#include "collision/spring_differences.hpp"
#include "collision/wave_products.hpp"

#include <cstddef>
#include <type_traits>
#include <vector>

namespace nordheim::detail {

/// @brief From fields R and P at one time the products X and Y of SpringProducts, in their place; or, from R, P and
/// their changes, the changes of X and Y.
///
/// With u = R, v = P̄ and V = Ȳ, X = Z[u, u + 2v] and V = Z[v, v + 2u] are made in three steps a row,
///
///     X0 = u(u + 2v),   X1 = T X0 − 2[T(u)(u + 2v) + u T(u + 2v)],   X = −(T X1 + T²(u)(u + 2v) + …),
///
/// each of which follows the one before as soon as bonds allow it: what it needs is still in the cache.
/// @tparam Value  Wave, or VariedWave for changes
template <class Value>
class SpringSweep {
 public:
  static constexpr std::size_t inputs = std::is_same_v<Value, Wave> ? 2 : 4;

  SpringSweep(int dimension, int points, const std::vector<CubicBond>& bonds);

  /// Columns to be taken at a time.
  [[nodiscard]] std::size_t group() const noexcept { return group_ * differences_.rows(); }
  void operator()(const SpaceTimeEngine::Columns& columns);

  /// Bytes that it keeps.
  [[nodiscard]] static std::size_t memory(int dimension, int points, const std::vector<CubicBond>& bonds);

 private:
  /// u, v and X0 of slab t.
  void begin(std::size_t t, std::size_t r) noexcept;
  /// T of u and v, and X1.
  void differentiate(std::size_t t, std::size_t r) noexcept;
  /// X and Y.
  void finish(std::size_t t, std::size_t r) noexcept;
  /// Where the columns of slab t are.
  [[nodiscard]] std::size_t place_of_columns(std::size_t t) const noexcept;

  SpringDifferences differences_;
  std::size_t group_;                    // slabs that are taken at a time
  std::size_t kept_;                     // slabs that the end of a sweep needs again
  AlignedArray<double> zeroth_, first_;  // rings: u, v, X0, V0, and T u, T v, X1, V1
  AlignedArray<double> second_;          // a row: T of the latter
  std::vector<AlignedArray<Complex>> columns_, products_;
};

}  // namespace nordheim::detail
