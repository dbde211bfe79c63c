// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/complex_interval.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

bool is_bounded(const Interval& x) { return x.lower > -infinity && x.upper < infinity; }
bool is_bounded(const ComplexInterval& z) { return is_bounded(z.re) && is_bounded(z.im); }

/// −i z.
ComplexInterval turned(const ComplexInterval& z) { return {z.im, -z.re}; }

/// z = 2^exponent · part with part of about 1, whose square neither overflows nor underflows.
struct Scaled {
  ComplexInterval part{};
  int exponent = 0;

  explicit Scaled(const ComplexInterval& z) : part(z) {
    const double size = std::max(z.re.magnitude(), z.im.magnitude());
    constexpr int largest = 1000;  // so that 2^−exponent is a number
    if (size > 0.0) exponent = std::clamp(std::ilogb(size), -largest, largest);
    part = std::ldexp(1.0, -exponent) * z;
  }
  [[nodiscard]] Interval norm() const { return square(part.re) + square(part.im); }
};

/// An interval that holds π/2.
Interval quarter_turn() {
  constexpr double half_pi = 0.5 * std::numbers::pi;
  return {down(half_pi), up(half_pi)};
}

ComplexInterval one_minus(const ComplexInterval& z) { return -1.0 * z + 1.0; }

}  // namespace

ComplexInterval reciprocal(const ComplexInterval& z) {
  if (!is_bounded(z)) return whole_plane;
  const Scaled scaled(z);
  const Interval norm = scaled.norm();
  if (!(norm.lower > 0.0)) return whole_plane;
  return std::ldexp(1.0, -scaled.exponent) * ComplexInterval{scaled.part.re / norm, -(scaled.part.im / norm)};
}

ComplexInterval integer_power(const ComplexInterval& z, int n) {
  // By modulus and angle, which rectangles of products overestimate.
  if ((n < 0 || n > 2) && z.re.lower > 0.0) return real_power(z, n);
  if (n < 0) return reciprocal(integer_power(z, -n));
  ComplexInterval power{{1.0, 1.0}, {0.0, 0.0}};
  ComplexInterval factor = z;
  for (int rest = n; rest > 0; rest /= 2) {
    if (rest % 2 != 0) power = rest == n ? factor : power * factor;
    if (rest > 1) factor = square(factor);
  }
  return power;
}

ComplexInterval real_power(const ComplexInterval& z, double p) { return exp(p * log(z)); }

ComplexInterval sqrt(const ComplexInterval& z) { return real_power(z, 0.5); }

ComplexInterval exp(const ComplexInterval& z) {
  if (!is_bounded(z)) return whole_plane;
  Interval sine;
  Interval cosine;
  sine_cosine(z.im, sine, cosine);
  const Interval size = exp(z.re);
  return {size * cosine, size * sine};
}

ComplexInterval log(const ComplexInterval& z) {
  if (!is_bounded(z)) return whole_plane;
  const Scaled scaled(z);
  const Interval norm = scaled.norm();
  if (!(norm.lower > 0.0)) return whole_plane;
  const Interval log_of_2{down(std::numbers::ln2), up(std::numbers::ln2)};
  const Interval size = 0.5 * log(norm) + static_cast<double>(scaled.exponent) * log_of_2;
  if (z.re.lower > 0.0) return {size, atan(z.im / z.re)};
  if (z.im.lower > 0.0) return {size, quarter_turn() - atan(z.re / z.im)};
  if (z.im.upper < 0.0) return {size, -quarter_turn() - atan(z.re / z.im)};
  return whole_plane;
}

void sine_cosine(const ComplexInterval& z, ComplexInterval& sine, ComplexInterval& cosine) {
  sine = cosine = whole_plane;
  if (!is_bounded(z)) return;
  Interval s;
  Interval c;
  sine_cosine(z.re, s, c);
  const Interval hyperbolic_cosine = cosh(z.im);
  const Interval hyperbolic_sine = sinh(z.im);
  sine = {s * hyperbolic_cosine, c * hyperbolic_sine};
  cosine = {c * hyperbolic_cosine, -(s * hyperbolic_sine)};
}

ComplexInterval sin(const ComplexInterval& z) {
  ComplexInterval s;
  ComplexInterval c;
  sine_cosine(z, s, c);
  return s;
}

ComplexInterval cos(const ComplexInterval& z) {
  ComplexInterval s;
  ComplexInterval c;
  sine_cosine(z, s, c);
  return c;
}

/// sinh z = i sin(−iz), cosh z = cos(−iz).
void hyperbolic_sine_cosine(const ComplexInterval& z, ComplexInterval& sine, ComplexInterval& cosine) {
  ComplexInterval s;
  sine_cosine(turned(z), s, cosine);
  sine = {-s.im, s.re};
}

ComplexInterval one_minus_cosine(const ComplexInterval& z) { return 2.0 * square(sin(0.5 * z)); }

ComplexInterval tan(const ComplexInterval& z) {
  ComplexInterval s;
  ComplexInterval c;
  sine_cosine(z, s, c);
  return s / c;
}

ComplexInterval tanh(const ComplexInterval& z) {
  ComplexInterval s;
  ComplexInterval c;
  hyperbolic_sine_cosine(z, s, c);
  return s / c;
}

ComplexInterval asinh(const ComplexInterval& z) { return log(z + sqrt(square(z) + 1.0)); }

/// arcsin z = −i arsinh(iz).
ComplexInterval asin(const ComplexInterval& z) { return turned(asinh({-z.im, z.re})); }

ComplexInterval acos(const ComplexInterval& z) {
  const ComplexInterval complement = asin(z);
  return {quarter_turn() - complement.re, -complement.im};
}

ComplexInterval atanh(const ComplexInterval& z) { return 0.5 * (log(z + 1.0) - log(one_minus(z))); }

/// arctan z = −i artanh(iz).
ComplexInterval atan(const ComplexInterval& z) { return turned(atanh({-z.im, z.re})); }

ComplexInterval acosh(const ComplexInterval& z) { return log(z + sqrt(z + -1.0) * sqrt(z + 1.0)); }

}  // namespace nordheim::detail
