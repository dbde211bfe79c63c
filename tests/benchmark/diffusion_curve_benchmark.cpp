// SPDX-License-Identifier: GPL-3.0-or-later
// A curve D_kin(E) of some energies over the whole cubic band in three dimensions, on one thread, against what no
// quadrature can do without: one evaluation of ω and ∇ω at each node of the last shells. Timed in the same loop, so
// that the ratio does not depend on what else the machine does.
#include <nordheim/transport/diffusion_curve.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// ω and ∇ω by the formula, n times, at momenta that differ.
double bare_evaluations(const SmoothFunction& omega, std::size_t n) {
  const auto start = Clock::now();
  double sum = 0.0;
  Vector3 k{0.1, 0.2, 0.3};
  Vector3 gradient{};
  for (std::size_t i = 0; i < n; ++i) {
    k[0] += 1e-9;
    sum += omega.with_gradient(k, gradient) + gradient[0];
  }
  benchmark::DoNotOptimize(sum);
  return seconds_since(start);
}

void curve(benchmark::State& state, const Correlator& correlator) {
  const auto band = Dispersion::nearest_neighbour(3);
  const auto model = ElasticModel::impurities(band, correlator);
  const auto energies = resolving_energies(model, 0.0, 6.0, static_cast<int>(state.range(0)));
  DiffusionOptions options;
  options.tolerance = 1e-10;
  options.threads = 1;
  double curve_seconds = 0.0;
  double bare_seconds = 0.0;
  std::size_t nodes = 0;
  std::size_t rank = 0;
  std::size_t unconverged = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto points = diffusion_curve(model, energies, options);
    curve_seconds += seconds_since(start);
    nodes = 0;
    unconverged = 0;
    for (const auto& point : points) {
      nodes += point.nodes / 8;  // the rest are reflections
      rank = std::max(rank, point.rank);
      if (!point.converged) ++unconverged;
    }
    bare_seconds += bare_evaluations(*band.formula(), nodes);
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["energies"] = static_cast<double>(energies.size());
  state.counters["unconverged"] = static_cast<double>(unconverged);
  state.counters["rank"] = static_cast<double>(rank);
  state.counters["nodes"] = static_cast<double>(nodes);
  state.counters["curve_s"] = curve_seconds / runs;
  state.counters["per_bare"] = curve_seconds / bare_seconds;
}

void uncorrelated(benchmark::State& state) { curve(state, Correlator::delta(1.0)); }
void rank_27(benchmark::State& state) { curve(state, Correlator::product(3, 0.5)); }

BENCHMARK(uncorrelated)->ArgName("energies")->Arg(10)->Arg(200)->Unit(benchmark::kSecond);
BENCHMARK(rank_27)->ArgName("energies")->Arg(10)->Arg(200)->Unit(benchmark::kSecond);

}  // namespace

BENCHMARK_MAIN();
