// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side of the two-body operator against the bare transforms that it must do: four complex transforms of
// the grid for each time node, nothing else, by plans that FFTW has measured. The bare transforms are timed in the
// same loop, so that the ratio does not depend on what else the machine does.
#include <nordheim/collision/lattice_two_body.hpp>

#include "in_turns.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <numbers>
#include <vector>

namespace {

using namespace nordheim;
using namespace nordheim::benchmarks;

struct Problem {
  Problem(int dimension, int points, int threads, EnergyConstraint energy = EnergyConstraint::projection)
      : grid(points, Dispersion::nearest_neighbour(dimension)),
        op(grid, Statistics::fermion, options(threads, energy)) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const Vector3 k = grid.momentum(a);
      W.push_back(0.35 + 0.2 * std::cos(2 * std::numbers::pi * k[0]) + 0.1 * std::sin(2 * std::numbers::pi * k[1]));
    }
    C.resize(W.size());
    op.set_reference(equilibrium_of(Statistics::fermion, moments_of(W, grid.energies(), grid.weights()),
                                    grid.energies(), grid.weights()));
  }
  static LatticeTwoBodyOptions options(int threads, EnergyConstraint energy) {
    LatticeTwoBodyOptions result;
    result.threads = threads;
    result.energy = energy;
    return result;
  }
  /// A state that the operator has not seen: it would remember the last one.
  void step() {
    W[0] += 1e-12;
    op.apply(W, C);
  }
  LatticeGrid grid;
  LatticeTwoBody op;
  std::vector<double> W, C;
};

/// Arguments: dimension, points.
void right_hand_side(benchmark::State& state) {
  const auto dimension = static_cast<int>(state.range(0));
  const auto points = static_cast<int>(state.range(1));
  Problem problem(dimension, points, 1);
  BareTransforms bare(dimension, points);
  problem.step();
  double total = 0.0, transforms = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    problem.step();
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    for (int n = 0; n < problem.op.time_nodes(); ++n) {
      if (n % 4 == 0) bare.reset();
      start = Clock::now();
      bare.run();
      transforms += seconds_since(start);
    }
  }
  state.counters["ratio_to_bare_transforms"] = total / transforms;
  state.counters["transforms"] = 4.0 * problem.op.time_nodes();
}

/// Arguments: dimension, points. One thread against two, in turns; medians, as other programs slow two threads down
/// more often than one.
void two_threads(benchmark::State& state) {
  const auto dimension = static_cast<int>(state.range(0));
  const auto points = static_cast<int>(state.range(1));
  Problem one(dimension, points, 1), two(dimension, points, 2);
  compare_threads(state, one, two);
}

/// The Jacobian action at a remembered state, in units of a right-hand side: six transforms a node against four.
void linearised(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), 1);
  std::vector<double> dW(problem.W.size(), 0.1);
  problem.op.apply_linearised(problem.W, dW, problem.C);
  double total = 0.0, right_hand_sides = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    problem.op.apply_linearised(problem.W, dW, problem.C);
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    start = Clock::now();
    problem.step();
    right_hand_sides += seconds_since(start);
    problem.op.apply_linearised(problem.W, dW, problem.C);
  }
  state.counters["ratio_to_right_hand_side"] = total / right_hand_sides;
}

BENCHMARK(right_hand_side)
    ->ArgNames({"dimension", "points"})
    ->Args({2, 32})
    ->Args({2, 64})
    ->Args({2, 128})
    ->Args({3, 16})
    ->Args({3, 32})
    ->Args({3, 64})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(two_threads)
    ->ArgNames({"dimension", "points"})
    ->Args({2, 128})
    ->Args({3, 32})
    ->Args({3, 64})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(linearised)->ArgNames({"dimension", "points"})->Args({3, 32})->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
