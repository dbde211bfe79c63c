// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/monotone_chain.hpp"

#include "model/interpreter.hpp"
#include "model/program.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <utility>

namespace nordheim::detail {

namespace {

/// A function of one argument that is strictly monotone where it is defined, or on either side of 0.
bool has_monotone_branch(const Operation& o, bool second) {
  switch (o.op) {
    case Operator::affine:
    case Operator::integer_power:
    case Operator::real_power:
    case Operator::square_root:
    case Operator::exponential:
    case Operator::logarithm:
    case Operator::arc_sine:
    case Operator::arc_cosine:
    case Operator::arc_tangent:
    case Operator::hyperbolic_tangent:
    case Operator::area_sine:
    case Operator::area_cosine:
    case Operator::area_tangent:
      return true;
    case Operator::hyperbolic_sine_cosine:
      return second ? o.second_used : o.first_used;
    default:
      return false;
  }
}

}  // namespace

MonotoneChain::MonotoneChain(const SmoothFunction& f) : inner_(f) {
  const Program& program = f.program();
  std::uint32_t slot = program.result();
  while (true) {
    const Operation& o = program.maker(slot);
    const bool second = o.out != slot;
    if (!has_monotone_branch(o, second) || program.maker(o.a).op == Operator::variable) break;
    steps_.push_back({o, second});
    slot = o.a;
  }
  std::reverse(steps_.begin(), steps_.end());
  inner_ = SmoothFunction(std::make_shared<const Program>(program.dimension(), program.operations(), slot));
}

template <class T>
T MonotoneChain::value(const Step& step, const T& x) {
  T y{};
  if (step.operation.op == Operator::affine) {
    affine(y, x, step.operation.alpha, step.operation.beta);
  } else if (has_two_values(step.operation.op)) {
    T other{};
    step.second ? pair(step.operation, x, other, y) : pair(step.operation, x, y, other);
  } else {
    y = value_of(step.operation, x);
  }
  return y;
}

/// Powers and the hyperbolic cosine have an extremum, a flat point or a pole at 0.
bool MonotoneChain::turns_at_zero(const Step& step) {
  return step.operation.op == Operator::integer_power ||
         (step.operation.op == Operator::hyperbolic_sine_cosine && step.second);
}

bool MonotoneChain::is_defined_from_zero(const Step& step) {
  return step.operation.op == Operator::square_root || step.operation.op == Operator::real_power;
}

int MonotoneChain::direction(Interval smallest, Interval largest) const {
  int sign = 1;
  for (const Step& step : steps_) {
    if (is_defined_from_zero(step) && smallest.contains_zero()) smallest = {0.0, 0.0};
    if (turns_at_zero(step)) {
      if (smallest.contains_zero()) smallest = {0.0, 0.0};
      if (largest.contains_zero()) largest = {0.0, 0.0};
      if (smallest.lower < 0.0 && largest.upper > 0.0) return 0;
    }
    smallest = value(step, smallest);
    largest = value(step, largest);
    if (smallest.lower > largest.upper) {
      std::swap(smallest, largest);
      sign = -sign;
    } else if (!(smallest.upper < largest.lower)) {
      return 0;  // nothing is certain, as where a function is not defined
    }
  }
  return sign;
}

double MonotoneChain::operator()(double u, Interval rounded) const {
  for (const Step& step : steps_) {
    if ((is_defined_from_zero(step) || turns_at_zero(step)) && rounded.contains_zero()) {
      u = 0.0;
      rounded = {0.0, 0.0};
    }
    u = value(step, u);
    rounded = value(step, rounded);
  }
  return u;
}

}  // namespace nordheim::detail
