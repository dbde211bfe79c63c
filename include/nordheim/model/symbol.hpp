// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
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
class Symbol {
 public:
  /// A constant.
  Symbol(double constant = 0.0);  // NOLINT(google-explicit-constructor): formulas mix numbers and symbols

  Symbol& operator+=(const Symbol& other);
  Symbol& operator-=(const Symbol& other);
  Symbol& operator*=(const Symbol& other);
  Symbol& operator/=(const Symbol& other);

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
  friend Symbol tan(const Symbol& a);
  friend Symbol sinh(const Symbol& a);
  friend Symbol cosh(const Symbol& a);
  friend Symbol tanh(const Symbol& a);
  friend Symbol atan(const Symbol& a);
  /// a^n for a whole n of any sign.
  friend Symbol pow(const Symbol& a, int n);
  /// a^b for a > 0.
  friend Symbol pow(const Symbol& a, const Symbol& b);

 private:
  friend class SmoothFunction;
  friend class SymbolAccess;
  std::shared_ptr<detail::Tape> tape_;  ///< empty: a constant
  std::size_t index_ = 0;               ///< of the operation on the tape
  double constant_ = 0.0;
};

}  // namespace nordheim
