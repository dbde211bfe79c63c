// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/lattice_gas.hpp"

#include <nordheim/momentum/fourier_series.hpp>

#include "commands/gas.hpp"
#include "commands/placed.hpp"
#include "factories/factories.hpp"
#include "run/memory.hpp"

#include <cmath>
#include <type_traits>
#include <utility>

namespace nordheim::program {

namespace {

std::string place_of(const LatticeGrid& grid) {
  return "on " + std::to_string(grid.points()) + (grid.dimension() > 1 ? "^" + std::to_string(grid.dimension()) : "") +
         " nodes, " + grid.dispersion().description();
}

Json facts_of(const Resonance& resonance, int parts) {
  Json momenta = Json::array();
  for (const Vector3& k : resonance.momenta) momenta.push_back(k);
  return {{"parts", parts},
          {"found", resonance.found},
          {"argument", name(resonance.argument)},
          {"largest_surplus", resonance.largest_surplus},
          {"momenta", momenta}};
}

template <class Operator>
LatticeCollisionTerm phonon_term(Operator op, ConstState W, bool conserves_number, std::vector<std::size_t> frozen,
                                 Json facts) {
  const Equilibrium equilibrium = op.reference_for(W);
  op.set_reference(equilibrium);
  facts["number_conserved"] = conserves_number;
  facts["frozen_modes"] = frozen.size();
  AnyCollisions collisions(std::move(op));
  return {std::move(collisions), equilibrium, conserves_number, std::move(frozen), std::move(facts)};
}

/// Calls the function with the options of the case's kind of collisions, and an operator of that kind as a tag.
template <class Function>
auto with_options(const Case& input, int threads, Function function) {
  if (input.collision.kind == "four-phonon") {
    return function(four_phonon_options(input, threads), std::type_identity<FourPhonon>{});
  }
  if (input.collision.kind == "three-phonon") {
    return function(three_phonon_options(input, threads), std::type_identity<ThreePhonon>{});
  }
  return function(two_body_options(input, threads), std::type_identity<LatticeTwoBody>{});
}

}  // namespace

LatticeCollisionTerm make_collision_term(const Case& input, const LatticeGrid& grid, ConstState W, int threads) {
  const Statistics statistics = input.collision.statistics;
  if (input.collision.kind == "four-phonon") {
    FourPhonon op = placed_by_name(input, "collision.kind",
                                   [&] { return FourPhonon(grid, statistics, four_phonon_options(input, threads)); });
    Json resonance = facts_of(op.decay(), 3);
    resonance["included"] = op.decays();
    const bool conserves_number = !op.decays();
    return phonon_term(std::move(op), W, conserves_number, {}, {{"resonance", resonance}});
  }
  if (input.collision.kind == "three-phonon") {
    ThreePhonon op = placed_by_name(input, "collision.kind",
                                    [&] { return ThreePhonon(grid, three_phonon_options(input, threads)); });
    Json facts{{"resonance", facts_of(op.resonance(), 2)}};
    std::vector<std::size_t> frozen = op.frozen();
    return phonon_term(std::move(op), W, false, std::move(frozen), std::move(facts));
  }
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(statistics, moments, grid.energies(), grid.weights());
  LatticeTwoBody op(grid, statistics, two_body_options(input, threads));
  op.set_reference(equilibrium);
  AnyCollisions collisions(std::move(op));
  return {std::move(collisions), equilibrium, true, {}, Json::object()};
}

int time_nodes(const Case& input, const Dispersion& dispersion, int threads) {
  return with_options(input, threads, [&](const auto& options, auto kind) {
    return decltype(kind)::type::time_nodes(input.momentum.points, dispersion, options);
  });
}

std::size_t memory_needed(const Case& input, const Dispersion& dispersion, int threads, double vectors) {
  const double nodes = std::pow(input.momentum.points, input.momentum.dimension);
  return with_options(input, threads,
                      [&](const auto& options, auto kind) {
                        return decltype(kind)::type::memory(input.momentum.points, dispersion, options);
                      }) +
         static_cast<std::size_t>(8.0 * vectors * nodes);
}

Gas make_lattice_gas(Case input, int threads, Occupations accepted, double vectors) {
  const Dispersion dispersion = make_dispersion(input);
  const std::size_t needed =
      placed_by_name(input, "collision.kind", [&] { return memory_needed(input, dispersion, threads, vectors); });
  require_memory(needed, "momentum.points = " + std::to_string(input.momentum.points) + " in dimension " +
                             std::to_string(input.momentum.dimension));
  const LatticeGrid grid = make_grid(input, dispersion);
  std::vector<double> W = make_initial_state(input, grid, accepted);
  return lattice_gas_of(std::move(input), grid, std::move(W), threads);
}

Gas lattice_gas_of(Case input, const LatticeGrid& grid, std::vector<double> W, int threads) {
  LatticeCollisionTerm term = make_collision_term(input, grid, W, threads);
  // A frozen mode stays what it is; the frequency of k = 0 may be zero.
  std::vector<bool> is_frozen(grid.size(), false);
  for (const std::size_t a : term.frozen) is_frozen[a] = true;
  std::vector<double> equilibrium_W(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    equilibrium_W[a] = is_frozen[a] ? W[a] : term.equilibrium.occupation(grid.energies()[a]);
  }
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  FourierSeries W_at(grid, W);
  return {.input = std::move(input),
          .space = grid,
          .nodes = Nodes(grid),
          .units = lattice_units("; W is an occupation number"),
          .place = place_of(grid),
          .W = std::move(W),
          .W_at = std::move(W_at),
          .moments = moments,
          .equilibrium = term.equilibrium,
          .velocity = {},
          .equilibrium_W = std::move(equilibrium_W),
          .collisions = std::move(term.collisions),
          .conserves_number = term.conserves_number,
          .facts = std::move(term.facts),
          .frozen = std::move(term.frozen)};
}

}  // namespace nordheim::program
