// SPDX-License-Identifier: GPL-3.0-or-later
// Sites of a periodic box by their indices: signed coordinates, sums and negatives modulo N.
#pragma once

#include <nordheim/wigner/lattice_box.hpp>

#include <array>
#include <cstddef>
#include <span>

namespace nordheim::detail {

/// Sites or other points per axis; 1 for the axes that a dimension below three does not have, which are the first ones.
using Extents = std::array<std::size_t, 3>;

[[nodiscard]] inline Extents extents(int dimension, int points) noexcept {
  Extents n{1, 1, 1};
  for (std::size_t j = static_cast<std::size_t>(3 - dimension); j < 3; ++j) n[j] = static_cast<std::size_t>(points);
  return n;
}

/// Indices of a point along the three axes.
[[nodiscard]] inline Extents indices(std::size_t point, const Extents& n) noexcept {
  return {point / (n[1] * n[2]), point / n[2] % n[1], point % n[2]};
}

[[nodiscard]] inline std::size_t point(const Extents& i, const Extents& n) noexcept {
  return (i[0] * n[1] + i[1]) * n[2] + i[2];
}

/// i or i − N, in (−N/2, N/2].
[[nodiscard]] inline std::ptrdiff_t signed_index(std::size_t i, std::size_t N) noexcept {
  return static_cast<std::ptrdiff_t>(i) - (2 * i > N ? static_cast<std::ptrdiff_t>(N) : 0);
}

/// Site −z modulo N.
[[nodiscard]] inline std::size_t opposite(std::size_t z, const Extents& n) noexcept {
  const Extents i = indices(z, n);
  return point({(n[0] - i[0]) % n[0], (n[1] - i[1]) % n[1], (n[2] - i[2]) % n[2]}, n);
}

/// Sites y + z modulo N for all y.
inline void displace(std::size_t z, const Extents& n, std::span<std::size_t> sums) noexcept {
  const Extents i = indices(z, n);
  std::size_t y = 0;
  for (std::size_t a = 0; a < n[0]; ++a) {
    for (std::size_t b = 0; b < n[1]; ++b) {
      const std::size_t row = ((a + i[0]) % n[0] * n[1] + (b + i[1]) % n[1]) * n[2];
      for (std::size_t c = 0; c < n[2]; ++c) sums[y++] = row + (c + i[2]) % n[2];
    }
  }
}

}  // namespace nordheim::detail
