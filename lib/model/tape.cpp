// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tape.hpp"

#include <nordheim/core/error.hpp>

#include <bit>
#include <cassert>
#include <utility>

namespace nordheim::detail {

Symbol Tape::symbol(std::uint32_t slot) {
  Symbol made;
  made.tape_ = shared_from_this();
  made.slot_ = slot;
  return made;
}

std::uint32_t Tape::record(Operation operation) {
  const Key key{operation.op, operation.a, operation.b, std::bit_cast<std::uint64_t>(operation.alpha),
                std::bit_cast<std::uint64_t>(operation.beta)};
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  operation.out = static_cast<std::uint32_t>(maker_of_.size());
  const auto index = static_cast<std::uint32_t>(operations_.size());
  maker_of_.insert(maker_of_.end(), has_two_values(operation.op) ? 2 : 1, index);
  operations_.push_back(operation);
  known_.emplace(key, operation.out);
  return operation.out;
}

const Operation* Tape::maker(std::uint32_t slot) const {
  const Operation& operation = operations_[maker_of_[slot]];
  return operation.out == slot ? &operation : nullptr;
}

Symbol Tape::variable(int coordinate) {
  return symbol(record({.op = Operator::variable, .a = static_cast<std::uint32_t>(coordinate)}));
}

Symbol Tape::affine(const Symbol& x, double alpha, double beta) {
  if (!is_symbolic(x)) return alpha * x.constant_ + beta;
  if (alpha == 0.0) return beta;
  if (alpha == 1.0 && beta == 0.0) return x;
  Tape& tape = *x.tape_;
  std::uint32_t operand = x.slot_;
  if (const Operation* inner = tape.maker(operand); inner != nullptr && inner->op == Operator::affine) {
    beta += alpha * inner->beta;
    alpha *= inner->alpha;
    operand = inner->a;
    if (alpha == 1.0 && beta == 0.0) return tape.symbol(operand);
  }
  // c − c cos x, where the second value of a pair is a cosine
  const Operation& source = tape.operations_[tape.maker_of_[operand]];
  if (beta == -alpha && source.op == Operator::sine_cosine && source.out + 1 == operand) {
    const auto versine = tape.record({.op = Operator::one_minus_cosine, .a = source.a});
    return affine(tape.symbol(versine), beta, 0.0);
  }
  return tape.symbol(tape.record({.op = Operator::affine, .a = operand, .alpha = alpha, .beta = beta}));
}

Symbol Tape::unary(Operator op, const Symbol& x, double alpha) {
  return x.tape_->symbol(x.tape_->record({.op = op, .a = x.slot_, .alpha = alpha}));
}

Symbol Tape::unary_second(Operator op, const Symbol& x) {
  assert(has_two_values(op));
  return x.tape_->symbol(x.tape_->record({.op = op, .a = x.slot_}) + 1);
}

Symbol Tape::binary(Operator op, const Symbol& x, const Symbol& y) {
  if (x.tape_ != y.tape_) {
    throw InvalidArgument(
        "a formula mixes symbols of two different functions; allowed are only those that the formula is called with");
  }
  std::uint32_t a = x.slot_;
  std::uint32_t b = y.slot_;
  const bool commutes = op == Operator::add || op == Operator::multiply;
  if (commutes && b < a) std::swap(a, b);
  return x.tape_->symbol(x.tape_->record({.op = op, .a = a, .b = b}));
}

}  // namespace nordheim::detail
