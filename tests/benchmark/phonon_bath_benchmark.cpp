// SPDX-License-Identifier: GPL-3.0-or-later
// Phonon baths: to build an operator, to apply it, and a diffusion constant with its rates; each far below a second.
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include <benchmark/benchmark.h>

#include <vector>

namespace {

using namespace nordheim;

const Phonons sound = AcousticPhonons{.sound_speed = 0.5, .coupling = 1.0};
const Phonons slow_sound = AcousticPhonons{.sound_speed = 0.05, .coupling = 1.0};
const Phonons constant = OpticalPhonons{};
const Phonons polar = OpticalPhonons{.omega0 = 1.0, .coupling = 1.0, .kind = OpticalCoupling::froehlich};

PhononBath bath_of(const Phonons& phonons, int lmax) {
  return {phonon_bath_grid(phonons, 1.0, {.order = 12, .lmax = lmax}), 1.0, phonons};
}

void build(benchmark::State& state, const Phonons& phonons) {
  for (auto _ : state) benchmark::DoNotOptimize(bath_of(phonons, 8).temperature());
}

void apply(benchmark::State& state, const Phonons& phonons) {
  PhononBath bath = bath_of(phonons, 8);
  const std::vector<double> W(bath.space().size(), 1.0);
  std::vector<double> C(W.size());
  for (auto _ : state) benchmark::DoNotOptimize(bath.apply(W, C).largest_rate);
}

void coefficients(benchmark::State& state, const Phonons& phonons) {
  for (auto _ : state) benchmark::DoNotOptimize(bath_transport(phonons, 1.0).diffusion.value);
}

void apply_lattice(benchmark::State& state) {
  LatticePhononBath bath(LatticeGrid(32, Dispersion::nearest_neighbour(3)), {.temperature = 1.0, .omega0 = 0.5});
  const std::vector<double> W(bath.space().size(), 1.0);
  std::vector<double> C(W.size());
  for (auto _ : state) benchmark::DoNotOptimize(bath.apply(W, C).largest_rate);
}

BENCHMARK_CAPTURE(build, sound, sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build, slow_sound, slow_sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build, polar, polar)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(apply, sound, sound)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(apply, polar, polar)->Unit(benchmark::kMicrosecond);
BENCHMARK(apply_lattice)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(coefficients, sound, sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(coefficients, slow_sound, slow_sound)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(coefficients, constant, constant)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(coefficients, polar, polar)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
