// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side in a box that ranks share against the same of the first rank alone, in turns, so that the ratio
// does not depend on what else the machine does: mpirun -n 2 --bind-to none build/benchmark/ranks_benchmark. Without
// mpirun the ratio is one.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>

#include "in_turns.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <numbers>
#include <utility>
#include <vector>

namespace {

using namespace nordheim;
using namespace nordheim::benchmarks;

struct Problem {
  Problem(int dimension, int points, int nodes, const Ranks& ranks)
      : grid(points, Dispersion::nearest_neighbour(dimension)),
        box({64.0}, {nodes}),
        equation(box, operators(), {.ranks = ranks}),
        rate(equation.size()) {
    const Slabs& slabs = equation.slabs();
    W.reserve(equation.size());
    for (std::size_t r = slabs.first(); r < slabs.first() + slabs.count(); ++r) {
      const double turn = 2 * std::numbers::pi * box.position(r)[0] / 64.0;
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const Vector3 k = grid.momentum(a);
        W.push_back(0.35 + 0.2 * std::cos(2 * std::numbers::pi * k[0]) * (0.6 + 0.4 * std::cos(turn)) +
                    0.1 * std::cos(turn) * std::sin(2 * std::numbers::pi * k[1]));
      }
    }
  }
  [[nodiscard]] std::vector<LatticeTwoBody> operators() const {
    std::vector<LatticeTwoBody> result;
    result.emplace_back(grid, Statistics::fermion, LatticeTwoBodyOptions{.threads = 1});
    return result;
  }
  /// A state that the operators have not seen: they would remember the last one.
  void step() {
    for (std::size_t i = 0; i < W.size(); i += grid.size()) W[i] += 1e-12;
    equation.right_hand_side(0.0, W, rate);
  }

  LatticeGrid grid;
  PeriodicBox box;
  InhomogeneousEquation<LatticeTwoBody> equation;
  std::vector<double> W, rate;
};

/// Arguments: dimension, points per direction, positions. As often on all ranks: the number of turns is fixed.
void right_hand_side(benchmark::State& state) {
  const Ranks world = Ranks::world();
  const auto problem = [&](const Ranks& ranks) {
    return Problem(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), static_cast<int>(state.range(2)),
                   ranks);
  };
  Problem shared = problem(world), alone = problem(Ranks());
  shared.step();
  alone.step();
  std::vector<double> of_shared, of_alone;
  for (auto _ : state) {
    world.together([] {});  // all begin at the same time
    const auto start = Clock::now();
    shared.step();
    world.together([] {});
    of_shared.push_back(seconds_since(start));
    state.SetIterationTime(of_shared.back());
    if (!world.is_first()) continue;
    const auto start_alone = Clock::now();
    alone.step();
    of_alone.push_back(seconds_since(start_alone));
  }
  state.counters["ranks"] = world.size();
  state.counters["positions_per_second"] = static_cast<double>(shared.box.size()) / median(of_shared);
  if (!world.is_first()) return;
  state.counters["speed_up"] = median(of_alone) / median(of_shared);
  // Ranks wait for the slowest: where other programs run, only the fastest turns say what an idle machine does.
  state.counters["speed_up_of_fastest"] =
      *std::min_element(of_alone.begin(), of_alone.end()) / *std::min_element(of_shared.begin(), of_shared.end());
}
BENCHMARK(right_hand_side)
    ->Args({2, 16, 64})
    ->Args({3, 8, 64})
    ->Args({3, 16, 16})
    ->Iterations(40)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// Of all ranks but the first.
class Silence final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& /*context*/) override { return true; }
  void ReportRuns(const std::vector<Run>& /*runs*/) override {}
};

}  // namespace

int main(int argc, char* argv[]) {
  const Ranks world = Ranks::world();
  benchmark::Initialize(&argc, argv);
  if (world.is_first()) {
    benchmark::RunSpecifiedBenchmarks();
  } else {
    Silence silence;
    benchmark::RunSpecifiedBenchmarks(&silence);
  }
  return 0;
}
