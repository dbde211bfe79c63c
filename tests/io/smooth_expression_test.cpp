// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/smooth_expression.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace nordheim;

namespace {

const std::vector<std::string> names{"kx", "ky", "kz"};
using Random = std::mt19937_64;

double unit(Random& random, double from, double to) { return std::uniform_real_distribution<double>(from, to)(random); }
std::size_t choice(Random& random, std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

std::string random_number(Random& random) {
  std::ostringstream text;
  text.precision(4);
  switch (choice(random, 3)) {
    case 0:
      text << choice(random, 4) + 1;
      break;
    case 1:
      text << std::fixed << unit(random, 0.1, 3.0);
      break;
    default:
      text << std::scientific << unit(random, 0.1, 3.0);
  }
  return text.str();
}

/// A formula with values and derivatives of moderate size for |k| < 1, brackets only where they change the meaning.
std::string random_formula(Random& random, int depth) {
  if (depth == 0) {
    const std::array<std::string, 5> leaves{"kx", "ky", "kz", random_number(random), "pi/e"};
    return leaves[choice(random, leaves.size())];
  }
  const std::string a = random_formula(random, depth - 1);
  const std::string b = random_formula(random, depth - 1);
  const std::array<std::string, 22> forms{a + " + " + b,
                                          a + " - " + b,
                                          a + " - (" + b + ")",
                                          "tanh(" + a + ")*tanh(" + b + ")",
                                          "-tanh(" + a + ")^2",
                                          "2^-tanh(" + a + ")",
                                          "(2+sin(" + a + "))^2^0.5",
                                          "(2+sin(" + a + "))^tanh(" + b + ")",
                                          "tanh(" + a + ")/(3 - cos(" + b + "))/2*3",
                                          "sqrt(1.5 + sin(" + a + "))",
                                          "exp(-tanh(" + a + "))",
                                          "log(2 + cos(" + a + "))",
                                          "ln(3+tanh(" + a + ")) - log2(2 + sin(" + a + "))",
                                          "log10(2 + cos(" + a + "))",
                                          "tan(0.5*sin(" + a + "))",
                                          "asin(0.5*sin(" + a + ")) - acos(0.4*cos(" + a + "))",
                                          "atan(" + a + ")",
                                          "sinh(sin(" + a + ")) + cosh(cos(" + a + "))",
                                          "asinh(" + a + ") + acosh(3 + sin(" + a + "))",
                                          "atanh(0.7*sin(" + a + "))",
                                          "sum(1, tanh(" + a + "), cos(" + b + ")) + avg(sin(" + a + "), 2)",
                                          "+cos(" + a + ")^3 - cos(" + a + ")"};
  return forms[choice(random, forms.size())];
}

std::string refusal(const std::string& formula) {
  try {
    (void)smooth_function(Expression(formula, names), 3);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

/// The names of functions as the message for an unknown name lists them.
std::vector<std::string> functions_of_expressions() {
  std::string message;
  try {
    const Expression unknown("qqqqqqqq", names);
  } catch (const InvalidArgument& error) {
    message = error.what();
  }
  const std::string mark = "functions: ";
  std::istringstream list(message.substr(message.find(mark) + mark.size()));
  std::vector<std::string> functions;
  for (std::string name; std::getline(list >> std::ws, name, ',');) {
    functions.push_back(name.substr(0, name.find(')')));
  }
  return functions;
}

}  // namespace

TEST_CASE("A smooth formula has the values of the expression") {
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::string formula = random_formula(random, 1 + i % 3);
    INFO(formula);
    const Expression expression(formula, names);
    const SmoothFunction f = smooth_function(expression, 3);
    for (int point = 0; point < 5; ++point) {
      const Vector3 k{unit(random, -1.0, 1.0), unit(random, -1.0, 1.0), unit(random, -1.0, 1.0)};
      const double expected = expression(k);
      REQUIRE(std::isfinite(expected));
      // Some dozen roundings, some of them with condition numbers of a few.
      CHECK_THAT(f(k), WithinAbs(expected, 1e-13 * (1.0 + std::abs(expected))));
    }
  }
}

TEST_CASE("Derivatives of a smooth formula agree with differences") {
  Random random(2);
  constexpr double h = 1e-4;
  for (int i = 0; i < 300; ++i) {
    const std::string formula = random_formula(random, 1 + i % 3);
    INFO(formula);
    const Expression expression(formula, names);
    const SmoothFunction f = smooth_function(expression, 3);
    const Vector3 k{unit(random, -1.0, 1.0), unit(random, -1.0, 1.0), unit(random, -1.0, 1.0)};
    Vector3 gradient{};
    (void)f.with_gradient(k, gradient);
    for (std::size_t j = 0; j < 3; ++j) {
      const auto at = [&](double step) {
        Vector3 shifted = k;
        shifted[j] += step;
        return expression(shifted);
      };
      const double difference = (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h);
      // The difference is good to h^4 times fifth derivatives, and to rounding over h.
      CHECK_THAT(gradient[j], WithinAbs(difference, 1e-9 * (1.0 + std::abs(difference))));
    }
  }
}

TEST_CASE("Variables beyond the dimension are zero and constants are formulas") {
  const SmoothFunction f = smooth_function(Expression("1 + kx + 10*ky + 100*kz", names), 2);
  CHECK(f.dimension() == 2);
  CHECK(f({1.0, 1.0, 7.0}) == 12.0);
  CHECK(smooth_function(Expression("2*pi", {}), 1)({0.3, 0.0, 0.0}) == 2.0 * 3.141592653589793);
  CHECK(smooth_function(Expression("sqrt(kx^2 + 1)", {"kx"}), 1).squared().has_value());
}

TEST_CASE("Every function of expressions is smooth or refused with its reason") {
  const auto functions = functions_of_expressions();
  const std::set<std::string> refused{"abs", "sign", "rint", "floor", "ceil", "min", "max", "atan2", "erf"};
  std::size_t refusals = 0;
  CHECK(functions.size() > 25);
  for (const std::string& name : functions) {
    const std::string argument = name == "acosh" ? "(1.5 + kx^2)" : name == "atan2" ? "(kx, ky)" : "(0.5 + 0.1*kx)";
    const std::string formula = "1 + " + name + argument;
    INFO(formula);
    if (refused.count(name) != 0) {
      ++refusals;
      CHECK_THAT(refusal(formula), Catch::Matchers::Contains("at character 5: \"" + name + "\" "));
      CHECK_THAT(refusal(formula), !Catch::Matchers::Contains("not known"));
    } else {
      const Expression expression(formula, names);
      const Vector3 k{0.3, 0.2, 0.1};
      CHECK_THAT(smooth_function(expression, 3)(k), WithinRel(expression(k), 1e-14));
    }
  }
  CHECK(refusals == refused.size());
}

TEST_CASE("Conditions and comparisons are refused with their reason") {
  using Catch::Matchers::Contains;
  CHECK_THAT(refusal("kx < ky"), Contains("at character 4: \"<\" is a comparison"));
  CHECK_THAT(refusal("kx >= 0.25"), Contains("at character 4: \">=\" is a comparison"));
  CHECK_THAT(refusal("1 + (kx == ky)"), Contains("at character 9: \"==\" is a comparison"));
  CHECK_THAT(refusal("kx != ky"), Contains("\"!=\" is a comparison"));
  CHECK_THAT(refusal("kx && ky"), Contains("\"&&\" is a logical operator"));
  CHECK_THAT(refusal("kx || ky"), Contains("\"||\" is a logical operator"));
  CHECK_THAT(refusal("kx > 0 ? cos(kx) : 2"), Contains("at character 8: \"?\" is a condition"));
  CHECK_THROWS_AS(smooth_function(Expression("a", {"a", "b", "c", "d"}), 3), InvalidArgument);
  CHECK_THROWS_AS(smooth_function(Expression("kx", names), 4), InvalidArgument);
}

TEST_CASE("Threads trace formulas of their own") {
  constexpr std::size_t count = 4;
  std::array<double, count> worst{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < count; ++t) {
    threads.emplace_back([t, &worst] {
      Random random(10 + t);
      for (int i = 0; i < 100; ++i) {
        const Expression expression(random_formula(random, 2), names);
        const Vector3 k{0.1, -0.2, 0.3};
        const double expected = expression(k);
        worst[t] =
            std::max(worst[t], std::abs(smooth_function(expression, 3)(k) - expected) / (1.0 + std::abs(expected)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const double difference : worst) CHECK(difference < 1e-13);
}
