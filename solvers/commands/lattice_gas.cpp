// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/lattice_gas.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/output_directory.hpp>

#include "run/memory.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nordheim::program {

std::string LatticeGas::description() const {
  const std::string nodes =
      std::to_string(grid.points()) + (grid.dimension() > 1 ? "^" + std::to_string(grid.dimension()) : "");
  return name(input.collision.statistics) + (input.collision.statistics == Statistics::classical ? " particles" : "s") +
         " on " + nodes + " nodes, " + grid.dispersion().description();
}

LatticeTwoBody LatticeGas::make_operator() const {
  LatticeTwoBody op(grid, input.collision.statistics, options);
  op.set_reference(equilibrium);
  return op;
}

std::size_t memory_needed(const Case& input, const Dispersion& dispersion, const LatticeTwoBodyOptions& options,
                          double vectors) {
  const double nodes = std::pow(input.momentum.points, input.momentum.dimension);
  return LatticeTwoBody::memory(input.momentum.points, dispersion, options) +
         static_cast<std::size_t>(8.0 * vectors * nodes);
}

double vectors_of_relax(const Case& input) {
  // Adams keeps 13 vectors of history, BDF 6 and a Krylov space of 10, Runge–Kutta 13 stages; each some more.
  constexpr double integrator = 22.0, own = 6.0;
  // The snapshots at the end of a run, when the integrator is gone: kept, in one array, in the file, and in its image.
  constexpr double copies = 4.0;
  return std::max(integrator + own + input.output.snapshots, vectors_of_result + copies * input.output.snapshots);
}

LatticeGas make_lattice_gas(Case input, int threads, Occupations accepted, double vectors,
                            const std::filesystem::path& directory) {
  if (input.elastic) {
    throw InvalidArgument(input.at("collision.kind") +
                          "relax and collide are for two-body collisions (found elastic scattering, allowed "
                          "\"two-body\"); for this case use diffusion");
  }
  const Dispersion dispersion = make_dispersion(input);
  const LatticeTwoBodyOptions two_body = two_body_options(input, threads);
  require_memory(memory_needed(input, dispersion, two_body, vectors),
                 "momentum.points = " + std::to_string(input.momentum.points) + " in dimension " +
                     std::to_string(input.momentum.dimension));
  LatticeGrid grid = make_grid(input, dispersion);
  std::vector<double> W = make_initial_state(input, grid, accepted);
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(input.collision.statistics, moments, grid.energies(), grid.weights());
  make_output_directory(directory);
  return {std::move(input), std::move(grid), std::move(W), moments, equilibrium, two_body};
}

std::filesystem::path output_directory(const RunOptions& options, const std::string& suffix) {
  return options.output.value_or(options.case_file.stem().string() + suffix);
}

}  // namespace nordheim::program
