// SPDX-License-Identifier: GPL-3.0-or-later
// The elementary functions of an Operation for numbers double, std::complex<double> and Interval, with derivatives.
#pragma once

#include "model/interval_arithmetic.hpp"
#include "model/jet.hpp"
#include "model/tape.hpp"

#include <cassert>
#include <cmath>
#include <complex>

namespace nordheim::detail {

// Beside the functions of intervals, not hidden by them.
using std::acos, std::acosh, std::asin, std::asinh, std::atan, std::atanh, std::cos, std::cosh, std::exp, std::log,
    std::sin, std::sinh, std::sqrt, std::tan, std::tanh;

/// f, f' and f'' at one argument.
template <class S>
struct Derivatives {
  S f{};
  S f1{};
  S f2{};
};

// What double and std::complex<double> lack of the functions for intervals.

template <class S>
S whole_power(const S& x, unsigned n) {
  S result = n % 2 != 0 ? x : S(1.0);
  S factor = x;
  while ((n /= 2) != 0) {
    factor = factor * factor;
    if (n % 2 != 0) result = result * factor;
  }
  return result;
}
template <class S>
S integer_power(const S& x, int n) {
  return n >= 0 ? whole_power(x, static_cast<unsigned>(n)) : 1.0 / whole_power(x, static_cast<unsigned>(-n));
}
template <class S>
S real_power(const S& x, double p) {
  return std::pow(x, p);
}
template <class S>
void sine_cosine(const S& x, S& sine, S& cosine) {
  sine = std::sin(x);
  cosine = std::cos(x);
}
template <class S>
S one_minus_cosine(const S& x) {
  const S s = std::sin(0.5 * x);
  return 2.0 * (s * s);
}
/// 1 − cos x with two derivatives, from one sine and cosine.
template <class S>
Derivatives<S> derivatives_of_one_minus_cosine(const S& x) {
  S s{};
  S c{};
  sine_cosine(S(0.5 * x), s, c);
  const S f = 2.0 * (s * s);
  return {f, 2.0 * (s * c), 1.0 - f};
}
inline Derivatives<Interval> derivatives_of_one_minus_cosine(const Interval& x) {
  Derivatives<Interval> d;
  d.f = one_minus_cosine(x);
  sine_cosine(x, d.f1, d.f2);
  return d;
}
template <class S>
S reciprocal(const S& x) {
  return 1.0 / x;
}

/// √(x² − 1) with the branch of arcosh, positive for x > 1.
inline double root_of_square_minus_one(double x) { return std::sqrt((x - 1.0) * (x + 1.0)); }
inline std::complex<double> root_of_square_minus_one(const std::complex<double>& x) {
  return std::sqrt(x - 1.0) * std::sqrt(x + 1.0);
}
inline Interval root_of_square_minus_one(const Interval& x) { return sqrt((x - 1.0) * (x + 1.0)); }

/// The value of an operation of one operand and one result.
template <class S>
S value_of(const Operation& o, const S& x) {
  switch (o.op) {
    case Operator::integer_power:
      return integer_power(x, static_cast<int>(o.alpha));
    case Operator::real_power:
      return real_power(x, o.alpha);
    case Operator::square_root:
      return sqrt(x);
    case Operator::exponential:
      return exp(x);
    case Operator::logarithm:
      return log(x);
    case Operator::one_minus_cosine:
      return one_minus_cosine(x);
    case Operator::tangent:
      return tan(x);
    case Operator::arc_sine:
      return asin(x);
    case Operator::arc_cosine:
      return acos(x);
    case Operator::arc_tangent:
      return atan(x);
    case Operator::hyperbolic_tangent:
      return tanh(x);
    case Operator::area_sine:
      return asinh(x);
    case Operator::area_cosine:
      return acosh(x);
    case Operator::area_tangent:
      return atanh(x);
    default:
      assert(false);
      return x;
  }
}

/// The same with f', and with f'' where Order = 2.
template <int Order, class S>
Derivatives<S> derivatives_of(const Operation& o, const S& x) {
  constexpr bool twice = Order == 2;
  const auto one_plus = [](const S& y) { return y + 1.0; };
  const auto one_minus = [](const S& y) { return -1.0 * y + 1.0; };
  if (o.op == Operator::one_minus_cosine) return derivatives_of_one_minus_cosine(x);
  Derivatives<S> d;
  d.f = value_of(o, x);
  switch (o.op) {
    case Operator::integer_power: {
      const auto n = static_cast<int>(o.alpha);
      d.f1 = o.alpha * integer_power(x, n - 1);
      if (twice) d.f2 = (o.alpha * (o.alpha - 1.0)) * integer_power(x, n - 2);
      break;
    }
    case Operator::real_power:
      d.f1 = o.alpha * real_power(x, o.alpha - 1.0);
      if (twice) d.f2 = (o.alpha * (o.alpha - 1.0)) * real_power(x, o.alpha - 2.0);
      break;
    case Operator::square_root:
      d.f1 = 0.5 * reciprocal(d.f);
      if (twice) d.f2 = -0.5 * (d.f1 / x);
      break;
    case Operator::exponential:
      d.f1 = d.f2 = d.f;
      break;
    case Operator::logarithm:
      d.f1 = reciprocal(x);
      if (twice) d.f2 = -1.0 * square(d.f1);
      break;
    case Operator::tangent:
      d.f1 = one_plus(square(d.f));
      if (twice) d.f2 = 2.0 * (d.f * d.f1);
      break;
    case Operator::hyperbolic_tangent:
      d.f1 = one_minus(square(d.f));
      if (twice) d.f2 = -2.0 * (d.f * d.f1);
      break;
    case Operator::arc_tangent:
      d.f1 = reciprocal(one_plus(square(x)));
      if (twice) d.f2 = -2.0 * (x * square(d.f1));
      break;
    case Operator::arc_sine:
    case Operator::arc_cosine:
      d.f1 = (o.op == Operator::arc_sine ? 1.0 : -1.0) * reciprocal(sqrt(one_minus(square(x))));
      if (twice) d.f2 = x * integer_power(d.f1, 3);
      break;
    case Operator::area_sine:
      d.f1 = reciprocal(sqrt(one_plus(square(x))));
      if (twice) d.f2 = -1.0 * (x * integer_power(d.f1, 3));
      break;
    case Operator::area_cosine:
      d.f1 = reciprocal(root_of_square_minus_one(x));
      if (twice) d.f2 = -1.0 * (x * integer_power(d.f1, 3));
      break;
    case Operator::area_tangent:
      d.f1 = reciprocal(one_minus(square(x)));
      if (twice) d.f2 = 2.0 * (x * square(d.f1));
      break;
    default:
      assert(false);
  }
  return d;
}

}  // namespace nordheim::detail
