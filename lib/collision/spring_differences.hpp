// SPDX-License-Identifier: GPL-3.0-or-later
// Differences of neighbours along bonds, of slabs of lattice fields that lie as vector instructions want them.
#pragma once

#include <nordheim/collision/three_phonon.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief T f(y) = Σ_x α(x) [f(y+x) − f(y−x)], row by row, of several fields at once.
///
/// The lattice is cut into slabs of rows, which lie along the first axis: the columns of SpaceTimeEngine. In three
/// dimensions slabs are cut along the second axis, in two they are single rows, in one there is one slab. A row holds
/// one field after the other, of each the real parts and then the imaginary ones, at the distance part(); each part has
/// a halo, the periodic continuation on both sides, as far as bonds reach along the row. A ring holds the last rows of
/// a sweep over the slabs, as many as differences of neighbours need and no more, so that they stay in the cache.
class SpringDifferences {
 public:
  SpringDifferences(int dimension, int points, const std::vector<CubicBond>& bonds, std::size_t fields);

  [[nodiscard]] std::size_t slabs() const noexcept { return slabs_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t row() const noexcept { return row_; }
  [[nodiscard]] std::size_t part() const noexcept { return part_; }
  /// Slabs that a bond reaches over, at most half of all.
  [[nodiscard]] std::size_t reach() const noexcept { return reach_; }
  /// Numbers of a ring.
  [[nodiscard]] std::size_t ring_size() const noexcept { return 2 * lead_ + ring_ * distance_; }
  /// Numbers of a row that operator() writes.
  [[nodiscard]] std::size_t row_size() const noexcept { return (2 * fields_ - 1) * part_ + row_; }
  /// Rows of slab t that have to be there before T of the same rows of slab t − reach() can be taken: 1 or all.
  [[nodiscard]] std::size_t rows_at_a_time() const noexcept { return straight_ ? 1 : rows_; }

  /// Where row r of slab t is: the number of a row of the ring, and of its first number.
  [[nodiscard]] std::size_t row_of_ring(std::size_t t, std::size_t r) const noexcept { return (t * rows_ + r) % ring_; }
  [[nodiscard]] std::size_t place(std::size_t row_of_ring) const noexcept { return lead_ + row_of_ring * distance_; }
  /// T of row r of a slab.
  void operator()(const double* ring, std::size_t row_of_ring, std::size_t r, double* out) const noexcept;
  /// Continues a row periodically.
  void fill_halo(double* row) const noexcept {
    const double* const end = row + distance_;
    for (std::size_t i = 0; i < halo_; ++i) {
      for (double* part = row + i; part < end; part += part_) {
        part[row_] = part[0];
        *(part - halo_) = part[row_ - halo_];
      }
    }
  }

 private:
  struct Bond {
    std::array<std::ptrdiff_t, 3> x;  // along slabs, rows, and in a row; from −N/2 to N/2
    double alpha;
  };
  template <std::size_t count, bool add>
  void add_bonds(const Bond* bonds, const double* ring, std::size_t row_of_ring, std::size_t r,
                 double* out) const noexcept;

  std::size_t slabs_, rows_, row_, fields_;
  std::size_t reach_ = 0, halo_ = 0;
  bool straight_ = true;                            // no bond that reaches furthest over slabs goes across rows as well
  std::size_t lead_ = 0, part_ = 0, distance_ = 0;  // numbers before the first row, of a part, of a row
  std::size_t ring_ = 0;                            // rows
  std::vector<Bond> bonds_;
};

}  // namespace nordheim::detail
