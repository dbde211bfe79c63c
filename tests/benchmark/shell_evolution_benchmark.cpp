// SPDX-License-Identifier: GPL-3.0-or-later
// A packet on a shell of the cubic band, to one output time, against what the contour exponential cannot do without: 32
// resolvents, each made and applied once, for every mode; timed in the same loop. Long waves take one step, short ones
// one for each q·v t = 1.
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/shell_evolution.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <complex>
#include <cstddef>
#include <memory>
#include <numbers>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// 32 bare resolvents on a circle, for one wavevector.
double bare_resolvents(const ElasticScattering& scattering, double q) {
  std::vector<std::complex<double>> b(scattering.space().size(), 1.0), u(b.size());
  const auto start = Clock::now();
  for (int k = 0; k < 32; ++k) {
    scattering.resolve(std::polar(2.0, (k + 0.5) * std::numbers::pi / 16.0) + 3.0, {q, 0.0, 0.0}, b, u);
    benchmark::DoNotOptimize(u.data());
  }
  return seconds_since(start);
}

void packet(benchmark::State& state, const Correlator& correlator, double length, double time) {
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(3), correlator);
  const auto scattering = std::make_shared<const ElasticScattering>(model.scattering(1.5, 6));
  const PeriodicBox box({length}, {64});
  std::vector<double> profile, ones(scattering->space().size(), 1.0);
  for (std::size_t r = 0; r < box.size(); ++r) profile.push_back(r == 32 ? 1.0 : 0.0);
  ShellEvolution evolution({{scattering, 1.0}}, box, 1.0, static_cast<int>(state.range(0)));
  evolution.set_packet(0, profile, ones);
  evolution.advance(1e-9);  // all sectors in use
  const auto moving = static_cast<double>(box.modes() - 2);
  double total = 0.0, bare = 0.0, observed = 0.0;
  for (auto _ : state) {
    evolution.set_packet(0, profile, ones);
    auto start = Clock::now();
    evolution.advance(evolution.time() + time);
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    bare += bare_resolvents(*scattering, 2.0 * std::numbers::pi / length);
    start = Clock::now();
    benchmark::DoNotOptimize(evolution.observe());
    observed += seconds_since(start);
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["nodes"] = static_cast<double>(scattering->space().size());
  state.counters["ms_per_mode"] = 1e3 * total / (runs * moving);
  state.counters["per_32_resolvents"] = total / (bare * moving);
  state.counters["observe_ms_per_mode"] = 1e3 * observed / (runs * moving);
}

void long_waves(benchmark::State& state) { packet(state, Correlator::product(3, 0.5), 1e5, 1e3); }
void long_waves_uncorrelated(benchmark::State& state) { packet(state, Correlator::delta(1.0), 1e5, 1e3); }
void short_waves(benchmark::State& state) { packet(state, Correlator::product(3, 0.5), 64.0, 3.0); }

BENCHMARK(long_waves)->ArgName("threads")->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(long_waves_uncorrelated)->ArgName("threads")->Arg(1)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(short_waves)->ArgName("threads")->Arg(1)->Arg(2)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
