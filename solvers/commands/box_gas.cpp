// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_gas.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/output_directory.hpp>

#include "commands/box_method.hpp"
#include "commands/continuum_gas.hpp"
#include "commands/lattice_gas.hpp"
#include "commands/microscopic_summary.hpp"
#include "commands/placed.hpp"
#include "commands/report.hpp"
#include "factories/factories.hpp"
#include "factories/microscopic_state.hpp"
#include "factories/state_in_space.hpp"
#include "run/memory.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

/// A gas of the mean state, made anew at every call: each thread needs its own collisions.
using MakeGas = std::function<Gas()>;

struct Ingredients {
  std::vector<double> W;
  std::vector<int> axes;  ///< of the momenta, along those of the box
  MakeGas make;
  Json facts = Json::object();  ///< more members of a summary: what was found out about the state
};

std::string place_of(const Case& input) {
  std::string text;
  for (const int n : input.space->points) text += (text.empty() ? "" : " x ") + std::to_string(n);
  return text;
}

/// Of all ranks on this machine: each has its part of the states, and at the start a whole one.
void require_box_memory(const Case& input, std::size_t momenta, std::size_t of_operators, const Ranks& ranks) {
  double positions = 1.0;
  for (const int n : input.space->points) positions *= n;
  const double state = 8.0 * positions * static_cast<double>(momenta), here = ranks.on_this_machine();
  const double whole_ones = ranks.size() > 1 ? here : 0.0;
  // What "auto" will be is not known yet: that with more mean free times takes more memory.
  const double vectors = vectors_of_evolve(box_method(input, std::numeric_limits<double>::infinity()));
  const double states = state * (vectors * here / ranks.size() + whole_ones);
  require_memory(static_cast<std::size_t>(std::min(states, 1e18)) + static_cast<std::size_t>(here) * of_operators,
                 "space.points = " + place_of(input) + " with " + std::to_string(momenta) + " momenta");
}

Ingredients on_lattice(const Case& input, const PeriodicBox& box, int threads, const Ranks& ranks) {
  const Dispersion dispersion = make_dispersion(input);
  const double momenta = std::pow(input.momentum.points, input.momentum.dimension);
  const std::size_t operators = input.bath ? 0 : placed_by_name(input, "collision.kind", [&] {
    return static_cast<std::size_t>(threads) * memory_needed(input, dispersion, 1, 0.0);
  });
  require_box_memory(input, static_cast<std::size_t>(momenta), operators, ranks);
  const LatticeGrid grid = make_grid(input, dispersion);
  Json facts = Json::object();
  std::vector<double> W;
  if (const auto* waves = std::get_if<MicroscopicCase>(&input.initial)) {
    MicroscopicState state = placed(input, "initial.microscopic", [&] {
      return make_microscopic_state(*waves, box, grid, input.collision.statistics);
    });
    facts["microscopic"] = facts_of(state);
    W = std::move(state.W);
  } else {
    W = sample_in_space(
        input, box, make_occupation_in_space(input), {grid.momenta(), grid.energies()},
        std::to_string(grid.points()) + " points per direction in dimension " + std::to_string(grid.dimension()));
  }
  const std::vector<double> mean = mean_state(W, box.size());
  return {std::move(W),
          {},
          [input, grid, mean] {
            return input.bath ? lattice_bath_of(input, grid, mean) : lattice_gas_of(input, grid, mean, 1);
          },
          std::move(facts)};
}

/// Where momenta have an axis, the box has it, too.
std::vector<int> axes_in_continuum(const Case& input, bool axial) {
  const std::size_t axes = input.space->box.size();
  if (!axial) return {};
  if (axes > 1) {
    throw InvalidArgument(input.at("space.box") +
                          "states of axial symmetry depend on the position along their axis only (found " +
                          std::to_string(axes) + " axes, allowed one, or momentum.symmetry = \"none\")");
  }
  return {2};
}

