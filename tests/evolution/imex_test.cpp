// SPDX-License-Identifier: GPL-3.0-or-later
// The implicit–explicit pair on systems with a splitting, and what goes wrong with the methods that need one.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/density_relaxation.hpp"
#include "support/two_pi.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace nordheim;
using test::two_pi;
using Relaxation = test::DensityRelaxation<LatticeGrid>;

namespace {

/// A turn, explicit, and g = (1 − y·y) y, implicit: |y|² = 1/(1 + 3 e^{−2t}) from |y| = 1/2, at the angle −t.
OdeSystem turning(bool with_jacobian) {
  OdeSystem system;
  system.size = 2;
  const auto turn = [](double, ConstState y, State f) {
    f[0] = y[1];
    f[1] = -y[0];
  };
  const auto grow = [](double, ConstState y, State f) {
    const double s = 1.0 - y[0] * y[0] - y[1] * y[1];
    f[0] = s * y[0];
    f[1] = s * y[1];
  };
  system.right_hand_side = [=](double t, ConstState y, State f) {
    std::array<double, 2> more{};
    turn(t, y, f);
    grow(t, y, more);
    f[0] += more[0];
    f[1] += more[1];
  };
  system.splitting.rate = turn;
  system.splitting.remainder = grow;
  if (with_jacobian) {
    system.splitting.remainder_jacobian = [](double, ConstState y, ConstState v, State Jv) {
      const double s = 1.0 - y[0] * y[0] - y[1] * y[1], p = 2.0 * (y[0] * v[0] + y[1] * v[1]);
      Jv[0] = s * v[0] - p * y[0];
      Jv[1] = s * v[1] - p * y[1];
    };
  }
  return system;
}

/// A wave of classical particles in a bath at Kn = 1e-3, where streaming is slow and collisions are fast.
struct Wave {
  explicit Wave(double knudsen)
      : grid(8, Dispersion::nearest_neighbour(2)),
        box({16.0}, {8}),
        equation(box, std::vector<Relaxation>(1, Relaxation(grid, 1.0, 0.5)), {.knudsen = knudsen}) {
    for (std::size_t r = 0; r < box.size(); ++r) {
      for (std::size_t a = 0; a < grid.size(); ++a) {
        W.push_back(1.0 + 0.3 * std::cos(two_pi * (box.position(r)[0] / 16.0 + grid.momentum(a)[0])));
      }
    }
  }
  [[nodiscard]] double number() const {
    double sum = 0.0;
    for (const double x : W) sum += x;
    return sum / static_cast<double>(W.size());
  }
  LatticeGrid grid;
  PeriodicBox box;
  InhomogeneousEquation<Relaxation> equation;
  std::vector<double> W;
};

}  // namespace

TEST_CASE("the implicit-explicit pair reaches exact solutions by order five") {
  for (const bool with_jacobian : {true, false}) {
    const auto run = [&](double rtol) {
      std::vector<double> y{0.5, 0.0};
      const auto report =
          Evolution(turning(with_jacobian), {.method = EvolutionMethod::imex, .rtol = rtol}).run(y, 0.0, 10.0);
      CHECK((report.jacobian_actions > 0) == with_jacobian);
      const double size = 1.0 / std::sqrt(1.0 + 3.0 * std::exp(-20.0));
      return std::pair{std::hypot(y[0] - size * std::cos(10.0), y[1] + size * std::sin(10.0)),
                       static_cast<double>(report.steps)};
    };
    const auto [coarse_error, coarse_steps] = run(1e-6);
    const auto [fine_error, fine_steps] = run(1e-10);
    CHECK(coarse_error < 1e-4);  // a hundred times the tolerance of a step
    CHECK(fine_error < 1e-8);
    // Tolerances bound the embedded formula of order 4: four decades are 10^{4/5} in steps, and order 5 in the result.
    CHECK(std::log(coarse_error / fine_error) / std::log(fine_steps / coarse_steps) == Approx(5.0).margin(0.7));
  }
}

TEST_CASE("stiff collisions are implicit, and number is kept to rounding") {
  // By time 20 the initial layer of 1e-3 is long over. An explicit method needs 20/(2.8 · 1e-3) steps at least.
  Wave imex(1e-3), bdf(1e-3);
  const double before = imex.number();
  RelaxationModel model{
      .weights = {imex.grid.weights().begin(), imex.grid.weights().end()},
      .rates = std::vector<double>(imex.grid.size(), 1e3),
      .fluctuation = {imex.equation.collisions().target().begin(), imex.equation.collisions().target().end()},
      .invariants = imex.equation.collisions().invariants()};
  // Streaming is not in the implicit part: no velocities.
  RelaxationPreconditioner preconditioner(imex.box, std::vector<double>(2 * imex.grid.size(), 0.0), 2, model, {}, 1);
  OdeSystem system = ode_system(imex.equation);
  system.preconditioner = preconditioner.for_ode();
  const auto report = Evolution(system, {.method = EvolutionMethod::imex, .rtol = 1e-8}).run(imex.W, 0.0, 20.0);
  Evolution(ode_system(bdf.equation), {.method = EvolutionMethod::bdf, .rtol = 1e-9}).run(bdf.W, 0.0, 20.0);
  INFO(report.steps << " steps, " << report.rhs_evaluations << " + " << report.jacobian_actions << " evaluations, "
                    << imex.number() - before);
  CHECK(report.steps < 200);
  CHECK(max_difference(imex.W, bdf.W) < 1e-7);
  // The operator itself makes 1e-16 of its rate; over 2e4 mean free times that adds up.
  CHECK(std::abs(imex.number() - before) < 5e-12);
}

