// SPDX-License-Identifier: GPL-3.0-or-later
// A current on a lattice decays without any impurity: two particles may scatter by a reciprocal lattice vector
// (umklapp), so that their momentum is conserved modulo 1 only. Dilute cold fermions carry it much longer than hot
// ones.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include <cmath>
#include <cstdio>

using namespace nordheim;

/// Decay rate of the current between t and 2t, of a gas whose equilibrium has been pushed along x.
double decay_rate(double temperature, double mu, double t) {
  const LatticeGrid grid(32, Dispersion::nearest_neighbour(2));
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double push = 0.1 * grid.velocities()[2 * a];
    W[a] = 1.0 / (std::exp((grid.energies()[a] - mu - push) / temperature) + 1.0);
  }
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  LatticeTwoBody collisions(grid, Statistics::fermion);
  collisions.set_reference(equilibrium_of(Statistics::fermion, moments, grid.energies(), grid.weights()));
  KineticEquation equation(std::move(collisions));
  Evolution evolution(ode_system(equation), {.rtol = 1e-9});
  double early = 0.0, late = 0.0;
  evolution.observe([&](const Observation& now) {
    if (!now.is_output) return;
    (now.is_last ? late : early) = current(now.y, grid.velocities(), grid.weights())[0];
  });
  const std::vector<double> times{t, 2.0 * t};
  evolution.run(W, 0.0, 2.0 * t, times);
  const double rate = std::log(early / late) / t;
  std::printf("%11.2f %8.2f %14.3e %14.3e %12.3e\n", temperature, mu, early, late, rate);
  return rate;
}

int main() {
  std::printf("temperature       mu   current at t  current at 2t         rate\n");
  const double hot = decay_rate(2.0, 1.0, 20.0);
  const double warm = decay_rate(0.5, 0.5, 20.0);
  const double cool = decay_rate(0.25, 0.25, 20.0);
  return hot > warm && warm > cool && cool > 0.0 ? 0 : 1;
}
