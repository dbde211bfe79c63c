// SPDX-License-Identifier: GPL-3.0-or-later
// Points of a diffusion curve that need no shell: at van Hove energies of the cubic band, and in R³.
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

bool too_near_for_a_shell(const std::vector<double>& van_hove, double energy) {
  const double refused = EnergyShell::closest_van_hove * (van_hove.back() - van_hove.front());
  return std::any_of(van_hove.begin(), van_hove.end(),
                     [&](double critical) { return std::abs(energy - critical) <= refused; });
}

}  // namespace

std::optional<DiffusionPoint> van_hove_diffusion(const ElasticModel& model, double energy,
                                                 const DiffusionOptions& options) {
  const auto& van_hove = model.van_hove();
  const auto& band = model.impl().cubic;
  const double refused = EnergyShell::closest_van_hove * (van_hove.back() - van_hove.front());
  const bool inside = energy > van_hove.front() + refused && energy < van_hove.back() - refused;
  if (!band || !inside || !too_near_for_a_shell(van_hove, energy)) return std::nullopt;
  const Correlator correlator = model.correlator(energy);
  if (!correlator.is_constant()) return std::nullopt;

  const double t = band->amplitude;
  const CubicBandShell shell = cubic_band_shell(model.dimension(), (energy - band->offset) / t);
  DiffusionPoint point;
  point.energy = energy;
  point.density_of_states = shell.density_of_states / std::abs(t);
  point.rate = two_pi * correlator(Vector3{}) * point.density_of_states;
  // v_j = t sin 2πk_j
  const double second = t * t * shell.s1_squared;
  const double fourth = t * t * t * t * shell.s1_fourth;
  for (std::size_t j = 0; j < static_cast<std::size_t>(model.dimension()); ++j) point.D[j][j] = second / point.rate;
  if (options.super_burnett) point.super_burnett = (fourth - 2.0 * second * second) / std::pow(point.rate, 3);
  if (options.spectral_gap) point.spectral_gap = point.rate;
  point.rank = 1;
  point.error = point.density_of_states_error = 1e-14;  // of the closed forms
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
  if (!(first > 0.0)) {
    throw InvalidArgument("nothing is scattered at energy = " + shortest_text(energy) + "; D_kin is infinite there");
  }
  const double v2 = at.velocity * at.velocity;
  const double D = v2 / (3.0 * first);
  DiffusionPoint point;
  point.energy = energy;
  point.density_of_states = at.density_of_states;
  point.rate = relaxation.total;
  for (std::size_t j = 0; j < 3; ++j) point.D[j][j] = D;
  if (options.super_burnett) {
    point.super_burnett = v2 / (first * first) * (v2 * (4.0 / 45.0) / relaxation.rates[2] - D / 3.0);
  }
  if (options.spectral_gap) {
    point.spectral_gap = *std::min_element(relaxation.rates.begin() + 1, relaxation.rates.end());
  }
  constexpr double rounding = 1e-14;  // k(E) and the sums
  point.error = std::max(relaxation.error, rounding);
  point.density_of_states_error = rounding;
  point.converged = point.error <= options.tolerance;
  return point;
}

}  // namespace nordheim::detail
