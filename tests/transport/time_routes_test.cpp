// SPDX-License-Identifier: GPL-3.0-or-later
// D by routes in time and by the eigenvalue λ(q): independent of the linear solver.
#include <nordheim/core/error.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <vector>

using namespace nordheim;

namespace {

constexpr double pi = std::numbers::pi;
constexpr Vector3 e1{1.0, 0.0, 0.0};

ElasticScattering product_scattering(double energy, int order) {
  return ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::product(3, 0.5))
      .scattering(energy, order);
}

double mean_square(const EnergyShell& shell, std::size_t axis) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  double sum = 0.0;
  for (std::size_t a = 0; a < shell.size(); ++a) {
    sum += shell.weights()[a] * std::pow(shell.velocities()[a * d + axis], 2);
  }
  return sum / shell.density_of_states();
}

}  // namespace

TEST_CASE("Green-Kubo by the spectrum is the linear solve") {
  for (const double E : {0.5, 1.5, 2.5}) {
    const auto scattering = product_scattering(E, 6);
    const double D = diffusion_tensor(scattering)[0][0];
    const auto spectrum = velocity_spectrum(scattering, e1);
    CAPTURE(E, spectrum.rates.size());
    CHECK_THAT(spectrum.diffusion(), WithinRel(D, 1e-13));
    CHECK_THAT(std::accumulate(spectrum.weights.begin(), spectrum.weights.end(), 0.0),
               WithinRel(mean_square(scattering.space(), 0), 1e-13));
    CHECK_THAT(spectrum.correlation(0.0), WithinRel(mean_square(scattering.space(), 0), 1e-13));
    CHECK(std::is_sorted(spectrum.rates.begin(), spectrum.rates.end()));
    CHECK(spectrum.rates.front() > 0.0);
    for (const double weight : spectrum.weights) CHECK(weight > 0.0);
  }
}

TEST_CASE("Green-Kubo by integration in time is the linear solve") {
  const auto scattering = product_scattering(1.5, 4);
  const double D = diffusion_tensor(scattering)[0][0];
  const auto route = diffusion_in_time(scattering, e1);
  // The integrator keeps 1e-13 a step and takes some hundred steps, whose errors partly cancel.
  CHECK_THAT(route.green_kubo, WithinRel(D, 2e-12));
  CHECK_THAT(route.displacement, WithinRel(D, 2e-12));
  CHECK(route.time > 20.0);  // e^{−0.93 t} has to fall by fourteen decades
  const auto coarse = diffusion_in_time(scattering, e1, 1e-6);
  CHECK_THAT(coarse.green_kubo, WithinRel(D, 1e-5));
  CHECK(std::abs(coarse.green_kubo / D - 1.0) > 1e-13);
}

TEST_CASE("uniform scattering has one rate") {
  const auto scattering =
      ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::delta(0.7)).scattering(1.3, 5);
  const double gamma = 2.0 * pi * 0.7 * scattering.space().density_of_states();
  const auto spectrum = velocity_spectrum(scattering, e1);
  REQUIRE(spectrum.rates.size() == 1);
  CHECK_THAT(spectrum.rates[0], WithinRel(gamma, 1e-13));
  const double v2 = mean_square(scattering.space(), 0);
  CHECK_THAT(spectrum.weights[0], WithinRel(v2, 1e-13));
  const double t = 2.0;
  CHECK_THAT(spectrum.correlation(t), WithinRel(v2 * std::exp(-gamma * t), 1e-13));
  CHECK_THAT(spectrum.mean_square_displacement(t),
             WithinRel(2.0 * v2 * (t / gamma - (1.0 - std::exp(-gamma * t)) / (gamma * gamma)), 1e-13));
}

TEST_CASE("the mean square displacement goes from ballistic to diffusive") {
  const auto scattering = product_scattering(1.5, 5);
  const auto spectrum = velocity_spectrum(scattering, e1);
  const double v2 = mean_square(scattering.space(), 0);
  const double D = spectrum.diffusion();
  for (const double t : {1e-12, 1e-8, 1e-4}) {
    CAPTURE(t);
    // v²t² − ⟨v (−C) v⟩ t³/3 + …
    CHECK_THAT(spectrum.mean_square_displacement(t) / (v2 * t * t), WithinAbs(1.0, 1e-14 + 0.5 * t));
  }
  // 2Dt − 2Σ c/λ²
  double offset = 0.0;
  for (std::size_t j = 0; j < spectrum.rates.size(); ++j)
    offset += 2.0 * spectrum.weights[j] / std::pow(spectrum.rates[j], 2);
  for (const double t : {50.0, 1e3, 1e6}) {
    CHECK_THAT(spectrum.mean_square_displacement(t), WithinRel(2.0 * D * t - offset, 1e-13));
  }
  // Its second derivative is twice the correlation: by a difference with step 1e-3, whose error is 1e-7.
  const double t = 1.7;
  const double h = 1e-3;
  const double second = (spectrum.mean_square_displacement(t + h) - 2.0 * spectrum.mean_square_displacement(t) +
                         spectrum.mean_square_displacement(t - h)) /
                        (h * h);
  CHECK_THAT(second, WithinRel(2.0 * spectrum.correlation(t), 1e-6));
  // Local exponents of the crossover, at t⟨γ⟩ = 0.01 … 100, from dense eigenvalues.
  const double gamma = 1.290486951091;
  const double exponents[] = {1.998, 1.976, 1.787, 1.498, 1.160, 1.014};
  const double times[] = {0.01, 0.1, 1.0, 3.0, 10.0, 100.0};
  for (std::size_t i = 0; i < 6; ++i) {
    const double at = times[i] / gamma;
    const double step = 1.0001;
    const double exponent =
        std::log(spectrum.mean_square_displacement(at * step) / spectrum.mean_square_displacement(at / step)) /
        std::log(step * step);
    CAPTURE(times[i]);
    CHECK_THAT(exponent, WithinAbs(exponents[i], 6e-4));  // printed digits
  }
}

