// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong in a time integration, and how it is said.
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

using namespace nordheim;
using Catch::Matchers::Contains;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::array all_methods{EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta};

EvolutionOptions options_of(EvolutionMethod method) {
  EvolutionOptions options;
  options.method = method;
  options.rtol = 1e-8;
  return options;
}

OdeSystem decay() {
  return {1, [](double, ConstState y, State f) { f[0] = -y[0]; }};
}

}  // namespace

TEST_CASE("an exception of the user comes through unchanged") {
  for (const EvolutionMethod method : all_methods) {
    CAPTURE(name(method));
    std::vector<double> y{1.0};
    Evolution rhs({1,
                   [](double t, ConstState u, State f) {
                     if (t > 1.0) throw std::domain_error("from the right-hand side");
                     f[0] = -u[0];
                   }},
                  options_of(method));
    CHECK_THROWS_AS(rhs.run(y, 0.0, 5.0), std::domain_error);
    // The last accepted state is there: a point of the solution before t = 1.
    CHECK(y[0] < 1.0);
    CHECK(y[0] > std::exp(-1.0) * (1.0 - 1e-6));

    y = {1.0};
    Evolution observer(decay(), options_of(method));
    observer.observe([](const Observation& observation) {
      if (observation.steps > 3) throw std::out_of_range("from the observer");
    });
    CHECK_THROWS_AS(observer.run(y, 0.0, 5.0), std::out_of_range);
    CHECK(y[0] < 1.0);

    y = {1.0};
    Evolution condition(decay(), options_of(method));
    condition.stop_when([](double t, ConstState) -> bool { throw std::length_error(std::to_string(t)); });
    CHECK_THROWS_AS(condition.run(y, 0.0, 5.0), std::length_error);
  }
  std::vector<double> y{1.0};
  OdeSystem system = decay();
  system.jacobian_action = [](double, ConstState, ConstState, State) { throw std::domain_error("from the Jacobian"); };
  CHECK_THROWS_WITH(Evolution(system, options_of(EvolutionMethod::bdf)).run(y, 0.0, 5.0), "from the Jacobian");
}

TEST_CASE("a recoverable error makes the step smaller") {
  for (const EvolutionMethod method : all_methods) {
    CAPTURE(name(method));
    int refusals = 0;
    // y = (1 − 25t)² stays positive until t = 0.04; a first step that long goes through zero.
    Evolution evolution({1,
                         [&](double, ConstState y, State f) {
                           if (y[0] < 0.0) {
                             ++refusals;
                             throw RecoverableError("negative");
                           }
                           f[0] = -50.0 * std::sqrt(y[0]);
                         }},
                        [&] {
                          auto options = options_of(method);
                          options.initial_step = 0.036;
                          options.rtol = 1e-4;
                          return options;
                        }());
    std::vector<double> y{1.0};
    evolution.run(y, 0.0, 0.036);
    CHECK_THAT(y[0], WithinAbs(0.01, 2e-4));
    CHECK(refusals > 0);
  }
}

TEST_CASE("a right-hand side that never works ends the run with its sentence") {
  for (const EvolutionMethod method : all_methods) {
    CAPTURE(name(method));
    std::vector<double> y{1.0};
    Evolution wall({1,
                    [](double, ConstState u, State f) {
                      if (u[0] < 0.5) throw RecoverableError("the wall at 0.5");
                      f[0] = -1.0;
                    }},
                   options_of(method));
    try {
      wall.run(y, 0.0, 5.0);
      FAIL("the run went through the wall");
    } catch (const IntegrationError& error) {
      CHECK_THAT(error.what(), Contains("the wall at 0.5"));
      CHECK(error.time() > 0.2);
      CHECK(error.time() < 0.51);
      CHECK(error.steps() > 0);
      CHECK_THAT(y[0], WithinAbs(1.0 - error.time(), 1e-6));
    }
    Evolution poisoned({1, [](double t, ConstState, State f) { f[0] = t > 1.0 ? not_a_number : 1.0; }},
                       options_of(method));
    y = {0.0};
    CHECK_THROWS_WITH(poisoned.run(y, 0.0, 5.0), Contains("the right-hand side is") && Contains("in component 0"));
    CHECK(std::isfinite(y[0]));
  }
}

TEST_CASE("the number of steps is limited") {
  for (const EvolutionMethod method : all_methods) {
    auto options = options_of(method);
    options.max_steps = 7;
    options.max_step = 1e-3;
    std::vector<double> y{1.0};
    CHECK_THROWS_WITH(Evolution(decay(), options).run(y, 0.0, 5.0), Contains("max_steps = 7"));
    CHECK_THAT(y[0], WithinAbs(1.0, 0.01));
  }
}

TEST_CASE("an interruption says where it happened") {
  for (const EvolutionMethod method : all_methods) {
    std::vector<double> y{1.0};
    int calls = 0;
    Evolution evolution(decay(), options_of(method));
    evolution.interrupt_when([&] { return ++calls > 30; });
    try {
      evolution.run(y, 0.0, 5.0);
      FAIL("the run was not interrupted");
    } catch (const Interrupted& interrupted) {
      CHECK_THAT(y[0], WithinAbs(std::exp(-interrupted.time()), 1e-5));
      CHECK_THAT(interrupted.what(), Contains("interrupted"));
    }
  }
}

TEST_CASE("impossible input is refused with the number found") {
  std::vector<double> y{1.0}, wrong{1.0, 2.0}, poisoned{not_a_number};
  Evolution evolution(decay());
  CHECK_THROWS_WITH(evolution.run(y, 0.0, -1.0), "the end time -1 is not after the initial time 0");
  CHECK_THROWS_AS(evolution.run(y, 0.0, not_a_number), InvalidArgument);
  CHECK_THROWS_AS(evolution.run(y, not_a_number, 1.0), InvalidArgument);
  CHECK_THROWS_WITH(evolution.run(y, 0.0, infinity), Contains("no condition stops the run"));
  CHECK_THROWS_AS(evolution.run(wrong, 0.0, 1.0), DimensionMismatch);
  CHECK_THROWS_WITH(evolution.run(poisoned, 0.0, 1.0), Contains("component 0"));
  CHECK_THROWS_WITH(evolution.run(y, 0.0, 1.0, std::vector<double>{0.5, 0.4}), Contains("not after the one before"));
  CHECK_THROWS_WITH(evolution.run(y, 0.0, 1.0, std::vector<double>{1.5}), Contains("not between 0 and 1"));
  CHECK(y[0] == 1.0);

  const auto refused = [](auto change) {
    EvolutionOptions options;
    change(options);
    Evolution(decay(), options);
  };
  for (const double rtol : {0.0, -1.0, 1.0, not_a_number, 1e-16}) {
    CHECK_THROWS_AS(refused([&](EvolutionOptions& o) { o.rtol = rtol; }), InvalidArgument);
  }
  CHECK_THROWS_AS(refused([](EvolutionOptions& o) { o.atol = -1.0; }), InvalidArgument);
  CHECK_THROWS_AS(refused([](EvolutionOptions& o) { o.max_step = infinity; }), InvalidArgument);
  CHECK_THROWS_AS(refused([](EvolutionOptions& o) { o.initial_step = not_a_number; }), InvalidArgument);
  CHECK_THROWS_AS(refused([](EvolutionOptions& o) { o.max_steps = 0; }), InvalidArgument);
  CHECK_THROWS_AS(Evolution(OdeSystem{}), InvalidArgument);
  CHECK_THROWS_AS(Evolution(OdeSystem{3, {}}), InvalidArgument);
}
