// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/symbol.hpp>

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace nordheim::detail {

enum class Operator : std::uint8_t {
  constant,  ///< alpha
  variable,  ///< k_a
  affine,    ///< alpha·x + beta
  add,
  subtract,
  multiply,
  divide,
  integer_power,  ///< x^alpha, alpha a whole number other than 0 and 1
  real_power,     ///< x^alpha, x > 0
  square_root,
  exponential,
  logarithm,
  sine_cosine,  ///< two values: the sine, and in the next slot the cosine
  one_minus_cosine,
  tangent,
  arc_sine,
  arc_cosine,
  arc_tangent,
  hyperbolic_sine_cosine,  ///< two values, as sine_cosine
  hyperbolic_tangent,
  area_sine,
  area_cosine,
  area_tangent
};

[[nodiscard]] constexpr bool has_two_values(Operator op) {
  return op == Operator::sine_cosine || op == Operator::hyperbolic_sine_cosine;
}
[[nodiscard]] constexpr bool has_two_operands(Operator op) {
  return op == Operator::add || op == Operator::subtract || op == Operator::multiply || op == Operator::divide;
}
[[nodiscard]] constexpr bool has_operand(Operator op) { return op != Operator::constant && op != Operator::variable; }

/// One step of a computation: values are kept in numbered slots.
struct Operation {
  Operator op = Operator::constant;
  std::uint8_t depends = 0;  ///< bit j: on k_j
  bool first_used = true;    ///< the value in out (the sine of a pair) is used
  bool second_used = false;  ///< the value in out + 1 is used
  std::uint32_t out = 0;     ///< slot of the result
  std::uint32_t a = 0;       ///< slot of the operand x, or the coordinate
  std::uint32_t b = 0;       ///< slot of the second operand
  double alpha = 0.0;
  double beta = 0.0;
};

/// @brief Records the operations on Symbols in the order in which they are made.
///
/// Constants are folded into affine steps, an operation that is already there is not repeated.
class Tape : public std::enable_shared_from_this<Tape> {
 public:
  [[nodiscard]] Symbol variable(int coordinate);

  static Symbol affine(const Symbol& x, double alpha, double beta);
  /// Of one operand that is no constant.
  static Symbol unary(Operator op, const Symbol& x, double alpha = 0.0);
  /// Of two operands, none of them a constant.
  static Symbol binary(Operator op, const Symbol& x, const Symbol& y);
  /// The second value of a pair.
  static Symbol unary_second(Operator op, const Symbol& x);

  /// No constant: on a tape.
  [[nodiscard]] static bool is_symbolic(const Symbol& x) { return x.tape_ != nullptr; }
  [[nodiscard]] static bool is_same(const Symbol& x, const Symbol& y) {
    return x.tape_ == y.tape_ && x.slot_ == y.slot_;
  }
  [[nodiscard]] static double constant(const Symbol& x) { return x.constant_; }

  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }

 private:
  [[nodiscard]] Symbol symbol(std::uint32_t slot);
  [[nodiscard]] std::uint32_t record(Operation operation);
  /// The operation whose first value is in this slot, or null.
  [[nodiscard]] const Operation* maker(std::uint32_t slot) const;

  using Key = std::tuple<Operator, std::uint32_t, std::uint32_t, std::uint64_t, std::uint64_t>;
  std::vector<Operation> operations_{};
  std::map<Key, std::uint32_t> known_{};   ///< slot of every operation
  std::vector<std::uint32_t> maker_of_{};  ///< operation that fills a slot
};

}  // namespace nordheim::detail
