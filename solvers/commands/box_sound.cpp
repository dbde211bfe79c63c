// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_sound.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/observables/damped_wave.hpp>
#include <nordheim/transport/hydrodynamic_modes.hpp>

#include "factories/state_in_space.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <optional>

namespace nordheim::program {

namespace {

/// Kn of a gas at rest that has the collisions of gas_modes(), everywhere the same; nothing of others.
std::optional<double> knudsen_of_plain_gas(const BoxGas& gas) {
  const Case& input = gas.input();
  const std::vector<double> factors = make_collision_factor(input, gas.box());
  const bool uniform = std::all_of(factors.begin(), factors.end(), [&](double n) { return n == factors.front(); });
  const Vector3& u = gas.mean.velocity;
  constexpr double rest = 1e-8;
  const bool plain = gas.mean.sphere() != nullptr && input.collision.potential == "contact" && uniform &&
                     input.space->force.empty() && input.space->potential.empty() &&
                     input.space->streaming != "bounded" &&
                     std::hypot(u[0], u[1], u[2]) < rest / std::sqrt(gas.mean.equilibrium.beta());
  if (!plain) return {};
  return input.space->knudsen / factors.front();
}

/// Fourier components of a vector field, of the component along the wave, at each instant from the first one on.
struct Wave {
  std::vector<double> times{}, real{}, imaginary{};
};
Wave current_wave(const BoxGas& gas, const BoxRun& run, std::size_t axis, double q, std::size_t first) {
  const PeriodicBox& box = gas.box();
  const auto axes = static_cast<std::size_t>(box.dimension());
  Wave wave;
  for (std::size_t i = first; i < run.series.instants(); ++i) {
    const auto current = run.series.at("current", i);
    std::complex<double> sum = 0.0;
    for (std::size_t r = 0; r < box.size(); ++r) {
      sum += current[r * axes + axis] * std::polar(1.0, -q * box.position(r)[axis]);
    }
    wave.times.push_back(run.series.at("time", i)[0]);
    wave.real.push_back(sum.real());
    wave.imaginary.push_back(sum.imag());
  }
  return wave;
}

/// In units of Kn = 1 a box is 1/Kn as long, and so are times.
std::optional<GasMode> predicted_sound(const BoxGas& gas, double q, double knudsen) {
  const Equilibrium& equilibrium = gas.mean.equilibrium;
  const GasModesOptions options{.strength = gas.input().collision.strength};
  GasMode sound;
  try {
    sound = gas_modes(gas.input().collision.statistics, 1.0 / equilibrium.beta(),
                      std::exp(equilibrium.beta() * equilibrium.mu()), q * knudsen, options)
                .sound;
  } catch (const Error&) {
    return {};  // a temperature or a fugacity for which the modes are not known
  }
  constexpr double isolated = 0.1;
  if (!(sound.error < isolated * std::abs(sound.s))) return {};
  return GasMode{sound.s / knudsen, sound.error / knudsen};
}

Json quantity(double measured, double measured_error, double predicted, double predicted_error) {
  return {{"measured", measured},
          {"measured_error", measured_error},
          {"predicted", predicted},
          {"predicted_error", predicted_error}};
}

}  // namespace

Json sound_in_box(const BoxGas& gas, const BoxRun& run) {
  constexpr double small = 0.1;  // of waves, relative to the largest occupation
  constexpr std::size_t fewest = 16;
  const std::size_t instants = run.series.instants();
  const std::optional<double> knudsen = knudsen_of_plain_gas(gas);
  if (!knudsen || instants < fewest) return {};
  const auto& distances = run.series.values("distance_to_equilibrium");
  const double largest = run.series.values("max_W").back();
  const auto half_time = 0.5 * (run.series.values("time").front() + run.series.values("time").back());
  const auto& times = run.series.values("time");
  const auto first = static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), half_time) - times.begin());
  if (instants - first < fewest / 2 || !(distances[first] < small * largest)) return {};

  const std::vector<double>& lengths = gas.box().lengths();
  const auto axis = static_cast<std::size_t>(std::max_element(lengths.begin(), lengths.end()) - lengths.begin());
  const double q = 2.0 * std::numbers::pi / lengths[axis];
  const std::optional<GasMode> predicted = predicted_sound(gas, q, *knudsen);
  if (!predicted || predicted->s.imag() * (times.back() - times[first]) < std::numbers::pi) return {};
  const Wave wave = current_wave(gas, run, axis, q, first);
  const DampedWave found = fit_damped_wave(wave.times, wave.real, wave.imaginary, predicted->s);
  constexpr double clear = 0.05;  // the rest is other waves, or rounding
  if (!(found.misfit < clear)) return {};
  return {{"wavenumber", q},
          {"speed", quantity(found.s.imag() / q, found.error / q, predicted->s.imag() / q, predicted->error / q)},
          {"damping", quantity(-found.s.real() / (q * q), found.error / (q * q), -predicted->s.real() / (q * q),
                               predicted->error / (q * q))}};
}

}  // namespace nordheim::program
