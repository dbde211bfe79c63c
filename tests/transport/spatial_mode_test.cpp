// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include "support/catch.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

using Complex = SpatialMode::Complex;

std::shared_ptr<const ElasticScattering> scattering_of(int dimension, Correlator correlator, double energy, int order) {
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(dimension), std::move(correlator));
  return std::make_shared<const ElasticScattering>(model.scattering(energy, order));
}

/// A smooth start that is neither even nor odd nor real.
std::vector<Complex> directed_start(const EnergyShell& shell) {
  std::vector<Complex> W;
  for (std::size_t a = 0; a < shell.size(); ++a) {
    const Vector3 k = shell.momentum(a);
    W.emplace_back(1.0 + 0.5 * std::sin(2.0 * std::numbers::pi * k[0]), 0.3 * std::cos(2.0 * std::numbers::pi * k[0]));
  }
  return W;
}

/// e^{tA} W by the eigenvectors of A, in √w-scaled unknowns, C column by column.
std::vector<Complex> by_eigenvectors(const ElasticScattering& scattering, const Vector3& q,
                                     const std::vector<Complex>& W, double t) {
  const EnergyShell& shell = scattering.space();
  const auto n = static_cast<Eigen::Index>(shell.size());
  const auto d = static_cast<std::size_t>(shell.dimension());
  const Eigen::VectorXd s = Eigen::Map<const Eigen::VectorXd>(shell.weights().data(), n).cwiseSqrt();
  Eigen::MatrixXcd A(n, n);
  std::vector<double> unit(shell.size(), 0.0);
  std::vector<double> column(shell.size());
  for (Eigen::Index b = 0; b < n; ++b) {
    const auto ub = static_cast<std::size_t>(b);
    unit[ub] = 1.0;
    scattering.apply(unit, column);
    unit[ub] = 0.0;
    for (Eigen::Index a = 0; a < n; ++a) A(a, b) = s[a] * column[static_cast<std::size_t>(a)] / s[b];
    double flight = 0.0;
    for (std::size_t j = 0; j < d; ++j) flight += q[j] * shell.velocities()[ub * d + j];
    A(b, b) -= Complex(0.0, flight);
  }
  const Eigen::ComplexEigenSolver<Eigen::MatrixXcd> eigen(A);
  const Eigen::VectorXcd u = s.asDiagonal() * Eigen::Map<const Eigen::VectorXcd>(W.data(), n);
  const Eigen::VectorXcd c = eigen.eigenvectors().fullPivLu().solve(u);
  const Eigen::VectorXcd evolved =
      eigen.eigenvectors() * (c.array() * (t * eigen.eigenvalues().array()).exp()).matrix();
  const Eigen::VectorXcd result = s.cwiseInverse().asDiagonal() * evolved;
  return {result.begin(), result.end()};
}

double largest_difference(const std::vector<Complex>& f, const std::vector<Complex>& g) {
  double largest = 0.0;
  for (std::size_t a = 0; a < f.size(); ++a) largest = std::max(largest, std::abs(f[a] - g[a]));
  return largest;
}

}  // namespace

TEST_CASE("the contour gives the exponential in all regimes") {
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 4);
  const EnergyShell& shell = scattering->space();
  REQUIRE(shell.size() < 200);
  const auto start = directed_start(shell);
  // From free flight to strong scattering, from a tenth of a mean free time to a hundred.
  for (const double q : {0.0, 0.003, 0.3, 3.0, 20.0}) {
    const Vector3 wavevector{0.8 * q, -0.6 * q, 0.0};
    const SpatialMode mode(scattering, wavevector);
    for (const double t : {0.05, 1.0, 7.0, 100.0}) {
      auto W = start;
      mode.propagate(W, t);
      CAPTURE(q, t);
      // The contour is good to 2e-14 a step, the longest of which has q v h = 1, and steps forget; eigenvectors to
      // 1e-13.
      CHECK(largest_difference(W, by_eigenvectors(*scattering, wavevector, start, t)) < 2e-13);
    }
  }
}

