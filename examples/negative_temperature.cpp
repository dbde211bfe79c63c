// SPDX-License-Identifier: GPL-3.0-or-later
// In a bounded band a gas can have more particles at high energies than at low ones. By collisions among themselves
// they come to an equilibrium of negative temperature, the mirror image of a positive one: for the band of nearest
// neighbours, W(k + (1/2, 1/2)) relaxes as W(k) does, with the energy reversed and the temperature of the opposite
// sign.
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

struct Outcome {
  double beta;
  std::vector<double> W;
};

Outcome relax(const LatticeGrid& grid, double shift) {
  constexpr double two_pi = 2.0 * std::numbers::pi;
  std::vector<double> W = sample(grid, [&](const Vector3& k) {
    return 0.4 + 0.25 * std::cos(two_pi * (k[0] - shift)) + 0.1 * std::cos(two_pi * (k[1] - shift));
  });
  const Moments moments = moments_of(W, grid.energies(), grid.weights());
  const Equilibrium equilibrium = equilibrium_of(Statistics::fermion, moments, grid.energies(), grid.weights());
  LatticeTwoBody collisions(grid, Statistics::fermion);
  collisions.set_reference(equilibrium);
  KineticEquation equation(std::move(collisions));
  Evolution evolution(ode_system(equation), {.rtol = 1e-10});
  const double before = entropy(Statistics::fermion, W, grid.weights());
  evolution.run(W, 0.0, 150.0);
  std::printf("energy per particle %.4f   temperature %+.4f   entropy %.6f -> %.6f   distance %.1e\n",
              moments.energy / moments.number, 1.0 / equilibrium.beta(), before,
              entropy(Statistics::fermion, W, grid.weights()), distance(W, equilibrium, grid.energies()));
  return {equilibrium.beta(), W};
}

int main() {
  const LatticeGrid grid(24, Dispersion::nearest_neighbour(2));
  const Outcome normal = relax(grid, 0.0), inverted = relax(grid, 0.5);
  double asymmetry = 0.0;
  for (int i = 0; i < grid.points(); ++i) {
    for (int j = 0; j < grid.points(); ++j) {
      const double here = normal.W[grid.node({i, j, 0})];
      const double there = inverted.W[grid.node({i + grid.points() / 2, j + grid.points() / 2, 0})];
      asymmetry = std::max(asymmetry, std::abs(here - there));
    }
  }
  std::printf("largest difference of the mirror images: %.1e\n", asymmetry);
  return normal.beta > 0.0 && std::abs(normal.beta + inverted.beta) < 1e-10 && asymmetry < 1e-8 ? 0 : 1;
}
