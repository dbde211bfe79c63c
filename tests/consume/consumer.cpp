// SPDX-License-Identifier: GPL-3.0-or-later
// What a user of the installed library would write: the temperature of a lattice Fermi gas from its number and energy.
#include <nordheim/core/version.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <vector>

int main() {
  const nordheim::LatticeGrid grid(8, nordheim::Dispersion::nearest_neighbour(2));
  const auto gas = nordheim::Equilibrium::from_chemical_potential(nordheim::Statistics::fermion, 1.25, 1.5);
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) W[a] = gas.occupation(grid.energies()[a]);

  const auto moments = nordheim::moments_of(W, grid.energies(), grid.weights());
  const auto found = nordheim::equilibrium_of(nordheim::Statistics::fermion, moments, grid.energies(), grid.weights());
  std::printf("nordheim %s: beta = %.12f, mu = %.12f\n", NORDHEIM_VERSION, found.beta(), found.mu());

  // The moments are met to about 1e-15; beta and mu follow with the condition number of the inversion, below 100 here.
  const bool right = std::abs(found.beta() - 1.25) < 1e-12 && std::abs(found.mu() - 1.5) < 1e-12;
  return right ? 0 : 1;
}
