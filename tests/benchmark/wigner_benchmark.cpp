// SPDX-License-Identifier: GPL-3.0-or-later
// The Wigner transform of a packet on one thread, against what it cannot do without: 3/2 N^d transforms of N^d points,
// half of them into Fourier space, half of them back, and half of that number, as W is real, to the momenta. Timed in
// the same loop, so that the ratio does not depend on what else the machine does.
#include <nordheim/wigner/wigner_transform.hpp>

#include <benchmark/benchmark.h>
#include <fftw3.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Transforms of N^d points in place, of one array, again and again.
class BareTransform {
 public:
  BareTransform(int dimension, int points) {
    const std::vector<int> sizes(static_cast<std::size_t>(dimension), points);
    std::size_t n = 1;
    for (const int size : sizes) n *= static_cast<std::size_t>(size);
    data_ = fftw_alloc_complex(n);
    plan_ = fftw_plan_dft(dimension, sizes.data(), data_, data_, FFTW_FORWARD, FFTW_ESTIMATE);
    for (std::size_t i = 0; i < n; ++i) data_[i][0] = data_[i][1] = 0.0;  // stay zero: transforms here are unnormalised
  }
  BareTransform(const BareTransform&) = delete;
  BareTransform& operator=(const BareTransform&) = delete;
  ~BareTransform() {
    fftw_destroy_plan(plan_);
    fftw_free(data_);
  }
  double seconds(std::size_t times) const {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < times; ++i) fftw_execute(plan_);
    return seconds_since(start);
  }

 private:
  fftw_complex* data_ = nullptr;
  fftw_plan plan_ = nullptr;
};

void wigner(benchmark::State& state) {
  const int d = static_cast<int>(state.range(0));
  const int N = static_cast<int>(state.range(1));
  const int nodes = static_cast<int>(state.range(2));
  const LatticeBox box(d, N);
  const double middle = 0.5 * N;
  const auto packet =
      WaveMixture::pure(box, gaussian_packet(box, {{middle, middle, middle}, {0.2, 0.1, 0.0}, 0.1 * N}));
  const BareTransform bare(d, N);
  double ours = 0.0;
  double least = 0.0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto W = wigner_transform(packet, nodes);
    benchmark::DoNotOptimize(W.values().data());
    ours += seconds_since(start);
    least += bare.seconds(3 * box.size() / 2);
  }
  std::size_t positions = 1;
  for (int j = 0; j < d; ++j) positions *= static_cast<std::size_t>(nodes);
  state.counters["values"] = static_cast<double>(positions * box.size());
  state.counters["seconds"] = ours / static_cast<double>(state.iterations());
  state.counters["per_bare"] = ours / least;
}

BENCHMARK(wigner)
    ->ArgNames({"d", "N", "nodes"})
    ->Args({1, 1024, 1024})
    ->Args({1, 4096, 64})
    ->Args({2, 32, 32})
    ->Args({2, 64, 16})
    ->Args({3, 12, 12})
    ->Args({3, 16, 8})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
