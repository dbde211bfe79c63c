// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/smooth_function.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

long double one_minus_cos(long double x) {
  const long double s = std::sin(x / 2);
  return 2 * s * s;
}
std::complex<double> one_minus_cos(const std::complex<double>& x) { return 1.0 - std::cos(x); }
using nordheim::one_minus_cos;

/// A formula as a SmoothFunction and, independently of symbols, in other arithmetics.
struct Case {
  const char* name;
  SmoothFunction f;
  std::function<long double(const std::array<long double, 3>&)> precise;
  std::function<std::complex<double>(const std::array<std::complex<double>, 3>&)> complex;
};

template <class Formula>
Case make_case(const char* name, int dimension, Formula formula) {
  return {name, SmoothFunction(dimension, formula), formula, formula};
}

/// Constants are doubles; products with other numbers stay in their arithmetic.
std::vector<Case> cases() {
  std::vector<Case> all;
  all.push_back(make_case("nearest neighbours", 3, [](const auto& k) {
    return one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) + one_minus_cos(two_pi * k[2]);
  }));
  all.push_back(make_case("mixed cosines", 3, [](const auto& k) {
    using std::cos;
    const auto a = cos(two_pi * k[0]);
    const auto b = cos(two_pi * k[1]);
    const auto c = cos(two_pi * k[2]);
    return 3.9 - (a + b + c) - 0.3 * (a * b + b * c + c * a);
  }));
  all.push_back(make_case("sine terms", 2, [](const auto& k) {
    using std::cos, std::sin;
    return sin(two_pi * (k[0] + 2.0 * k[1])) - 0.7 * cos(two_pi * k[1]) + 0.2 * sin(two_pi * k[0]) * cos(two_pi * k[1]);
  }));
  all.push_back(make_case("root", 3, [](const auto& k) {
    using std::sqrt;
    return 0.5 * sqrt(0.09 + 2.0 * (one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) +
                                    0.3 * one_minus_cos(two_pi * (k[2] - k[0]))));
  }));
  all.push_back(make_case("quotient", 2, [](const auto& k) {
    using std::cos, std::sin;
    return sin(two_pi * k[0]) * k[1] / (2.0 + cos(two_pi * (k[0] - k[1])));
  }));
  all.push_back(make_case("exponentials", 2, [](const auto& k) {
    using std::exp, std::log;
    return exp(k[0] * k[1] - 2.0) + log(3.0 + k[0]) - 2.0 / (4.0 + k[1]);
  }));
  all.push_back(make_case("hyperbolic", 2, [](const auto& k) {
    using std::cosh, std::sinh, std::tanh;
    return sinh(k[0]) * cosh(1.5 * k[1]) - tanh(2.0 * k[0] * k[1]);
  }));
  all.push_back(make_case("arcs", 2, [](const auto& k) {
    using std::acos, std::asin, std::atan, std::tan;
    return atan(3.0 * k[0]) + asin(0.4 * k[1]) * acos(0.3 * k[0]) + tan(0.6 * k[0]);
  }));
  all.push_back(make_case("areas", 1, [](const auto& k) {
    using std::acosh, std::asinh, std::atanh;
    return asinh(2.0 * k[0]) - acosh(3.0 + k[0]) * atanh(0.4 * k[0]);
  }));
  all.push_back(make_case("powers", 3, [](const auto& k) {
    using std::pow;
    return pow(k[0], 3) - 0.5 * pow(k[1], 4) + pow(3.0 + k[2], -2) * pow(2.5 + k[0], 1.3) - pow(k[0] - k[1], 2);
  }));
  return all;
}

Vector3 random_point(std::mt19937_64& random, double reach = 1.0) {
  std::uniform_real_distribution<double> unit(-reach, reach);
  return {unit(random), unit(random), unit(random)};
}

std::array<long double, 3> precise(const Vector3& k) { return {k[0], k[1], k[2]}; }

// Double against long double: some dozen roundings of numbers up to about ten.
constexpr double rounding = 2e-14;

}  // namespace

TEST_CASE("A smooth function has the values of its formula") {
  std::mt19937_64 random(1);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 200; ++i) {
      const Vector3 k = random_point(random);
      CHECK_THAT(c.f(k), WithinAbs(static_cast<double>(c.precise(precise(k))), rounding));
    }
  }
}

TEST_CASE("Derivatives agree with complex steps") {
  // Im f(k + i h e_j)/h is the derivative up to h^2: no cancellation, h can be tiny.
  constexpr double h = 1e-30;
  std::mt19937_64 random(2);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 100; ++i) {
      const Vector3 k = random_point(random);
      const auto e = c.f.expansion(k);
      Vector3 gradient{};
      CHECK_THAT(c.f.with_gradient(k, gradient), WithinAbs(e.value, rounding));
      for (int j = 0; j < c.f.dimension(); ++j) {
        const auto axis = static_cast<std::size_t>(j);
        std::array<std::complex<double>, 3> z{k[0], k[1], k[2]};
        z[axis] += std::complex<double>(0.0, h);
        const double expected = c.complex(z).imag() / h;
        double derivative = 0.0;
        CHECK(c.f.with_derivative(k, j, derivative) == c.f(k));
        // Derivatives are up to 2 pi times larger than values, second ones once more.
        CHECK_THAT(derivative, WithinAbs(expected, 10.0 * rounding));
        CHECK_THAT(gradient[axis], WithinAbs(expected, 10.0 * rounding));
        CHECK_THAT(e.gradient[axis], WithinAbs(expected, 10.0 * rounding));
        const auto continued = c.f.expansion(SmoothFunction::ComplexVector3(z));
        for (std::size_t m = 0; m < 3; ++m) {
          CHECK_THAT(continued.gradient[m].imag() / h, WithinAbs(e.hessian[axis][m], 100.0 * rounding));
          CHECK(e.hessian[axis][m] == e.hessian[m][axis]);
        }
      }
    }
  }
}

TEST_CASE("The analytic continuation has the values of the formula") {
  std::mt19937_64 random(3);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 100; ++i) {
      const Vector3 k = random_point(random);
      const Vector3 q = random_point(random, 0.1);
      const std::array<std::complex<double>, 3> z{{{k[0], q[0]}, {k[1], q[1]}, {k[2], q[2]}}};
      CHECK(std::abs(c.f.expansion(SmoothFunction::ComplexVector3(z)).value - c.complex(z)) < rounding);
    }
  }
}

TEST_CASE("On a line the values are the same to the last bit") {
  std::mt19937_64 random(4);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int axis = 0; axis < c.f.dimension(); ++axis) {
      SmoothFunction::Line line(c.f, axis);
      for (int i = 0; i < 20; ++i) {
        Vector3 k = random_point(random);
        line.through(k);
        for (int m = 0; m < 3; ++m) {
          k[static_cast<std::size_t>(axis)] = random_point(random)[0];
          double expected = 0.0;
          double derivative = 0.0;
          const double value = c.f.with_derivative(k, axis, expected);
          CHECK(line(k[static_cast<std::size_t>(axis)]) == c.f(k));
          CHECK(line(k[static_cast<std::size_t>(axis)], derivative) == value);
          CHECK(derivative == expected);
        }
      }
    }
  }
}
