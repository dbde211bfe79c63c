// SPDX-License-Identifier: GPL-3.0-or-later
// D_kin(E) of a band and a correlator of one's own. The band is a generic function (const auto& k): called with symbols
// it gives its formula away, from which velocities are exact and bounds certain. The correlator is any function of q
// that is nowhere negative. Here: the triangular lattice, and a random potential that is smooth on it.
#include <nordheim/transport/diffusion_curve.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <vector>

using namespace nordheim;

int main() {
  constexpr double two_pi = 2.0 * std::numbers::pi;
  const auto triangular = [](const auto& k) {
    using std::cos;
    return 3.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]) - cos(two_pi * (k[0] - k[1]));
  };
  const Dispersion band = Dispersion::from_formula(2, triangular, "triangular lattice");
  // The same function, now of numbers: a correlation length of about one lattice constant.
  const Correlator disorder = Correlator::on_lattice(
      2, [&](const Vector3& q) { return 1.0 / (1.0 + triangular(q)); }, "smooth disorder");
  const ElasticModel model = ElasticModel::impurities(band, disorder);

  std::printf("%s, van Hove energies:", band.description().c_str());
  for (const double E : model.van_hove()) std::printf(" %.9g", E);
  std::printf("\n\n  energy   density of states   D in the plane    relative error\n");

  bool converged = true;
  double anisotropy = 0.0;
  for (const DiffusionPoint& point : diffusion_curve(model, std::vector<double>{0.5, 1.5, 2.5, 3.5, 4.25})) {
    // Sites are n_1 a_1 + n_2 a_2 with 60 degrees between a_1 and a_2, and D is the tensor in n_1 and n_2. The six-fold
    // axis makes it isotropic in the plane: then D_12 = -D_11/2, and the one coefficient is 3/4 of D_11.
    anisotropy = std::max(anisotropy, std::abs(point.D[0][1] / point.D[0][0] + 0.5));
    converged = converged && point.converged;
    std::printf("  %.4f   %.12f      %.12f    %.0e\n", point.energy, point.density_of_states, 0.75 * point.D[0][0],
                point.error);
  }
  std::printf("\nD_12/D_11 = -1/2 to %.0e\n", anisotropy);
  return converged && anisotropy < 1e-9 ? 0 : 1;
}
