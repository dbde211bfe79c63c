// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>

#include "support/catch.hpp"

#include <array>
#include <clocale>
#include <cmath>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

using nordheim::Expression;
using nordheim::InvalidArgument;

namespace {

const std::vector<std::string> k_names{"kx", "ky", "kz", "k", "omega"};
const std::array<double, 5> k_values{0.25, -0.5, 0.125, 2.0, 3.0};

double value(const std::string& formula) { return Expression(formula, k_names)(k_values); }

std::string refusal(const std::string& formula) {
  try {
    const Expression expression(formula, k_names);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

// A few roundings of functions of order one.
constexpr double rounding = 1e-15;

}  // namespace

TEST_CASE("Expressions know the usual functions, constants and precedences") {
  CHECK_THAT(value("0.3 + 0.2*cos(2*pi*kx) + 0.1*cos(2*pi*ky)"), WithinAbs(0.2, rounding));
  CHECK(value("-2^2") == -4.0);
  CHECK(value("2^3^2") == 512.0);
  CHECK(value("2^-1") == 0.5);
  CHECK_THAT(value("log(e) + ln(e) + log10(100) + log2(8)"), WithinRel(7.0, rounding));
  CHECK(value("kx < ky ? 1 : kx == 0.25 ? 5 : 6") == 5.0);
  CHECK(value("floor(-0.5) + 10*ceil(0.5) + abs(ky) + min(3, 1, 2) + max(k, omega)") == 13.5);
  CHECK_THAT(value("erf(0.5)"), WithinRel(std::erf(0.5), rounding));
  CHECK_THAT(value("1/(exp(1.5*(omega - 0.5)) + 1)"), WithinRel(1.0 / (std::exp(3.75) + 1.0), rounding));
  CHECK(value("1e-3*1.5E+3") == 1.5);
  CHECK(value("  kx\n + ky\t") == -0.25);
  CHECK(value("(kx >= 0) && (ky != 0) || 0") == 1.0);
}

TEST_CASE("Expressions return what is not a number instead of throwing") {
  CHECK(std::isnan(value("sqrt(-1)")));
  CHECK(std::isinf(value("1/(kx - 0.25)")));
}

TEST_CASE("Wrong expressions are refused with place and reason") {
  struct Bad {
    std::string formula;
    std::string place;
    std::string reason;
  };
  const std::vector<Bad> bad{{"", "character 1", "ends where"},
                             {"kx +", "character 5", "ends where"},
                             {"2*(kx + 1", "character 10", "closing bracket is missing"},
                             {"kx + kw", "character 6", "unknown name \"kw\", did you mean k"},
                             {"coss(kx)", "character 1", "did you mean cos?"},
                             {"omga*2", "character 1", "did you mean omega?"},
                             {"2 + fuzzy", "character 5", "known names: kx, ky, kz, k, omega, pi, e"},
                             {"kx = 3", "character 4", "assignments are not allowed"},
                             {"kx === 3", "character 6", "assignments are not allowed"},
                             {"kx, ky", "character 3", "one result"},
                             {"\"text\"", "character 1", "texts are not allowed"},
                             {"2*\xcf\x80", "character 3", "ASCII"},
                             {std::string("1\0+1", 4), "character 2", "ASCII"},
                             {"2 kx", "character 3", "operator such as * may be missing"},
                             {"atan2(kx)", "character", "too few arguments"},
                             {"sin(kx, ky)", "character", "too many arguments"},
                             {"kx)", "character 3", "bracket"},
                             {std::string(6000, '1'), "character", "long"}};
  for (const auto& [formula, place, reason] : bad) {
    const std::string message = refusal(formula);
    INFO(formula << "\n" << message);
    CHECK(message.find(place) != std::string::npos);
    CHECK(message.find(reason) != std::string::npos);
    CHECK(message.find("the formula \"") == 0);
  }
}

TEST_CASE("Expressions check variables") {
  CHECK_THROWS_AS(Expression("1", {"1bad"}), InvalidArgument);
  const Expression two("a + b", {"a", "b"});
  CHECK_THROWS_AS(two(std::array<double, 1>{1.0}), InvalidArgument);
  CHECK(two.formula() == "a + b");
  CHECK(two.variables() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("Expressions ignore the locale") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  // Without the German locale on this machine the test repeats the first one.
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  CHECK(value("0.5*2") == 1.0);
  std::setlocale(LC_ALL, before.c_str());
}

TEST_CASE("One expression may be evaluated by many threads") {
  const Expression square("x*x + 0*sin(x)", {"x"});
  constexpr int per_thread = 20000;
  std::array<int, 4> wrong{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&square, &wrong, t] {
      for (int i = 0; i < per_thread; ++i) {
        const double x = static_cast<double>(t * per_thread) + i;
        if (square(std::array{x}) != x * x) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == std::array<int, 4>{});
}
