// SPDX-License-Identifier: GPL-3.0-or-later
// Bosons on a square lattice: a hot cloud around k = (1/4, 1/4) and a cold one around k = 0 become one Bose gas. The
// operator with a non-negative window and its own reference temperature obeys the H-theorem exactly: the entropy may
// not fall in any step, and nothing is projected.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/observables/observables.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

using namespace nordheim;

int main() {
  constexpr double two_pi = 2.0 * std::numbers::pi;
  const LatticeGrid grid(32, Dispersion::nearest_neighbour(2));
  std::vector<double> W = sample(grid, [](const Vector3& k) {
    const auto cloud = [&](double kx, double ky) {
      return std::exp(2.0 * (std::cos(two_pi * (k[0] - kx)) + std::cos(two_pi * (k[1] - ky)) - 2.0));
    };
    return 0.05 + 1.2 * cloud(0.0, 0.0) + 0.4 * cloud(0.25, 0.25);
  });
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(Statistics::boson, moments, grid.energies(), grid.weights());

  LatticeTwoBodyOptions options;
  options.window = TimeWindow::bohman;
  options.energy = EnergyConstraint::reference_temperature;
  LatticeTwoBody collisions(grid, Statistics::boson, options);
  std::printf("collision term known to about %.1f %%\n", 100.0 * collisions.error_estimate(W).relative);
  KineticEquation equation(std::move(collisions));

  std::vector<double> C(grid.size());
  double entropy_before = entropy(Statistics::boson, W, grid.weights()), largest_fall = 0.0;
  Evolution evolution(ode_system(equation), {.rtol = 1e-10});
  evolution.observe([&](const Observation& now) {
    const Observables o = observe(grid, equilibrium, now.y);
    largest_fall = std::max(largest_fall, entropy_before - o.entropy);
    entropy_before = o.entropy;
    if (!now.is_output) return;
    std::printf("t = %5.1f   entropy %.10f   distance %8.1e   W in [%.3f, %.3f]   beta* = %.5f\n", now.time, o.entropy,
                o.distance, o.min_W, o.max_W, equation.collisions().apply(now.y, C).reference_beta);
  });
  const std::vector<double> times{0.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0};
  evolution.run(W, 0.0, times.back(), times);

  std::printf("\nequilibrium: beta = %.5f, mu = %.5f; largest fall of the entropy in a step: %.0e\n",
              equilibrium.beta(), equilibrium.mu(), largest_fall);
  const Moments end = moments_of(W, grid.energies(), grid.weights());
  const bool conserved =
      std::abs(end.number / moments.number - 1.0) < 1e-12 && std::abs(end.energy / moments.energy - 1.0) < 1e-12;
  return conserved && largest_fall < 1e-13 && distance(W, equilibrium, grid.energies()) < 1e-3 ? 0 : 1;
}