TEST_CASE("the implicit-explicit pair agrees with Lawson's method for fermions in a potential") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({12.0}, {6});
  const auto run = [&](EvolutionMethod method, double rtol) {
    std::vector<LatticeTwoBody> operators;
    operators.emplace_back(grid, Statistics::fermion, LatticeTwoBodyOptions{.threads = 1});
    std::vector<double> U, W;
    for (std::size_t r = 0; r < box.size(); ++r) {
      U.push_back(0.3 * std::cos(two_pi * box.position(r)[0] / 12.0));
      for (std::size_t a = 0; a < grid.size(); ++a) {
        W.push_back(0.4 + 0.2 * std::cos(two_pi * grid.momentum(a)[0]) + 0.1 * U.back());
      }
    }
    InhomogeneousEquation<LatticeTwoBody> equation(box, std::move(operators), {.knudsen = 0.2, .potential = U});
    Evolution(ode_system(equation), {.method = method, .rtol = rtol}).run(W, 0.0, 3.0);
    return W;
  };
  const auto exact = run(EvolutionMethod::lawson, 1e-10);
  CHECK(max_difference(run(EvolutionMethod::imex, 1e-6), exact) < 1e-6);
  CHECK(max_difference(run(EvolutionMethod::imex, 1e-9), exact) < 1e-8);
}

TEST_CASE("what a splitting throws comes through, and shorter steps are tried where that may help") {
  constexpr std::array methods{EvolutionMethod::imex, EvolutionMethod::strang, EvolutionMethod::lawson,
                               EvolutionMethod::explicit_runge_kutta};
  const auto options = [](EvolutionMethod method) {
    return EvolutionOptions{.method = method, .rtol = 1e-6, .max_step = 0.1};
  };
  const auto with = [](const OdeSystem::RightHandSide& remainder) {
    OdeSystem system = turning(false);
    system.splitting.flow = [](double h, State y) {
      const double c = std::cos(h), s = std::sin(h);
      const double first = c * y[0] + s * y[1];
      y[1] = c * y[1] - s * y[0];
      y[0] = first;
    };
    system.splitting.remainder = remainder;
    system.right_hand_side = [=](double t, ConstState y, State f) {
      remainder(t, y, f);
      f[0] += y[1];
      f[1] -= y[0];
    };
    return system;
  };
  for (const auto method : methods) {
    CAPTURE(name(method));
    std::vector<double> y{1.0, 0.0};
    const auto size = [&] { return std::hypot(y[0], y[1]); };
    Evolution broken(with([](double t, ConstState, State g) {
                       if (t > 1.0) throw std::domain_error("from the remainder");
                       g[0] = g[1] = 0.0;
                     }),
                     options(method));
    CHECK_THROWS_AS(broken.run(y, 0.0, 5.0), std::domain_error);
    // The last accepted state: a turn by an angle between 0.5 and 1.
    CHECK(std::atan2(-y[1], y[0]) == Approx(0.75).margin(0.26));
    CHECK(size() == Approx(1.0).epsilon(1e-4));

    y = {1.0, 0.0};
    Evolution hopeless(with([](double t, ConstState, State g) {
                         if (t > 1.0) throw RecoverableError("the remainder has no value");
                         g[0] = g[1] = 0.0;
                       }),
                       options(method));
    CHECK_THROWS_WITH(hopeless.run(y, 0.0, 5.0), Catch::Matchers::Contains("the remainder has no value"));

    // A failure now and then costs a few steps.
    y = {1.0, 0.0};
    int calls = 0;
    Evolution repaired(with([&](double, ConstState, State g) {
                         if (++calls % 61 == 0) throw RecoverableError("for now");
                         g[0] = g[1] = 0.0;
                       }),
                       options(method));
    const auto report = repaired.run(y, 0.0, 5.0);
    CHECK(report.time == 5.0);
    CHECK(y[0] == Approx(std::cos(5.0)).margin(1e-4));
    CHECK(y[1] == Approx(-std::sin(5.0)).margin(1e-4));

    Evolution stopped(with([](double, ConstState, State g) { g[0] = g[1] = 0.0; }), options(method));
    stopped.interrupt_when([] { return true; });
    CHECK_THROWS_AS(stopped.run(y, 0.0, 5.0), Interrupted);
  }
}
