// SPDX-License-Identifier: GPL-3.0-or-later
// One interpreter of operations for every kind of number: double, std::complex<double>, Interval, and Jets of them.
#pragma once

#include "model/elementary.hpp"
#include "model/jet.hpp"
#include "model/program.hpp"

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace nordheim::detail {

/// Uninitialised slots: in place for usual formulas, in a vector that each thread keeps for longer ones.
template <class T>
class Slots {
 public:
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  explicit Slots(std::size_t size) : data_(size <= in_place ? reinterpret_cast<T*>(buffer_) : spare(size)) {}
  T& operator[](std::size_t slot) { return data_[slot]; }

 private:
  static T* spare(std::size_t size) {
    thread_local std::vector<T> slots;
    if (slots.size() < size) slots.resize(size);
    return slots.data();
  }
  static constexpr std::size_t in_place = 64;
  alignas(T) std::byte buffer_[in_place * sizeof(T)];
  T* data_;
};

// The operations that Jets have, for numbers; and the two that need no operand.

inline void constant(Interval& y, double c) { y = {c, c}; }
template <class S>
void constant(S& y, double c) {
  y = c;
}
template <class S, std::size_t D, int Order>
void constant(Jet<S, D, Order>& y, double c) {
  constant(y.value, c);
  y.gradient = {};
  y.hessian = {};
}

template <class S>
void variable(S& y, const std::array<S, 3>& k, std::size_t axis) {
  y = k[axis];
}
/// A Jet of one variable is one along the axis that everything in it depends on.
template <class S, std::size_t D, int Order>
void variable(Jet<S, D, Order>& y, const std::array<S, 3>& k, std::size_t axis) {
  y.value = k[axis];
  for (std::size_t i = 0; i < D; ++i) constant(y.gradient[i], D == 1 || i == axis ? 1.0 : 0.0);
  y.hessian = {};
}

template <class S>
void affine(S& y, const S& x, double alpha, double beta) {
  y = alpha * x + beta;
}
template <class S>
void add(S& y, const S& a, const S& b) {
  y = a + b;
}
template <class S>
void subtract(S& y, const S& a, const S& b) {
  y = a - b;
}
template <class S>
void multiply(S& y, const S& a, const S& b) {
  y = a * b;
}
template <class S>
void divide(S& y, const S& a, const S& b) {
  y = a / b;
}

inline void hyperbolic_sine_cosine(const Interval& x, Interval& sine, Interval& cosine) {
  sine = sinh(x);
  cosine = cosh(x);
}
template <class S>
void hyperbolic_sine_cosine(const S& x, S& sine, S& cosine) {
  sine = std::sinh(x);
  cosine = std::cosh(x);
}

/// The sine and cosine, circular or hyperbolic.
template <class S>
void pair(const Operation& o, const S& x, S& first, S& second) {
  const bool both = std::is_same_v<S, Interval> || (o.first_used && o.second_used);
  if (o.op == Operator::hyperbolic_sine_cosine) {
    hyperbolic_sine_cosine(x, first, second);
  } else if (both) {
    sine_cosine(x, first, second);
  } else if constexpr (!std::is_same_v<S, Interval>) {
    if (o.first_used) {
      first = sin(x);
    } else {
      second = cos(x);
    }
  }
}
template <class S, std::size_t D, int Order>
void pair(const Operation& o, const Jet<S, D, Order>& x, Jet<S, D, Order>& first, Jet<S, D, Order>& second) {
  S s{};
  S c{};
  if (o.op == Operator::sine_cosine) {
    sine_cosine(x.value, s, c);
    const S minus_s = -1.0 * s;
    if (o.first_used) compose(first, x, s, c, minus_s);
    if (o.second_used) compose(second, x, c, minus_s, S(-1.0 * c));
  } else {
    hyperbolic_sine_cosine(x.value, s, c);
    if (o.first_used) compose(first, x, s, c, s);
    if (o.second_used) compose(second, x, c, s, c);
  }
}

template <class S>
void elementary(const Operation& o, S& y, const S& x) {
  y = value_of(o, x);
}
template <class S, std::size_t D, int Order>
void elementary(const Operation& o, Jet<S, D, Order>& y, const Jet<S, D, Order>& x) {
  const Derivatives<S> d = derivatives_of<Order>(o, x.value);
  compose(y, x, d.f, d.f1, d.f2);
}

/// Carries out one operation on the numbers or Jets slots[i].
template <class View, class S>
inline void execute(const Operation& o, const std::array<S, 3>& k, View& slots) {
  switch (o.op) {
    case Operator::constant:
      constant(slots[o.out], o.alpha);
      break;
    case Operator::variable:
      variable(slots[o.out], k, o.a);
      break;
    case Operator::affine:
      affine(slots[o.out], slots[o.a], o.alpha, o.beta);
      break;
    case Operator::add:
      add(slots[o.out], slots[o.a], slots[o.b]);
      break;
    case Operator::subtract:
      subtract(slots[o.out], slots[o.a], slots[o.b]);
      break;
    case Operator::multiply:
      multiply(slots[o.out], slots[o.a], slots[o.b]);
      break;
    case Operator::divide:
      divide(slots[o.out], slots[o.a], slots[o.b]);
      break;
    case Operator::sine_cosine:
    case Operator::hyperbolic_sine_cosine:
      pair(o, slots[o.a], slots[o.out], slots[o.out + 1]);
      break;
    default:
      elementary(o, slots[o.out], slots[o.a]);
  }
}

/// The result of a program as a T.
template <class T, class S>
T evaluate(const Program& program, const std::array<S, 3>& k) {
  Slots<T> slots(program.slots());
  for (const Operation& o : program.operations()) execute(o, k, slots);
  return slots[program.result()];
}

}  // namespace nordheim::detail
