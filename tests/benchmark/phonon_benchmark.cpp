// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side of the phonon operators, one thread, against the bare transforms that they must do: four complex
// transforms of the grid for each time node, timed in the same loop.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/three_phonon.hpp>

#include "bare_transforms.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace {

using namespace nordheim;
using namespace nordheim::benchmarks;

template <class Operator>
void compare(benchmark::State& state, Operator op) {
  const LatticeGrid grid = op.space();
  std::vector<double> W, C(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    W.push_back(0.6 + 0.3 * std::cos(2 * std::numbers::pi * k[0]) + 0.1 * std::sin(2 * std::numbers::pi * k[1]));
  }
  op.set_reference(op.reference_for(W));
  BareTransforms bare(grid.dimension(), grid.points());
  // A state that the operator has not seen: it would remember the last one.
  const auto step = [&] {
    W[1] += 1e-12;
    op.apply(W, C);
  };
  step();
  double total = 0.0, transforms = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    step();
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    for (int n = 0; n < op.time_nodes(); ++n) {
      if (n % 4 == 0) bare.reset();
      start = Clock::now();
      bare.run();
      transforms += seconds_since(start);
    }
  }
  state.counters["ratio_to_bare_transforms"] = total / transforms;
  state.counters["transforms"] = 4.0 * op.time_nodes();
}

LatticeGrid grid_of(const benchmark::State& state, bool decays) {
  const auto dimension = static_cast<int>(state.range(0));
  const auto points = static_cast<int>(state.range(1));
  return {points, decays ? Dispersion::bending(dimension, 0.4) : Dispersion::optical(dimension, 1.0)};
}

/// Arguments: dimension, points, whether phonons decay into three, whether they are classical waves.
void four_phonon(benchmark::State& state) {
  FourPhononOptions options;
  options.threads = 1;
  const Statistics statistics = state.range(3) != 0 ? Statistics::classical_wave : Statistics::boson;
  compare(state, FourPhonon(grid_of(state, state.range(2) != 0), statistics, options));
}

/// Arguments: dimension, points, bonds along the axes.
void three_phonon(benchmark::State& state) {
  ThreePhononOptions options;
  options.threads = 1;
  for (std::size_t j = 0; j < static_cast<std::size_t>(state.range(2)); ++j) {
    CubicBond bond{.alpha = 0.5};
    bond.x[j] = 1;
    options.bonds.push_back(bond);
  }
  compare(state, ThreePhonon(grid_of(state, true), options));
}

BENCHMARK(four_phonon)
    ->ArgNames({"dimension", "points", "decays", "waves"})
    ->Args({2, 64, 0, 0})
    ->Args({3, 32, 0, 0})
    ->Args({3, 32, 1, 0})
    ->Args({3, 32, 0, 1})
    ->Args({3, 32, 1, 1})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(three_phonon)
    ->ArgNames({"dimension", "points", "bonds"})
    ->Args({2, 64, 2})
    ->Args({3, 32, 1})
    ->Args({3, 32, 3})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
