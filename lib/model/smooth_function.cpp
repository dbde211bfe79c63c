// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/smooth_function.hpp>

#include "model/interpreter.hpp"
#include "model/program.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <type_traits>
#include <utility>

namespace nordheim {

using detail::Jet;
using detail::Operation;
using detail::Operator;
using detail::Program;

namespace {

/// A value and its derivative along one axis.
using Dual = Jet<double, 1, 1>;

/// Dual slots seen as plain numbers.
template <class Slots>
struct Values {
  Slots& slots;
  double& operator[](std::size_t slot) { return slots[slot].value; }
};

/// What does not depend on k_axis; its derivatives along the axis are 0.
template <class Slots>
void execute_beside(const Program& program, int axis, const Vector3& k, Slots& slots) {
  Values<Slots> values{slots};
  for (const Operation& o : program.beside(axis)) {
    detail::execute(o, k, values);
    slots[o.out].gradient[0] = 0.0;
    if (detail::has_two_values(o.op)) slots[o.out + 1].gradient[0] = 0.0;
  }
}

/// What does.
template <class Slots>
void execute_along(const Program& program, int axis, const Vector3& k, Slots& slots) {
  for (const Operation& o : program.along(axis)) detail::execute(o, k, slots);
}

/// Calls with the dimension as a constant of the compiler.
template <class Call>
auto with_dimension(int dimension, Call call) {
  if (dimension == 1) return call(std::integral_constant<std::size_t, 1>{});
  if (dimension == 2) return call(std::integral_constant<std::size_t, 2>{});
  return call(std::integral_constant<std::size_t, 3>{});
}

template <class S>
SmoothFunction::Expansion<S> expanded(const Program& program, const std::array<S, 3>& k) {
  return with_dimension(program.dimension(), [&](auto dimension) {
    constexpr std::size_t D = decltype(dimension)::value;
    const auto jet = detail::evaluate<Jet<S, D, 2>>(program, k);
    SmoothFunction::Expansion<S> e;
    e.value = jet.value;
    for (std::size_t i = 0; i < D; ++i) {
      e.gradient[i] = jet.gradient[i];
      for (std::size_t j = 0; j <= i; ++j) e.hessian[i][j] = e.hessian[j][i] = jet.hessian[detail::hessian_place(i, j)];
    }
    return e;
  });
}

using IntervalVector3 = std::array<Interval, 3>;

IntervalVector3 box(const Vector3& lower, const Vector3& upper) {
  return {Interval{lower[0], upper[0]}, {lower[1], upper[1]}, {lower[2], upper[2]}};
}

/// A point of the box near its centre, and the box seen from there.
struct Centred {
  IntervalVector3 centre{};
  IntervalVector3 offset{};

  Centred(const Vector3& lower, const Vector3& upper) {
    using detail::operator-;
    for (std::size_t j = 0; j < 3; ++j) {
      const double c = std::clamp(lower[j] + 0.5 * (upper[j] - lower[j]), lower[j], upper[j]);
      centre[j] = {c, c};
      offset[j] = Interval{lower[j], upper[j]} - c;
    }
  }
};

/// The bounds, together with those by the mean-value theorem: f(c) + Σ_j ∂_j f (k_j − c_j).
Interval by_mean_value(const Interval& natural, const Interval& at_centre, const IntervalVector3& gradient,
                       const Centred& centred, int dimension) {
  using detail::operator*;
  using detail::operator+;
  Interval sum = at_centre;
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) sum = sum + gradient[j] * centred.offset[j];
  return detail::intersection(natural, sum);
}

}  // namespace

