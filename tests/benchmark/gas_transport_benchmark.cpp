// SPDX-License-Identifier: GPL-3.0-or-later
// Viscosity and heat conductivity of 40 fugacities on one thread, against what no evaluation can do without: one
// exponential for each pair of particles of the last quadrature. Timed in the same loop, so that the ratio does not
// depend on what else the machine does.
#include <nordheim/transport/gas_transport.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double bare_exponentials(std::size_t n) {
  const auto start = Clock::now();
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += std::exp(-1e-9 * static_cast<double>(i));
  benchmark::DoNotOptimize(sum);
  return seconds_since(start);
}

void table(benchmark::State& state, Statistics statistics, double first, double last, int degrees) {
  constexpr int count = 40;
  std::vector<GasPoint> points;
  for (int i = 0; i < count; ++i) points.push_back({1.0, first * std::pow(last / first, i / (count - 1.0))});
  GasTransportOptions options;
  options.threads = 1;
  options.degrees = degrees;
  double seconds = 0.0;
  double bare = 0.0;
  std::size_t unconverged = 0;
  int functions = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto gases = gas_transport(statistics, points, options);
    seconds += seconds_since(start);
    unconverged = 0;
    std::size_t pairs = 0;
    for (const GasTransport& gas : gases) {
      unconverged += gas.converged ? 0 : 1;
      functions = std::max(functions, gas.functions);
      const auto n = static_cast<std::size_t>(gas.functions);
      pairs += 2 * (16 + 7 * n / 4) * (8 + 9 * n / 8) * (10 + 9 * n / 8);
    }
    bare += bare_exponentials(pairs);
  }
  state.counters["unconverged"] = static_cast<double>(unconverged);
  state.counters["functions"] = functions;
  state.counters["per_bare"] = seconds / bare;
}

void fermions(benchmark::State& state) { table(state, Statistics::fermion, 0.01, 100.0, -1); }
void bosons(benchmark::State& state) { table(state, Statistics::boson, 0.01, 0.99, -1); }
void fermions_with_spectrum(benchmark::State& state) { table(state, Statistics::fermion, 0.01, 100.0, 4); }

BENCHMARK(fermions)->Unit(benchmark::kSecond);
BENCHMARK(bosons)->Unit(benchmark::kSecond);
BENCHMARK(fermions_with_spectrum)->Unit(benchmark::kSecond);

}  // namespace

BENCHMARK_MAIN();
