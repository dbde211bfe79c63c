// SPDX-License-Identifier: GPL-3.0-or-later
// Points of a diffusion curve that need no shell: in closed form on the cubic band, and in R³.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/cubic_band.hpp>

#include "transport/elastic_model_impl.hpp"
#include "transport/shell_diffusion.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace nordheim::detail {

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr double rounding_of_closed_forms = 1e-14;

/// The relative error that @p rounding of S leaves in averages over its shell: S is inside the band.
double level_error(int dimension, double S, double rounding) {
  if (rounding == 0.0) return 0.0;
  const double singular = 2.0 * std::round(0.5 * S);
  const double distance = std::abs(S - singular);
  if (distance == 0.0) return 0.0;  // taken for the van Hove energy, see CubicShape::level()
  const bool saddle = singular > 0.0 && singular < 2.0 * dimension;
  constexpr double safety = 2.0;  // of powers up to 3/2, and of the factor of the square root
  return safety * rounding / (dimension == 3 && saddle ? std::sqrt(distance) : distance);
}

}  // namespace

bool too_near_for_a_shell(const ElasticModel& model, double energy) {
  const auto& van_hove = model.van_hove();
  const double refused = EnergyShell::closest_van_hove * (van_hove.back() - van_hove.front());
  return std::any_of(van_hove.begin(), van_hove.end(),
                     [&](double critical) { return std::abs(energy - critical) <= refused; });
}

std::optional<DiffusionPoint> closed_form_diffusion(const ElasticModel& model, double energy,
                                                    const DiffusionOptions& options) {
  const auto& band = model.impl().cubic;
  if (!band || (band->root && !(energy > 0.0))) return std::nullopt;
  const int d = model.dimension();
  const double S = band->level(energy);
  if (!(S > 0.0 && S < 2.0 * d)) return std::nullopt;
  const auto [correlator, spectrum_error] = model.impl().scattering(energy);
  if (!correlator.is_constant()) return std::nullopt;

  const CubicBandShell shell = cubic_band_shell(d, S);
  const double slope = band->level_slope(energy);
  DiffusionPoint point;
  point.energy = energy;
  point.density_of_states = shell.density_of_states * std::abs(slope);
  const double spectrum = correlator(Vector3{});
  point.rate = two_pi * spectrum * point.density_of_states;
  require_scattering(point.rate, energy);
  // v_j = sin 2πk_j / slope
  const double second = shell.s1_squared / (slope * slope);
  const double fourth = shell.s1_fourth / (slope * slope * slope * slope);
  for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) point.D[j][j] = second / point.rate;
  point.error = rounding_of_closed_forms + level_error(d, S, band->level_rounding(energy)) + spectrum_error;
  point.density_of_states_error = point.rate_error = point.error;
  if (options.super_burnett) {
    const double cubed = std::pow(point.rate, 3);
    point.super_burnett = (fourth - 2.0 * second * second) / cubed;
    point.super_burnett_error = burnett_sensitivity * point.error * (fourth + 2.0 * second * second) / cubed;
  }
  if (options.spectral_gap) point.spectral_gap = point.rate;
  point.rank = 1;
  point.isotropic = true;
  point.converged = point.error <= options.tolerance;
  return point;
}

DiffusionPoint isotropic_diffusion(const ElasticModel& model, double energy, const DiffusionOptions& options) {
  // λ_l approaches γ as l grows; a slowest mode above this degree would need a ϑ̂ that oscillates as fast.
  constexpr int degrees = 32;
  const int needed = options.spectral_gap ? degrees : 2;
  const ElasticModel::Isotropic at = model.isotropic(energy);
  const ElasticModel::RelaxationRates relaxation = model.relaxation_rates(energy, needed);
  const double first = relaxation.rates[1];
  require_scattering(first, energy);
  const double v2 = at.velocity * at.velocity;
  const double D = v2 / (3.0 * first);
  DiffusionPoint point;
  point.energy = energy;
  point.density_of_states = at.density_of_states;
  point.rate = relaxation.total;
  for (std::size_t j = 0; j < 3; ++j) point.D[j][j] = D;
  // k counts with the power that D has of it: 5 where scattering is forward, 3 in the density of states.
  constexpr double powers = 8.0;
  const double rounding = 1e-14 + powers * at.error;
  point.error = relaxation.error + rounding;
  point.rate_error = point.error;
  point.density_of_states_error = rounding;
  if (options.super_burnett) {
    const double factor = v2 / (first * first);
    const double gain = v2 * (4.0 / 45.0) / relaxation.rates[2];
    point.super_burnett = factor * (gain - D / 3.0);
    point.super_burnett_error = burnett_sensitivity * point.error * factor * (gain + D / 3.0);
  }
  if (options.spectral_gap) {
    point.spectral_gap = *std::min_element(relaxation.rates.begin() + 1, relaxation.rates.end());
  }
  point.isotropic = true;
  point.converged = point.error <= options.tolerance;
  return point;
}

}  // namespace nordheim::detail
