// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace nordheim {

/// @brief A formula of named variables, as users write it in a case file: "0.3 + 0.2*cos(2*pi*kx)".
///
/// Numbers with a decimal point whatever the locale; the constants pi and e; + − * / and ^ (power, binds from the right
/// and more strongly than a sign: −2^2 = −4, 2^3^2 = 512); comparisons == != < > <= >=, && and ||, which give 0 or 1;
/// `condition ? a : b`; sqrt, exp, log and ln (both natural), log2, log10, sin, cos, tan, asin, acos, atan, atan2,
/// sinh, cosh, tanh, asinh, acosh, atanh, erf, abs, sign, rint, floor, ceil, min, max, sum, avg. Assignments, several
/// results ("1, 2") and texts are refused, so an evaluation can change nothing.
///
/// One object may be evaluated by several threads at once: every evaluation takes a parser of its own out of a pool,
/// which grows to the number of threads; the lock is held while one is taken or given back, never while it works.
/// Copies are cheap and share the pool. About 0.1 µs an evaluation.
class Expression {
 public:
  /// @param formula    ASCII, at most 5000 characters
  /// @param variables  names of letters, digits and underscores, in the order of the values; at least the used ones
  /// @throws InvalidArgument naming the formula, the position of the mistake and what is wrong
  Expression(std::string formula, std::vector<std::string> variables);

  /// @brief Value of the formula; NaN or infinity is returned like any number.
  /// @param values  one value for each variable, shape (variables().size())
  /// @throws InvalidArgument if the number of values is not that of the variables
  double operator()(std::span<const double> values) const;

  [[nodiscard]] const std::string& formula() const noexcept;
  [[nodiscard]] const std::vector<std::string>& variables() const noexcept;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace nordheim