Ingredients in_continuum(const Case& input, const PeriodicBox& box, int threads, const Ranks& ranks) {
  const std::string& symmetry = input.momentum.spherical.symmetry;
  if (symmetry == "isotropic" || has_exchange(input.collision)) {
    throw InvalidArgument(input.at("momentum.symmetry") +
                          "isotropic states have no current and cannot change in space (found \"isotropic\", allowed "
                          "\"axial\" and \"none\")");
  }
  const std::vector<int> axes = axes_in_continuum(input, symmetry == "axial");
  const SphericalGridOptions options = grid_options(input.momentum.spherical);
  require_box_memory(input, SphericalGrid::node_count(options),
                     static_cast<std::size_t>(threads) * continuum_memory(input, 1, 0.0), ranks);
  const char* const key = initial_key(input);
  const OccupationInSpace W_at = placed(input, key, [&] { return make_occupation_in_space(input); });
  const OccupationAt mean_at = W_at ? mean_over(box, W_at) : OccupationAt();
  const SphericalGrid grid = placed(input, key, [&] { return SphericalGrid(spherical_options(input, mean_at)); });
  std::vector<double> W = placed(input, key, [&] {
    return sample_in_space(input, box, W_at, {grid.momenta(), grid.energies()},
                           "degree " + std::to_string(grid.degree()) + ", scale " + short_text(grid.scale()));
  });
  const std::vector<double> mean = mean_state(W, box.size());
  return {std::move(W), axes, [input, grid, mean, mean_at] { return continuum_gas_of(input, grid, mean, mean_at, 1); }};
}

Ingredients in_bath_of_continuum(const Case& input, const PeriodicBox& box, const Ranks& ranks) {
  const std::vector<int> axes = axes_in_continuum(input, true);
  const char* const key = initial_key(input);
  const OccupationInSpace W_at = placed(input, key, [&] { return make_occupation_in_space(input); });
  const OccupationAt mean_at = W_at ? mean_over(box, W_at) : OccupationAt();
  const RadialGrid grid = bath_grid_of(input, mean_at);
  if (grid.lmax() == 0) {
    throw InvalidArgument(input.at("momentum.symmetry") +
                          "isotropic states have no current and cannot change in space (found \"isotropic\", allowed "
                          "\"axial\")");
  }
  require_box_memory(input, grid.size(), 0, ranks);
  std::vector<double> W = placed(input, key, [&] {
    return sample_in_space(input, box, W_at, {grid.momenta(), grid.energies()},
                           "order " + std::to_string(grid.order()) + ", lmax " + std::to_string(grid.lmax()));
  });
  const std::vector<double> mean = mean_state(W, box.size());
  return {std::move(W), axes, [input, grid, mean, mean_at] {
            return continuum_bath_of(
                input, grid, mean,
                mean_at ? mean_at : [grid, mean](const Vector3& k) { return grid.interpolate(mean, k); });
          }};
}

void keep_part(const Slabs& slabs, std::vector<double>& state) {
  const ConstState part = slabs.part(state);
  state = std::vector<double>(part.begin(), part.end());
}

/// The same everywhere, or in a potential e^{β(ω+U−μ)} with the number and energy of the start.
std::vector<double> global_equilibrium(const BoxGas& gas) {
  const std::vector<double>& uniform = gas.mean.equilibrium_W;
  const std::size_t positions = gas.box().size(), momenta = uniform.size();
  if (!gas.input().space->force.empty()) return {};
  std::vector<double> result(positions * momenta);
  if (gas.potential.empty()) {
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = uniform[i % momenta];
    return result;
  }
  if (gas.mean.bath_beta) {
    double mean = 0.0;
    for (const double U : gas.potential) mean += std::exp(-*gas.mean.bath_beta * U) / static_cast<double>(positions);
    for (std::size_t i = 0; i < result.size(); ++i) {
      result[i] = uniform[i % momenta] * std::exp(-*gas.mean.bath_beta * gas.potential[i / momenta]) / mean;
    }
    return result;
  }
  std::vector<double> energies(result.size()), weights(result.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    energies[i] = gas.mean.nodes.energies()[i % momenta] + gas.potential[i / momenta];
    weights[i] = gas.mean.nodes.weights()[i % momenta] / static_cast<double>(positions);
  }
  const Equilibrium equilibrium = placed(gas.input(), "space.potential", [&] {
    return equilibrium_of(gas.input().collision.statistics, moments_of(gas.W, energies, weights), energies, weights);
  });
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = equilibrium.occupation(energies[i]);
  return result;
}

}  // namespace

