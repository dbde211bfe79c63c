// SPDX-License-Identifier: GPL-3.0-or-later
// A box shared by ranks against the same box on each rank alone. As ranks_test.cpp, run on one, two and three ranks.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/equation/state_check.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/two_pi.hpp"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

namespace {

/// Seven positions, so that slabs are not equal, and 36 momenta, which are not whole blocks of a transform.
struct Gas {
  explicit Gas(Ranks ranks, InhomogeneousOptions options = {})
      : equation(box, operators(), with(std::move(options), std::move(ranks))) {
    std::vector<double> all;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double turn = two_pi * box.position(r)[0] / 10.0;
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const double x = two_pi * grid.momentum(a)[0], y = two_pi * grid.momentum(a)[1];
        all.push_back(0.35 + 0.2 * std::cos(x) * (0.6 + 0.4 * std::cos(turn)) + 0.1 * std::sin(x) * std::sin(turn) +
                      0.05 * std::sin(x + y));
      }
    }
    const ConstState part = equation.slabs().part(all);
    W.assign(part.begin(), part.end());
  }
  [[nodiscard]] std::vector<LatticeTwoBody> operators() const {
    std::vector<LatticeTwoBody> result;
    result.emplace_back(grid, Statistics::fermion, LatticeTwoBodyOptions{.threads = 1});
    return result;
  }
  static InhomogeneousOptions with(InhomogeneousOptions options, Ranks ranks) {
    options.ranks = std::move(ranks);
    options.knudsen = 0.2;
    return options;
  }
  [[nodiscard]] RelaxationPreconditioner preconditioner() {
    RelaxationModel model;
    model.weights.assign(grid.weights().begin(), grid.weights().end());
    model.rates.assign(grid.size(), 0.3);
    for (std::size_t a = 0; a < grid.size(); ++a) model.fluctuation.push_back(0.2 + 0.01 * grid.energies()[a]);
    model.invariants = equation.collisions().invariants();
    return {box, grid.velocities(), 2, std::move(model), {}, 1, equation.ranks()};
  }

  LatticeGrid grid{6, Dispersion::nearest_neighbour(2)};
  PeriodicBox box{{10.0}, {7}};
  InhomogeneousEquation<LatticeTwoBody> equation;
  std::vector<double> W;
};

/// max |mine − this rank's part of what one rank has|.
double difference(const Slabs& slabs, const std::vector<double>& mine, const std::vector<double>& whole) {
  const ConstState part = slabs.part(whole);
  double largest = mine.size() == part.size() ? 0.0 : HUGE_VAL;
  for (std::size_t i = 0; i < part.size() && largest < HUGE_VAL; ++i) {
    largest = larger(largest, std::abs(mine[i] - part[i]));
  }
  return largest;
}

std::vector<double> potential(const PeriodicBox& box) {
  std::vector<double> U;
  for (std::size_t r = 0; r < box.size(); ++r) U.push_back(0.4 * std::cos(two_pi * box.position(r)[0] / 10.0));
  return U;
}

/// The final states of a run on all ranks and alone.
template <class Options>
void compare_runs(const InhomogeneousOptions& equation, const Options& options, double tolerance,
                  bool preconditioned = false) {
  Gas shared(Ranks::world(), equation), alone(Ranks(), equation);
  RelaxationPreconditioner of_shared = shared.preconditioner(), of_alone = alone.preconditioner();
  OdeSystem shared_system = ode_system(shared.equation), alone_system = ode_system(alone.equation);
  if (preconditioned) {
    shared_system.preconditioner = of_shared.for_ode();
    alone_system.preconditioner = of_alone.for_ode();
  }
  const std::vector<double> start = alone.W;
  const auto report = Evolution(shared_system, options).run(shared.W, 0.0, 3.0);
  const auto expected = Evolution(alone_system, options).run(alone.W, 0.0, 3.0);
  CHECK(report.steps == expected.steps);
  CHECK(report.rhs_evaluations == expected.rhs_evaluations);
  CHECK(max_difference(start, alone.W) > 1e-2);
  CHECK(difference(shared.equation.slabs(), shared.W, alone.W) < tolerance);
  CHECK(shared.equation.largest_rate() == Approx(alone.equation.largest_rate()).epsilon(1e-9));
}

}  // namespace

