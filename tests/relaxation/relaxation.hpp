// SPDX-License-Identifier: GPL-3.0-or-later
// A relaxation run through the public interface, watched at every internal step.
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/lattice_states.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace nordheim::test {

/// Drifts and falls over all internal steps, and the final state.
struct Watched {
  EvolutionReport report;
  Equilibrium equilibrium;
  std::vector<double> W;
  double number_drift = 0.0;  ///< largest relative change of Σ w W
  double energy_drift = 0.0;  ///< of Σ w ω W
  double entropy_fall = 0.0;  ///< largest decrease between two internal steps
  double min_W = std::numeric_limits<double>::infinity();
  double max_W = -std::numeric_limits<double>::infinity();
  double initial_distance = 0.0;
  Observables end{};
  double entropy_gap = 0.0;  ///< entropy of the equilibrium less the final one, relative
};

/// Sums in extended precision: it is W whose drift is measured, not the rounding of a sum over all nodes.
struct ExactMoments {
  long double number = 0.0L, energy = 0.0L;
  ExactMoments(const LatticeGrid& grid, ConstState W) {
    for (std::size_t a = 0; a < W.size(); ++a) {
      number += W[a];
      energy += static_cast<long double>(grid.energies()[a]) * W[a];
    }
  }
};

/// One thread: tests run beside each other, and threads that wait for each other on a busy machine cost far more than
/// they gain.
inline LatticeTwoBody one_thread(const LatticeGrid& grid, Statistics statistics, LatticeTwoBodyOptions options = {}) {
  options.threads = 1;
  return {grid, statistics, options};
}

inline Equilibrium equilibrium_for(const LatticeGrid& grid, Statistics statistics, ConstState W) {
  return equilibrium_of(statistics, moments_of(W, grid.energies(), grid.weights()), grid.energies(), grid.weights());
}

/// Where and how a run ends.
struct Course {
  EvolutionOptions options{};
  bool deviation = false;      ///< integrate W − W_eq instead of W
  double stop_distance = 0.0;  ///< the run ends here …
  double end_time = 1e4;       ///< … or here
  bool set_reference = true;   ///< tell the operator the equilibrium
};

inline Watched relax(LatticeTwoBody op, std::vector<double> W, const Course& course) {
  const LatticeGrid grid = op.space();
  const Statistics statistics = op.statistics();
  Watched seen{.report = {}, .equilibrium = equilibrium_for(grid, statistics, W), .W = {}};
  if (course.set_reference) op.set_reference(seen.equilibrium);
  KineticEquation equation(std::move(op));
  const ExactMoments initial(grid, W);
  seen.initial_distance = distance(W, seen.equilibrium, grid.energies());

  std::vector<double> origin(grid.size(), 0.0);
  if (course.deviation) {
    for (std::size_t a = 0; a < origin.size(); ++a) origin[a] = seen.equilibrium.occupation(grid.energies()[a]);
  }
  std::vector<double> y(grid.size()), now(grid.size());
  for (std::size_t a = 0; a < y.size(); ++a) y[a] = W[a] - origin[a];
  const auto state_of = [&](ConstState z) {
    for (std::size_t a = 0; a < z.size(); ++a) now[a] = origin[a] + z[a];
  };

  Evolution evolution(course.deviation ? shifted(ode_system(equation), origin) : ode_system(equation), course.options);
  double entropy_before = entropy(statistics, W, grid.weights());
  evolution.observe([&](const Observation& observation) {
    state_of(observation.y);
    const ExactMoments moments(grid, now);
    const auto drift = [](long double value, long double start) {
      return static_cast<double>(std::abs(value / start - 1.0L));
    };
    seen.number_drift = larger(seen.number_drift, drift(moments.number, initial.number));
    seen.energy_drift = larger(seen.energy_drift, drift(moments.energy, initial.energy));
    const double S = entropy(statistics, now, grid.weights());
    seen.entropy_fall = larger(seen.entropy_fall, entropy_before - S);
    entropy_before = S;
    const auto [least, most] = std::minmax_element(now.begin(), now.end());
    seen.min_W = std::min(seen.min_W, *least);
    seen.max_W = std::max(seen.max_W, *most);
  });
  evolution.stop_when([&](double, ConstState z) {
    state_of(z);
    return distance(now, seen.equilibrium, grid.energies()) <= course.stop_distance;
  });
  seen.report = evolution.run(y, 0.0, course.end_time);
  state_of(y);
  seen.W = now;
  seen.end = observe(grid, seen.equilibrium, now);
  for (std::size_t a = 0; a < now.size(); ++a) now[a] = seen.equilibrium.occupation(grid.energies()[a]);
  seen.entropy_gap = 1.0 - seen.end.entropy / entropy(statistics, now, grid.weights());
  return seen;
}

}  // namespace nordheim::test
