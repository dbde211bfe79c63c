// SPDX-License-Identifier: GPL-3.0-or-later
// Fermions on a cubic lattice relax to the Fermi-Dirac distribution that has their number and energy: to 1e-12 in every
// occupation number, with number and energy conserved to round-off on the way.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/observables/observables.hpp>

#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

using namespace nordheim;

int main() {
  constexpr double two_pi = 2.0 * std::numbers::pi;
  const LatticeGrid grid(12, Dispersion::nearest_neighbour(3));
  std::vector<double> W = sample(grid, [](const Vector3& k) {
    return 0.4 + 0.2 * std::cos(two_pi * k[0]) + 0.1 * std::sin(two_pi * k[1]) -
           0.08 * std::cos(two_pi * (k[0] + k[2]));
  });

  // Where it must end: the equilibrium with the same moments on the grid.
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(Statistics::fermion, moments, grid.energies(), grid.weights());
  std::printf("temperature %.6f, chemical potential %.6f\n\n", 1.0 / equilibrium.beta(), equilibrium.mu());

  LatticeTwoBody collisions(grid, Statistics::fermion);
  collisions.set_reference(equilibrium);
  KineticEquation equation(std::move(collisions));

  // Integrating the deviation from equilibrium keeps its relative accuracy down to round-off.
  std::vector<double> target(grid.size()), deviation(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    target[a] = equilibrium.occupation(grid.energies()[a]);
    deviation[a] = W[a] - target[a];
  }
  Evolution evolution(shifted(ode_system(equation), target), {.rtol = 1e-10, .atol = 1e-14});
  evolution.observe([&](const Observation& now) {
    for (std::size_t a = 0; a < grid.size(); ++a) W[a] = target[a] + now.y[a];
    if (now.steps % 100 != 0 && !now.is_last) return;
    const Observables o = observe(grid, equilibrium, W);
    std::printf("t = %8.2f   entropy %.12f   distance %8.1e   number %+.0e   energy %+.0e\n", now.time, o.entropy,
                o.distance, o.moments.number / moments.number - 1.0, o.moments.energy / moments.energy - 1.0);
  });
  evolution.stop_when([&](double, ConstState) { return distance(W, equilibrium, grid.energies()) < 1e-12; });
  evolution.run(deviation, 0.0, std::numeric_limits<double>::infinity());

  const Observables end = observe(grid, equilibrium, W);
  const bool conserved = std::abs(end.moments.number / moments.number - 1.0) < 1e-14 &&
                         std::abs(end.moments.energy / moments.energy - 1.0) < 1e-14;
  std::printf("\n%s\n", conserved ? "number and energy are what they were" : "number or energy has drifted");
  return conserved && end.distance < 1e-12 ? 0 : 1;
}