TEST_CASE("motion through a box does not depend on the number of ranks") {
  Gas shared(Ranks::world()), alone(Ranks{});
  const Streaming &one = alone.equation.streaming(), &all = shared.equation.streaming();
  const Slabs& slabs = all.slabs();
  // To the last bit: each momentum is transformed by itself.
  std::vector<double> rate(shared.W.size()), expected(alone.W.size());
  all.rate(shared.W, rate);
  one.rate(alone.W, expected);
  CHECK(difference(slabs, rate, expected) == 0.0);
  CHECK(all.unresolved(shared.W) == Approx(one.unresolved(alone.W)).epsilon(1e-12));  // a sum in another order
  const StateCheck check = check_state(all, Statistics::fermion, shared.W);
  const StateCheck expected_check = check_state(one, Statistics::fermion, alone.W);
  CHECK(check.smallest == expected_check.smallest);
  CHECK(check.room == expected_check.room);
  std::vector<double> d(2 * alone.grid.size());
  for (std::size_t i = 0; i < d.size(); ++i) d[i] = 0.3 * static_cast<double>(i % 11);
  all.displace(d, shared.W);
  one.displace(d, alone.W);
  CHECK(difference(slabs, shared.W, alone.W) == 0.0);
  all.flow(0.7, shared.W);
  one.flow(0.7, alone.W);
  CHECK(difference(slabs, shared.W, alone.W) == 0.0);
  CHECK_THROWS_AS(all.flow(0.7, State(shared.W).first(1)), DimensionMismatch);
}

TEST_CASE("neither does motion within bounds, nor what crosses faces") {
  Gas shared(Ranks::world()), alone(Ranks{});
  const BoundedStreaming all(shared.box, shared.grid.velocities(), 2, 1.0, {}, 1, Ranks::world());
  const BoundedStreaming one(alone.box, alone.grid.velocities(), 2, 1.0, {}, 1);
  const Slabs& slabs = shared.equation.slabs();
  all.flow(0.7, shared.W);
  one.flow(0.7, alone.W);
  CHECK(difference(slabs, shared.W, alone.W) == 0.0);
  std::vector<double> crossed(shared.W.size()), expected(alone.W.size());
  all.flow_along(0, 0.4, shared.W, crossed);
  one.flow_along(0, 0.4, alone.W, expected);
  CHECK(difference(slabs, shared.W, alone.W) == 0.0);
  CHECK(difference(slabs, crossed, expected) == 0.0);
}

TEST_CASE("the right-hand side and its derivative do not depend on the number of ranks") {
  Gas shared(Ranks::world()), alone(Ranks{});
  const Slabs& slabs = shared.equation.slabs();
  std::vector<double> rate(shared.W.size()), expected(alone.W.size());
  shared.equation.right_hand_side(0.0, shared.W, rate);
  alone.equation.right_hand_side(0.0, alone.W, expected);
  CHECK(difference(slabs, rate, expected) == 0.0);  // each position by itself, from the same guess
  CHECK(shared.equation.report().largest_rate == alone.equation.report().largest_rate);
  CHECK(shared.equation.report().correction == alone.equation.report().correction);
  CHECK(shared.equation.report().engine_calls == alone.equation.report().engine_calls);
  std::vector<double> Jv(rate.size()), expected_Jv(expected.size());
  shared.equation.jacobian_action(0.0, shared.W, rate, Jv);
  alone.equation.jacobian_action(0.0, alone.W, expected, expected_Jv);
  CHECK(difference(slabs, Jv, expected_Jv) == 0.0);
  CHECK(shared.equation.largest_loss_rate(shared.W) == alone.equation.largest_loss_rate(alone.W));
}

TEST_CASE("the memory of equilibria is that of the whole box, for any number of ranks") {
  Gas shared(Ranks::world()), alone(Ranks{});
  std::vector<double> rate(shared.W.size()), expected(alone.W.size());
  CHECK(shared.equation.memory().empty());
  shared.equation.restore({});
  shared.equation.right_hand_side(0.0, shared.W, rate);
  alone.equation.right_hand_side(0.0, alone.W, expected);
  const std::vector<double> memory = shared.equation.memory();
  const bool first = Ranks::world().is_first();
  CHECK(memory == (first ? alone.equation.memory() : std::vector<double>()));
  Gas again(Ranks::world());
  again.equation.restore(memory);
  CHECK(again.equation.local_memory() == shared.equation.local_memory());
  CHECK_THROWS_AS(again.equation.restore(std::vector<double>(first ? 3 : 0)), DimensionMismatch);
}

TEST_CASE("the preconditioner does not depend on the number of ranks") {
  Gas shared(Ranks::world()), alone(Ranks{});
  RelaxationPreconditioner all = shared.preconditioner(), one = alone.preconditioner();
  std::vector<double> z(shared.W.size()), expected(alone.W.size());
  all.set_up(3.0);
  one.set_up(3.0);
  all.solve(shared.W, z);
  one.solve(alone.W, expected);
  CHECK(difference(shared.equation.slabs(), z, expected) < 1e-14);  // sums over momenta of size 1 in another order
}

