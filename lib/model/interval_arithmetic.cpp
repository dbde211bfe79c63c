// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/interval_arithmetic.hpp"

#include <cstdint>
#include <numbers>

namespace nordheim::detail {

namespace {

using RealFunction = double (*)(double);

/// Of a function of the C library that increases everywhere on the interval.
Interval increasing(RealFunction f, const Interval& x) { return {down_function(f(x.lower)), up_function(f(x.upper))}; }

/// The same where f has the sign of its argument.
Interval odd(RealFunction f, const Interval& x) {
  const Interval y = increasing(f, x);
  return {x.lower >= 0.0 ? std::max(0.0, y.lower) : y.lower, x.upper <= 0.0 ? std::min(0.0, y.upper) : y.upper};
}

/// The whole numbers n with x/(π/2) containing n, at most four of them, those added that rounding might have lost.
struct QuarterTurns {
  std::int64_t first = 0;
  std::int64_t last = 0;

  explicit QuarterTurns(const Interval& x) {
    const auto slack = [](double t) { return 1.0e-15 * std::abs(t); };
    const double lower = x.lower * (2.0 / std::numbers::pi);
    const double upper = x.upper * (2.0 / std::numbers::pi);
    first = static_cast<std::int64_t>(std::ceil(lower - slack(lower)));
    last = std::min(first + 3, static_cast<std::int64_t>(std::floor(upper + slack(upper))));
  }
  /// One of them is m modulo 4.
  [[nodiscard]] bool has(std::int64_t m) const {
    const std::int64_t next = first + (((m - first) % 4) + 4) % 4;
    return next <= last;
  }
};

/// Beyond, the argument itself says nothing about the angle.
constexpr double largest_angle = 1e9;

/// Bounds of a sine or cosine from its values at the ends, and whether it has a maximum or minimum between.
Interval between(double a, double b, bool maximum, bool minimum) {
  return {minimum ? -1.0 : std::max(-1.0, down_function(std::min(a, b))),
          maximum ? 1.0 : std::min(1.0, up_function(std::max(a, b)))};
}

bool is_angle(const Interval& x) { return x.lower >= -largest_angle && x.upper <= largest_angle; }

Interval power_of_magnitudes(double least, double most, int n) {
  return {std::max(0.0, down_function(std::pow(least, n))), up_function(std::pow(most, n))};
}

}  // namespace

Interval reciprocal(const Interval& x) {
  if (x.lower >= 0.0 && x.upper > 0.0) {
    return {std::max(0.0, down_product(1.0 / x.upper)), x.lower > 0.0 ? up_product(1.0 / x.lower) : infinity};
  }
  if (x.upper <= 0.0 && x.lower < 0.0) return -reciprocal(-x);
  return everything;
}

Interval integer_power(const Interval& x, int n) {
  if (n == 0) return {1.0, 1.0};
  if (n == 1) return x;
  if (n == 2) return square(x);
  if (n < 0) return reciprocal(integer_power(x, -n));
  if (n % 2 == 0) return power_of_magnitudes(x.mignitude(), x.magnitude(), n);
  if (x.lower >= 0.0) return power_of_magnitudes(x.lower, x.upper, n);
  if (x.upper <= 0.0) return -power_of_magnitudes(-x.upper, -x.lower, n);
  return {down_function(std::pow(x.lower, n)), up_function(std::pow(x.upper, n))};
}

Interval real_power(const Interval& x, double p) {
  if (!(x.lower >= 0.0)) return everything;
  const double a = std::pow(x.lower, p);
  const double b = std::pow(x.upper, p);
  return {std::max(0.0, down_function(std::min(a, b))), up_function(std::max(a, b))};
}

Interval sqrt(const Interval& x) {
  if (!(x.lower >= 0.0)) return everything;
  return {down(std::sqrt(x.lower)), up(std::sqrt(x.upper))};
}

Interval exp(const Interval& x) {
  constexpr double smallest = std::numeric_limits<double>::min();  // e^x > 0 can underflow
  return {std::max(0.0, down_function(std::exp(x.lower)) - smallest), up_function(std::exp(x.upper)) + smallest};
}

Interval log(const Interval& x) {
  if (!(x.lower >= 0.0)) return everything;
  return increasing([](double y) { return std::log(y); }, x);
}

void sine_cosine(const Interval& x, Interval& sine, Interval& cosine) {
  if (!is_angle(x)) {
    sine = cosine = {-1.0, 1.0};
    return;
  }
  const QuarterTurns turns(x);
  sine = between(std::sin(x.lower), std::sin(x.upper), turns.has(1), turns.has(3));
  cosine = between(std::cos(x.lower), std::cos(x.upper), turns.has(0), turns.has(2));
}

Interval one_minus_cosine(const Interval& x) {
  if (!is_angle(x)) return {0.0, 2.0};
  const Interval half{0.5 * x.lower, 0.5 * x.upper};
  const QuarterTurns turns(half);
  const double a = std::sin(half.lower);
  const double b = std::sin(half.upper);
  const double low = 2.0 * a * a;
  const double high = 2.0 * b * b;
  // 2 sin² of half the angle: zeros at even, maxima at odd quarter turns
  const bool zero = turns.has(0) || turns.has(2);
  const bool maximum = turns.has(1) || turns.has(3);
  return {zero ? 0.0 : std::max(0.0, down_function(std::min(low, high))),
          maximum ? 2.0 : std::min(2.0, up_function(std::max(low, high)))};
}

Interval tan(const Interval& x) {
  if (!is_angle(x)) return everything;
  const QuarterTurns turns(x);
  if (turns.has(1) || turns.has(3)) return everything;
  return increasing([](double y) { return std::tan(y); }, x);
}

Interval asin(const Interval& x) {
  if (!(x.lower >= -1.0 && x.upper <= 1.0)) return everything;
  return odd([](double y) { return std::asin(y); }, x);
}

Interval acos(const Interval& x) {
  if (!(x.lower >= -1.0 && x.upper <= 1.0)) return everything;
  return {std::max(0.0, down_function(std::acos(x.upper))), up_function(std::acos(x.lower))};
}

Interval atan(const Interval& x) {
  return odd([](double y) { return std::atan(y); }, x);
}

Interval sinh(const Interval& x) {
  return odd([](double y) { return std::sinh(y); }, x);
}

Interval cosh(const Interval& x) {
  return {std::max(1.0, down_function(std::cosh(x.mignitude()))), up_function(std::cosh(x.magnitude()))};
}

Interval tanh(const Interval& x) {
  const Interval y = odd([](double z) { return std::tanh(z); }, x);
  return {std::max(-1.0, y.lower), std::min(1.0, y.upper)};
}

Interval asinh(const Interval& x) {
  return odd([](double y) { return std::asinh(y); }, x);
}

Interval acosh(const Interval& x) {
  if (!(x.lower >= 1.0)) return everything;
  return {std::max(0.0, down_function(std::acosh(x.lower))), up_function(std::acosh(x.upper))};
}

Interval atanh(const Interval& x) {
  if (!(x.lower >= -1.0 && x.upper <= 1.0)) return everything;
  return odd([](double y) { return std::atanh(y); }, x);
}

}  // namespace nordheim::detail
