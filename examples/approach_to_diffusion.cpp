// SPDX-License-Identifier: GPL-3.0-or-later
// How a density wave e^{i q x} of electrons among impurities decays: ballistic while it is shorter in time than a mean
// free time, then diffusive, rho(t) = e^{-D q^2 t} for as long as one likes; here up to 10^6 mean free times.
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include <cmath>
#include <complex>
#include <cstdio>
#include <memory>
#include <vector>

using namespace nordheim;

int main() {
  const ElasticModel model = ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::product(3, 0.5));
  const auto scattering = std::make_shared<ElasticScattering>(model.scattering(1.5, 6));
  const EnergyShell& shell = scattering->space();
  const double D = diffusion_tensor(*scattering)[0][0];
  double free_time = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) free_time += shell.weights()[a] / scattering->rates()[a];
  free_time /= shell.density_of_states();
  std::printf("D = %.12f, mean free time %.6f, %zu nodes\n\n", D, free_time, shell.size());
  std::printf("  q        t/free time   rho(t)/rho(0)        -log rho/(D q^2 t)\n");

  double worst = 0.0;
  for (const double q : {3.0, 0.3, 0.003, 0.0003}) {
    const SpatialMode mode(scattering, {q, 0.0, 0.0});
    for (const double times : {0.1, 10.0, 1e3, 1e6}) {
      const double t = times * free_time, decay = D * q * q * t;
      if (decay > 30.0) continue;  // nothing is left
      std::vector<std::complex<double>> W(shell.size(), 1.0);
      const double before = mode.density(W).real();
      mode.propagate(W, t);
      const double now = mode.density(W).real() / before;
      std::printf("  %-7g  %-11g   %.15f    %.9f\n", q, times, now, -std::log(std::abs(now)) / decay);
      // ρ has the weight 1 + O(q²) in the diffusive mode, whose rate is D q² up to O(q⁴).
      if (q < 0.001 && times == 1e6) worst = std::abs(now / std::exp(-decay) - 1.0);
    }
  }
  std::printf("\nafter 1e6 mean free times e^{-D q^2 t} is met to %.0e\n", worst);
  return worst < 1e-6 ? 0 : 1;
}
