// SPDX-License-Identifier: GPL-3.0-or-later
// One application of the linearised four-phonon collisions against the bare transforms that it must do: two complex
// transforms of the grid for each time node, by a plan that FFTW has measured, timed in the same loop.
#include <nordheim/model/dispersion.hpp>

#include "collision/linearised_phonons.hpp"
#include "momentum/fft.hpp"
#include "transport/phonon_lattice.hpp"

#include <benchmark/benchmark.h>
#include <fftw3.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace {

using namespace nordheim;
using namespace nordheim::detail;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// There and back, in place.
class BareTransforms {
 public:
  BareTransforms(int dimension, int points, std::size_t size) : field_(size) {
    const std::vector<int> sizes(static_cast<std::size_t>(dimension), points);
    auto* const data = reinterpret_cast<fftw_complex*>(field_.data());
    forward_ = fftw_plan_dft(dimension, sizes.data(), data, data, FFTW_FORWARD, FFTW_MEASURE);
    backward_ = fftw_plan_dft(dimension, sizes.data(), data, data, FFTW_BACKWARD, FFTW_MEASURE);
    reset();
  }
  BareTransforms(const BareTransforms&) = delete;
  BareTransforms& operator=(const BareTransforms&) = delete;
  ~BareTransforms() {
    fftw_destroy_plan(forward_);
    fftw_destroy_plan(backward_);
  }
  /// Unnormalised transforms grow.
  void reset() {
    for (std::size_t a = 0; a < field_.size(); ++a) field_[a] = {1e-3 * static_cast<double>(a % 17), 1e-3};
  }
  void run() {
    fftw_execute(backward_);
    fftw_execute(forward_);
  }

 private:
  AlignedArray<Complex> field_;
  fftw_plan forward_ = nullptr, backward_ = nullptr;
};

/// Arguments: dimension, points.
void linearised_collisions(benchmark::State& state) {
  const auto dimension = static_cast<int>(state.range(0));
  const auto points = static_cast<int>(state.range(1));
  const Dispersion band = Dispersion::optical(dimension, 1.0, 0.5);
  const HalfLattice lattice(points, band);
  const TimeGrid time = phonon_time_grid(band, points, points / (2.15 * band.max_velocity()));
  std::vector<double> u;
  for (const double omega : lattice.energies()) u.push_back(1.0 / (omega * omega));
  LinearisedPhonons collisions(lattice, time, u, FourPhononProcesses::scattering, 1);
  BareTransforms bare(dimension, points, static_cast<std::size_t>(std::pow(points, dimension)));
  const std::vector<double> h(lattice.velocities().begin(), lattice.velocities().end());
  std::vector<double> out(h.size());
  double total = 0.0, transforms = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    collisions.apply(1, h, out);
    total += seconds_since(start);
    constexpr int chunk = 16;  // after which unnormalised transforms are still numbers
    for (int n = 0; n < time.nodes; n += chunk) {
      bare.reset();
      start = Clock::now();
      for (int i = n; i < std::min(n + chunk, time.nodes); ++i) bare.run();
      transforms += seconds_since(start);
    }
  }
  state.counters["ms"] = 1e3 * total / static_cast<double>(state.iterations());
  state.counters["over_bare"] = total / transforms;
}
BENCHMARK(linearised_collisions)
    ->Args({2, 64})
    ->Args({2, 128})
    ->Args({2, 256})
    ->Args({3, 16})
    ->Args({3, 32})
    ->Args({3, 48})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