TEST_CASE("propagation in two steps is propagation in one") {
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5), 1.5, 3);
  const SpatialMode mode(scattering, {0.7, 0.0, 0.2});
  auto once = directed_start(scattering->space());
  auto twice = once;
  mode.propagate(once, 3.0);
  mode.propagate(twice, 0.8);
  mode.propagate(twice, 2.2);
  CHECK(largest_difference(once, twice) < 2e-13);
}

TEST_CASE("one dimension is the telegraph equation") {
  // Two momenta ±k: ρ'' + γρ' + q²v²ρ = 0 with ρ'(0) = 0 for an even start; γ = 2, v = 1 at E = 1.
  const auto scattering = scattering_of(1, Correlator::delta(1.0), 1.0, 4);
  const double gamma = 2.0;
  for (const double q : {1e-3, 0.3, 0.99, 4.0, 30.0}) {
    const SpatialMode mode(scattering, {q, 0.0, 0.0});
    const Complex root = std::sqrt(Complex(0.25 * gamma * gamma - q * q));
    // The slow rate without cancellation.
    const Complex fast = -0.5 * gamma - root;
    const Complex slow = q * q / fast;
    for (const double t : {1e-3, 0.1, 1.0, 10.0, 20.7, 1e3, 1e6}) {
      std::vector<Complex> W(scattering->space().size(), 1.0);
      const Complex initial = mode.density(W);
      mode.propagate(W, t);
      const Complex exact = (slow * std::exp(fast * t) - fast * std::exp(slow * t)) / (slow - fast);
      CAPTURE(q, t);
      CHECK(std::abs(mode.density(W) / initial - exact) < 1e-13 * (10.0 + q));
    }
  }
}

TEST_CASE("free flight before the first collision") {
  // Rates of 1e-9: at t = 5 the density is ⟨e^{−iq·vt}⟩.
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5, 1e-9), 2.5, 4);
  const EnergyShell& shell = scattering->space();
  const Vector3 q{1.0, 2.0, 0.0};
  const SpatialMode mode(scattering, q);
  const double t = 5.0;
  std::vector<Complex> W(shell.size(), 1.0);
  mode.propagate(W, t);
  double error = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) {
    const double flight = q[0] * shell.velocities()[3 * a] + q[1] * shell.velocities()[3 * a + 1];
    error = std::max(error, std::abs(W[a] - std::polar(1.0, -flight * t)));
  }
  CHECK(error < 1e-7);   // γt
  CHECK(error > 1e-11);  // there are collisions
}

TEST_CASE("diffusion at a million mean free times") {
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5), 1.5, 4);
  const double D = diffusion_tensor(*scattering)[0][0];
  const double B = super_burnett(*scattering, {1.0, 0.0, 0.0});
  const double gamma = 1.290486951091;
  for (const double q : {3e-3, 1e-3, 3e-4}) {
    CAPTURE(q);
    const Vector3 wavevector{q, 0.0, 0.0};
    const SpatialMode mode(scattering, wavevector);
    std::vector<Complex> early(scattering->space().size(), 1.0);
    std::vector<Complex> late = early;
    const double t1 = 1e5 / gamma;
    const double t2 = 1e6 / gamma;
    mode.propagate(early, t1);
    mode.propagate(late, t2);
    const double slope = std::log(mode.density(early) / mode.density(late)).real() / (t2 - t1);
    // The slope is −λ(q) = Dq² − Bq⁴; rounding of the densities, over D q² t.
    const double rounding = 1e-13 / (D * q * q * (t2 - t1)) + 1e-12;
    CHECK_THAT(slope, WithinRel(-leading_eigenvalue(*scattering, wavevector).real(), rounding));
    CHECK_THAT(slope / (q * q) + B * q * q, WithinRel(D, 1e-9));
    // ρ(q, t) is e^{−Dq²t} up to O(q²): the amplitude 1 + O(q²) and e^{Bq⁴t}.
    const double ratio =
        (mode.density(late) / scattering->space().density_of_states()).real() / std::exp(-D * q * q * t2);
    CHECK(std::abs(ratio - 1.0) < 2.0 * q * q + 1.5 * std::abs(B) * std::pow(q, 4) * t2);
    CHECK(std::abs(ratio - 1.0) > 0.1 * q * q);
  }
}

