// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic scattering in R³: k(E) and the eigenvalues of the collision operator on the sphere.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/elastic_model_impl.hpp"
#include "transport/isotropic_momentum.hpp"
#include "transport/transfer_integrals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;

}  // namespace

ElasticModel::Isotropic ElasticModel::isotropic(double energy) const {
  if (on_lattice()) throw InvalidArgument("a model on a lattice has no momentum as a function of energy");
  Isotropic at;
  if (!impl_->energy) {
    if (!(std::isfinite(energy) && energy > 0.0)) {
      throw InvalidArgument("energy = " + shortest_text(energy) + "; allowed are positive numbers");
    }
    at.k = at.velocity = std::sqrt(2.0 * energy);
    at.error = std::numeric_limits<double>::epsilon();
  } else {
    at.k = detail::momentum_at(*impl_, energy);
    at.velocity = impl_->velocity(at.k);
    at.error = detail::momentum_error(*impl_, at.k, at.velocity);
  }
  if (!(std::isfinite(at.velocity) && at.velocity > 0.0)) {
    throw InvalidArgument("the velocity at k = " + shortest_text(at.k) + " is " + shortest_text(at.velocity) +
                          "; allowed are positive numbers");
  }
  at.density_of_states = 4.0 * pi * at.k * at.k / at.velocity;
  return at;
}

ElasticModel::RelaxationRates ElasticModel::relaxation_rates(double energy, int lmax) const {
  if (lmax < 0) throw InvalidArgument("lmax = " + std::to_string(lmax) + "; allowed are whole numbers from 0");
  const Isotropic at = isotropic(energy);
  RelaxationRates result;
  result.rates.assign(static_cast<std::size_t>(lmax) + 1, 0.0);
  if (impl_->phase_shifts) {
    const PhaseShifts shifts = impl_->phase_shifts(at.k);
    const double flux = impl_->density * at.velocity;
    for (int l = 1; l <= lmax; ++l) {
      result.rates[static_cast<std::size_t>(l)] = flux * shifts.relaxation_cross_section(l);
    }
    result.total = flux * shifts.total_cross_section();
    result.error = 1e-14;  // sums of a few terms of rounded sines
    return result;
  }
  const Correlator correlator = impl_->scattering(energy).correlator;
  const std::vector<detail::Estimate> integrals = detail::transfer_integrals(correlator, {at.k, at.error * at.k}, lmax);
  // dμ = −4t dt, and the factor k²/ω' of the shell.
  const double factor = 8.0 * pi * pi * at.k * (at.k / at.velocity);
  for (std::size_t l = 0; l < integrals.size(); ++l) {
    const auto& [value, error] = integrals[l];
    (l == 0 ? result.total : result.rates[l]) = factor * value;
    if (value > 0.0) result.error = std::max(result.error, error / value);
  }
  return result;
}

}  // namespace nordheim
