// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic of rectangles in the complex plane, rounded outwards: bounds of the analytic continuation of a formula. A
// function that is not analytic on the whole rectangle (a pole, a branch cut of its principal value) gives the whole
// plane, which every later operation keeps, so that a finite result proves that the formula is analytic there.
#pragma once

#include "model/interval_arithmetic.hpp"

#include <cmath>

namespace nordheim::detail {

struct ComplexInterval {
  Interval re{};
  Interval im{};

  /// sup |z|.
  [[nodiscard]] double magnitude() const { return up_function(std::hypot(re.magnitude(), im.magnitude())); }
};

inline constexpr ComplexInterval whole_plane{everything, everything};

inline void constant(ComplexInterval& z, double c) { z = {{c, c}, {0.0, 0.0}}; }

[[nodiscard]] inline ComplexInterval operator+(const ComplexInterval& a, const ComplexInterval& b) {
  return {a.re + b.re, a.im + b.im};
}
[[nodiscard]] inline ComplexInterval operator-(const ComplexInterval& a, const ComplexInterval& b) {
  return {a.re - b.re, a.im - b.im};
}
[[nodiscard]] inline ComplexInterval operator+(const ComplexInterval& a, double b) { return {a.re + b, a.im}; }
[[nodiscard]] inline ComplexInterval operator*(double a, const ComplexInterval& b) { return {a * b.re, a * b.im}; }
[[nodiscard]] inline ComplexInterval operator*(const ComplexInterval& a, const ComplexInterval& b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
[[nodiscard]] ComplexInterval reciprocal(const ComplexInterval& z);
[[nodiscard]] inline ComplexInterval operator/(const ComplexInterval& a, const ComplexInterval& b) {
  return a * reciprocal(b);
}
[[nodiscard]] inline ComplexInterval square(const ComplexInterval& z) {
  return {square(z.re) - square(z.im), 2.0 * (z.re * z.im)};
}

/// z^n, n a whole number.
[[nodiscard]] ComplexInterval integer_power(const ComplexInterval& z, int n);
/// e^{p log z}.
[[nodiscard]] ComplexInterval real_power(const ComplexInterval& z, double p);

[[nodiscard]] ComplexInterval sqrt(const ComplexInterval& z);
[[nodiscard]] ComplexInterval exp(const ComplexInterval& z);
[[nodiscard]] ComplexInterval log(const ComplexInterval& z);
[[nodiscard]] ComplexInterval sin(const ComplexInterval& z);
[[nodiscard]] ComplexInterval cos(const ComplexInterval& z);
void sine_cosine(const ComplexInterval& z, ComplexInterval& sine, ComplexInterval& cosine);
void hyperbolic_sine_cosine(const ComplexInterval& z, ComplexInterval& sine, ComplexInterval& cosine);
[[nodiscard]] ComplexInterval one_minus_cosine(const ComplexInterval& z);
[[nodiscard]] ComplexInterval tan(const ComplexInterval& z);
[[nodiscard]] ComplexInterval asin(const ComplexInterval& z);
[[nodiscard]] ComplexInterval acos(const ComplexInterval& z);
[[nodiscard]] ComplexInterval atan(const ComplexInterval& z);
[[nodiscard]] ComplexInterval tanh(const ComplexInterval& z);
[[nodiscard]] ComplexInterval asinh(const ComplexInterval& z);
[[nodiscard]] ComplexInterval acosh(const ComplexInterval& z);
[[nodiscard]] ComplexInterval atanh(const ComplexInterval& z);

}  // namespace nordheim::detail
