// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/continuum_gas.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "commands/gas.hpp"
#include "commands/placed.hpp"
#include "factories/factories.hpp"
#include "factories/initial_state.hpp"
#include "run/memory.hpp"

#include <sstream>
#include <utility>
#include <variant>

namespace nordheim::program {

namespace {

std::string place_of(const SphericalGrid& grid) {
  return "in R^3, " + std::to_string(grid.size()) + " nodes: degree " + std::to_string(grid.degree()) +
         (grid.symmetry() == MomentumSymmetry::none ? std::string() : ", " + name(grid.symmetry()) + " symmetry");
}

std::string nodes_in_words(const SphericalGrid& grid) {
  std::ostringstream text;
  const Vector3& c = grid.centre();
  text << "degree " << grid.degree() << ", lmax " << grid.lmax() << ", scale " << grid.scale() << ", centre (" << c[0]
       << ", " << c[1] << ", " << c[2] << ") and symmetry \"" << name(grid.symmetry()) << '"';
  return text.str();
}

/// An operator, and the equilibrium of the initial state as its reference.
struct Referred {
  AnyCollisions collisions;
  MovingEquilibrium equilibrium;
};

Referred without_exchange(const Case& input, const SphericalGrid& grid, const std::vector<double>& W, int threads) {
  SphericalTwoBody op = placed(input, "collision.potential", [&] {
    return SphericalTwoBody(grid, input.collision.statistics, spherical_two_body_options(input, threads));
  });
  const MovingEquilibrium equilibrium = placed(input, initial_key(input), [&] { return op.equilibrium_of(W); });
  op.set_reference(equilibrium);
  return {AnyCollisions(std::move(op)), equilibrium};
}

Referred with_exchange(const Case& input, const SphericalGrid& grid, const std::vector<double>& W, int threads) {
  IsotropicTwoBody op = placed(input, "collision.potential", [&] {
    return IsotropicTwoBody(grid, input.collision.statistics, isotropic_two_body_options(input, threads));
  });
  const Equilibrium equilibrium = placed(input, initial_key(input), [&] { return op.equilibrium_of(W); });
  op.set_reference(equilibrium);
  return {AnyCollisions(std::move(op)), {equilibrium, {}}};
}

}  // namespace

std::size_t continuum_memory(const Case& input, int threads, double vectors) {
  const SphericalGridOptions grid = grid_options(input.momentum.spherical);
  const auto states = static_cast<std::size_t>(8.0 * vectors * static_cast<double>(SphericalGrid::node_count(grid)));
  if (has_exchange(input.collision)) return IsotropicTwoBody::memory(grid.degree) + states;
  return SphericalTwoBody::memory(grid, spherical_two_body_options(input, threads)) + states;
}

Gas make_continuum_gas(Case input, int threads, Occupations accepted, double vectors) {
  require_memory(continuum_memory(input, threads, vectors),
                 "momentum.degree = " + std::to_string(input.momentum.spherical.degree) + " with symmetry \"" +
                     input.momentum.spherical.symmetry + "\"");
  const char* const initial = initial_key(input);
  std::function<double(const Vector3&)> W_at = placed(input, initial, [&] { return make_initial_occupation(input); });
  const SphericalGridOptions fitted = placed(input, initial, [&] { return spherical_options(input, W_at); });
  const SphericalGrid grid = placed(input, "momentum.centre", [&] { return SphericalGrid(fitted); });
  std::vector<double> W = placed(input, initial, [&] {
    return W_at ? sample(grid, W_at)
                : state_in_file(std::get<StateFile>(input.initial), grid.momenta(), nodes_in_words(grid));
  });
  check_occupations(W, grid.momenta(), input.collision.statistics, accepted);
  return continuum_gas_of(std::move(input), grid, std::move(W), std::move(W_at), threads);
}

Gas continuum_gas_of(Case input, const SphericalGrid& grid, std::vector<double> W, OccupationAt W_at, int threads) {
  if (!W_at) W_at = SphericalSeries(grid, W);
  const auto make = has_exchange(input.collision) ? with_exchange : without_exchange;
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks): what is returned owns the operator
  Referred referred = make(input, grid, W, threads);
  const MovingEquilibrium& equilibrium = referred.equilibrium;
  std::vector<double> equilibrium_W =
      sample(grid, [&target = equilibrium](const Vector3& k) { return target.occupation(k); });
  const MovingMoments moments = moving_moments_of(W, grid.velocities(), grid.energies(), grid.weights());
  return {.input = std::move(input),
          .space = grid,
          .nodes = Nodes(grid),
          .units = continuum_units("; W is an occupation number", "a higher degree"),
          .place = place_of(grid),
          .W = std::move(W),
          .W_at = std::move(W_at),
          .moments = {moments.number, moments.energy},
          .equilibrium = equilibrium.at_rest,
          .velocity = equilibrium.velocity,
          .equilibrium_W = std::move(equilibrium_W),
          .collisions = std::move(referred.collisions)};
}

}  // namespace nordheim::program
