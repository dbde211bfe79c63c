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

template <class T>
struct NumberOf {
  using type = T;
};
template <class S, std::size_t D, int Order>
struct NumberOf<Jet<S, D, Order>> {
  using type = S;
};

template <class T>
T constant_as(double c) {
  using S = typename NumberOf<T>::type;
  T x{};
  if constexpr (is_jet<T>) {
    x.value = constant_as<S>(c);
  } else if constexpr (std::is_same_v<T, Interval>) {
    x = {c, c};
  } else {
    x = c;
  }
  return x;
}

/// k_axis; a Jet of one variable is one along the axis that everything in it depends on.
template <class T, class S>
T variable_as(const std::array<S, 3>& k, std::size_t axis) {
  if constexpr (is_jet<T>) {
    T x{};
    x.value = k[axis];
    x.gradient[x.gradient.size() == 1 ? 0 : axis] = constant_as<S>(1.0);
    return x;
  } else {
    return k[axis];
  }
}

template <class S>
S affine_in_numbers(const S& x, double alpha, double beta) {
  return alpha * x + beta;
}

/// The sine and cosine, circular or hyperbolic; of plain numbers only what is used.
template <class T>
void pair_of(const Operation& o, const T& x, T& first, T& second) {
  const bool circular = o.op == Operator::sine_cosine;
  if constexpr (is_jet<T>) {
    using S = typename NumberOf<T>::type;
    S s{};
    S c{};
    if (circular) {
      sine_cosine(x.value, s, c);
    } else {
      s = sinh(x.value);
      c = cosh(x.value);
    }
    const T argument = x;  // the slots may not overlap, but the compiler cannot know
    if (o.first_used) first = composed(argument, s, c, circular ? -1.0 * s : s);
    if (o.second_used) second = composed(argument, c, circular ? -1.0 * s : s, circular ? -1.0 * c : c);
  } else if (circular) {
    if constexpr (std::is_same_v<T, Interval>) {
      sine_cosine(x, first, second);
    } else if (o.first_used && o.second_used) {
      const T argument = x;
      sine_cosine(argument, first, second);
    } else if (o.first_used) {
      first = sin(x);
    } else {
      second = cos(x);
    }
  } else {
    const T argument = x;
    if (o.first_used) first = sinh(argument);
    if (o.second_used) second = cosh(argument);
  }
}

/// Carries out one operation. slots[i] is a T&.
template <class T, class View, class S>
inline void execute(const Operation& o, const std::array<S, 3>& k, View& slots) {
  switch (o.op) {
    case Operator::constant:
      slots[o.out] = constant_as<T>(o.alpha);
      break;
    case Operator::variable:
      slots[o.out] = variable_as<T>(k, o.a);
      break;
    case Operator::affine:
      if constexpr (is_jet<T>) {
        slots[o.out] = affine(slots[o.a], o.alpha, o.beta);
      } else {
        slots[o.out] = affine_in_numbers(slots[o.a], o.alpha, o.beta);
      }
      break;
    case Operator::add:
      slots[o.out] = slots[o.a] + slots[o.b];
      break;
    case Operator::subtract:
      slots[o.out] = slots[o.a] - slots[o.b];
      break;
    case Operator::multiply:
      slots[o.out] = slots[o.a] * slots[o.b];
      break;
    case Operator::divide:
      slots[o.out] = slots[o.a] / slots[o.b];
      break;
    case Operator::sine_cosine:
    case Operator::hyperbolic_sine_cosine:
      pair_of<T>(o, slots[o.a], slots[o.out], slots[o.out + 1]);
      break;
    default:
      if constexpr (is_jet<T>) {
        const auto d = derivatives_of<T::order>(o, slots[o.a].value);
        slots[o.out] = composed(slots[o.a], d.f, d.f1, d.f2);
      } else {
        slots[o.out] = value_of(o, slots[o.a]);
      }
  }
}

/// The result of a program as a T.
template <class T, class S>
T evaluate(const Program& program, const std::array<S, 3>& k) {
  Slots<T> slots(program.slots());
  for (const Operation& o : program.operations()) execute<T>(o, k, slots);
  return slots[program.result()];
}

}  // namespace nordheim::detail
