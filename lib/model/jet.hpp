// SPDX-License-Identifier: GPL-3.0-or-later
// A value with its first and second derivatives with respect to D variables, and the chain rule.
#pragma once

#include "model/interval_arithmetic.hpp"

#include <array>
#include <complex>
#include <cstddef>
#include <type_traits>

namespace nordheim::detail {

template <class S, std::size_t D, int Order>
struct Jet {
  static_assert(Order == 1 || Order == 2);
  static constexpr int order = Order;
  static constexpr std::size_t second = D * (D + 1) / 2;
  struct None {};
  using Hessian = std::conditional_t<Order == 2, std::array<S, second>, None>;

  S value{};
  std::array<S, D> gradient{};
  [[no_unique_address]] Hessian hessian{};  ///< (0,0), (1,0), (1,1), (2,0), …
};

/// Place of (i, j), i ≥ j, among the second derivatives.
[[nodiscard]] constexpr std::size_t hessian_place(std::size_t i, std::size_t j) { return i * (i + 1) / 2 + j; }

inline double square(double x) { return x * x; }
inline std::complex<double> square(const std::complex<double>& x) { return x * x; }

/// A number, as opposed to a Jet.
template <class T>
inline constexpr bool is_jet = false;
template <class S, std::size_t D, int Order>
inline constexpr bool is_jet<Jet<S, D, Order>> = true;

/// f(x) from f, f' and f'' at the value of x.
template <class S, std::size_t D, int Order>
Jet<S, D, Order> composed(const Jet<S, D, Order>& x, const S& f, const S& f1, const S& f2) {
  Jet<S, D, Order> y;
  y.value = f;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = f1 * x.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const S product = i == j ? square(x.gradient[i]) : x.gradient[i] * x.gradient[j];
        y.hessian[hessian_place(i, j)] = f1 * x.hessian[hessian_place(i, j)] + f2 * product;
      }
    }
  }
  return y;
}

template <class S, std::size_t D, int Order>
Jet<S, D, Order> affine(const Jet<S, D, Order>& x, double alpha, double beta) {
  Jet<S, D, Order> y;
  y.value = alpha * x.value + beta;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = alpha * x.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = alpha * x.hessian[i];
  }
  return y;
}

template <class S, std::size_t D, int Order>
Jet<S, D, Order> operator+(const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  Jet<S, D, Order> y;
  y.value = a.value + b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] + b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = a.hessian[i] + b.hessian[i];
  }
  return y;
}

template <class S, std::size_t D, int Order>
Jet<S, D, Order> operator-(const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  Jet<S, D, Order> y;
  y.value = a.value - b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] - b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = a.hessian[i] - b.hessian[i];
  }
  return y;
}

template <class S, std::size_t D, int Order>
Jet<S, D, Order> operator*(const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  Jet<S, D, Order> y;
  y.value = a.value * b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] * b.value + a.value * b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const std::size_t ij = hessian_place(i, j);
        const S mixed = i == j ? 2.0 * (a.gradient[i] * b.gradient[i])
                               : a.gradient[i] * b.gradient[j] + a.gradient[j] * b.gradient[i];
        y.hessian[ij] = a.hessian[ij] * b.value + mixed + a.value * b.hessian[ij];
      }
    }
  }
  return y;
}

/// With q = a/b: b ∇q = ∇a − q ∇b, and so on.
template <class S, std::size_t D, int Order>
Jet<S, D, Order> operator/(const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  Jet<S, D, Order> q;
  q.value = a.value / b.value;
  for (std::size_t i = 0; i < D; ++i) q.gradient[i] = (a.gradient[i] - q.value * b.gradient[i]) / b.value;
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const std::size_t ij = hessian_place(i, j);
        const S mixed = i == j ? 2.0 * (q.gradient[i] * b.gradient[i])
                               : q.gradient[i] * b.gradient[j] + q.gradient[j] * b.gradient[i];
        q.hessian[ij] = (a.hessian[ij] - mixed - q.value * b.hessian[ij]) / b.value;
      }
    }
  }
  return q;
}

}  // namespace nordheim::detail