double error_in_space(BoxGas& gas, ConstState W, ConstState memory) {
  if (!gas.input().collision.error_estimate) return std::numeric_limits<double>::quiet_NaN();
  AnyCollisions& op = gas.equation.collisions();
  constexpr std::size_t most = 4;
  const std::size_t positions = gas.box().size(), momenta = gas.mean.nodes.size();
  const std::size_t spread = std::min(most, positions);
  std::vector<double> filling(positions, 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) filling[i / momenta] += std::abs(W[i]);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < spread; ++i) chosen.push_back(positions * i / spread);
  chosen.push_back(static_cast<std::size_t>(std::max_element(filling.begin(), filling.end()) - filling.begin()));
  std::vector<double> losses(momenta);
  double error = 0.0, loss = 0.0;
  for (const std::size_t r : chosen) {
    const ConstState here = W.subspan(r * momenta, momenta);
    if (!memory.empty()) {
      AnyReference reference;
      const std::size_t each = reference.numbers.size();
      const ConstState numbers = memory.subspan(r * each, each);
      std::copy(numbers.begin(), numbers.end(), reference.numbers.begin());
      op.start_search_at(reference);
    }
    const double absolute = op.error_estimate(here).absolute;
    op.loss_rate(here, losses);
    error = std::isnan(absolute) ? absolute : std::max(error, absolute);
    for (std::size_t a = 0; a < momenta; ++a) loss = std::max(loss, std::abs(losses[a] * here[a]));
  }
  return error / loss;
}

std::string BoxGas::description() const {
  return mean.description() + "; " + place_of(input()) + " positions, Kn = " + short_text(input().space->knudsen);
}

BoxGas make_box_gas(Case input, int threads, const std::filesystem::path& directory, const Ranks& ranks) {
  const PeriodicBox box = make_box(input);
  const auto positions =
      static_cast<int>(placed(input, "space.points", [&] { return Slabs(ranks, box.size()); }).count());
  const int workers = std::min(threads > 0 ? threads : omp_get_max_threads(), positions);
  const std::vector<double> factor = make_collision_factor(input, box);
  const bool continuum = input.momentum.space == "continuum";
  Ingredients in =
      continuum ? (input.bath ? in_bath_of_continuum(input, box, ranks) : in_continuum(input, box, workers, ranks))
                : on_lattice(input, box, workers, ranks);
  Gas mean = in.make();
  std::vector<AnyCollisions> operators;
  operators.push_back(std::move(mean.collisions));
  while (operators.size() < static_cast<std::size_t>(workers)) operators.push_back(in.make().collisions);
  if (ranks.is_first()) make_output_directory(directory);
  InhomogeneousOptions options{.knudsen = input.space->knudsen,
                               .axes = in.axes,
                               .collision_factor = factor,
                               .force = input.space->force,
                               .potential = make_potential(input, box),
                               .ranks = ranks};
  if (input.space->streaming == "bounded") options.streaming = StreamingScheme::bounded;
  if (input.collision.statistics == Statistics::fermion) options.largest_occupation = 1.0;
  BoxGas gas{.mean = std::move(mean),
             .W = std::move(in.W),
             .equation = InhomogeneousEquation<AnyCollisions>(box, std::move(operators), options),
             .potential = options.potential};
  gas.mean.facts.update(in.facts);
  gas.equilibrium = global_equilibrium(gas);
  gas.error = error_in_space(gas, gas.W, {});
  if (ranks.size() > 1) {
    keep_part(gas.slabs(), gas.W);
    keep_part(gas.slabs(), gas.equilibrium);
  }
  return gas;
}

}  // namespace nordheim::program
