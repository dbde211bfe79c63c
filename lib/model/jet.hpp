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

// The operations write into y, another object than their operands: copies of small arrays stall the processor.

/// y = f(x) from f, f' and f'' at the value of x.
template <class S, std::size_t D, int Order>
void compose(Jet<S, D, Order>& y, const Jet<S, D, Order>& x, const S& f, const S& f1, const S& f2) {
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
}

/// y = alpha·x + beta.
template <class S, std::size_t D, int Order>
void affine(Jet<S, D, Order>& y, const Jet<S, D, Order>& x, double alpha, double beta) {
  y.value = alpha * x.value + beta;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = alpha * x.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = alpha * x.hessian[i];
  }
}

/// y = a + b.
template <class S, std::size_t D, int Order>
void add(Jet<S, D, Order>& y, const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  y.value = a.value + b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] + b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = a.hessian[i] + b.hessian[i];
  }
}

/// y = a − b.
template <class S, std::size_t D, int Order>
void subtract(Jet<S, D, Order>& y, const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  y.value = a.value - b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] - b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < y.hessian.size(); ++i) y.hessian[i] = a.hessian[i] - b.hessian[i];
  }
}

/// The symmetric product of two gradients, a_i b_j + a_j b_i.
template <class S, std::size_t D, int Order>
S mixed(const Jet<S, D, Order>& a, const Jet<S, D, Order>& b, std::size_t i, std::size_t j) {
  if (i == j) return 2.0 * (a.gradient[i] * b.gradient[i]);
  return a.gradient[i] * b.gradient[j] + a.gradient[j] * b.gradient[i];
}

/// y = a b.
template <class S, std::size_t D, int Order>
void multiply(Jet<S, D, Order>& y, const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  y.value = a.value * b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = a.gradient[i] * b.value + a.value * b.gradient[i];
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const std::size_t ij = hessian_place(i, j);
        y.hessian[ij] = a.hessian[ij] * b.value + mixed(a, b, i, j) + a.value * b.hessian[ij];
      }
    }
  }
}

/// y = a/b, whence b ∇y = ∇a − y ∇b, and so on.
template <class S, std::size_t D, int Order>
void divide(Jet<S, D, Order>& y, const Jet<S, D, Order>& a, const Jet<S, D, Order>& b) {
  y.value = a.value / b.value;
  for (std::size_t i = 0; i < D; ++i) y.gradient[i] = (a.gradient[i] - y.value * b.gradient[i]) / b.value;
  if constexpr (Order == 2) {
    for (std::size_t i = 0; i < D; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const std::size_t ij = hessian_place(i, j);
        y.hessian[ij] = (a.hessian[ij] - mixed(y, b, i, j) - y.value * b.hessian[ij]) / b.value;
      }
    }
  }
}

}  // namespace nordheim::detail
