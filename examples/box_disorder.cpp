// SPDX-License-Identifier: GPL-3.0-or-later
// The Anderson model with site energies spread evenly over [-W/2, W/2], whose variance is W^2/12: the kinetic diffusion
// coefficient is D = 12 D_1(E)/W^2, where D_1 belongs to variance 1. The table of D W^2 is what a simulation at weak
// disorder has to approach; E is measured from the lower edge of the band, 3 is its centre.
#include <nordheim/transport/diffusion_curve.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

using namespace nordheim;

int main() {
  const double W = 2.0;
  const ElasticModel model =
      ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::delta(W * W / 12.0));
  const std::vector<double> energies{0.1, 0.5, 1.0, 1.5, 1.9, 2.1, 2.5, 3.0};
  std::printf("   E     mean free path      D W^2               error\n");
  double centre = 0.0;
  for (const DiffusionPoint& point : diffusion_curve(model, energies)) {
    const double D = point.D[0][0], velocity = std::sqrt(3.0 * D * point.rate);  // D = v^2/(3 rate) here
    centre = D * W * W;
    std::printf("  %4.1f   %16.12f   %18.15f   %.0e\n", point.energy, velocity / point.rate, D * W * W, point.error);
  }
  const double known = 12.0 * 0.3265690453508330122134;  // from elliptic integrals, 22 digits
  std::printf("\ncentre of the band: differs from the closed form by %.0e\n", std::abs(centre / known - 1.0));
  return std::abs(centre / known - 1.0) < 1e-10 ? 0 : 1;
}
