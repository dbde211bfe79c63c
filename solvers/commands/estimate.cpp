// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/sample.hpp>

#include "commands/bath_transport.hpp"
#include "commands/box_method.hpp"
#include "commands/command.hpp"
#include "commands/continuum_gas.hpp"
#include "commands/diffusion_estimate.hpp"
#include "commands/evaluation_time.hpp"
#include "commands/gas.hpp"
#include "commands/lattice_gas.hpp"
#include "commands/lattice_transport.hpp"
#include "commands/phonon_transport.hpp"
#include "commands/placed.hpp"
#include "commands/report.hpp"
#include "commands/shell_estimate.hpp"
#include "commands/smaller_grid.hpp"
#include "commands/transport_estimate.hpp"
#include "factories/factories.hpp"
#include "factories/state_in_space.hpp"
#include "run/memory.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

namespace nordheim::program {

namespace {

/// What is known of a case before it is run.
struct Estimate {
  std::size_t memory = 0;
  double seconds = 0.0;  ///< of one evaluation
  std::size_t nodes = 0;
  Json more{};                     ///< members of the summary
  std::string measured{};          ///< how the time was found
  std::vector<TableLine> lines{};  ///< more of the table
};

/// Transforms of n points for each of N_t nodes: n log n N_t.
double work(const Case& input, const Dispersion& dispersion, int threads) {
  const double n = std::pow(input.collision.engine_points.value_or(input.momentum.points), dispersion.dimension());
  return n * std::log2(n) * time_nodes(input, dispersion, threads);
}

/// Any state: the time does not depend on it, and that of the case may come from a file for another grid.
std::vector<double> some_state(const LatticeGrid& grid) {
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < W.size(); ++a) W[a] = 0.3 + 0.1 * std::sin(static_cast<double>(a));
  return W;
}

Estimate estimate_lattice(const Case& input, int threads) {
  const Dispersion dispersion = make_dispersion(input);
  const Case smaller = on_smaller_grid(input);
  const LatticeGrid grid = make_grid(smaller, dispersion);
  const std::vector<double> W = some_state(grid);
  LatticeCollisionTerm timed = make_collision_term(smaller, grid, W, threads);
  const double measured = seconds_per_evaluation(timed.collisions, W);
  Json more{{"time_nodes", time_nodes(input, dispersion, threads)}, {"measured_points", smaller.momentum.points}};
  more.update(timed.facts);
  return {.memory = memory_needed(input, dispersion, threads, vectors_of_relax(input)),
          .seconds = measured * work(input, dispersion, threads) / work(smaller, dispersion, threads),
          .nodes = static_cast<std::size_t>(std::pow(input.momentum.points, input.momentum.dimension)),
          .more = std::move(more),
          .measured = std::to_string(smaller.momentum.points) + " points per direction"};
}

/// By which power of the degree the work of an operator grows.
double growth_of(MomentumSymmetry symmetry) {
  if (symmetry == MomentumSymmetry::isotropic) return 3.0;
  return symmetry == MomentumSymmetry::axial ? 4.0 : 5.0;
}

AnyCollisions operator_of(const Case& input, const SphericalGrid& grid, const Equilibrium& equilibrium, int threads) {
  if (has_exchange(input.collision)) {
    IsotropicTwoBody op(grid, input.collision.statistics, isotropic_two_body_options(input, threads));
    op.set_reference(equilibrium);
    return AnyCollisions(std::move(op));
  }
  SphericalTwoBody op(grid, input.collision.statistics, spherical_two_body_options(input, threads));
  op.set_reference({equilibrium, {}});
  return AnyCollisions(std::move(op));
}

Estimate estimate_continuum(const Case& input, int threads) {
  const SphericalGridOptions options = grid_options(on_smaller_grid(input).momentum.spherical);
  const double larger = static_cast<double>(input.momentum.spherical.degree) / options.degree;
  // Any equilibrium that suits the scale a = 1, and a state close by.
  const SphericalGrid grid(options);
  const Equilibrium equilibrium = Equilibrium::from_temperature(input.collision.statistics, 0.6, 0.4);
  const auto W = sample(grid, [&](const Vector3& k) {
    return 0.9 * equilibrium.occupation(0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]));
  });
  AnyCollisions timed = operator_of(input, grid, equilibrium, threads);
  return {.memory = continuum_memory(input, threads, vectors_of_relax(input)),
          .seconds = seconds_per_evaluation(timed, W) * std::pow(larger, growth_of(options.symmetry)),
          .nodes = SphericalGrid::node_count(grid_options(input.momentum.spherical)),
          .more = {{"measured_degree", options.degree}},
          .measured = "degree " + std::to_string(options.degree)};
}

