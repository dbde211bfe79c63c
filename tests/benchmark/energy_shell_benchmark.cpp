// SPDX-License-Identifier: GPL-3.0-or-later
// Shells against what they cannot do without: ω and ∇ω once at every node that is computed (the fundamental part, the
// others are reflections). Both are timed in the same loop, so that the ratio does not depend on what else the machine
// does. The van Hove energies are given, as for a curve over many energies.
#include <nordheim/model/critical_points.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Times the construction; @p reflections as in EnergyShellOptions.
void construct(benchmark::State& state, const Dispersion& band, double energy,
               const std::optional<std::vector<AxisFlip>>& reflections = {}) {
  const EnergyShellOptions options{
      .order = static_cast<int>(state.range(0)), .reflections = reflections, .van_hove = van_hove_energies(band)};
  const SmoothFunction& omega = *band.formula();
  double total = 0.0, bare = 0.0, nodes = 0.0, computed = 0.0, cells = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    const EnergyShell shell(band, energy, options);
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    start = Clock::now();
    double sum = 0.0;
    for (std::size_t a = 0; a < shell.fundamental_size(); ++a) {
      Vector3 gradient{};
      sum += omega.with_gradient(shell.momentum(a), gradient) + gradient[0];
    }
    benchmark::DoNotOptimize(sum);
    bare += seconds_since(start);
    nodes += static_cast<double>(shell.size());
    computed += static_cast<double>(shell.fundamental_size());
    cells = static_cast<double>(shell.cells());
  }
  state.counters["nodes"] = nodes / static_cast<double>(state.iterations());
  state.counters["cells"] = cells;
  state.counters["nodes_per_second"] = nodes / total;
  state.counters["computed_per_second"] = computed / total;
  state.counters["ratio_to_bare_evaluation"] = total / bare;
}

/// Arguments: order, hundred times the energy.
void cubic_band(benchmark::State& state) {
  construct(state, Dispersion::nearest_neighbour(3), static_cast<double>(state.range(1)) / 100.0);
}

/// The same without use of symmetry: every node is computed.
void cubic_band_whole_torus(benchmark::State& state) {
  construct(state, Dispersion::nearest_neighbour(3), static_cast<double>(state.range(1)) / 100.0,
            std::vector<AxisFlip>{});
}

/// Six hopping amplitudes, even only under inversion.
void hopping_band(benchmark::State& state) {
  construct(state,
            Dispersion::hopping(3, {{{1, 0, 0}, 1.0},
                                    {{0, 1, 0}, 0.8},
                                    {{0, 0, 1}, 1.2},
                                    {{1, 1, 0}, 0.2},
                                    {{0, 1, 1}, 0.15},
                                    {{1, 0, -1}, 0.1}}),
            static_cast<double>(state.range(1)) / 100.0);
}

void phonon_band(benchmark::State& state) {
  construct(state, Dispersion::optical(3, 1.0), static_cast<double>(state.range(1)) / 100.0);
}

BENCHMARK(cubic_band)
    ->ArgNames({"order", "E_percent"})
    ->ArgsProduct({{6, 10, 16}, {100, 190, 250, 300}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(cubic_band_whole_torus)
    ->ArgNames({"order", "E_percent"})
    ->ArgsProduct({{10}, {100, 300}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(hopping_band)
    ->ArgNames({"order", "E_percent"})
    ->ArgsProduct({{10}, {150, 300}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(phonon_band)
    ->ArgNames({"order", "E_percent"})
    ->ArgsProduct({{10}, {200}})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
