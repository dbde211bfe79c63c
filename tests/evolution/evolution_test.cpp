// SPDX-License-Identifier: GPL-3.0-or-later
// The time integrators against exact solutions.
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace nordheim;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array all_methods{EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta};

EvolutionOptions options_of(EvolutionMethod method, double rtol) {
  EvolutionOptions options;
  options.method = method;
  options.rtol = rtol;
  return options;
}

/// y'' = −y as a system; y(t) = (cos t, −sin t).
OdeSystem oscillator() {
  return {2,
          [](double, ConstState y, State f) {
            f[0] = y[1];
            f[1] = -y[0];
          },
          [](double, ConstState, ConstState v, State Jv) {
            Jv[0] = v[1];
            Jv[1] = -v[0];
          }};
}

/// y' = t y², y(0) = 1: y = 1/(1 − t²/2); without a Jacobian.
OdeSystem growing() {
  return {1, [](double t, ConstState y, State f) { f[0] = t * y[0] * y[0]; }};
}

/// Exchange between n places, y_a' = Σ_b sin²(a+b) (y_b² − y_a²): Σ y_a is conserved, all y become equal.
OdeSystem exchange(std::size_t n) {
  const auto rate = [](std::size_t a, std::size_t b) {
    const double s = std::sin(static_cast<double>(a + b));
    return s * s;
  };
  return {n,
          [=](double, ConstState y, State f) {
            for (std::size_t a = 0; a < n; ++a) f[a] = 0.0;
            for (std::size_t a = 0; a < n; ++a) {
              for (std::size_t b = 0; b < a; ++b) {
                const double flow = rate(a, b) * (y[b] * y[b] - y[a] * y[a]);
                f[a] += flow;
                f[b] -= flow;
              }
            }
          },
          [=](double, ConstState y, ConstState v, State Jv) {
            for (std::size_t a = 0; a < n; ++a) Jv[a] = 0.0;
            for (std::size_t a = 0; a < n; ++a) {
              for (std::size_t b = 0; b < a; ++b) {
                const double flow = 2.0 * rate(a, b) * (y[b] * v[b] - y[a] * v[a]);
                Jv[a] += flow;
                Jv[b] -= flow;
              }
            }
          }};
}

}  // namespace

TEST_CASE("exact solutions are reached within the tolerance") {
  for (const EvolutionMethod method : all_methods) {
    for (const double rtol : {1e-5, 1e-8, 1e-11}) {
      CAPTURE(name(method), rtol);
      std::vector<double> y{1.0, 0.0};
      const auto report = Evolution(oscillator(), options_of(method, rtol)).run(y, 0.0, 10.0);
      // The tolerance bounds the error of a step; over 10 time units without damping some hundred times more.
      CHECK_THAT(y[0], WithinAbs(std::cos(10.0), 300 * rtol));
      CHECK_THAT(y[1], WithinAbs(-std::sin(10.0), 300 * rtol));
      CHECK(report.time == 10.0);
      CHECK_FALSE(report.stopped_by_condition);
      CHECK(report.steps > 3);
      CHECK(report.rhs_evaluations >= report.steps);
      CHECK((report.jacobian_actions > 0) == (method == EvolutionMethod::bdf));

      std::vector<double> z{1.0};
      Evolution(growing(), options_of(method, rtol)).run(z, 0.0, 1.0);
      // y'' grows like y³ here: errors are amplified tenfold.
      CHECK_THAT(z[0], WithinRel(2.0, 3000 * rtol));
    }
  }
}

TEST_CASE("the error follows the tolerance") {
  for (const EvolutionMethod method : all_methods) {
    const auto error = [&](double rtol) {
      std::vector<double> y{1.0, 0.0};
      Evolution(oscillator(), options_of(method, rtol)).run(y, 0.0, 10.0);
      return std::hypot(y[0] - std::cos(10.0), y[1] + std::sin(10.0));
    };
    CAPTURE(name(method));
    // Six decades of tolerance are four to nine of error: the order of the method changes on the way.
    const double decades = std::log10(error(1e-4) / error(1e-10));
    CHECK(decades > 4.0);
    CHECK(decades < 9.0);
  }
}

TEST_CASE("an equilibrium is reached to the last digits") {
  for (const EvolutionMethod method : all_methods) {
    auto options = options_of(method, 1e-12);
    options.atol = 1e-15;
    std::vector<double> y{1.0};
    Evolution evolution({1, [](double, ConstState u, State f) { f[0] = 0.3 - u[0]; }}, options);
    evolution.run(y, 0.0, 60.0);
    CAPTURE(name(method));
    // e^{−60} is nothing: what is left are the last errors that were tolerated, rtol·y a step. The explicit method
    // walks along the edge of its stability there, where they hardly decay.
    CHECK_THAT(y[0], WithinAbs(0.3, method == EvolutionMethod::explicit_runge_kutta ? 1e-10 : 3e-12));
  }
}

