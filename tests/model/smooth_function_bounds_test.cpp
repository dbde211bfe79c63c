// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/smooth_function.hpp>

#include "model/interval_arithmetic.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

using Precise = long double;
using Point = std::array<Precise, 3>;
constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();

Precise one_minus_cos(Precise x) {
  const Precise s = std::sin(x / 2);
  return 2 * s * s;
}
using nordheim::one_minus_cos;

/// A function and, in higher precision, the same without symbols.
struct Case {
  std::string name;
  SmoothFunction f;
  std::function<Precise(const Point&)> precise;
};

template <class Formula>
Case make_case(const char* name, int dimension, Formula formula) {
  return {name, SmoothFunction(dimension, formula), formula};
}

/// A sum over hops with mixed terms: cosines and sines of 2 pi k.R.
struct Hopping {
  std::vector<std::pair<std::array<double, 3>, double>> terms{};
  explicit Hopping(unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<int> hop(-2, 2);
    std::uniform_real_distribution<double> amplitude(-1.0, 1.0);
    for (int i = 0; i < 5; ++i) {
      const std::array<int, 3> R{hop(random), hop(random), hop(random)};
      terms.push_back({{two_pi * R[0], two_pi * R[1], two_pi * R[2]}, amplitude(random)});
    }
  }
  template <class T>
  T operator()(const std::array<T, 3>& k) const {
    using std::sin;
    T sum = 0.0;
    for (const auto& [R, t] : terms) {
      const T phase = R[0] * k[0] + R[1] * k[1] + R[2] * k[2];
      sum += t * one_minus_cos(phase) + 0.3 * t * t * sin(phase) * sin(two_pi * k[0]);
    }
    return sum;
  }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (unsigned seed = 1; seed <= 4; ++seed) all.push_back(make_case("hopping", 3, Hopping(seed)));
  all.push_back(make_case("products of cosines", 2, [](const auto& k) {
    using std::cos;
    const auto a = cos(two_pi * k[0]);
    const auto b = cos(two_pi * k[1]);
    return 2.0 - a - b - 0.4 * a * b + 0.1 * a * a * b;
  }));
  all.push_back(make_case("optical", 3, [](const auto& k) {
    using std::sqrt;
    return sqrt(0.3 +
                2.0 * (one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) + one_minus_cos(two_pi * k[2])));
  }));
  all.push_back(make_case("bending", 2, [](const auto& k) {
    using std::sqrt;
    const auto s = one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]);
    return sqrt(0.1 + s * s);
  }));
  all.push_back(make_case("quotients", 2, [](const auto& k) {
    using std::cos, std::exp, std::log, std::sin;
    return sin(two_pi * k[0]) / (2.0 + cos(two_pi * (k[0] - k[1]))) + exp(sin(k[0] * k[1])) - log(3.0 + k[0]);
  }));
  all.push_back(make_case("hyperbolic and arcs", 2, [](const auto& k) {
    using std::acos, std::acosh, std::asin, std::asinh, std::atan, std::atanh, std::cosh, std::sinh, std::tan,
        std::tanh;
    return sinh(k[0]) * cosh(k[1]) - tanh(3.0 * k[0] * k[1]) + atan(4.0 * k[0]) * asin(0.4 * k[1]) + tan(0.7 * k[0]) +
           asinh(2.0 * k[0]) - acosh(3.0 + k[0]) * atanh(0.4 * k[1]) + acos(0.3 * k[0]);
  }));
  all.push_back(make_case("powers", 3, [](const auto& k) {
    using std::pow;
    return pow(k[0], 3) - 0.5 * pow(k[1], 4) + pow(3.0 + k[2], -2) * pow(2.5 + k[0], 1.3) - pow(k[0] - k[1], 2);
  }));
  return all;
}

struct Box {
  Vector3 lower{};
  Vector3 upper{};
};

Box random_box(std::mt19937_64& random, double width) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  Box box;
  for (std::size_t j = 0; j < 3; ++j) {
    const double w = width * unit(random);
    box.lower[j] = -1.0 + (2.0 - w) * unit(random);
    box.upper[j] = box.lower[j] + w;
  }
  return box;
}

Vector3 random_point(std::mt19937_64& random, const Box& box) {
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  Vector3 k{};
  for (std::size_t j = 0; j < 3; ++j) {
    k[j] = std::clamp(box.lower[j] + unit(random) * (box.upper[j] - box.lower[j]), box.lower[j], box.upper[j]);
  }
  return k;
}

bool contains(const Interval& x, Precise y) { return x.lower <= y && y <= x.upper; }

/// A derivative that was computed in double has its own rounding error, which no bound knows of.
bool contains_about(const Interval& x, double y) {
  const double slack = 1e-12 * (1.0 + std::abs(y));
  return x.lower - slack <= y && y <= x.upper + slack;
}

}  // namespace

