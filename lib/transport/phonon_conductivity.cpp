// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/phonon_conductivity.hpp>

#include "transport/phonon_currents.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace nordheim {

namespace {

void require(bool allowed, const char* what, const std::string& found, const char* words) {
  if (allowed) return;
  throw InvalidArgument(std::string(what) + " = " + found + "; allowed are " + words);
}

void check(const PhononConductivityOptions& options) {
  const auto between = [](int x, int least, int most) { return x >= least && x <= most; };
  require(options.lambda != 0.0 && std::isfinite(options.lambda), "lambda", shortest_text(options.lambda),
          "finite numbers other than 0");
  if (options.statistics != Statistics::boson && options.statistics != Statistics::classical_wave) {
    throw InvalidArgument("statistics = " + name(options.statistics) +
                          "; allowed for phonons are boson and classical-wave");
  }
  require(!options.tolerance || (*options.tolerance >= 1e-13 && *options.tolerance < 1.0), "tolerance",
          shortest_text(options.tolerance.value_or(0.0)), "1e-13 <= tolerance < 1");
  require(between(options.most_functions, 64, 1024), "most_functions", std::to_string(options.most_functions),
          "whole numbers from 64 to 1024");
  require(options.most_points == 0 || between(options.most_points, 24, 4096), "most_points",
          std::to_string(options.most_points), "0 and whole numbers from 24 to 4096");
  require(between(options.threads, 0, 4096), "threads", std::to_string(options.threads),
          "whole numbers from 0 to 4096");
}

/// @throws InvalidArgument if there are bonds
void refuse_springs_of_a_chain(const PhononConductivityOptions& options) {
  if (options.bonds.empty()) return;
  throw InvalidArgument(
      "three-phonon collisions have a heat conductivity in dimension 2 and 3; in dimension 1 energy and momentum leave "
      "each phonon a few isolated partners, and the linearised equation is no longer one of a collision rate");
}

void check_temperature(double temperature) {
  require(temperature > 0.0 && std::isfinite(temperature), "temperature", shortest_text(temperature),
          "finite numbers > 0");
}

void require_representable(const PhononConductivity& result, const PhononConductivityOptions& options) {
  const double value = result.heat_conductivity.value;
  if (std::isnormal(value) && std::isnormal(result.current_rate)) return;
  throw InvalidArgument(
      "temperature = " + shortest_text(result.temperature) + " and " +
      (options.bonds.empty() ? "lambda = " + shortest_text(options.lambda) : std::string("the bonds")) +
      " give numbers that cannot be represented (heat conductivity " + shortest_text(value) + ", rate " +
      shortest_text(result.current_rate) + "); allowed are results within the range of numbers");
}

/// Classical waves at another temperature: κ ~ T⁻², rates ~ T², and of three-phonon collisions T⁻¹ and T.
PhononConductivity classical_at(double temperature, PhononConductivity result,
                                const PhononConductivityOptions& options) {
  const double ratio = temperature / result.temperature;
  const double rate = options.bonds.empty() ? ratio * ratio : ratio;
  result.temperature = temperature;
  result.heat_conductivity.value /= rate;
  if (result.zero_number_current) result.zero_number_current->value /= rate;
  if (result.relaxation_time) result.relaxation_time->value /= rate;
  result.current_rate *= rate;
  const auto scale = [rate](RelaxationRate& r) { r = {rate * r.rate, rate * r.error}; };
  std::for_each(result.odd_rates.begin(), result.odd_rates.end(), scale);
  std::for_each(result.even_rates.begin(), result.even_rates.end(), scale);
  for (auto* single : {&result.continuum_edge, &result.spectral_gap}) {
    if (*single) scale(single->value());
  }
  require_representable(result, options);
  return result;
}

PhononConductivity conductivity_of(const detail::PhononCurrents& currents, double temperature, int dimension,
                                   double tolerance, const PhononConductivityOptions& options) {
  const double rate = currents.rate;
  const double unit = 1.0 / (rate * temperature * temperature);
  PhononConductivity result;
  result.temperature = temperature;
  result.heat_conductivity = {unit * currents.energy.value, currents.energy.error};
  if (currents.z) {
    const auto [z, error] = *currents.z;
    result.z = z;
    result.zero_number_current = {z * result.heat_conductivity.value, error / z + currents.energy.error};
  }
  if (currents.loss_only) result.relaxation_time = {{unit * currents.loss_only->value, currents.loss_only->error}};
  result.current_rate = rate * currents.current_rate;
  const auto in_units = [rate](RelaxationRate r) { return RelaxationRate{rate * r.rate, rate * r.error}; };
  result.odd_rates = currents.odd_rates;
  result.even_rates = currents.even_rates;
  for (auto* rates : {&result.odd_rates, &result.even_rates}) {
    std::transform(rates->begin(), rates->end(), rates->begin(), in_units);
  }
  if (currents.continuum_edge) result.continuum_edge = in_units(*currents.continuum_edge);
  if (currents.gap) result.spectral_gap = in_units(*currents.gap);
  result.gap_is_discrete = currents.gap_is_isolated;
  (dimension == 1 ? result.functions : result.points) = currents.size;
  result.horizon = currents.horizon;
  result.converged = currents.energy.error <= tolerance;
  require_representable(result, options);
  return result;
}

}  // namespace

double default_phonon_tolerance(int dimension, const PhononConductivityOptions& options) noexcept {
  if (!options.bonds.empty()) return 0.1;
  return dimension == 1 ? 1e-12 : 1e-6;
}

PhononConductivity phonon_conductivity(const Dispersion& dispersion, double temperature,
                                       const PhononConductivityOptions& options) {
  check(options);
  check_temperature(temperature);
  const int d = dispersion.dimension();
  const double tolerance = options.tolerance.value_or(default_phonon_tolerance(d, options));
  if (d == 1) refuse_springs_of_a_chain(options);
  const detail::PhononCurrents currents = d == 1
                                              ? detail::chain_currents(dispersion, temperature, tolerance, options)
                                              : detail::lattice_currents(dispersion, temperature, tolerance, options);
  return conductivity_of(currents, temperature, d, tolerance, options);
}

std::size_t phonon_conductivity_memory(const Dispersion& dispersion, const PhononConductivityOptions& options) {
  check(options);
  if (dispersion.dimension() > 1) return detail::lattice_currents_memory(dispersion, options);
  refuse_springs_of_a_chain(options);
  // A matrix and the functions at the nodes of a row, for each of some threads; bytes of a number.
  constexpr std::size_t matrices = 8, bytes = 8;
  const auto n = static_cast<std::size_t>(options.most_functions);
  return matrices * bytes * n * n;
}

std::vector<PhononConductivity> phonon_conductivity(const Dispersion& dispersion, std::span<const double> temperatures,
                                                    const PhononConductivityOptions& options,
                                                    const std::function<void(std::size_t done)>& progress) {
  check(options);
  for (const double temperature : temperatures) check_temperature(temperature);
  std::vector<PhononConductivity> results;
  results.reserve(temperatures.size());
  for (const double temperature : temperatures) {
    const bool scaled = options.statistics == Statistics::classical_wave && !results.empty();
    results.push_back(scaled ? classical_at(temperature, results.front(), options)
                             : phonon_conductivity(dispersion, temperature, options));
    if (progress) progress(results.size());
  }
  return results;
}

}  // namespace nordheim
