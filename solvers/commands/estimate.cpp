// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/command.hpp"
#include "commands/diffusion_estimate.hpp"
#include "commands/evaluation_time.hpp"
#include "commands/lattice_gas.hpp"
#include "commands/report.hpp"
#include "factories/factories.hpp"
#include "run/memory.hpp"

#include <cmath>

namespace nordheim::program {

namespace {

/// Largest grid that is timed directly; beyond, the time is scaled up from it.
int timed_points(const Case& input) {
  constexpr double most_nodes = 40000.0;
  const int d = input.momentum.dimension;
  int points = input.momentum.points;
  while (std::pow(points, d) > most_nodes) points = (points + 1) / 2;
  return points;
}

/// Transforms of n points for each of N_t nodes: n log n N_t.
double work(const LatticeTwoBodyOptions& options, const Dispersion& dispersion, int points) {
  const double n = std::pow(options.engine_points.value_or(points), dispersion.dimension());
  return n * std::log2(n) * LatticeTwoBody::time_nodes(points, dispersion, options);
}

/// Any state: the time does not depend on it, and that of the case may come from a file for another grid.
std::vector<double> some_state(const LatticeGrid& grid) {
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < W.size(); ++a) W[a] = 0.3 + 0.1 * std::sin(static_cast<double>(a));
  return W;
}

}  // namespace

void estimate(const RunOptions& options) {
  const Case input = read_case(options.case_file, options.overrides);
  if (input.elastic) {
    estimate_diffusion(options, input);
    return;
  }
  const Dispersion dispersion = make_dispersion(input);
  const LatticeTwoBodyOptions two_body = two_body_options(input, options.threads);
  const std::size_t memory = memory_needed(input, dispersion, two_body, vectors_of_relax(input));
  const double nodes = std::pow(input.momentum.points, input.momentum.dimension);

  Case smaller = input;
  smaller.momentum.points = timed_points(input);
  LatticeTwoBodyOptions smaller_options = two_body;
  smaller_options.engine_points.reset();
  if (smaller.momentum.points != input.momentum.points) {
    // The grid is what is scaled; a given horizon or step would scale differently.
    smaller_options.horizon.reset();
    smaller_options.rectangle_correction.reset();
  }
  const LatticeGrid grid = make_grid(smaller, dispersion);
  const std::vector<double> W = some_state(grid);
  LatticeTwoBody op(grid, input.collision.statistics, smaller_options);
  op.set_reference(equilibrium_of(input.collision.statistics, moments_of(W, grid.energies(), grid.weights()),
                                  grid.energies(), grid.weights()));
  const double measured = seconds_per_evaluation(op, W);
  const double seconds = measured * work(two_body, dispersion, input.momentum.points) /
                         work(smaller_options, dispersion, smaller.momentum.points);

  const Json summary{{"memory_bytes", memory},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", seconds},
                     {"nodes", static_cast<std::size_t>(nodes)},
                     {"time_nodes", LatticeTwoBody::time_nodes(input.momentum.points, dispersion, two_body)},
                     {"measured_points", smaller.momentum.points}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"nodes", short_text(nodes)},
                {"memory", bytes_text(memory) + " of " + bytes_text(available_memory()) + " available"},
                {"one evaluation", short_text(seconds) + " s, measured with " +
                                       std::to_string(smaller.momentum.points) + " points per direction"},
                {"a relaxation", "some 500 to 2000 evaluations: " + short_text(500 * seconds) + " to " +
                                     short_text(2000 * seconds) + " s"}});
}

}  // namespace nordheim::program
