// SPDX-License-Identifier: GPL-3.0-or-later
// Local products of propagated fields that are given by one formula, which also makes their derivatives.
#pragma once

#include "momentum/fft.hpp"

#include <array>
#include <cstddef>

namespace nordheim::detail {

/// A complex number whose arithmetic does not look for NaN.
struct Wave {
  double re = 0.0, im = 0.0;
};
inline Wave operator+(Wave a, Wave b) noexcept { return {a.re + b.re, a.im + b.im}; }
inline Wave operator-(Wave a, Wave b) noexcept { return {a.re - b.re, a.im - b.im}; }
inline Wave operator*(Wave a, Wave b) noexcept { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
inline Wave operator*(double s, Wave a) noexcept { return {s * a.re, s * a.im}; }
inline Wave conj(Wave a) noexcept { return {a.re, -a.im}; }

/// The same with a change d of it: arithmetic by the rules of differentiation.
struct VariedWave {
  Wave value, d;
};
inline VariedWave operator+(VariedWave a, VariedWave b) noexcept { return {a.value + b.value, a.d + b.d}; }
inline VariedWave operator-(VariedWave a, VariedWave b) noexcept { return {a.value - b.value, a.d - b.d}; }
inline VariedWave operator*(VariedWave a, VariedWave b) noexcept {
  return {a.value * b.value, a.d * b.value + a.value * b.d};
}
inline VariedWave operator*(double s, VariedWave a) noexcept { return {s * a.value, s * a.d}; }
inline VariedWave conj(VariedWave a) noexcept { return {conj(a.value), conj(a.d)}; }

/// Of bosons that also decay into three and merge: besides X = P̄R² of scattering (2 to 2) there are R³/3 (1 from 3,
/// where any order of the three is one event) and P̄²R; in Y the two change places.
struct ScatteringAndDecay {
  template <class T>
  static void apply(T& R, T& P) noexcept {
    const T q = R * conj(P);
    const T X = (q + (1.0 / 3.0) * R * R + conj(P) * conj(P)) * R;
    P = (conj(q) + (1.0 / 3.0) * P * P + conj(R) * conj(R)) * P;
    R = X;
  }
  static constexpr double largest(double P, double R) noexcept { return P * R * (P + R) * (P + R); }
};

/// @brief Of classical waves, in fields R ~ W and P ~ 1 − xW: C1 = ∫ WWWW [(1/W1 − x1) + (1/W2 − x2) − …] is
/// P1 S_X − R1 S_Y with X = R̄R² and Y = 2R̄PR − P̄R².
struct WaveScattering {
  template <class T>
  static void apply(T& R, T& P) noexcept {
    const T X = conj(R) * R * R;
    P = (2.0 * conj(R) * P - conj(P) * R) * R;
    R = X;
  }
  static constexpr double largest(double P, double R) noexcept { return 3.0 * P * R * R * R; }
};

/// The same with decay and merging: + R³/3 + R̄²R in X, + PR² + R̄²P − 2P̄R̄R in Y.
struct WaveScatteringAndDecay {
  template <class T>
  static void apply(T& R, T& P) noexcept {
    const T X = (conj(R) * R + (1.0 / 3.0) * R * R + conj(R) * conj(R)) * R;
    const T Y = (2.0 * conj(R) * P - conj(P) * R + P * R - 2.0 * conj(P) * conj(R)) * R + conj(R) * conj(R) * P;
    R = X;
    P = Y;
  }
  static constexpr double largest(double P, double R) noexcept { return 9.0 * P * R * R * R; }
};

/// From (R, P): X and Y in their place.
template <class Formula>
struct FormulaProduct {
  static constexpr std::size_t inputs = 2;
  static constexpr std::size_t outputs = 2;
  static void multiply(std::size_t n, const std::array<Complex*, inputs>& F) noexcept {
    double* __restrict R = reinterpret_cast<double*>(F[0]);
    double* __restrict P = reinterpret_cast<double*>(F[1]);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      Wave r{R[2 * a], R[2 * a + 1]}, p{P[2 * a], P[2 * a + 1]};
      Formula::apply(r, p);
      R[2 * a] = r.re;
      R[2 * a + 1] = r.im;
      P[2 * a] = p.re;
      P[2 * a + 1] = p.im;
    }
  }
  static constexpr double largest(double P, double R) noexcept { return Formula::largest(P, R); }
};

/// From (R, P, dR, dP): dX and dY in place of (R, P).
template <class Formula>
struct FormulaDerivative {
  static constexpr std::size_t inputs = 4;
  static constexpr std::size_t outputs = 2;
  static void multiply(std::size_t n, const std::array<Complex*, inputs>& F) noexcept {
    double* __restrict R = reinterpret_cast<double*>(F[0]);
    double* __restrict P = reinterpret_cast<double*>(F[1]);
    const double* __restrict dR = reinterpret_cast<const double*>(F[2]);
    const double* __restrict dP = reinterpret_cast<const double*>(F[3]);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      VariedWave r{{R[2 * a], R[2 * a + 1]}, {dR[2 * a], dR[2 * a + 1]}};
      VariedWave p{{P[2 * a], P[2 * a + 1]}, {dP[2 * a], dP[2 * a + 1]}};
      Formula::apply(r, p);
      R[2 * a] = r.d.re;
      R[2 * a + 1] = r.d.im;
      P[2 * a] = p.d.re;
      P[2 * a + 1] = p.d.im;
    }
  }
};

}  // namespace nordheim::detail
