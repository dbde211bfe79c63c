// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/transport/elastic_transport.hpp>

#include "transport/lanczos.hpp"
#include "transport/shell_average.hpp"

#include <cmath>
#include <cstddef>
#include <string>

namespace nordheim {

namespace {

/// (e^{−x} − 1 + x)/x², without cancellation.
double second_remainder(double x) {
  if (x > 1.0) return (std::expm1(-x) + x) / (x * x);
  double term = 0.5;
  double sum = 0.0;
  for (int k = 3; std::abs(term) > 1e-18; ++k) {
    sum += term;
    term *= -x / k;
  }
  return sum;
}

}  // namespace

double VelocitySpectrum::correlation(double t) const {
  double sum = 0.0;
  for (std::size_t j = 0; j < rates.size(); ++j) sum += weights[j] * std::exp(-rates[j] * t);
  return sum;
}

double VelocitySpectrum::mean_square_displacement(double t) const {
  double sum = 0.0;
  for (std::size_t j = 0; j < rates.size(); ++j) sum += weights[j] * second_remainder(rates[j] * t);
  return 2.0 * t * t * sum;
}

double VelocitySpectrum::diffusion() const {
  double sum = 0.0;
  for (std::size_t j = 0; j < rates.size(); ++j) sum += weights[j] / rates[j];
  return sum;
}

VelocitySpectrum velocity_spectrum(const ElasticScattering& scattering, const Vector3& n) {
  const EnergyShell& shell = scattering.space();
  const detail::NodeValues v = detail::centred_velocity(shell, n);
  VelocitySpectrum spectrum;
  if (detail::average(shell, v, v) == 0.0) return spectrum;

  detail::Lanczos lanczos(shell, v);
  const auto minus_C = [&](ConstState f, State out) {
    scattering.apply(f, out);
    for (double& value : out) value = -value;
  };
  // Each step adds the term `coupling/pivot` to ⟨v (−C)⁻¹ v⟩/⟨v²⟩, by the Cholesky factors of the tridiagonal matrix
  // (as in the method of conjugate gradients). The terms are squares of residuals, so rounding never stops their fall;
  // at 1e-24 all functions of C that are no steeper than the inverse square have settled.
  constexpr double settled = 1e-24;
  constexpr std::size_t most_steps = 600;
  double coupling = 1.0;
  double squared_beta_over_pivot = 0.0;
  while (coupling > settled) {
    if (lanczos.steps() == most_steps) {
      throw InvalidArgument("the scattering rates of this shell are spread too widely for " +
                            std::to_string(most_steps) + " steps of the Lanczos process");
    }
    lanczos.step(minus_C);
    const double pivot = lanczos.alpha() - squared_beta_over_pivot;
    if (!(pivot > 0.0)) {
      throw InvalidArgument("the scattering vanishes on part of the shell, so that the velocity does not decay");
    }
    const double beta = lanczos.beta();
    squared_beta_over_pivot = beta * beta / pivot;
    coupling *= squared_beta_over_pivot / pivot;
  }
  const auto ritz = lanczos.ritz();
  for (Eigen::Index j = 0; j < ritz.eigenvalues().size(); ++j) {
    const double amplitude = lanczos.start_norm() * ritz.eigenvectors()(0, j);
    if (amplitude == 0.0) continue;
    spectrum.rates.push_back(ritz.eigenvalues()[j]);
    spectrum.weights.push_back(amplitude * amplitude);
  }
  return spectrum;
}

}  // namespace nordheim
