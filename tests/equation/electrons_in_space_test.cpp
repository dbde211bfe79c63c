// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/shell_evolution.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/two_pi.hpp"

#include <cmath>
#include <cstddef>
#include <memory>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

TEST_CASE("electrons on a shell evolve in time as by the exact exponential") {
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::product(2, 0.5));
  const PeriodicBox box({20.0, 12.0}, {9, 5});
  const double knudsen = 0.4, end = 3.0;
  ShellEvolution exact({{std::make_shared<const ElasticScattering>(model.scattering(1.0, 4)), 1.0}}, box, knudsen, 1);
  std::vector<ElasticScattering> operators;
  operators.push_back(model.scattering(1.0, 4));
  InhomogeneousEquation<ElasticScattering> equation(box, std::move(operators), {.knudsen = knudsen});
  std::vector<double> W;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const Vector3 x = box.position(r);
    for (std::size_t a = 0; a < equation.space().size(); ++a) {
      const Vector3 k = equation.space().momentum(a);
      W.push_back(1.0 + 0.3 * std::cos(two_pi * x[0] / 20.0 + k[1]) + 0.2 * std::sin(two_pi * x[1] / 12.0 - k[0]));
    }
  }
  exact.set_state(0, W);
  exact.advance(end);
  Evolution(ode_system(equation), {.method = EvolutionMethod::lawson, .rtol = 1e-12}).run(W, 0.0, end);
  const auto expected = exact.state(0);
  double error = 0.0;
  for (std::size_t i = 0; i < W.size(); ++i) error = larger(error, std::abs(W[i] - expected[i]));
  CHECK(error < 1e-10);  // some hundred steps of rtol 1e-12
}

TEST_CASE("where there are no impurities electrons fly freely") {
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::product(2, 0.5));
  const PeriodicBox box({20.0}, {8});
  std::vector<ElasticScattering> operators;
  operators.push_back(model.scattering(1.0, 4));
  InhomogeneousEquation<ElasticScattering> equation(box, std::move(operators),
                                                    {.collision_factor = {0.0, 1.0, 2.0, 0.0, 0.0, 0.5, 0.0, 0.0}});
  const std::size_t n = equation.space().size();
  std::vector<double> W(8 * n), C(W.size()), alone(n);
  for (std::size_t i = 0; i < W.size(); ++i) W[i] = 1.0 + 0.1 * std::sin(static_cast<double>(i * i % 101));
  equation.collision_rate(0.0, W, C);
  double error = 0.0;
  for (std::size_t r = 0; r < 8; ++r) {
    equation.collisions().apply(ConstState(W).subspan(r * n, n), alone);
    const double factor = equation.collision_rates()[r];
    for (std::size_t a = 0; a < n; ++a) error = larger(error, std::abs(C[r * n + a] - factor * alone[a]));
  }
  CHECK(equation.collision_rates()[2] == 2.0);
  CHECK(error == 0.0);
}

TEST_CASE("electrons in a phonon bath thermalise everywhere, number is conserved at every position") {
  const LatticeGrid grid(12, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({10.0}, {6});
  std::vector<LatticePhononBath> operators;
  operators.emplace_back(grid, LatticePhononBathOptions{.temperature = 0.7, .omega0 = 0.8, .coupling = 0.5});
  InhomogeneousEquation<LatticePhononBath> equation(box, std::move(operators));
  std::vector<double> W, rate(box.size() * grid.size());
  const auto density = [&](std::size_t r) { return 0.2 + 0.1 * std::cos(two_pi * box.position(r)[0] / 10.0); };
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) W.push_back(density(r) * std::exp(-grid.energies()[a] / 0.7));
  }
  equation.collision_rate(0.0, W, rate);
  double at_bath = 0.0, change = 0.0;
  for (const double x : rate) at_bath = larger(at_bath, std::abs(x));
  CHECK(at_bath < 1e-15);
  for (std::size_t i = 0; i < W.size(); ++i) W[i] *= 1.0 + 0.3 * grid.energies()[i % grid.size()];
  equation.collision_rate(0.0, W, rate);
  double largest = 0.0;
  for (std::size_t r = 0; r < box.size(); ++r) {
    double sum = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      sum += rate[r * grid.size() + a] / static_cast<double>(grid.size());
      largest = larger(largest, std::abs(rate[r * grid.size() + a]));
    }
    change = larger(change, std::abs(sum));
  }
  CHECK(largest > 1e-4);
  CHECK(change < 1e-16);
}
