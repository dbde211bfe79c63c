// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/lattice_gas.hpp"

#include <nordheim/momentum/fourier_series.hpp>

#include "commands/gas.hpp"
#include "factories/factories.hpp"
#include "run/memory.hpp"

#include <cmath>
#include <utility>

namespace nordheim::program {

namespace {

GasUnits units() {
  return {
      .conventions =
          "hbar = m = k_B = 1; k in [-1/2, 1/2)^d in units of 2 pi over the lattice constant; v = grad omega / 2 pi "
          "in lattice sites per unit time; W is an occupation number",
      .momentum = "2 pi / lattice constant",
      .weight = "1",
      .velocity = "sites / time",
      .number = "1 / site",
      .energy = "energy / site",
      .entropy = "1 / site",
      .entropy_production = "1 / (site time)",
      .current = "1 / time",
      .refine = "use more points",
      .stay_inside = "use more points or the window \"bohman\"",
      .leave_inside = "the window \"flat\" does not keep them inside: use \"bohman\", or more points"};
}

std::string place_of(const LatticeGrid& grid) {
  return "on " + std::to_string(grid.points()) + (grid.dimension() > 1 ? "^" + std::to_string(grid.dimension()) : "") +
         " nodes, " + grid.dispersion().description();
}

}  // namespace

std::size_t memory_needed(const Case& input, const Dispersion& dispersion, const LatticeTwoBodyOptions& options,
                          double vectors) {
  const double nodes = std::pow(input.momentum.points, input.momentum.dimension);
  return LatticeTwoBody::memory(input.momentum.points, dispersion, options) +
         static_cast<std::size_t>(8.0 * vectors * nodes);
}

Gas make_lattice_gas(Case input, int threads, Occupations accepted, double vectors) {
  const Dispersion dispersion = make_dispersion(input);
  const LatticeTwoBodyOptions options = two_body_options(input, threads);
  require_memory(memory_needed(input, dispersion, options, vectors),
                 "momentum.points = " + std::to_string(input.momentum.points) + " in dimension " +
                     std::to_string(input.momentum.dimension));
  const LatticeGrid grid = make_grid(input, dispersion);
  std::vector<double> W = make_initial_state(input, grid, accepted);
  const Statistics statistics = input.collision.statistics;
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(statistics, moments, grid.energies(), grid.weights());
  std::vector<double> equilibrium_W;
  for (const double omega : grid.energies()) equilibrium_W.push_back(equilibrium.occupation(omega));
  LatticeTwoBody op(grid, statistics, options);
  op.set_reference(equilibrium);
  FourierSeries W_at(grid, W);
  return {.input = std::move(input),
          .space = grid,
          .nodes = Nodes(grid),
          .units = units(),
          .place = place_of(grid),
          .W = std::move(W),
          .W_at = std::move(W_at),
          .moments = moments,
          .equilibrium = equilibrium,
          .velocity = {},
          .equilibrium_W = std::move(equilibrium_W),
          .collisions = TwoBody(std::move(op))};
}

}  // namespace nordheim::program