// Norms are sums in another order, so that steps differ by rounding: by 1e-16 of themselves or, where a few digits of
// an error estimate are lost, by some more. The results differ by that times the error of the steps, and by rounding.
TEST_CASE("runs do not depend on the number of ranks") {
  const PeriodicBox box{{10.0}, {7}};
  SECTION("Lawson") { compare_runs({}, EvolutionOptions{.method = EvolutionMethod::lawson, .rtol = 1e-8}, 1e-13); }
  SECTION("Adams") { compare_runs({}, EvolutionOptions{.method = EvolutionMethod::adams, .rtol = 1e-8}, 1e-11); }
  SECTION("BDF") { compare_runs({}, EvolutionOptions{.method = EvolutionMethod::bdf, .rtol = 1e-6}, 1e-10, true); }
  SECTION("explicit") {
    compare_runs({}, EvolutionOptions{.method = EvolutionMethod::explicit_runge_kutta, .rtol = 1e-8}, 1e-12);
  }
  SECTION("implicit and explicit") {
    compare_runs({}, EvolutionOptions{.method = EvolutionMethod::imex, .rtol = 1e-6}, 1e-10);
  }
  SECTION("Strang, within bounds") {
    compare_runs({.streaming = StreamingScheme::bounded, .largest_occupation = 1.0},
                 EvolutionOptions{.method = EvolutionMethod::strang, .max_step = 0.1}, 1e-15);  // no norms at all
  }
  SECTION("in a constant force") {
    compare_runs({.force = {0.3, 0.0}}, EvolutionOptions{.method = EvolutionMethod::lawson, .rtol = 1e-8}, 1e-13);
  }
  SECTION("in a potential, with impurities in some places") {
    compare_runs({.collision_factor = {1.0, 0.5, 1.0, 2.0, 0.0, 1.0, 1.0}, .potential = potential(box)},
                 EvolutionOptions{.method = EvolutionMethod::lawson, .rtol = 1e-8}, 1e-13);
  }
}

TEST_CASE("a gas in R3 does not depend on the number of ranks") {
  const SphericalGrid grid({.degree = 6, .scale = 1.3, .symmetry = MomentumSymmetry::axial});
  const PeriodicBox box({8.0}, {5});
  const auto run = [&](const Ranks& ranks) {
    std::vector<SphericalTwoBody> operators;
    operators.emplace_back(grid, Statistics::fermion, SphericalTwoBodyOptions{.threads = 1});
    InhomogeneousEquation<SphericalTwoBody> equation(box, std::move(operators), {.axes = {2}, .ranks = ranks});
    std::vector<double> all;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double wave = 0.1 * std::cos(two_pi * box.position(r)[0] / 8.0);
      const MovingEquilibrium eq{Equilibrium(Statistics::fermion, 1.0 + wave, 0.0, 0.8 - wave), {0.0, 0.0, wave}};
      for (std::size_t a = 0; a < grid.size(); ++a) all.push_back(eq.occupation(grid.momentum(a)));
    }
    const ConstState part = equation.slabs().part(all);
    std::vector<double> W(part.begin(), part.end());
    Evolution(ode_system(equation), {.method = EvolutionMethod::lawson, .rtol = 1e-6}).run(W, 0.0, 0.05);
    return std::pair(equation.slabs(), W);
  };
  const auto alone = run(Ranks()), shared = run(Ranks::world());
  CHECK(difference(shared.first, shared.second, alone.second) < 1e-12);
}

TEST_CASE("an error at one position ends the run of all ranks") {
  Gas shared(Ranks::world());
  const bool last = Ranks::world().rank() + 1 == Ranks::world().size();
  OdeSystem system = ode_system(shared.equation);
  SECTION("in the state") {
    if (last) shared.W.back() = std::nan("");
    CHECK_THROWS_AS(Evolution(system, {.method = EvolutionMethod::lawson}).run(shared.W, 0.0, 1.0), InvalidArgument);
  }
  SECTION("in a function that only one rank fails in") {
    for (const auto method : {EvolutionMethod::lawson, EvolutionMethod::adams}) {
      const auto fail = [&](double, ConstState, State rate) {
        if (last) throw LibraryError("a library failed");
        std::fill(rate.begin(), rate.end(), 0.0);
      };
      system.right_hand_side = fail;
      system.splitting.remainder = fail;
      CHECK_THROWS_AS(Evolution(system, {.method = method}).run(shared.W, 0.0, 1.0), LibraryError);
    }
  }
  SECTION("in what observes") {
    Evolution evolution(system, {.method = EvolutionMethod::lawson});
    evolution.observe([&](const Observation& now) {
      if (last && now.steps == 2) throw Error("enough");
    });
    CHECK_THROWS_WITH(evolution.run(shared.W, 0.0, 1.0), "enough");
  }
  SECTION("a condition that one rank sees") {
    Evolution evolution(system, {.method = EvolutionMethod::lawson});
    int tested = 0;
    evolution.stop_when([&](double, ConstState) { return ++tested == 3 && last; });
    CHECK(evolution.run(shared.W, 0.0, 100.0).stopped_by_condition);
    CHECK(tested == 3);
  }
  SECTION("an interrupt that one rank has heard of") {
    Evolution evolution(system, {.method = EvolutionMethod::bdf});
    int asked = 0;
    evolution.interrupt_when([&] { return ++asked > 5 && last; });
    CHECK_THROWS_AS(evolution.run(shared.W, 0.0, 100.0), Interrupted);
  }
}