/// An electron in a bath at one position of a box, in thermal equilibrium: the time does not depend on the state.
Estimate estimate_bath_at_position(const Case& input, int) {
  const bool continuum = input.momentum.space == "continuum";
  const auto thermal = [&](const auto& grid) {
    std::vector<double> W;
    W.reserve(grid.size());
    for (const double omega : grid.energies()) W.push_back(std::exp(-omega / input.bath->temperature));
    return W;
  };
  const auto estimate_of = [&](Gas gas, double of_operator) {
    return Estimate{.memory = static_cast<std::size_t>(of_operator),
                    .seconds = seconds_per_evaluation(gas.collisions, gas.W),
                    .nodes = gas.W.size(),
                    .more = gas.collisions.resolution(),
                    .measured = std::to_string(gas.W.size()) + " momenta"};
  };
  if (!continuum) {
    constexpr double vectors = 8.0;
    const LatticeGrid grid = make_grid(input, make_dispersion(input));
    return estimate_of(lattice_bath_of(input, grid, thermal(grid)), 8.0 * vectors * static_cast<double>(grid.size()));
  }
  const PeriodicBox box = make_box(input);
  const OccupationInSpace W_at = placed(input, initial_key(input), [&] { return make_occupation_in_space(input); });
  const OccupationAt mean = W_at ? mean_over(box, W_at) : OccupationAt();
  const RadialGrid grid = bath_grid_of(input, mean);
  return estimate_of(continuum_bath_of(input, grid, thermal(grid), mean), bath_operator_bytes(grid));
}

/// A gas, phonons or an electron in a bath in a box: the operators of all threads, the states of `evolve`, and the time
/// of one operator at every position.
Estimate estimate_box(const Case& input, int asked_threads) {
  std::size_t positions = 1;
  for (const int n : input.space->points) positions *= static_cast<std::size_t>(n);
  const int threads = std::min<int>(asked_threads > 0 ? asked_threads : omp_get_max_threads(),
                                    static_cast<int>(std::min<std::size_t>(positions, 4096)));
  const bool continuum = input.momentum.space == "continuum";
  const auto make = input.bath ? estimate_bath_at_position : (continuum ? estimate_continuum : estimate_lattice);
  Estimate found = make(input, 1);
  const std::size_t of_operator =
      input.bath ? found.memory
                 : (continuum ? continuum_memory(input, 1, 0.0) : memory_needed(input, make_dispersion(input), 1, 0.0));
  const double numbers = static_cast<double>(positions) * static_cast<double>(found.nodes);
  const std::optional<double> mean_free_times = mean_free_times_ahead(input);
  const EvolutionMethod method = box_method(input, mean_free_times.value_or(std::numeric_limits<double>::infinity()));
  found.memory = static_cast<std::size_t>(threads) * of_operator +
                 static_cast<std::size_t>(8.0 * vectors_of_evolve(method) * numbers);
  if (const auto* const waves = std::get_if<MicroscopicCase>(&input.initial)) {
    // Before its momenta are those of the nodes, a state has as many as there are sites.
    const double sites = std::pow(input.space->box[0] / waves->spacing, input.momentum.dimension);
    const double at_start = 8.0 * static_cast<double>(positions) * (sites + static_cast<double>(found.nodes));
    found.memory = std::max(found.memory, static_cast<std::size_t>(std::min(at_start, 1e18)));
  }
  found.seconds *= static_cast<double>(positions) / threads;
  found.more["positions"] = positions;
  found.more["threads"] = threads;
  found.more["method"] = name(method);
  found.more["mean_free_times"] = number_or_null(mean_free_times.value_or(std::numeric_limits<double>::infinity()));
  found.lines.push_back({"method", name(method) + (mean_free_times && std::isfinite(*mean_free_times)
                                                       ? ", " + short_text(*mean_free_times) + " mean free times"
                                                       : std::string())});
  return found;
}

}  // namespace

void estimate(const RunOptions& options) {
  const Case input = read_case(options.case_file, options.overrides);
  if (input.elastic && !input.space) {
    estimate_diffusion(options, input);
    return;
  }
  if (input.shells) {
    estimate_shells(options, input);
    return;
  }
  if (input.phonons) {
    estimate_phonon_transport(options, input);
    return;
  }
  if (input.bath && !input.space) {
    estimate_bath(options, input);
    return;
  }
  if (input.lattice_transport) {
    estimate_lattice_transport(options, input);
    return;
  }
  if (input.transport) {
    estimate_transport(options, input);
    return;
  }
  const auto make =
      input.space ? estimate_box : (input.momentum.space == "continuum" ? estimate_continuum : estimate_lattice);
  const Estimate found = make(input, options.threads);
  Json summary{{"memory_bytes", found.memory},
               {"available_bytes", available_memory()},
               {"seconds_per_evaluation", found.seconds},
               {"nodes", found.nodes}};
  summary.update(found.more);
  std::vector<TableLine> lines{
      {"nodes", short_text(static_cast<double>(found.nodes))},
      {"memory", bytes_text(found.memory) + " of " + bytes_text(available_memory()) + " available"},
      {"one evaluation", short_text(found.seconds) + " s, measured with " + found.measured},
      {input.space ? "a run" : "a relaxation", "some 500 to 2000 evaluations: " + short_text(500 * found.seconds) +
                                                   " to " + short_text(2000 * found.seconds) + " s"}};
  lines.insert(lines.end(), found.lines.begin(), found.lines.end());
  print_report(options, summary, "Estimate for " + options.case_file.string(), lines);
}

}  // namespace nordheim::program