SmoothFunction::SmoothFunction(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

SmoothFunction::SmoothFunction(int dimension, const Formula& formula) {
  if (dimension < 1 || dimension > 3) {
    throw InvalidArgument("dimension = " + std::to_string(dimension) + ", allowed are 1, 2 and 3");
  }
  if (!formula) throw InvalidArgument("a smooth function needs a formula, found an empty one");
  const auto tape = std::make_shared<detail::Tape>();
  std::array<Symbol, 3> k{};
  for (int j = 0; j < dimension; ++j) k[static_cast<std::size_t>(j)] = tape->variable(j);
  const Symbol result = formula(k);
  if (!detail::Tape::is_symbolic(result)) {
    const Operation constant{.op = Operator::constant, .alpha = detail::Tape::constant(result)};
    program_ = std::make_shared<const Program>(dimension, std::vector{constant}, 0);
    return;
  }
  if (result.tape_ != tape) {
    throw InvalidArgument("a formula returned a symbol of another function; allowed is what it computes from its own");
  }
  program_ = std::make_shared<const Program>(dimension, tape->operations(), result.slot_);
}

int SmoothFunction::dimension() const noexcept { return program_->dimension(); }

double SmoothFunction::operator()(const Vector3& k) const { return detail::evaluate<double>(*program_, k); }

double SmoothFunction::with_gradient(const Vector3& k, Vector3& gradient) const {
  return with_dimension(dimension(), [&](auto d) {
    constexpr std::size_t D = decltype(d)::value;
    const auto jet = detail::evaluate<Jet<double, D, 1>>(*program_, k);
    gradient = {};
    std::copy(jet.gradient.begin(), jet.gradient.end(), gradient.begin());
    return jet.value;
  });
}

double SmoothFunction::with_derivative(const Vector3& k, int axis, double& derivative) const {
  assert(axis >= 0 && axis < dimension());
  detail::Slots<Dual> slots(program_->slots());
  execute_beside(*program_, axis, k, slots);
  execute_along(*program_, axis, k, slots);
  derivative = slots[program_->result()].gradient[0];
  return slots[program_->result()].value;
}

SmoothFunction::Expansion<double> SmoothFunction::expansion(const Vector3& k) const { return expanded(*program_, k); }

SmoothFunction::Expansion<std::complex<double>> SmoothFunction::expansion(const ComplexVector3& k) const {
  return expanded(*program_, k);
}

SmoothFunction::Bounds SmoothFunction::bounds(const Vector3& lower, const Vector3& upper) const {
  assert(lower[0] <= upper[0] && lower[1] <= upper[1] && lower[2] <= upper[2]);
  const Centred centred(lower, upper);
  return with_dimension(dimension(), [&](auto d) {
    constexpr std::size_t D = decltype(d)::value;
    const auto jet = detail::evaluate<Jet<Interval, D, 1>>(*program_, box(lower, upper));
    Bounds b;
    std::copy(jet.gradient.begin(), jet.gradient.end(), b.gradient.begin());
    const auto at_centre = detail::evaluate<Interval>(*program_, centred.centre);
    b.value = by_mean_value(jet.value, at_centre, b.gradient, centred, dimension());
    return b;
  });
}

SmoothFunction::Expansion<Interval> SmoothFunction::expansion_bounds(const Vector3& lower, const Vector3& upper) const {
  assert(lower[0] <= upper[0] && lower[1] <= upper[1] && lower[2] <= upper[2]);
  const Centred centred(lower, upper);
  auto e = expanded(*program_, box(lower, upper));
  return with_dimension(dimension(), [&](auto d) {
    constexpr std::size_t D = decltype(d)::value;
    const auto at_centre = detail::evaluate<Jet<Interval, D, 1>>(*program_, centred.centre);
    for (std::size_t j = 0; j < D; ++j) {
      e.gradient[j] = by_mean_value(e.gradient[j], at_centre.gradient[j], e.hessian[j], centred, dimension());
    }
    e.value = by_mean_value(e.value, at_centre.value, e.gradient, centred, dimension());
    return e;
  });
}

std::optional<SmoothFunction> SmoothFunction::squared() const {
  const Operation& last = program_->maker(program_->result());
  const bool scaled = last.op == Operator::affine && last.alpha > 0.0 && last.beta == 0.0;
  const Operation& root = scaled ? program_->maker(last.a) : last;
  if (root.op != Operator::square_root) return std::nullopt;
  std::vector<Operation> operations = program_->operations();
  std::uint32_t result = root.a;
  if (scaled) {
    const auto slot = static_cast<std::uint32_t>(program_->slots());
    operations.push_back({.op = Operator::affine, .out = slot, .a = result, .alpha = last.alpha * last.alpha});
    result = slot;
  }
  return SmoothFunction(std::make_shared<const Program>(dimension(), operations, result));
}

SmoothFunction::Line::Line(const SmoothFunction& f, int axis)
    : program_(f.program_), axis_(axis), slots_(static_cast<void*>(short_)) {
  static_assert(sizeof(Dual) == 2 * sizeof(double));
  assert(axis >= 0 && axis < f.dimension());
  if (program_->slots() > in_place) {
    long_.resize(2 * program_->slots());
    slots_ = long_.data();
  }
}

void SmoothFunction::Line::through(const Vector3& k) {
  auto* slots = static_cast<Dual*>(slots_);
  execute_beside(*program_, axis_, k, slots);
}

double SmoothFunction::Line::operator()(double x) {
  auto* slots = static_cast<Dual*>(slots_);
  Values<Dual*> values{slots};
  Vector3 k{};
  k[static_cast<std::size_t>(axis_)] = x;
  for (const Operation& o : program_->along(axis_)) detail::execute(o, k, values);
  return slots[program_->result()].value;
}

double SmoothFunction::Line::operator()(double x, double& derivative) {
  auto* slots = static_cast<Dual*>(slots_);
  Vector3 k{};
  k[static_cast<std::size_t>(axis_)] = x;
  execute_along(*program_, axis_, k, slots);
  derivative = slots[program_->result()].gradient[0];
  return slots[program_->result()].value;
}

}  // namespace nordheim
