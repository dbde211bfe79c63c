// SPDX-License-Identifier: GPL-3.0-or-later
// An electron in a phonon bath: a beam that loses its direction and its energy to sound waves, the mobility that the
// same collisions leave it, and what optical phonons of one frequency conserve instead: the electrons of every ladder.
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/observables/observables.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

using namespace nordheim;

namespace {

/// About e_3; the grid holds functions that are symmetric about this axis.
double beam(const Vector3& k) { return std::exp(-(k[0] * k[0] + k[1] * k[1] + (k[2] - 3.0) * (k[2] - 3.0))); }

/// Cools the beam until no occupation is further than 1e-9 from its end; true if the entropy never fell on the way.
bool cools(double temperature, const Phonons& sound) {
  const RadialGrid grid = phonon_bath_grid(sound, temperature, {.lmax = 8});
  PhononBath collisions(grid, temperature, sound);
  std::vector<double> W = sample(grid, beam), target(grid.size()), unit(grid.size()), z(grid.size());
  collisions.stationary_state(W, target);
  KineticEquation equation(std::move(collisions));

  // C is linear, so W − W_eq obeys the same equation. Counted in units of e^{−ω/2T} it is accurate where W_eq is tiny.
  for (std::size_t a = 0; a < grid.size(); ++a) {
    unit[a] = std::exp(-0.5 * grid.energies()[a] / temperature);
    z[a] = (W[a] - target[a]) / unit[a];
  }
  const std::vector<double> origin(grid.size(), 0.0);
  Evolution evolution(shifted(ode_system(equation), origin, unit), {.method = EvolutionMethod::bdf, .rtol = 1e-8});
  double below = relative_entropy(W, target, grid.weights());
  bool never_fell = true;
  evolution.observe([&](const Observation& now) {
    for (std::size_t a = 0; a < grid.size(); ++a) W[a] = std::max(0.0, target[a] + unit[a] * now.y[a]);
    // How far the entropy of electron and bath is below its largest value.
    const double left = relative_entropy(W, target, grid.weights());
    never_fell = never_fell && left <= below;
    below = left;
    if (now.steps % 60 != 0 && !now.is_last) return;
    const Moments moments = moments_of(W, grid.energies(), grid.weights());
    const double momentum = current(W, grid.velocities(), grid.weights())[2];
    std::printf("t = %8.6f   momentum %9.2e   energy %.9f   entropy still to come %.2e\n", now.time,
                momentum / moments.number, moments.energy / moments.number, left);
  });
  evolution.stop_when([&](double, ConstState) { return max_difference(W, target) < 1e-9; });
  const EvolutionReport report = evolution.run(z, 0.0, 1.0);
  return never_fell && report.stopped_by_condition;
}

/// Σ w W of each ladder {ε + mω0}: the nodes of the same index in all elements.
std::vector<double> on_ladders(const RadialGrid& grid, ConstState W) {
  std::vector<double> numbers(static_cast<std::size_t>(grid.order()), 0.0);
  for (std::size_t a = 0; a < grid.size(); ++a) numbers[a % numbers.size()] += grid.weights()[a] * W[a];
  return numbers;
}

/// Prints how hot electrons are shared among the ladders of optical phonons; true if collisions leave it so.
bool ladders_keep(double temperature, const OpticalPhonons& light) {
  const RadialGrid grid = phonon_bath_grid(light, temperature, {.order = 6});
  PhononBath collisions(grid, temperature, light);
  const auto energy = [](const Vector3& k) { return 0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]); };
  const std::vector<double> W =
      sample(grid, [&](const Vector3& k) { return std::exp(-2.0 * std::pow(energy(k) - 4.5, 2)); });
  const std::vector<double> thermal =
      sample(grid, [&](const Vector3& k) { return std::exp(-energy(k) / temperature); });
  std::vector<double> C(grid.size());
  const CollisionReport report = collisions.apply(W, C);
  const Moments all = moments_of(W, grid.energies(), grid.weights());
  const Moments all_thermal = moments_of(thermal, grid.energies(), grid.weights());

  const std::vector<double> numbers = on_ladders(grid, W), equal = on_ladders(grid, thermal),
                            rates = on_ladders(grid, C);
  bool kept = true;
  for (std::size_t j = 0; j < numbers.size(); ++j) {
    const double u = grid.element_nodes()[j];
    const LadderTransport ladder = ladder_transport(light, temperature, light.omega0 * u * u);
    std::printf(
        "ladder from %.4f: share %.4f (%.4f if all were in equilibrium), changing at the rate %6.0e; D = %.6f\n",
        ladder.epsilon, numbers[j] / all.number, equal[j] / all_thermal.number, rates[j] / all.number,
        ladder.diffusion);
    // Rounding of a sum of some hundred terms.
    kept = kept && std::abs(rates[j]) < 1e-13 * report.largest_rate * all.number;
  }
  return kept;
}

}  // namespace

int main() {
  const AcousticPhonons sound{.sound_speed = 0.5, .coupling = 1.0};
  const bool cooled = cools(1.0, sound);

  std::printf("\n");
  bool converged = true;
  for (const double temperature : {0.5, 1.0, 2.0}) {
    const BathTransport transport = bath_transport(sound, temperature);
    std::printf(
        "temperature %.1f: mobility %.10f, relative error %.0e; slowest decay of energy %.4f, of current %.4f\n",
        temperature, transport.mobility.value, transport.mobility.error, transport.gap.value,
        transport.current_decay.value);
    converged = converged && transport.converged;
  }

  std::printf("\n");
  const bool kept = ladders_keep(1.0, {.omega0 = 1.0, .coupling = 1.0});
  std::printf("\n%s\n", cooled && kept ? "the entropy never fell, and every ladder has kept its electrons"
                                       : "an entropy fell, or electrons changed ladders");
  return cooled && converged && kept ? 0 : 1;
}