TEST_CASE("linear invariants are kept to round-off") {
  for (const EvolutionMethod method : all_methods) {
    CAPTURE(name(method));
    constexpr std::size_t n = 40;
    std::vector<double> y(n);
    double before = 0.0;
    for (std::size_t a = 0; a < n; ++a) before += y[a] = 1.0 + 0.9 * std::cos(static_cast<double>(a));
    auto options = options_of(method, 1e-11);
    options.max_step = 0.01;  // to take many steps
    double worst = 0.0;
    Evolution evolution(exchange(n), options);
    evolution.observe([&](const Observation& observation) {
      double now = 0.0;
      for (const double value : observation.y) now += value;
      worst = std::max(worst, std::abs(now / before - 1.0));
    });
    const auto report = evolution.run(y, 0.0, 20.0);
    CHECK(report.steps >= 2000);
    // Each step rounds 40 numbers of size 1, at random: 2000 steps make 1e-16·√(2000/40).
    CHECK(worst < 1e-14);
    CHECK_THAT(y[3], WithinAbs(before / n, 1e-9));
  }
}

TEST_CASE("stiff problems want the implicit method") {
  // Prothero and Robinson: y' = −λ(y − cos t) − sin t, y = cos t, λ = 10⁵.
  const OdeSystem stiff{1, [](double t, ConstState y, State f) { f[0] = -1e5 * (y[0] - std::cos(t)) - std::sin(t); },
                        [](double, ConstState, ConstState v, State Jv) { Jv[0] = -1e5 * v[0]; }};
  std::vector<double> y{1.0}, z{1.0};
  const auto implicit_run = Evolution(stiff, options_of(EvolutionMethod::bdf, 1e-6)).run(y, 0.0, 1.0);
  const auto explicit_run = Evolution(stiff, options_of(EvolutionMethod::explicit_runge_kutta, 1e-6)).run(z, 0.0, 1.0);
  CHECK_THAT(y[0], WithinAbs(std::cos(1.0), 1e-5));
  CHECK_THAT(z[0], WithinAbs(std::cos(1.0), 1e-5));
  CHECK(100 * implicit_run.steps < explicit_run.steps);
}

TEST_CASE("output times are met and do not change the run") {
  const std::vector<double> times{0.0, 0.1, 1.0, 2.5, 3.999999, 4.0};
  for (const EvolutionMethod method : all_methods) {
    CAPTURE(name(method));
    std::vector<double> y{1.0, 0.0}, plain{1.0, 0.0};
    Evolution evolution(oscillator(), options_of(method, 1e-9));
    const auto plain_report = evolution.run(plain, 0.0, 4.0);
    std::vector<double> seen;
    double last_time = -1.0;
    int last_count = 0;
    evolution.observe([&](const Observation& observation) {
      CHECK(observation.time >= last_time);
      last_time = observation.time;
      last_count += observation.is_last ? 1 : 0;
      if (!observation.is_output) return;
      seen.push_back(observation.time);
      CHECK_THAT(observation.y[0], WithinAbs(std::cos(observation.time), 1e-7));
    });
    const auto report = evolution.run(y, 0.0, 4.0, times);
    CHECK(seen == times);
    CHECK(last_count == 1);
    if (method != EvolutionMethod::explicit_runge_kutta) {
      CHECK(y == plain);
      CHECK(report.steps == plain_report.steps);
    }
  }
}

TEST_CASE("a condition stops the run at an internal step") {
  for (const EvolutionMethod method : all_methods) {
    std::vector<double> y{1.0};
    Evolution evolution({1, [](double, ConstState u, State f) { f[0] = -u[0]; }}, options_of(method, 1e-9));
    evolution.stop_when([](double, ConstState u) { return u[0] < 1e-3; });
    std::vector<double> last;
    evolution.observe([&](const Observation& observation) {
      if (observation.is_last) last.assign(observation.y.begin(), observation.y.end());
    });
    const auto report = evolution.run(y, 0.0, infinity);
    CHECK(report.stopped_by_condition);
    CHECK(y == last);
    CHECK(y[0] < 1e-3);
    CHECK_THAT(y[0], WithinRel(std::exp(-report.time), 1e-6));
    // True from the start: nothing is done.
    const auto none = evolution.run(y, 5.0, infinity);
    CHECK(none.steps == 0);
    CHECK(none.time == 5.0);
  }
}

TEST_CASE("names of the methods") {
  for (const EvolutionMethod method : all_methods) CHECK(evolution_method_from_name(name(method)) == method);
  CHECK_THROWS_WITH(
      evolution_method_from_name("euler"),
      "method = \"euler\"; allowed are \"adams\", \"bdf\", \"explicit\", \"lawson\", \"strang\" and \"imex\"");
}
