// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/complex_interval.hpp"

#include "support/catch.hpp"

#include <complex>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace nordheim;
using detail::ComplexInterval;
using Complex = std::complex<double>;

namespace {

bool contains(const ComplexInterval& box, const Complex& z) {
  // The reference itself is rounded.
  const double slack = 1e-14 * std::abs(z) + 1e-300;
  return box.re.lower <= z.real() + slack && z.real() - slack <= box.re.upper && box.im.lower <= z.imag() + slack &&
         z.imag() - slack <= box.im.upper;
}

bool is_bounded(const ComplexInterval& box) { return box.magnitude() < detail::infinity; }

struct Function {
  std::string name;
  std::function<ComplexInterval(const ComplexInterval&)> of_box;
  std::function<Complex(const Complex&)> of_point;
};

template <class Pair>
std::function<ComplexInterval(const ComplexInterval&)> part_of(Pair pair, bool second) {
  return [=](const ComplexInterval& z) {
    ComplexInterval a;
    ComplexInterval b;
    pair(z, a, b);
    return second ? b : a;
  };
}

std::vector<Function> functions() {
  const auto hyperbolic = [](const auto& z, auto& a, auto& b) { detail::hyperbolic_sine_cosine(z, a, b); };
  const auto circular = [](const auto& z, auto& a, auto& b) { detail::sine_cosine(z, a, b); };
  return {{"square", [](auto& z) { return square(z); }, [](auto& z) { return z * z; }},
          {"power", [](auto& z) { return integer_power(z, 5); }, [](auto& z) { return std::pow(z, 5); }},
          {"inverse power", [](auto& z) { return integer_power(z, -3); }, [](auto& z) { return std::pow(z, -3); }},
          {"real power", [](auto& z) { return real_power(z, 1.7); }, [](auto& z) { return std::pow(z, 1.7); }},
          {"reciprocal", [](auto& z) { return reciprocal(z); }, [](auto& z) { return 1.0 / z; }},
          {"quotient", [](auto& z) { return z / (square(z) + 2.0); }, [](auto& z) { return z / (z * z + 2.0); }},
          {"sqrt", [](auto& z) { return sqrt(z); }, [](auto& z) { return std::sqrt(z); }},
          {"exp", [](auto& z) { return exp(z); }, [](auto& z) { return std::exp(z); }},
          {"log", [](auto& z) { return log(z); }, [](auto& z) { return std::log(z); }},
          {"sin", [](auto& z) { return sin(z); }, [](auto& z) { return std::sin(z); }},
          {"cos", [](auto& z) { return cos(z); }, [](auto& z) { return std::cos(z); }},
          {"sine of a pair", part_of(circular, false), [](auto& z) { return std::sin(z); }},
          {"cosine of a pair", part_of(circular, true), [](auto& z) { return std::cos(z); }},
          {"sinh", part_of(hyperbolic, false), [](auto& z) { return std::sinh(z); }},
          {"cosh", part_of(hyperbolic, true), [](auto& z) { return std::cosh(z); }},
          {"1 - cos", [](auto& z) { return one_minus_cosine(z); },
           [](auto& z) { return 2.0 * std::pow(std::sin(0.5 * z), 2); }},
          {"tan", [](auto& z) { return tan(z); }, [](auto& z) { return std::tan(z); }},
          {"tanh", [](auto& z) { return tanh(z); }, [](auto& z) { return std::tanh(z); }},
          {"asin", [](auto& z) { return asin(z); }, [](auto& z) { return std::asin(z); }},
          {"acos", [](auto& z) { return acos(z); }, [](auto& z) { return std::acos(z); }},
          {"atan", [](auto& z) { return atan(z); }, [](auto& z) { return std::atan(z); }},
          {"asinh", [](auto& z) { return asinh(z); }, [](auto& z) { return std::asinh(z); }},
          {"acosh", [](auto& z) { return acosh(z); }, [](auto& z) { return std::acosh(z); }},
          {"atanh", [](auto& z) { return atanh(z); }, [](auto& z) { return std::atanh(z); }}};
}

}  // namespace

TEST_CASE("functions of a rectangle hold their values at its points") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> place(-2.0, 2.0);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  for (const Function& f : functions()) {
    CAPTURE(f.name);
    int bounded = 0;
    for (int trial = 0; trial < 400; ++trial) {
      const double size = std::pow(10.0, -3.0 * unit(random));
      const double x = place(random);
      const double y = trial % 4 == 0 ? -0.5 * size : place(random);  // also across the real axis
      const ComplexInterval box{{x, x + size}, {y, y + size}};
      const ComplexInterval image = f.of_box(box);
      bounded += is_bounded(image) ? 1 : 0;
      for (int point = 0; point < 10; ++point) {
        const Complex z(x + size * unit(random), y + size * unit(random));
        if (!contains(image, f.of_point(z))) {
          CAPTURE(x, y, size, z.real(), z.imag());
          FAIL_CHECK("a value is outside");
        }
      }
    }
    CHECK(bounded > 200);  // not only by giving up
  }
}

TEST_CASE("rectangles of any size have reciprocals and logarithms") {
  for (const double scale : {1e-280, 1e-160, 1.0, 1e160, 1e280}) {
    CAPTURE(scale);
    const ComplexInterval box{{1.0 * scale, 1.1 * scale}, {-0.1 * scale, 0.1 * scale}};
    CHECK(reciprocal(box).magnitude() * scale < 1.3);
    CHECK(contains(reciprocal(box), 1.0 / Complex(1.05 * scale, 0.0)));
    CHECK(contains(log(box), std::log(Complex(1.05 * scale, 0.05 * scale))));
    CHECK(log(box).re.width() < 0.2);
  }
}

TEST_CASE("the whole plane is what is not analytic and stays so") {
  const ComplexInterval cut{{-1.0, -0.5}, {-0.1, 0.1}};
  const ComplexInterval zero{{-0.1, 0.1}, {-0.1, 0.1}};
  const auto never = [](const ComplexInterval& z) {
    CHECK_FALSE(is_bounded(z));
    CHECK_FALSE(is_bounded(exp(z)));
    CHECK_FALSE(is_bounded(tanh(sin(z))));
    CHECK_FALSE(is_bounded(reciprocal(square(z) + 1.0)));
    CHECK_FALSE(is_bounded(atan(log(z))));
  };
  never(log(cut));
  never(sqrt(cut));
  never(reciprocal(zero));
  never(real_power(zero, 1.5));
  never(tan(ComplexInterval{{1.5, 1.6}, {-0.1, 0.1}}));
  never(atanh(ComplexInterval{{1.5, 1.6}, {-0.1, 0.1}}));
}
