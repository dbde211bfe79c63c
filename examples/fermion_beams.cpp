// SPDX-License-Identifier: GPL-3.0-or-later
// A state of your own in R³: two beams of fermions meet at an angle and relax to the Fermi-Dirac distribution that has
// their number, momentum and energy, all three conserved to round-off on the way.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_fit.hpp>
#include <nordheim/observables/observables.hpp>

#include <cmath>
#include <cstdio>
#include <limits>

using namespace nordheim;

/// Any function of k that decays faster than |k|^-5.
double beams(const Vector3& k) {
  const auto beam = [&k](const Vector3& centre, double width) {
    const double x = k[0] - centre[0], y = k[1] - centre[1], z = k[2] - centre[2];
    return std::exp(-(x * x + y * y + z * z) / width);
  };
  return 0.6 * beam({0.3, 0.0, 1.0}, 1.4) + 0.3 * beam({0.0, 0.4, -0.9}, 1.8);
}

int main() {
  // Centre and scale of the grid follow the state: nothing is to be tuned but the degree.
  const SphericalGrid grid(fitted_to(beams, Statistics::fermion, {.degree = 8}));
  std::vector<double> W = sample(grid, beams);

  // Where it must end: the equilibrium with the same moments on the grid.
  SphericalTwoBody collisions(grid, Statistics::fermion);
  const MovingEquilibrium equilibrium = collisions.equilibrium_of(W);
  collisions.set_reference(equilibrium);
  const Vector3& u = equilibrium.velocity;
  std::printf("temperature %.6f, chemical potential %.6f, velocity (%.4f, %.4f, %.4f)\n\n",
              1.0 / equilibrium.at_rest.beta(), equilibrium.at_rest.mu(), u[0], u[1], u[2]);
  KineticEquation equation(std::move(collisions));

  // Integrating the deviation from equilibrium keeps its relative accuracy down to round-off.
  const std::vector<double> target = sample(grid, [&](const Vector3& k) { return equilibrium.occupation(k); });
  std::vector<double> deviation(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) deviation[a] = W[a] - target[a];
  const Observables start = observe(grid, equilibrium, W);
  Evolution evolution(shifted(ode_system(equation), target), {.rtol = 1e-8, .atol = 1e-11});
  evolution.observe([&](const Observation& now) {
    for (std::size_t a = 0; a < grid.size(); ++a) W[a] = target[a] + now.y[a];
    if (now.steps % 50 != 0 && !now.is_last) return;
    const Observables o = observe(grid, equilibrium, W);
    std::printf("t = %6.3f   entropy %.12f   distance %8.1e   number %+.0e   momentum %+.0e   energy %+.0e\n", now.time,
                o.entropy, o.distance, o.moments.number / start.moments.number - 1.0,
                o.current[2] / start.current[2] - 1.0, o.moments.energy / start.moments.energy - 1.0);
  });
  evolution.stop_when([&](double, ConstState) { return max_difference(W, target) < 1e-9; });
  evolution.run(deviation, 0.0, std::numeric_limits<double>::infinity());

  const Observables end = observe(grid, equilibrium, W);
  const bool conserved = std::abs(end.moments.number / start.moments.number - 1.0) < 1e-14 &&
                         std::abs(end.current[2] / start.current[2] - 1.0) < 1e-14 &&
                         std::abs(end.moments.energy / start.moments.energy - 1.0) < 1e-14;
  std::printf("\n%s\n", conserved ? "number, momentum and energy are what they were" : "an invariant has drifted");
  return conserved && end.distance < 1e-9 ? 0 : 1;
}
