// SPDX-License-Identifier: GPL-3.0-or-later
// The kinetic equation by a time integrator, far into the diffusive regime.
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/diffusion_curve.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <memory>
#include <vector>

using namespace nordheim;

TEST_CASE("the time integrators reach diffusion in three dimensions") {
  const auto& row = reference::product[2];
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::product(3, 0.5));
  const auto point = diffusion_curve(model, std::vector<double>{row.energy}).front();
  const auto scattering = std::make_shared<const ElasticScattering>(model.scattering(row.energy, 8));
  const std::size_t n = scattering->space().size();
  const double free_time = 1.0 / row.rate;
  const double q = 0.01;
  const SpatialMode mode(scattering, {q, 0.0, 0.0});

  std::vector<double> y(2 * n, 0.0);  // real parts, imaginary parts
  std::fill_n(y.begin(), n, 1.0);
  const auto density = [&] {
    std::vector<SpatialMode::Complex> W;
    for (std::size_t a = 0; a < n; ++a) W.emplace_back(y[a], y[n + a]);
    return mode.density(W).real();
  };
  EvolutionOptions options;
  options.method = EvolutionMethod::bdf;
  options.rtol = 1e-10;
  options.atol = 1e-14;
  Evolution evolution(mode.ode_system(), options);
  const double t1 = 1e2 * free_time;
  const double t2 = 1e4 * free_time;
  evolution.run(y, 0.0, t1);
  const double before = density();
  const auto report = evolution.run(y, t1, t2);
  const double slope = std::log(before / density()) / (t2 - t1);
  // −λ(q)/q² = D − Bq² + O(q⁴). What is left: 0.17q⁴ of the next term, 3e-9 of D, 1e-9 of the order of the shell and
  // 2e-9 of the steps.
  const double B = point.super_burnett.value();
  CAPTURE(n, report.steps, report.rhs_evaluations, (slope / (q * q) + B * q * q) / point.D[0][0] - 1.0);
  CHECK_THAT(slope / (q * q) + B * q * q, WithinRel(point.D[0][0], 1e-8));
  CHECK(std::abs(B * q * q) > 1e3 * 1e-8 * point.D[0][0]);  // seen
  CHECK(report.steps < 1000);                               // not one for each mean free time
}