TEST_CASE("small wavevectors see the mean square displacement") {
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5), 1.5, 4);
  const auto spectrum = velocity_spectrum(*scattering, {0.0, 1.0, 0.0});
  const double q = 1e-3;
  const SpatialMode mode(scattering, {0.0, q, 0.0});
  for (const double t : {0.01, 0.3, 3.0, 30.0}) {  // ballistic, telegraph, diffusive
    std::vector<Complex> W(scattering->space().size(), 1.0);
    mode.propagate(W, t);
    const Complex ratio = mode.density(W) / scattering->space().density_of_states();
    const double displacement = spectrum.mean_square_displacement(t);
    CAPTURE(t);
    // 1 − q²⟨x²⟩/2 + O(q⁴⟨x⁴⟩), and rounding.
    CHECK(std::abs(ratio - (1.0 - 0.5 * q * q * displacement)) < 1e-13 + std::pow(q * q * displacement, 2));
  }
}

TEST_CASE("mass is exact without a wavevector") {
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5), 2.4, 3);
  const SpatialMode mode(scattering, {});
  auto W = directed_start(scattering->space());
  const Complex mass = mode.density(W);
  for (int i = 0; i < 50; ++i) {
    mode.propagate(W, 0.3);
    mode.radau_step(W, 0.3);
  }
  mode.propagate(W, 1e9);
  mode.radau_step(W, 1e9);
  CHECK(std::abs(mode.density(W) - mass) < 1e-14 * std::abs(mass));
  // What is left is uniform.
  for (const Complex& value : W) CHECK(std::abs(value - W.front()) < 1e-13);
}

TEST_CASE("states stay positive without a wavevector") {
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 4);
  const SpatialMode mode(scattering, {});
  std::vector<Complex> W(scattering->space().size(), 0.0);
  W[3] = 1.0;
  mode.propagate(W, 0.7);
  for (const Complex& value : W) {
    CHECK(value.real() > 0.0);
    CHECK(std::abs(value.imag()) < 1e-14);
  }
}

TEST_CASE("Radau steps converge with order five") {
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 4);
  const SpatialMode mode(scattering, {0.4, 0.1, 0.0});
  const auto start = directed_start(scattering->space());
  auto exact = start;
  const double t = 4.0;
  mode.propagate(exact, t);
  double before = 0.0;
  for (const int steps : {4, 8, 16, 32}) {
    auto W = start;
    for (int i = 0; i < steps; ++i) mode.radau_step(W, t / steps);
    const double error = largest_difference(W, exact);
    CAPTURE(steps, error);
    if (before > 0.0) {
      CHECK(std::log2(before / error) > 4.7);
      CHECK(std::log2(before / error) < 5.5);
    }
    before = error;
  }
}

TEST_CASE("Radau steps far beyond the mean free time follow diffusion") {
  const auto scattering = scattering_of(3, Correlator::product(3, 0.5), 1.5, 3);
  const double q = 1e-4;
  const SpatialMode mode(scattering, {q, 0.0, 0.0});
  std::vector<Complex> exact(scattering->space().size(), 1.0);
  auto W = exact;
  const double t = 0.15 / (diffusion_tensor(*scattering)[0][0] * q * q);
  mode.propagate(exact, t);
  constexpr int steps = 8;
  for (int i = 0; i < steps; ++i) mode.radau_step(W, t / steps);
  // (λh)⁶/7200 a step with λh = 0.15/8.
  CHECK(largest_difference(W, exact) < 1e-12);
  // L-stable: an infinitely long step leaves nothing.
  mode.radau_step(W, 1e30);
  CHECK(std::abs(mode.density(W)) < 1e-15);
}

