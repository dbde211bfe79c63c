// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/symbol.hpp>

#include "model/tape.hpp"

#include <cmath>

namespace nordheim {

using detail::Operator;
using detail::Tape;

Symbol operator+(const Symbol& a, const Symbol& b) {
  if (!Tape::is_symbolic(a)) return Tape::affine(b, 1.0, Tape::constant(a));
  if (!Tape::is_symbolic(b)) return Tape::affine(a, 1.0, Tape::constant(b));
  if (Tape::is_same(a, b)) return Tape::affine(a, 2.0, 0.0);
  return Tape::binary(Operator::add, a, b);
}

Symbol operator-(const Symbol& a, const Symbol& b) {
  if (!Tape::is_symbolic(a)) return Tape::affine(b, -1.0, Tape::constant(a));
  if (!Tape::is_symbolic(b)) return Tape::affine(a, 1.0, -Tape::constant(b));
  if (Tape::is_same(a, b)) return 0.0;
  return Tape::binary(Operator::subtract, a, b);
}

Symbol operator*(const Symbol& a, const Symbol& b) {
  if (!Tape::is_symbolic(a)) return Tape::affine(b, Tape::constant(a), 0.0);
  if (!Tape::is_symbolic(b)) return Tape::affine(a, Tape::constant(b), 0.0);
  if (Tape::is_same(a, b)) return pow(a, 2);
  return Tape::binary(Operator::multiply, a, b);
}

Symbol operator/(const Symbol& a, const Symbol& b) {
  if (!Tape::is_symbolic(b)) return Tape::affine(a, 1.0 / Tape::constant(b), 0.0);
  if (!Tape::is_symbolic(a)) return Tape::affine(pow(b, -1), Tape::constant(a), 0.0);
  return Tape::binary(Operator::divide, a, b);
}

Symbol operator-(const Symbol& a) { return Tape::affine(a, -1.0, 0.0); }

Symbol sqrt(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::square_root, a) : std::sqrt(Tape::constant(a));
}
Symbol exp(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::exponential, a) : std::exp(Tape::constant(a));
}
Symbol log(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::logarithm, a) : std::log(Tape::constant(a));
}
Symbol sin(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::sine_cosine, a) : std::sin(Tape::constant(a));
}
Symbol cos(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary_second(Operator::sine_cosine, a) : std::cos(Tape::constant(a));
}
Symbol one_minus_cos(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::one_minus_cosine, a) : one_minus_cos(Tape::constant(a));
}
Symbol tan(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::tangent, a) : std::tan(Tape::constant(a));
}
Symbol asin(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::arc_sine, a) : std::asin(Tape::constant(a));
}
Symbol acos(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::arc_cosine, a) : std::acos(Tape::constant(a));
}
Symbol atan(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::arc_tangent, a) : std::atan(Tape::constant(a));
}
Symbol sinh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::hyperbolic_sine_cosine, a) : std::sinh(Tape::constant(a));
}
Symbol cosh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary_second(Operator::hyperbolic_sine_cosine, a) : std::cosh(Tape::constant(a));
}
Symbol tanh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::hyperbolic_tangent, a) : std::tanh(Tape::constant(a));
}
Symbol asinh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::area_sine, a) : std::asinh(Tape::constant(a));
}
Symbol acosh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::area_cosine, a) : std::acosh(Tape::constant(a));
}
Symbol atanh(const Symbol& a) {
  return Tape::is_symbolic(a) ? Tape::unary(Operator::area_tangent, a) : std::atanh(Tape::constant(a));
}

Symbol pow(const Symbol& a, int n) {
  if (!Tape::is_symbolic(a)) return std::pow(Tape::constant(a), n);
  if (n == 0) return 1.0;
  if (n == 1) return a;
  return Tape::unary(Operator::integer_power, a, n);
}

Symbol pow(const Symbol& a, const Symbol& b) {
  if (Tape::is_symbolic(b)) return exp(b * log(a));
  const double exponent = Tape::constant(b);
  if (!Tape::is_symbolic(a)) return std::pow(Tape::constant(a), exponent);
  constexpr double largest = 1024.0;  // beyond, powers leave the range of doubles anyway
  if (exponent == std::trunc(exponent) && std::abs(exponent) <= largest) return pow(a, static_cast<int>(exponent));
  if (exponent == 0.5) return sqrt(a);
  return Tape::unary(Operator::real_power, a, exponent);
}

}  // namespace nordheim
