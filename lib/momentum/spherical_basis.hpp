// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>

namespace nordheim::detail {

/// @brief The functions φ_nlm = R_nl(r) Y_lm of degree 2n + l ≤ degree with l ≤ lmax and |m| ≤ min(l, mmax).
///
/// Y_lm are the real spherical harmonics P̄_lm(cos ϑ) {sin |m|φ/√π (m < 0), 1/√(2π), cos mφ/√π (m > 0)}. Coefficients
/// are in the order [l][m = −min(l, mmax) …][n], the last index running fastest.
struct SphericalBasis {
  int degree = 0;
  int lmax = 0;
  int mmax = 0;

  /// Number of n for one l and m.
  [[nodiscard]] std::size_t radial(int l) const noexcept { return static_cast<std::size_t>((degree - l) / 2) + 1; }
  /// Number of m for one l.
  [[nodiscard]] std::size_t orders(int l) const noexcept { return 2 * static_cast<std::size_t>(std::min(l, mmax)) + 1; }
  /// Where the coefficients of l begin.
  [[nodiscard]] std::size_t offset(int l) const noexcept {
    std::size_t sum = 0;
    for (int j = 0; j < l; ++j) sum += radial(j) * orders(j);
    return sum;
  }
  [[nodiscard]] std::size_t size() const noexcept { return offset(lmax + 1); }
  bool operator==(const SphericalBasis&) const = default;
};

}  // namespace nordheim::detail
