// SPDX-License-Identifier: GPL-3.0-or-later
// Fourier transforms of lattice functions that are even or odd in every coordinate.
#pragma once

#include <cstddef>
#include <vector>

namespace nordheim::detail {

enum class Reflection { even, odd };

/// @brief Along one axis of M nodes, H = M/2 and f even or odd in k,
///
///     F(x) = Σ_{k=0}^{M−1} e^{i2πkx/M} f(k),     g(k) = Σ_{x=0}^{M−1} e^{−i2πkx/M} q(x),
///
/// from the values at 0 … H to those: sums of 2 cos(πkx/H) f, and of 2 sin(πkx/H) f without the factors i, whose
/// product is 1 there and back.
///
/// As products with dense matrices: at the sizes of interest, tens to hundreds of nodes, they run at several times the
/// speed of fast cosine transforms. A second reflection, k → H − k, halves the matrices: even x see f(k) ± f(H − k),
/// odd x the difference. x is kept in that order, 0, 2, … H, 1, 3, … H − 1.
class ReflectionTransform {
 public:
  /// Room for one call at a time.
  class Scratch {
   public:
    explicit Scratch(const ReflectionTransform& transform);

   private:
    friend class ReflectionTransform;
    std::vector<double> even_, odd_;
  };

  /// @param points  M, a multiple of 4
  explicit ReflectionTransform(int points);

  /// H + 1.
  [[nodiscard]] std::size_t side() const noexcept { return side_; }
  /// From k to x, in place, along the middle one of the axes (outer, side, inner).
  void to_space(Reflection parity, std::size_t outer, std::size_t inner, double* f, Scratch& scratch) const noexcept;
  /// From x to k.
  void to_momentum(Reflection parity, std::size_t outer, std::size_t inner, double* f, Scratch& scratch) const noexcept;

 private:
  /// The matrices of one parity, from functions of k ≤ H/2 to even and odd x and back; row-major.
  struct Tables {
    std::vector<double> space_even, space_odd, momentum_even, momentum_odd;
    // Transposed, for the last axis.
    std::vector<double> space_even_t, space_odd_t, momentum_even_t, momentum_odd_t;
  };
  [[nodiscard]] Tables make_tables(Reflection parity) const;
  [[nodiscard]] const Tables& tables(Reflection parity) const noexcept {
    return parity == Reflection::even ? cosine_ : sine_;
  }

  std::size_t side_, evens_, odds_;  // of x
  Tables cosine_, sine_;
};

}  // namespace nordheim::detail
