// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <vector>

using namespace nordheim;

namespace {

/// y0' = −y0 y1 + t, y1' = y0²; with its Jacobian.
OdeSystem nonlinear() {
  return {2,
          [](double t, ConstState y, State f) {
            f[0] = -y[0] * y[1] + t;
            f[1] = y[0] * y[0];
          },
          [](double, ConstState y, ConstState v, State Jv) {
            Jv[0] = -y[1] * v[0] - y[0] * v[1];
            Jv[1] = 2.0 * y[0] * v[0];
          }};
}

/// y' = y (1 − y): the fixed point 1 attracts at the rate 1.
OdeSystem logistic() {
  return {1, [](double, ConstState y, State f) { f[0] = y[0] * (1.0 - y[0]); },
          [](double, ConstState y, ConstState v, State Jv) { Jv[0] = (1.0 - 2.0 * y[0]) * v[0]; }};
}

}  // namespace

TEST_CASE("the shifted system is the system at the shifted state") {
  const OdeSystem moved = shifted(nonlinear(), {2.0, -3.0});
  CHECK(moved.size == 2);
  const std::vector<double> z{0.5, 4.0}, v{1.0, 10.0};
  std::vector<double> f(2), Jv(2);
  // y = (2.5, 1).
  moved.right_hand_side(0.25, z, f);
  CHECK(f == std::vector<double>{-2.25, 6.25});
  moved.jacobian_action(0.25, z, v, Jv);
  CHECK(Jv == std::vector<double>{-26.0, 5.0});
}

TEST_CASE("a deviation can be counted in units") {
  const OdeSystem moved = shifted(nonlinear(), {2.0, -3.0}, {0.5, 4.0});
  const std::vector<double> z{1.0, 1.0}, v{2.0, 2.5};
  std::vector<double> f(2), Jv(2);
  // The same state and direction as above.
  moved.right_hand_side(0.25, z, f);
  CHECK(f == std::vector<double>{-4.5, 1.5625});
  moved.jacobian_action(0.25, z, v, Jv);
  CHECK(Jv == std::vector<double>{-52.0, 1.25});
  CHECK_THROWS_AS(shifted(nonlinear(), {2.0, -3.0}, {1.0}), DimensionMismatch);
  CHECK_THROWS_AS(shifted(nonlinear(), {2.0, -3.0}, {1.0, 0.0}), InvalidArgument);
}

TEST_CASE("a system without a Jacobian stays without") {
  OdeSystem system = nonlinear();
  system.jacobian_action = nullptr;
  CHECK_FALSE(shifted(system, {0.0, 0.0}).jacobian_action);
}

TEST_CASE("copies of a shifted system do the same") {
  const OdeSystem first = shifted(nonlinear(), {2.0, -3.0});
  const OdeSystem second = first;
  const std::vector<double> z{0.5, 4.0}, other{-1.0, 1.0};
  std::vector<double> f(2), g(2), h(2);
  first.right_hand_side(0.0, z, f);
  second.right_hand_side(0.0, other, g);
  first.right_hand_side(0.0, z, h);
  CHECK(f == h);
  CHECK(g == std::vector<double>{2.0, 1.0});
}

TEST_CASE("an origin of another length is refused") {
  CHECK_THROWS_AS(shifted(nonlinear(), {1.0}), DimensionMismatch);
  CHECK_THROWS_AS(shifted(nonlinear(), {1.0, 2.0, 3.0}), DimensionMismatch);
}

TEST_CASE("shifted and plain integrations agree on the way") {
  for (const EvolutionMethod method :
       {EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta}) {
    CAPTURE(name(method));
    EvolutionOptions options;
    options.method = method;
    options.rtol = 1e-10;
    std::vector<double> y{0.2}, z{0.2 - 1.0};
    Evolution(logistic(), options).run(y, 0.0, 2.0);
    Evolution(shifted(logistic(), {1.0}), options).run(z, 0.0, 2.0);
    // y = 1/(1 + 4 e^{−t}); the errors of some hundred steps may add up.
    const double exact = 1.0 / (1.0 + 4.0 * std::exp(-2.0));
    CHECK_THAT(y[0], WithinAbs(exact, 1e-8));
    CHECK_THAT(1.0 + z[0], WithinAbs(exact, 1e-8));
  }
}

TEST_CASE("a shifted integration approaches its equilibrium to round-off at a moderate tolerance") {
  EvolutionOptions options;
  options.rtol = 1e-8;
  options.atol = 1e-18;  // below the distance that is wanted
  std::vector<double> z{0.2 - 1.0}, y{0.2};
  Evolution deviation(shifted(logistic(), {1.0}), options);
  deviation.stop_when([](double, ConstState d) { return std::abs(d[0]) <= 1e-15; });
  const auto report = deviation.run(z, 0.0, 100.0);
  CHECK(report.stopped_by_condition);
  CHECK(std::abs(z[0]) <= 1e-15);
  // |z| = 4 e^{−t}/(1 + 4e^{−t}) is 1e-15 at t = 35.9; 2^{-52} steps of 1 + z blur the last decade.
  CHECK_THAT(report.time, WithinAbs(std::log(4e15), 3.0));

  // The plain integration comes to rest where its tolerance lets it.
  Evolution(logistic(), options).run(y, 0.0, 30.0);
  CHECK(std::abs(y[0] - 1.0) > 1e-12);
  CHECK(std::abs(y[0] - 1.0) < 1e-7);
}