TEST_CASE("Bounds contain the values and derivatives at every point of a box") {
  std::mt19937_64 random(1);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 300; ++i) {
      const Box box = random_box(random, std::pow(10.0, -(i % 7)));
      const auto bounds = c.f.bounds(box.lower, box.upper);
      const auto e = c.f.expansion_bounds(box.lower, box.upper);
      CHECK(bounds.value.width() < infinity);
      for (int point = 0; point < 10; ++point) {
        const Vector3 k = random_point(random, box);
        const Precise value = c.precise({k[0], k[1], k[2]});
        CHECK(contains(bounds.value, value));
        CHECK(contains(e.value, value));
        const auto at = c.f.expansion(k);
        for (std::size_t m = 0; m < 3; ++m) {
          CHECK(contains_about(bounds.gradient[m], at.gradient[m]));
          CHECK(contains_about(e.gradient[m], at.gradient[m]));
          for (std::size_t n = 0; n < 3; ++n) CHECK(contains_about(e.hessian[m][n], at.hessian[m][n]));
        }
      }
    }
  }
}

TEST_CASE("The excess width of bounds falls with the square of the size of the box") {
  std::mt19937_64 random(2);
  constexpr int boxes = 100;
  for (const Case& c : cases()) {
    INFO(c.name);
    // Where gradients do not vanish the range on a small box is spanned by corners: compare there.
    const auto excess = [&](const Vector3& centre, double h) {
      Box box;
      Interval range{infinity, -infinity};
      Interval slope{infinity, -infinity};
      for (std::size_t j = 0; j < 3; ++j) {
        box.lower[j] = centre[j] - h;
        box.upper[j] = centre[j] + h;
      }
      for (unsigned corner = 0; corner < 8; ++corner) {
        Vector3 k{};
        for (std::size_t j = 0; j < 3; ++j) k[j] = (corner >> j & 1U) != 0 ? box.upper[j] : box.lower[j];
        Vector3 gradient{};
        const double value = c.f.with_gradient(k, gradient);
        range = {std::min(range.lower, value), std::max(range.upper, value)};
        slope = {std::min(slope.lower, gradient[0]), std::max(slope.upper, gradient[0])};
      }
      return std::array<double, 2>{c.f.bounds(box.lower, box.upper).value.width() - range.width(),
                                   c.f.expansion_bounds(box.lower, box.upper).gradient[0].width() - slope.width()};
    };
    for (std::size_t quantity = 0; quantity < 2; ++quantity) {
      double coarse = 0.0;
      double fine = 0.0;
      for (int i = 0; i < boxes; ++i) {
        const Vector3 centre = random_point(random, {{-0.9, -0.9, -0.9}, {0.9, 0.9, 0.9}});
        coarse += excess(centre, 4e-3)[quantity];
        fine += excess(centre, 1e-3)[quantity];
      }
      // Boxes a quarter as large: 16 up to the next order in the size.
      CHECK(coarse / fine > 12.0);
    }
  }
}

TEST_CASE("Bounds of a point are tight to rounding") {
  std::mt19937_64 random(3);
  for (const Case& c : cases()) {
    INFO(c.name);
    for (int i = 0; i < 100; ++i) {
      const Vector3 k = random_point(random, {{-1.0, -1.0, -1.0}, {1.0, 1.0, 1.0}});
      const auto b = c.f.bounds(k, k);
      // Some dozen steps of up to four units each way, of angles up to about 40.
      CHECK(b.value.width() < 4e-13);
      CHECK(contains(b.value, c.precise({k[0], k[1], k[2]})));
      CHECK(b.value.contains(c.f(k)));
    }
  }
}

TEST_CASE("Bounds of the nearest-neighbour band are its range") {
  const SmoothFunction f(3, [](const auto& k) {
    return one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) + one_minus_cos(two_pi * k[2]);
  });
  const auto whole = f.bounds({-0.5, -0.5, -0.5}, {0.5, 0.5, 0.5});
  CHECK(whole.value.lower == 0.0);
  CHECK_THAT(whole.value.upper, WithinAbs(6.0, 1e-14));
  for (const Interval& g : whole.gradient) {
    CHECK_THAT(g.lower, WithinAbs(-two_pi, 1e-14));
    CHECK_THAT(g.upper, WithinAbs(two_pi, 1e-14));
  }
  const auto part = f.bounds({0.05, -0.2, 0.2}, {0.1, -0.1, 0.3});
  CHECK_THAT(part.gradient[0].lower, WithinAbs(two_pi * std::sin(two_pi * 0.05), 1e-14));
  CHECK_THAT(part.gradient[1].upper, WithinAbs(-two_pi * std::sin(two_pi * 0.1), 1e-14));
  CHECK_THAT(part.gradient[2].upper, WithinAbs(two_pi, 1e-14));
}

