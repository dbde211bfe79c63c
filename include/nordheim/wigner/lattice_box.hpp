// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace nordheim {

/// @brief The periodic box Z_N^d of lattice sites, d = 1, 2, 3.
///
/// Sites x = (x_1, …, x_d), 0 ≤ x_j < N, the last axis running fastest. Its momenta k ∈ Z_N^d/N are the nodes of
/// LatticeGrid with N points per direction, in the same order.
class LatticeBox {
 public:
  /// @param dimension  d = 1, 2 or 3
  /// @param points     N ≥ 2 sites per axis, odd or even
  /// @throws InvalidArgument if one is out of range or the box has 2³¹ sites or more
  LatticeBox(int dimension, int points);

  [[nodiscard]] int dimension() const noexcept { return dimension_; }
  /// N, sites per axis.
  [[nodiscard]] int points() const noexcept { return points_; }
  /// N^d, the number of sites and of momenta.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  [[nodiscard]] bool operator==(const LatticeBox&) const noexcept = default;

 private:
  int dimension_;
  int points_;
  std::size_t size_;
};

}  // namespace nordheim
