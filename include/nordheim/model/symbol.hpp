// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>

namespace nordheim {

namespace detail {
class Tape;
}

/// @brief A number that remembers how it was computed, as the coordinates k_j in the formula of a SmoothFunction.
///
/// It behaves like a double in + − * / and the functions below; comparisons do not exist, because what is computed must
/// be smooth. Use generic code (const auto&) and unqualified calls of functions to have one formula for both:
///
///     auto band = [](const auto& k) { using std::cos; return 2.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]); };
///
/// Constants are folded and an operation that comes again is recorded once. Symbols belong to the call of the formula
/// that they were made for: they may be neither kept for another formula nor shared between threads.
class Symbol {
 public:
  /// A constant.
  Symbol(double constant = 0.0) : constant_(constant) {}  // NOLINT(google-explicit-constructor): formulas mix both

  Symbol& operator+=(const Symbol& other) { return *this = *this + other; }
  Symbol& operator-=(const Symbol& other) { return *this = *this - other; }
  Symbol& operator*=(const Symbol& other) { return *this = *this * other; }
  Symbol& operator/=(const Symbol& other) { return *this = *this / other; }

  // All throw InvalidArgument if they meet symbols of two different formulas.
  friend Symbol operator+(const Symbol& a, const Symbol& b);
  friend Symbol operator-(const Symbol& a, const Symbol& b);
  friend Symbol operator*(const Symbol& a, const Symbol& b);
  friend Symbol operator/(const Symbol& a, const Symbol& b);
  friend Symbol operator-(const Symbol& a);
  friend Symbol operator+(const Symbol& a) { return a; }

  friend Symbol sqrt(const Symbol& a);
  friend Symbol exp(const Symbol& a);
  friend Symbol log(const Symbol& a);
  friend Symbol sin(const Symbol& a);
  friend Symbol cos(const Symbol& a);
  /// 1 − cos a without cancellation where a is small.
  friend Symbol one_minus_cos(const Symbol& a);
  friend Symbol tan(const Symbol& a);
  friend Symbol asin(const Symbol& a);
  friend Symbol acos(const Symbol& a);
  friend Symbol atan(const Symbol& a);
  friend Symbol sinh(const Symbol& a);
  friend Symbol cosh(const Symbol& a);
  friend Symbol tanh(const Symbol& a);
  friend Symbol asinh(const Symbol& a);
  friend Symbol acosh(const Symbol& a);
  friend Symbol atanh(const Symbol& a);
  /// a^n for a whole n of any sign.
  friend Symbol pow(const Symbol& a, int n);
  /// a^b for a > 0 (a constant whole b: any a).
  friend Symbol pow(const Symbol& a, const Symbol& b);
  friend Symbol pow(const Symbol& a, double b) { return pow(a, Symbol(b)); }

 private:
  friend class SmoothFunction;
  friend class detail::Tape;
  std::shared_ptr<detail::Tape> tape_{};  ///< empty: a constant
  std::uint32_t slot_ = 0;                ///< of the value on the tape
  double constant_ = 0.0;
};

/// 1 − cos x = 2 sin²(x/2), which keeps its digits where x is small.
inline double one_minus_cos(double x) {
  const double s = std::sin(0.5 * x);
  return 2.0 * s * s;
}

}  // namespace nordheim
