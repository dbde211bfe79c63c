// SPDX-License-Identifier: GPL-3.0-or-later
// A band of one's own: any function of k. Here a triangular lattice with a next-neighbour term, written in the axes of
// its reciprocal lattice, and how fast particles of each energy are scattered in it at equilibrium.
#include <nordheim/collision/lattice_two_body.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

using namespace nordheim;

int main() {
  constexpr double two_pi = 2.0 * std::numbers::pi;
  const Dispersion band = Dispersion::from_function(
      2,
      [](const Vector3& k) {
        const double x = two_pi * k[0], y = two_pi * k[1];
        return 3.0 - std::cos(x) - std::cos(y) - std::cos(x - y) + 0.2 * (1.0 - std::cos(x + y));
      },
      {}, "triangular lattice");
  std::printf("%s: band from %.6f to %.6f, fastest %.4f sites per unit time\n", band.description().c_str(),
              band.range().min, band.range().max, band.max_velocity());

  const LatticeGrid grid(48, band);
  const Equilibrium gas = Equilibrium::from_chemical_potential(Statistics::fermion, 2.0, 2.0);
  std::vector<double> W(grid.size()), rate(grid.size()), C(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) W[a] = gas.occupation(grid.energies()[a]);

  LatticeTwoBody collisions(grid, Statistics::fermion);
  collisions.loss_rate(W, rate);
  const CollisionReport report = collisions.apply(W, C);

  std::printf("\n  energy   mean rate of collisions\n");
  constexpr int bins = 9;
  for (int bin = 0; bin < bins; ++bin) {
    const double low = band.range().width() * bin / bins, high = band.range().width() * (bin + 1) / bins;
    double sum = 0.0, count = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      if (grid.energies()[a] < low || grid.energies()[a] >= high) continue;
      sum += rate[a];
      count += 1.0;
    }
    if (count > 0.0) std::printf("  %6.3f   %.5f\n", 0.5 * (low + high), sum / count);
  }
  // The equilibrium is a fixed point whatever the band: max |C| is round-off.
  const double fastest = *std::max_element(rate.begin(), rate.end());
  std::printf("\nmax |C| at equilibrium: %.1e\n", report.largest_rate);
  return report.largest_rate < 1e-13 * fastest ? 0 : 1;
}
