// SPDX-License-Identifier: GPL-3.0-or-later
// The local products of the two-body collision term, for SpaceTimeEngine and LensEngine.
//
// A potential acts between the pairs (2, 4) and (1, 3): the product is then made in two steps, `pair` for the densities
// of the one pair, which the potential is applied to, and `combine` for their products with the field of the other.
#pragma once

#include "momentum/complex_product.hpp"
#include "momentum/fft.hpp"

#include <array>
#include <cstddef>

namespace nordheim::detail {

/// From (R, P): X = P̄R² and Y = R̄P². With q = RP̄ that is X = qR, Y = q̄P.
struct TwoBodyProduct {
  static constexpr std::size_t inputs = 2;
  static constexpr std::size_t outputs = 2;
  static void multiply(std::size_t n, const std::array<Complex*, inputs>& F) noexcept {
    double* __restrict R = reinterpret_cast<double*>(F[0]);
    double* __restrict P = reinterpret_cast<double*>(F[1]);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      const double r = R[2 * a], ri = R[2 * a + 1], p = P[2 * a], pi = P[2 * a + 1];
      const double q = r * p + ri * pi, qi = ri * p - r * pi;
      R[2 * a] = q * r - qi * ri;
      R[2 * a + 1] = q * ri + qi * r;
      P[2 * a] = q * p + qi * pi;
      P[2 * a + 1] = q * pi - qi * p;
    }
  }

  /// Of |P S_X| and |R S_Y|, in fields up to P and R.
  static constexpr double largest(double P, double R) noexcept { return P * R * P * R; }

  static constexpr std::size_t densities = 1;
  /// q = RP̄.
  static void pair(std::size_t n, const std::array<Complex*, inputs>& F,
                   const std::array<Complex*, densities>& q) noexcept {
    for (std::size_t a = 0; a < n; ++a) q[0][a] = product_with_conjugate(F[0][a], F[1][a]);
  }
  /// X = qR and Y = q̄P, in place of (R, P).
  static void combine(std::size_t n, const std::array<Complex*, densities>& q,
                      const std::array<Complex*, inputs>& F) noexcept {
    for (std::size_t a = 0; a < n; ++a) {
      F[0][a] = product(q[0][a], F[0][a]);
      F[1][a] = product_with_conjugate(F[1][a], q[0][a]);
    }
  }
};

/// From (R, P, dR, dP): dX = dP̄R² + 2P̄R dR and dY = dR̄P² + 2R̄P dP, the derivatives of TwoBodyProduct.
struct TwoBodyDerivative {
  static constexpr std::size_t inputs = 4;
  static constexpr std::size_t outputs = 2;
  static void multiply(std::size_t n, const std::array<Complex*, inputs>& F) noexcept {
    double* __restrict R = reinterpret_cast<double*>(F[0]);
    double* __restrict P = reinterpret_cast<double*>(F[1]);
    const double* __restrict dR = reinterpret_cast<const double*>(F[2]);
    const double* __restrict dP = reinterpret_cast<const double*>(F[3]);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      const double r = R[2 * a], ri = R[2 * a + 1], p = P[2 * a], pi = P[2 * a + 1];
      const double dr = dR[2 * a], dri = dR[2 * a + 1], dp = dP[2 * a], dpi = dP[2 * a + 1];
      const double q = r * p + ri * pi, qi = ri * p - r * pi;      // RP̄
      const double u = r * dp + ri * dpi, ui = ri * dp - r * dpi;  // R dP̄
      const double v = p * dr + pi * dri, vi = pi * dr - p * dri;  // P dR̄
      R[2 * a] = u * r - ui * ri + 2.0 * (q * dr - qi * dri);
      R[2 * a + 1] = u * ri + ui * r + 2.0 * (q * dri + qi * dr);
      P[2 * a] = v * p - vi * pi + 2.0 * (q * dp + qi * dpi);
      P[2 * a + 1] = v * pi + vi * p + 2.0 * (q * dpi - qi * dp);
    }
  }

  static constexpr std::size_t densities = 2;
  /// q = RP̄ and dq = dR P̄ + R dP̄.
  static void pair(std::size_t n, const std::array<Complex*, inputs>& F,
                   const std::array<Complex*, densities>& q) noexcept {
    for (std::size_t a = 0; a < n; ++a) {
      q[0][a] = product_with_conjugate(F[0][a], F[1][a]);
      q[1][a] = product_with_conjugate(F[2][a], F[1][a]) + product_with_conjugate(F[0][a], F[3][a]);
    }
  }
  /// dX = dq R + q dR and dY = conj(dq) P + conj(q) dP, in place of (R, P).
  static void combine(std::size_t n, const std::array<Complex*, densities>& q,
                      const std::array<Complex*, inputs>& F) noexcept {
    for (std::size_t a = 0; a < n; ++a) {
      F[0][a] = product(q[1][a], F[0][a]) + product(q[0][a], F[2][a]);
      F[1][a] = product_with_conjugate(F[1][a], q[1][a]) + product_with_conjugate(F[3][a], q[0][a]);
    }
  }
};

}  // namespace nordheim::detail