TEST_CASE("splitting streaming from collisions diffuses too fast by a closed form") {
  // Strang steps of length h with exact parts spread with Σ c_j (h/2) coth(λ_j h/2) instead of Σ c_j/λ_j: collisions
  // from the mode without a wavevector and the spectrum of the velocities, independent of each other.
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 3);
  const EnergyShell& shell = scattering->space();
  const auto spectrum = velocity_spectrum(*scattering, {1.0, 0.0, 0.0});
  const SpatialMode collisions(scattering, {});
  const auto split_diffusion = [&](double q, double h) {
    std::vector<Complex> W(shell.size(), 1.0);
    const auto flight = [&](double t) {
      for (std::size_t a = 0; a < W.size(); ++a) W[a] *= std::polar(1.0, -q * shell.velocities()[2 * a] * t);
    };
    double D = 0.0;
    for (int i = 0; i < 80; ++i) {  // until only the slowest wave is left
      const double before = collisions.density(W).real();
      flight(0.5 * h);
      collisions.propagate(W, h);
      flight(0.5 * h);
      D = std::log(before / collisions.density(W).real()) / (q * q * h);
    }
    return D;
  };
  for (const double h : {0.5, 2.0, 10.0}) {
    const double D = (4.0 * split_diffusion(1e-3, h) - split_diffusion(2e-3, h)) / 3.0;  // q → 0
    double expected = 0.0;
    for (std::size_t j = 0; j < spectrum.rates.size(); ++j) {
      expected += spectrum.weights[j] * 0.5 * h / std::tanh(0.5 * spectrum.rates[j] * h);
    }
    CAPTURE(h, expected / spectrum.diffusion());
    CHECK_THAT(D, WithinRel(expected, 1e-6));  // terms (q v h)⁴ are below 1e-7, rounding is 1e-16/(q² h)
    CHECK(expected > 1.01 * spectrum.diffusion());
  }
}

TEST_CASE("the same equation through the time integrators") {
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 4);
  const std::size_t n = scattering->space().size();
  const SpatialMode mode(scattering, {0.5, 1.1, 0.0});
  const auto start = directed_start(scattering->space());
  auto exact = start;
  const double t = 6.0;
  mode.propagate(exact, t);
  const OdeSystem system = mode.ode_system();
  REQUIRE(system.size == 2 * n);
  for (const auto method : {EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta}) {
    std::vector<double> y;
    for (const Complex& value : start) y.push_back(value.real());
    for (const Complex& value : start) y.push_back(value.imag());
    EvolutionOptions options;
    options.method = method;
    options.rtol = 1e-10;
    Evolution evolution(system, options);
    const auto report = evolution.run(y, 0.0, t);
    std::vector<Complex> W;
    for (std::size_t a = 0; a < n; ++a) W.emplace_back(y[a], y[n + a]);
    CAPTURE(name(method));
    CHECK(largest_difference(W, exact) < 3e-8);  // 1e-10 a step, some hundred steps
    CHECK((method != EvolutionMethod::bdf || report.jacobian_actions > 0));
  }
  // The action of the Jacobian is the right-hand side: the equation is linear.
  std::vector<double> v(2 * n);
  for (std::size_t a = 0; a < v.size(); ++a) v[a] = std::sin(1.0 + static_cast<double>(a));
  std::vector<double> f(2 * n);
  std::vector<double> Jv(2 * n);
  system.right_hand_side(0.0, v, f);
  system.jacobian_action(0.0, v, v, Jv);
  CHECK(f == Jv);
}

TEST_CASE("spatial modes refuse bad input") {
  const auto scattering = scattering_of(2, Correlator::product(2, 0.5), 1.3, 3);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(SpatialMode(nullptr, {}), InvalidArgument);
  CHECK_THROWS_AS(SpatialMode(scattering, {nan, 0.0, 0.0}), InvalidArgument);
  CHECK_THROWS_AS(SpatialMode(scattering, {0.0, 0.0, 1.0}), InvalidArgument);
  const SpatialMode mode(scattering, {0.1, 0.0, 0.0});
  CHECK(mode.wavevector() == Vector3{0.1, 0.0, 0.0});
  std::vector<Complex> W(scattering->space().size(), 1.0);
  std::vector<Complex> wrong(3, 1.0);
  CHECK_THROWS_AS(mode.propagate(W, -1.0), InvalidArgument);
  CHECK_THROWS_AS(mode.propagate(W, nan), InvalidArgument);
  CHECK_THROWS_AS(mode.propagate(wrong, 1.0), DimensionMismatch);
  CHECK_THROWS_AS(mode.radau_step(W, 0.0), InvalidArgument);
  CHECK_THROWS_AS(mode.radau_step(wrong, 1.0), DimensionMismatch);
  CHECK_THROWS_AS(mode.density(wrong), DimensionMismatch);
  const auto before = W;
  mode.propagate(W, 0.0);
  CHECK(W == before);
}
