// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/fourier_expansion.hpp"

#include "model/program.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>
#include <variant>
#include <vector>

namespace nordheim::detail {

namespace {

using Complex = std::complex<double>;
/// Σ_n c_n e^{iπ k·n}: half lattice vectors, because the square of sin πk_1 is periodic, too.
using Polynomial = FourierCoefficients;
constexpr std::size_t most_terms = 512;

/// slope·k + constant.
struct Linear {
  Vector3 slope{};
  double constant = 0.0;
};

/// A value on the way; monostate: something else.
using Value = std::variant<std::monostate, Linear, Polynomial>;

/// e^{i x} of a linear x, if it has the period 2 in each component of k.
std::optional<std::pair<std::array<int, 3>, Complex>> wave(const Linear& x) {
  constexpr double rounding = 8.0 * std::numeric_limits<double>::epsilon();
  constexpr double largest = 1e6;
  std::array<int, 3> n{};
  for (std::size_t j = 0; j < 3; ++j) {
    const double halves = x.slope[j] / std::numbers::pi;
    if (!(std::abs(halves) < largest)) return std::nullopt;
    const double whole = std::round(halves);
    if (std::abs(halves - whole) > rounding * std::abs(whole)) return std::nullopt;
    n[j] = static_cast<int>(whole);
  }
  return std::pair{n, std::polar(1.0, x.constant)};
}

std::array<int, 3> sum(const std::array<int, 3>& a, const std::array<int, 3>& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

/// The polynomial that a value is, if it is one.
std::optional<Polynomial> polynomial(const Value& value) {
  if (const auto* p = std::get_if<Polynomial>(&value)) return *p;
  const auto* linear = std::get_if<Linear>(&value);
  if (linear == nullptr || linear->slope != Vector3{}) return std::nullopt;
  return Polynomial{{{}, linear->constant}};
}

/// αx + βy.
Value combined(double alpha, const Value& x, double beta, const Value& y) {
  const auto* a = std::get_if<Linear>(&x);
  const auto* b = std::get_if<Linear>(&y);
  if (a != nullptr && b != nullptr) {
    Linear result{{}, alpha * a->constant + beta * b->constant};
    for (std::size_t j = 0; j < 3; ++j) result.slope[j] = alpha * a->slope[j] + beta * b->slope[j];
    return result;
  }
  const auto p = polynomial(x);
  const auto q = polynomial(y);
  if (!p || !q) return {};
  Polynomial result;
  for (const auto& [n, c] : *p) result[n] += alpha * c;
  for (const auto& [n, c] : *q) result[n] += beta * c;
  return result;
}

Value product(const Value& x, const Value& y) {
  const auto p = polynomial(x);
  const auto q = polynomial(y);
  if (!p || !q) return {};
  Polynomial result;
  for (const auto& [n, c] : *p) {
    for (const auto& [m, d] : *q) result[sum(n, m)] += c * d;
    if (result.size() > most_terms) return {};
  }
  return result;
}

Value power(const Value& x, double exponent) {
  constexpr double largest = 64.0;
  if (!(exponent > 0.0 && exponent <= largest)) return {};
  Value result = x;
  for (int i = 1; i < static_cast<int>(exponent); ++i) result = product(result, x);
  return result;
}

/// (e^{ix} c + e^{−ix} c*): twice the real part of c e^{ix}.
Value twice_real_part(const Value& x, Complex c) {
  const auto* linear = std::get_if<Linear>(&x);
  if (linear == nullptr) return {};
  const auto found = wave(*linear);
  if (!found) return {};
  const auto& [n, phase] = *found;
  Polynomial result;
  result[n] += c * phase;
  result[{-n[0], -n[1], -n[2]}] += std::conj(c * phase);
  return result;
}

Value sine(const Value& x) { return twice_real_part(x, {0.0, -0.5}); }
Value cosine(const Value& x) { return twice_real_part(x, 0.5); }

void execute(const Operation& o, std::vector<Value>& slots) {
  const Value one = Linear{{}, 1.0};
  switch (o.op) {
    case Operator::constant:
      slots[o.out] = Linear{{}, o.alpha};
      break;
    case Operator::variable: {
      Linear k;
      k.slope[o.a] = 1.0;
      slots[o.out] = k;
      break;
    }
    case Operator::affine:
      slots[o.out] = combined(o.alpha, slots[o.a], o.beta, one);
      break;
    case Operator::add:
      slots[o.out] = combined(1.0, slots[o.a], 1.0, slots[o.b]);
      break;
    case Operator::subtract:
      slots[o.out] = combined(1.0, slots[o.a], -1.0, slots[o.b]);
      break;
    case Operator::multiply:
      slots[o.out] = product(slots[o.a], slots[o.b]);
      break;
    case Operator::integer_power:
      slots[o.out] = power(slots[o.a], o.alpha);
      break;
    case Operator::sine_cosine:
      if (o.first_used) slots[o.out] = sine(slots[o.a]);
      if (o.second_used) slots[o.out + 1] = cosine(slots[o.a]);
      break;
    case Operator::one_minus_cosine:
      slots[o.out] = combined(1.0, one, -1.0, cosine(slots[o.a]));
      break;
    default:
      break;  // not a polynomial
  }
}

}  // namespace

std::optional<FourierCoefficients> fourier_coefficients(const SmoothFunction& f) {
  const Program& program = f.program();
  std::vector<Value> slots(program.slots());
  for (const Operation& o : program.operations()) execute(o, slots);
  const auto found = polynomial(slots[program.result()]);
  if (!found) return std::nullopt;
  FourierCoefficients result;
  for (const auto& [n, c] : *found) {
    const bool periodic = std::all_of(n.begin(), n.end(), [](int halves) { return halves % 2 == 0; });
    if (periodic) result[{n[0] / 2, n[1] / 2, n[2] / 2}] = c;
    if (!periodic && c != 0.0) return std::nullopt;
  }
  return result;
}

}  // namespace nordheim::detail
