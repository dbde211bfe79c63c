// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_method.hpp"

#include <nordheim/momentum/sample.hpp>

#include "commands/placed.hpp"
#include "commands/smaller_grid.hpp"
#include "factories/factories.hpp"
#include "factories/state_in_space.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

/// A gas or electrons in a bath in the mean over all positions.
Gas mean_gas_of(const Case& input, const PeriodicBox& box, const OccupationInSpace& W_at) {
  // So many values of the formula take about a second.
  constexpr double most_values = 1e7, fewest = 512.0, most = 40000.0;
  Case smaller = on_smaller_grid(input, std::clamp(most_values / static_cast<double>(box.size()), fewest, most));
  if (input.momentum.space == "continuum") {
    const OccupationAt mean = mean_over(box, W_at);
    if (input.bath) {
      const RadialGrid grid = bath_grid_of(input, mean);
      return continuum_bath_of(input, grid, sample(grid, mean), mean);
    }
    const SphericalGrid grid =
        placed(input, initial_key(input), [&] { return SphericalGrid(spherical_options(smaller, mean)); });
    return continuum_gas_of(std::move(smaller), grid, sample(grid, mean), mean, 1);
  }
  const LatticeGrid grid = make_grid(smaller, make_dispersion(smaller));
  std::vector<double> W(grid.size(), 0.0);
  for (std::size_t r = 0; r < box.size(); ++r) {
    const Vector3 position = box.position(r);
    for (std::size_t a = 0; a < W.size(); ++a) W[a] += W_at(position, grid.momentum(a), grid.energies()[a]);
  }
  for (double& value : W) value /= static_cast<double>(box.size());
  return input.bath ? lattice_bath_of(std::move(smaller), grid, std::move(W))
                    : lattice_gas_of(std::move(smaller), grid, std::move(W), 1);
}

}  // namespace

EvolutionMethod automatic_method(double mean_free_times) {
  constexpr double many = 50.0;
  return mean_free_times <= many ? EvolutionMethod::lawson : EvolutionMethod::bdf;
}

EvolutionMethod box_method(const Case& input, double mean_free_times) {
  if (input.time.method != "auto") return evolution_method_from_name(input.time.method);
  if (input.space->streaming == "bounded") return EvolutionMethod::strang;
  return automatic_method(mean_free_times);
}

std::optional<double> mean_free_times_ahead(const Case& input) {
  if (!input.time.end) return std::numeric_limits<double>::infinity();
  const PeriodicBox box = make_box(input);
  const OccupationInSpace W_at = placed(input, initial_key(input), [&] { return make_occupation_in_space(input); });
  if (!W_at) return {};
  Gas gas = mean_gas_of(input, box, W_at);
  std::vector<double> rates(gas.nodes.size());
  gas.collisions.loss_rate(gas.equilibrium_W, rates);
  const double density = mean_state(make_collision_factor(input, box), box.size()).front();
  return *input.time.end * *std::max_element(rates.begin(), rates.end()) * density / input.space->knudsen;
}

double longest_lawson_step(double fastest) { return fastest > 0.0 ? 2.0 / fastest : 0.0; }

double vectors_of_evolve(EvolutionMethod method) {
  // As measured. Lawson's method has 7 vectors of its own, BDF 6 of history and a Krylov space of 10, the others their
  // stages; the rest is work space of the equation, the initial state, the equilibrium, and the file with the final
  // state, which is built in memory.
  switch (method) {
    case EvolutionMethod::strang:
      return 11.5;
    case EvolutionMethod::lawson:
      return 14.5;
    case EvolutionMethod::adams:
      return 21.0;
    case EvolutionMethod::bdf:
      return 23.5;
    case EvolutionMethod::explicit_runge_kutta:
      return 29.0;
    case EvolutionMethod::imex:
      return 45.0;
  }
  return 45.0;
}

}  // namespace nordheim::program