TEST_CASE("D and B from the leading eigenvalue") {
  for (const double E : {0.5, 1.5, 2.5}) {
    CAPTURE(E);
    const auto scattering = product_scattering(E, 5);
    const double D = diffusion_tensor(scattering)[0][0];
    const double B = super_burnett(scattering, e1);
    const auto fit = fit_leading_eigenvalue(scattering, e1);
    CHECK_THAT(fit.D, WithinRel(D, 1e-10));
    CHECK_THAT(fit.B, WithinRel(B, 1e-6));  // rounding of D, 1e-11, over the largest (qℓ)², about 0.04
    // (λ + Dq²)/q⁴ → B with an error of second order.
    for (const double q : {1e-4, 1e-2}) {
      const auto lambda = leading_eigenvalue(scattering, {q, 0.0, 0.0});
      CHECK(std::abs(lambda.imag()) < 1e-14 * std::abs(lambda.real()));
      CHECK_THAT(lambda.real(), WithinRel(-D * q * q + B * q * q * q * q, 1e-13 + 20.0 * std::pow(q, 4)));
    }
  }
}

TEST_CASE("the leading eigenvalue of uniform scattering solves its dispersion relation") {
  // 1 = γ⟨1/(γ + λ + iq·v)⟩, also where λ is no small number any more.
  const auto scattering =
      ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::delta(1.0)).scattering(1.5, 8);
  const EnergyShell& shell = scattering.space();
  const double gamma = 2.0 * pi * shell.density_of_states();
  for (const double q : {1e-3, 0.1, 0.5, 1.0}) {
    CAPTURE(q);
    const Vector3 wavevector{0.6 * q, 0.0, 0.8 * q};
    const double lambda = leading_eigenvalue(scattering, wavevector).real();
    double sum = 0.0;  // γ⟨…⟩ − 1 in the form that does not cancel: γ⟨x/(x² + (q·v)²)⟩ − 1
    const double x = gamma + lambda;
    for (std::size_t a = 0; a < shell.size(); ++a) {
      const double flight = q * (0.6 * shell.velocities()[3 * a] + 0.8 * shell.velocities()[3 * a + 2]);
      sum += shell.weights()[a] * (-lambda * x - flight * flight) / (x * x + flight * flight);
    }
    // Σ w (γx − x² − f²)/(x² + f²) = 0 with γ − x = −λ; terms are of the size −λ/γ.
    CHECK(std::abs(sum / shell.density_of_states()) < 1e-13 * std::abs(lambda) / gamma + 1e-17);
  }
}

TEST_CASE("without an isolated leading eigenvalue none is returned") {
  const auto scattering =
      ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::delta(1.0)).scattering(1.5, 6);
  CHECK_THROWS_AS(leading_eigenvalue(scattering, {20.0, 0.0, 0.0}), InvalidArgument);
  CHECK_THROWS_AS(leading_eigenvalue(scattering, {1e3, 0.0, 0.0}), InvalidArgument);
  CHECK_THROWS_AS(leading_eigenvalue(product_scattering(1.5, 4), {30.0, 0.0, 0.0}), InvalidArgument);
  CHECK(leading_eigenvalue(scattering, {0.0, 0.0, 0.0}) == std::complex<double>(0.0));
  // In one dimension the two eigenvalues −γ/2 ± √(γ²/4 − q²v²) meet at q v = γ/2.
  const auto chain =
      ElasticModel::impurities(Dispersion::nearest_neighbour(1), Correlator::delta(1.0)).scattering(1.0, 4);
  const double gamma = 2.0;  // 2πρ, ρ = 1/π, v = 1
  const double q = 0.8;
  CHECK_THAT(leading_eigenvalue(chain, {q, 0.0, 0.0}).real(),
             WithinRel(-0.5 * gamma + std::sqrt(0.25 * gamma * gamma - q * q), 1e-12));
  CHECK_THROWS_AS(leading_eigenvalue(chain, {1.2, 0.0, 0.0}), InvalidArgument);
}
