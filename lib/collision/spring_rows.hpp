// SPDX-License-Identifier: GPL-3.0-or-later
// The products of cubic springs, row by row, with real and imaginary parts apart.
//
// What a loop does at one number is a function of its own: compilers make vector instructions of that, but not of a
// loop that declares structures.
#pragma once

#include "collision/wave_products.hpp"

#include <cstddef>
#include <type_traits>

namespace nordheim::detail {

/// A row of complex numbers.
struct Parts {
  double *re, *im;
};
/// A row of values: numbers, or numbers and their changes.
template <class Value>
struct Values;
template <>
struct Values<Wave> {
  Parts value;
};
template <>
struct Values<VariedWave> {
  Parts value, d;
};
/// Rows of u and v, and of their products X and V or of the changes of those.
template <class Value>
struct SpringRows {
  /// One field after the other: u, v, (their changes,) X, V; of each the real parts, then the imaginary ones.
  SpringRows(double* row, std::size_t part) noexcept {
    const auto field = [&](std::size_t i) { return Parts{row + 2 * i * part, row + (2 * i + 1) * part}; };
    if constexpr (std::is_same_v<Value, Wave>) {
      u = {field(0)};
      v = {field(1)};
      X = field(2);
      V = field(3);
    } else {
      u = {field(0), field(2)};
      v = {field(1), field(3)};
      X = field(4);
      V = field(5);
    }
  }
  Values<Value> u, v;
  Parts X, V;
};

inline Wave at(Parts row, std::size_t a) noexcept { return {row.re[a], row.im[a]}; }
inline Wave at(Values<Wave> row, std::size_t a) noexcept { return at(row.value, a); }
inline VariedWave at(Values<VariedWave> row, std::size_t a) noexcept { return {at(row.value, a), at(row.d, a)}; }
inline void store(Parts row, std::size_t a, Wave wave) noexcept {
  row.re[a] = wave.re;
  row.im[a] = wave.im;
}
inline void store(Values<Wave> row, std::size_t a, Wave wave) noexcept { store(row.value, a, wave); }
inline void store(Values<VariedWave> row, std::size_t a, VariedWave wave) noexcept {
  store(row.value, a, wave.value);
  store(row.d, a, wave.d);
}
/// What is wanted of a product: of one that varies, its change.
inline Wave wanted(Wave product) noexcept { return product; }
inline Wave wanted(VariedWave product) noexcept { return product.d; }

/// Fields in pairs of real and imaginary parts: u, v̄ and, if they vary, their changes.
template <class Value>
struct Pairs;
template <>
struct Pairs<Wave> {
  const double *u, *v;
};
template <>
struct Pairs<VariedWave> {
  const double *u, *v, *du, *dv;
};
inline Wave pair_at(const double* pairs, std::size_t a) noexcept { return {pairs[2 * a], pairs[2 * a + 1]}; }
inline Wave u_at(Pairs<Wave> pairs, std::size_t a) noexcept { return pair_at(pairs.u, a); }
inline Wave v_at(Pairs<Wave> pairs, std::size_t a) noexcept { return conj(pair_at(pairs.v, a)); }
inline VariedWave u_at(Pairs<VariedWave> pairs, std::size_t a) noexcept {
  return {pair_at(pairs.u, a), pair_at(pairs.du, a)};
}
inline VariedWave v_at(Pairs<VariedWave> pairs, std::size_t a) noexcept {
  return conj(VariedWave{pair_at(pairs.v, a), pair_at(pairs.dv, a)});
}

template <class Value>
inline void zeroth_product(Value u, Value v, SpringRows<Value> to, std::size_t a) noexcept {
  const Value cross = 2.0 * (u * v);
  store(to.u, a, u);
  store(to.v, a, v);
  store(to.X, a, wanted(u * u + cross));
  store(to.V, a, wanted(v * v + cross));
}
/// u, v, X = u(u + 2v) and V = v(v + 2u).
template <class Value>
void zeroth_products(std::size_t n, Pairs<Value> pairs, SpringRows<Value> to) noexcept {
#pragma omp simd
  for (std::size_t a = 0; a < n; ++a) zeroth_product(u_at(pairs, a), v_at(pairs, a), to, a);
}

template <class Value>
inline void first_product(Value u, Value Tu, Value v, Value Tv, Parts X, Parts V, std::size_t a) noexcept {
  const Value cross = Tu * v + u * Tv;
  store(X, a, at(X, a) - 4.0 * wanted(Tu * u + cross));
  store(V, a, at(V, a) - 4.0 * wanted(Tv * v + cross));
}
/// X −= 2[T(A)B + A T(B)] with A = u and B = u + 2v, for V with u and v exchanged.
template <class Value>
void subtract_first_products(std::size_t n, SpringRows<Value> f, SpringRows<Value> T) noexcept {
#pragma omp simd
  for (std::size_t a = 0; a < n; ++a) first_product(at(f.u, a), at(T.u, a), at(f.v, a), at(T.v, a), T.X, T.V, a);
}

template <class Value>
inline void second_product(Value u, Value Tu, Value TTu, Value v, Value Tv, Value TTv, Wave TX, Wave TV, double* X,
                           double* Y) noexcept {
  const Value cross = TTu * v + 2.0 * (Tu * Tv) + u * TTv;
  const Wave new_X = -2.0 * wanted(TTu * u + Tu * Tu + cross) - TX;
  const Wave new_V = -2.0 * wanted(TTv * v + Tv * Tv + cross) - TV;
  X[0] = new_X.re;
  X[1] = new_X.im;
  Y[0] = new_V.re;
  Y[1] = -new_V.im;
}
/// X = −[T X1 + T²(A)B + 2 T(A)T(B) + A T²(B)] and Y = V̄, in pairs.
template <class Value>
void add_second_products(std::size_t n, SpringRows<Value> f, SpringRows<Value> T, SpringRows<Value> TT, Complex* X,
                         Complex* Y) noexcept {
  double* const x = reinterpret_cast<double*>(X);
  double* const y = reinterpret_cast<double*>(Y);
#pragma omp simd
  for (std::size_t a = 0; a < n; ++a) {
    second_product(at(f.u, a), at(T.u, a), at(TT.u, a), at(f.v, a), at(T.v, a), at(TT.v, a), at(TT.X, a), at(TT.V, a),
                   x + 2 * a, y + 2 * a);
  }
}

}  // namespace nordheim::detail
