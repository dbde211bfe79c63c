// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side of the inhomogeneous equation against what it cannot do without: one collision term, with its
// reference known, at each position. What is above one is streaming and the search for the local equilibria. Both are
// timed in turns, so that the ratio does not depend on what else the machine does.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/equation/bounded_streaming.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/lattice_force.hpp>

#include "in_turns.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace {

using namespace nordheim;
using namespace nordheim::benchmarks;

struct Problem {
  Problem(int dimension, int points, int nodes, std::size_t threads)
      : grid(points, Dispersion::nearest_neighbour(dimension)),
        box({64.0}, {nodes}),
        equation(box, operators(threads), {}),
        alone(std::move(operators(1).front())) {
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double turn = 2 * std::numbers::pi * box.position(r)[0] / 64.0;
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const Vector3 k = grid.momentum(a);
        W.push_back(0.35 + 0.2 * std::cos(2 * std::numbers::pi * k[0]) * (0.6 + 0.4 * std::cos(turn)) +
                    0.1 * std::cos(turn) * std::sin(2 * std::numbers::pi * k[1]));
      }
    }
    rate.resize(W.size());
    C.resize(grid.size());
    const ConstState first(W.data(), grid.size());
    alone.set_reference(equilibrium_of(Statistics::fermion, moments_of(first, grid.energies(), grid.weights()),
                                       grid.energies(), grid.weights()));
    equation.right_hand_side(0.0, W, rate);
  }
  [[nodiscard]] std::vector<LatticeTwoBody> operators(std::size_t threads) const {
    std::vector<LatticeTwoBody> result;
    for (std::size_t t = 0; t < threads; ++t) {
      result.emplace_back(grid, Statistics::fermion, LatticeTwoBodyOptions{.threads = 1});
    }
    return result;
  }
  /// A state that the operators have not seen: they would remember the last one.
  void step() {
    for (std::size_t r = 0; r < box.size(); ++r) W[r * grid.size()] += 1e-12;
    equation.right_hand_side(0.0, W, rate);
  }
  void collisions_alone() {
    for (std::size_t r = 0; r < box.size(); ++r) {
      const State there = State(W).subspan(r * grid.size(), grid.size());
      there[0] += 1e-12;
      alone.apply(there, C);
    }
  }

  LatticeGrid grid;
  PeriodicBox box;
  InhomogeneousEquation<LatticeTwoBody> equation;
  LatticeTwoBody alone;
  std::vector<double> W, rate, C;
};

/// Arguments: dimension, points per direction, positions.
void right_hand_side(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), static_cast<int>(state.range(2)),
                  1);
  std::vector<double> whole, collisions;
  for (auto _ : state) {
    auto start = Clock::now();
    problem.step();
    whole.push_back(seconds_since(start));
    state.SetIterationTime(whole.back());
    start = Clock::now();
    problem.collisions_alone();
    collisions.push_back(seconds_since(start));
  }
  state.counters["ratio_to_collisions"] = median(whole) / median(collisions);
  state.counters["positions_per_second"] = static_cast<double>(problem.box.size()) / median(whole);
}

/// One thread against two, in turns.
void two_threads(benchmark::State& state) {
  const auto points = static_cast<int>(state.range(1)), nodes = static_cast<int>(state.range(2));
  Problem one(static_cast<int>(state.range(0)), points, nodes, 1);
  Problem two(static_cast<int>(state.range(0)), points, nodes, 2);
  compare_threads(state, one, two);
}

/// A spectral flight of one thread against a bounded one and the flow of a force, in turns.
void flows(benchmark::State& state) {
  const Problem problem(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)),
                        static_cast<int>(state.range(2)), 1);
  const auto d = static_cast<std::size_t>(problem.grid.dimension());
  const Streaming spectral(problem.box, problem.grid.velocities(), problem.grid.dimension(), {}, 1);
  const BoundedStreaming bounded(problem.box, problem.grid.velocities(), problem.grid.dimension(), 1.0, {}, 1);
  const LatticeForce force(problem.grid, std::vector<double>(problem.box.size() * d, 0.3), 1);
  auto W = problem.W;
  std::vector<double> flight, within_bounds, turn;
  const auto time = [&](const auto& flow, std::vector<double>& times) {
    const auto start = Clock::now();
    flow.flow(0.7, W);
    times.push_back(seconds_since(start));
  };
  for (auto _ : state) {
    time(spectral, flight);
    state.SetIterationTime(flight.back());
    time(bounded, within_bounds);
    time(force, turn);
  }
  const double values = static_cast<double>(W.size()) * 1e-9;
  state.counters["spectral_ns_per_value"] = median(flight) / values;
  state.counters["bounded_ns_per_value"] = median(within_bounds) / values;
  state.counters["force_ns_per_value"] = median(turn) / values;
}

BENCHMARK(flows)
    ->ArgNames({"dimension", "points", "positions"})
    ->Args({2, 32, 64})
    ->Args({3, 16, 16})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(right_hand_side)
    ->ArgNames({"dimension", "points", "positions"})
    ->Args({2, 16, 64})
    ->Args({2, 32, 64})
    ->Args({3, 16, 16})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(two_threads)
    ->ArgNames({"dimension", "points", "positions"})
    ->Args({2, 32, 64})
    ->Args({3, 16, 16})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