TEST_CASE("Where a function is not defined or not bounded its bounds are infinite") {
  const auto check_infinite = [](const SmoothFunction& f, double lower, double upper) {
    const auto e = f.expansion_bounds({lower, 0.0, 0.0}, {upper, 0.0, 0.0});
    CHECK(e.value.width() == infinity);
    CHECK(e.gradient[0].width() == infinity);
    CHECK(f.bounds({lower, 0.0, 0.0}, {upper, 0.0, 0.0}).value.width() == infinity);
  };
  using Symbols = std::array<Symbol, 3>;
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return sqrt(k[0]); }), -0.1, 0.2);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return log(k[0]); }), -0.1, 0.2);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return 1.0 / k[0]; }), -0.1, 0.2);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return (2.0 + k[0]) / sin(k[0]); }), -0.1, 0.2);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return tan(k[0]); }), 1.5, 1.6);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return pow(k[0], 0.3); }), -0.1, 0.2);
  check_infinite(SmoothFunction(1, [](const Symbols& k) { return exp(1e4 * k[0]); }), 0.0, 1.0);
  // The root is defined on the whole box, its slope at 0 is not.
  const SmoothFunction root(1, [](const Symbols& k) { return sqrt(one_minus_cos(k[0])); });
  const auto b = root.bounds({-0.1, 0.0, 0.0}, {0.2, 0.0, 0.0});
  CHECK(b.value.lower == 0.0);
  CHECK_THAT(b.value.upper, WithinAbs(std::sqrt(2.0) * std::sin(0.1), 1e-15));
  CHECK(b.gradient[0].width() == infinity);
}

TEST_CASE("Sine and cosine of wide and of distant intervals") {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (int i = 0; i < 20000; ++i) {
    const double reach = std::pow(10.0, -3.0 + 8.0 * unit(random));
    const double lower = reach * (2.0 * unit(random) - 1.0);
    const double width = std::pow(10.0, -6.0 + 7.0 * unit(random));
    const Interval x{lower, lower + width};
    Interval sine{};
    Interval cosine{};
    detail::sine_cosine(x, sine, cosine);
    const Interval versine = detail::one_minus_cosine(x);
    for (int point = 0; point < 4; ++point) {
      const Precise y = std::clamp(x.lower + unit(random) * (x.upper - x.lower), x.lower, x.upper);
      REQUIRE(contains(sine, std::sin(y)));
      REQUIRE(contains(cosine, std::cos(y)));
      REQUIRE(contains(versine, one_minus_cos(y)));
    }
    // Not wider than the interval, nor than the range of the function.
    const double widest = std::min(2.0, (x.upper - x.lower) + 1e-14);
    REQUIRE(sine.width() <= widest);
    REQUIRE(cosine.width() <= widest);
  }
  Interval sine{};
  Interval cosine{};
  detail::sine_cosine({0.0, 0.5 * std::numbers::pi}, sine, cosine);
  CHECK(sine.upper == 1.0);
  CHECK_THAT(sine.lower, WithinAbs(0.0, 1e-300));
  CHECK(cosine.upper == 1.0);
  detail::sine_cosine({-infinity, 3.0}, sine, cosine);
  CHECK(sine.lower == -1.0);
  CHECK(cosine.upper == 1.0);
}

TEST_CASE("Interval operations contain the results of their members") {
  using namespace nordheim::detail;
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  const auto number = [&] {
    const double magnitude = std::pow(10.0, 320.0 * (unit(random) - 0.5) * (unit(random) < 0.3 ? 1.0 : 0.02));
    return unit(random) < 0.1 ? 0.0 : (unit(random) < 0.5 ? magnitude : -magnitude);
  };
  const auto interval = [&] {
    const double a = number();
    const double b = unit(random) < 0.3 ? a : number();
    return Interval{std::min(a, b), std::max(a, b)};
  };
  const auto member = [&](const Interval& x) -> Precise {
    return std::clamp(static_cast<double>(x.lower * unit(random) + x.upper * unit(random)), x.lower, x.upper);
  };
  for (int i = 0; i < 100000; ++i) {
    const Interval x = interval();
    const Interval y = interval();
    const Precise a = member(x);
    const Precise b = member(y);
    REQUIRE(contains(x + y, a + b));
    REQUIRE(contains(x - y, a - b));
    REQUIRE(contains(x * y, a * b));
    REQUIRE(contains(static_cast<double>(b) * x, a * b));
    REQUIRE(contains(square(x), a * a));
    if (b != 0) REQUIRE(contains(x / y, a / b));
    for (const int n : {-3, -2, 2, 3, 4, 7}) {
      if (a != 0) REQUIRE(contains(integer_power(x, n), std::pow(a, static_cast<Precise>(n))));
    }
    if (x.lower >= 0.0) REQUIRE(contains(nordheim::detail::sqrt(x), std::sqrt(a)));
  }
}
