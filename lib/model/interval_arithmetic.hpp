// SPDX-License-Identifier: GPL-3.0-or-later
// Arithmetic of intervals, rounded outwards: the result of every function contains its value at every point of the
// arguments where it is defined. Undefined or unbounded values give infinite bounds, never NaN.
#pragma once

#include <nordheim/core/interval.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nordheim::detail {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr Interval everything{-infinity, infinity};

/// A lower bound from a correctly rounded sum: one unit in the last place down (a sum of 0 is exact).
[[nodiscard]] inline double down(double y) {
  const double lower = y - std::abs(y) * std::numeric_limits<double>::epsilon();
  if (lower == lower) return lower;
  return y == infinity ? std::numeric_limits<double>::max() : -infinity;
}
[[nodiscard]] inline double up(double y) { return -down(-y); }

/// The same from a product or quotient, which can underflow.
[[nodiscard]] inline double down_product(double y) {
  constexpr double smallest = std::numeric_limits<double>::min();
  return std::abs(y) >= smallest || y != y ? down(y) : y - smallest;
}
[[nodiscard]] inline double up_product(double y) { return -down_product(-y); }

/// From a function of the C library that is good to 4 units in the last place (glibc promises 2) and may underflow.
[[nodiscard]] inline double down_function(double y) {
  constexpr double smallest = std::numeric_limits<double>::min();
  if (std::abs(y) < smallest) return y - smallest;
  const double lower = y - std::abs(y) * (4.0 * std::numeric_limits<double>::epsilon());
  return lower == lower ? lower : down(y);
}
[[nodiscard]] inline double up_function(double y) { return -down_function(-y); }

/// What is in both; they are estimates of the same, so not empty.
[[nodiscard]] inline Interval intersection(const Interval& a, const Interval& b) {
  return {std::max(a.lower, b.lower), std::min(a.upper, b.upper)};
}

[[nodiscard]] inline bool is_zero(const Interval& a) { return a.lower == 0.0 && a.upper == 0.0; }

[[nodiscard]] inline Interval operator-(const Interval& a) { return {-a.upper, -a.lower}; }
[[nodiscard]] inline Interval operator+(const Interval& a, const Interval& b) {
  return {down(a.lower + b.lower), up(a.upper + b.upper)};
}
[[nodiscard]] inline Interval operator-(const Interval& a, const Interval& b) {
  return {down(a.lower - b.upper), up(a.upper - b.lower)};
}
[[nodiscard]] inline Interval operator+(const Interval& a, double b) { return {down(a.lower + b), up(a.upper + b)}; }
[[nodiscard]] inline Interval operator-(const Interval& a, double b) { return a + (-b); }

/// A product of bounds: 0 times infinity is 0 here, and a product with 0 is exact.
[[nodiscard]] inline double lower_product(double a, double b) {
  return a == 0.0 || b == 0.0 ? 0.0 : down_product(a * b);
}
[[nodiscard]] inline double upper_product(double a, double b) { return -lower_product(-a, b); }

[[nodiscard]] inline Interval operator*(const Interval& a, const Interval& b) {
  if (a.lower >= 0.0 && b.lower >= 0.0) {
    return {std::max(0.0, lower_product(a.lower, b.lower)), upper_product(a.upper, b.upper)};
  }
  return {std::min({lower_product(a.lower, b.lower), lower_product(a.lower, b.upper), lower_product(a.upper, b.lower),
                    lower_product(a.upper, b.upper)}),
          std::max({upper_product(a.lower, b.lower), upper_product(a.lower, b.upper), upper_product(a.upper, b.lower),
                    upper_product(a.upper, b.upper)})};
}
[[nodiscard]] inline Interval operator*(double a, const Interval& b) {
  if (!(std::abs(a) <= std::numeric_limits<double>::max())) return is_zero(b) ? b : everything;
  const Interval ordered = a >= 0.0 ? b : Interval{b.upper, b.lower};
  return {lower_product(a, ordered.lower), upper_product(a, ordered.upper)};
}

[[nodiscard]] Interval reciprocal(const Interval& x);
[[nodiscard]] inline Interval operator/(const Interval& a, const Interval& b) { return a * reciprocal(b); }

[[nodiscard]] inline Interval square(const Interval& x) {
  const double least = x.mignitude();
  const double most = x.magnitude();
  return {std::max(0.0, lower_product(least, least)), upper_product(most, most)};
}

/// x^n, n a whole number.
[[nodiscard]] Interval integer_power(const Interval& x, int n);
/// x^p for x > 0.
[[nodiscard]] Interval real_power(const Interval& x, double p);

[[nodiscard]] Interval sqrt(const Interval& x);
[[nodiscard]] Interval exp(const Interval& x);
[[nodiscard]] Interval log(const Interval& x);
/// The sine and the cosine together.
void sine_cosine(const Interval& x, Interval& sine, Interval& cosine);
[[nodiscard]] Interval one_minus_cosine(const Interval& x);
[[nodiscard]] Interval tan(const Interval& x);
[[nodiscard]] Interval asin(const Interval& x);
[[nodiscard]] Interval acos(const Interval& x);
[[nodiscard]] Interval atan(const Interval& x);
[[nodiscard]] Interval sinh(const Interval& x);
[[nodiscard]] Interval cosh(const Interval& x);
[[nodiscard]] Interval tanh(const Interval& x);
[[nodiscard]] Interval asinh(const Interval& x);
[[nodiscard]] Interval acosh(const Interval& x);
[[nodiscard]] Interval atanh(const Interval& x);

}  // namespace nordheim::detail
