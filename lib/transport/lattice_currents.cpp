// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons in two and three dimensions: conjugate gradients at increasing horizons.
#include "transport/lattice_currents.hpp"

#include "transport/horizon_limit.hpp"
#include "transport/lattice_spectrum.hpp"
#include "transport/phonon_currents.hpp"
#include "transport/phonon_lattice.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace nordheim::detail {

namespace {

/// Where rates end: like those of the chain, they are for orientation and take no longer than the conductivity.
constexpr int most_points_of_rates(int dimension) { return dimension == 2 ? 128 : 48; }

/// @throws InvalidArgument if they are too large or too small for numbers
void require_occupations(const PhononLattice& lattice, const EnergyRange& band, double temperature,
                         Statistics statistics) {
  if (!lattice.has_springs()) {
    require_occupations_in_range(band, temperature, statistics);
    require_occupations_in_digits(band, temperature, statistics);
    return;
  }
  // The bottom may be ω = 0, and the top leaves digits to loss rates of e^{−ω/2T}.
  constexpr double coldest = 60.0;
  if (statistics == Statistics::boson && band.max > coldest * temperature) refuse_cold_band(temperature);
}

/// Not negative but for rounding: the square of a cosine less than 1. The number current without its part along the
/// energy current, z of it, feels the residual in the first order.
void set_z(const BoundedValue& limit, double residual, PhononCurrents& result) {
  const double z = std::max(limit.value, 0.0);
  const double error =
      std::abs(limit.value) * limit.error + (z - limit.value) + 2.0 * (residual + std::sqrt(residual * z));
  result.z = ShareOfCurrent{z, error};
}

}  // namespace

LatticeCurrents::LatticeCurrents(std::unique_ptr<LinearisedCollisions> collisions, const PhononWeight& weight)
    : operator_(std::move(collisions)), solver_(operator_->weights(), operator_->loss(), operator_->points()) {
  const ConstState energies = operator_->energies(), velocities = operator_->velocities();
  const std::size_t n = energies.size();
  for (auto* array : {&g_, &energy_, &number_}) array->resize(n);
  for (std::size_t a = 0; a < n; ++a) {
    g_[a] = weight(energies[a]);
    number_[a] = velocities[a] * g_[a] * g_[a];
    energy_[a] = energies[a] * number_[a];
    square_ += operator_->weights()[a] * std::pow(energies[a] * velocities[a] * g_[a], 2);
  }
}

LatticeCurrents::Response LatticeCurrents::response(double tolerance) {
  Response response;
  std::vector<double> x;
  const auto A = [this](ConstState h, State out) { operator_->apply(1, h, out); };
  response.iterations = solver_.solve(A, energy_, tolerance, x);
  response.energy = solver_.product(energy_, x);
  response.mixed = solver_.product(number_, x);
  if (operator_->conserves_number()) {
    (void)solver_.solve(A, number_, tolerance, x);
    response.number = solver_.product(number_, x);
  }
  const ConstState loss = operator_->loss();
  for (std::size_t a = 0; a < loss.size(); ++a) x[a] = energy_[a] / loss[a];
  response.loss_only = solver_.product(energy_, x);
  response.square = square_;
  return response;
}

std::size_t lattice_currents_memory(const Dispersion& dispersion, const PhononConductivityOptions& options) {
  const PhononLattice lattice(dispersion, options);
  const int points = lattice.sizes().back();
  const double side = lattice.has_springs() ? points : points / 2 + 1;
  const auto nodes = static_cast<std::size_t>(std::pow(side, dispersion.dimension()));
  constexpr std::size_t numbers_of_a_node = 8;
  return numbers_of_a_node * sizeof(double) * nodes + lattice.memory(points);
}

PhononCurrents lattice_currents(const Dispersion& dispersion, double temperature, double tolerance,
                                const PhononConductivityOptions& options) {
  const PhononLattice lattice(dispersion, options);
  require_occupations(lattice, dispersion.range(), temperature, options.statistics);
  const int d = dispersion.dimension();
  const PhononWeight weight(options.statistics, temperature, dispersion.range().min);
  // A is of the order of g to the power of the number of phonons that meet, and g was divided by √scale.
  const double rate_unit = lattice.has_springs() ? std::sqrt(weight.scale()) : weight.scale();
  const double response_unit = weight.scale() / rate_unit;
  // Of the energy of the error, against that of the solution. z is a small difference of what is solved for.
  const double residual = std::min(1e-4 * tolerance, 1e-12);
  const LimitRule rule = lattice.has_springs() ? LimitRule::order_needed : LimitRule::wandering_allowed;
  HorizonLimit energy({}, rule), z, loss_only(d == 2 ? 1.0 : 2.0);
  LatticeSpectrum spectrum(d, rate_unit);
  PhononCurrents result;
  result.rate = lattice.rate();
  bool has_z = false;
  for (const int points : lattice.sizes()) {
    LatticeCurrents currents(lattice.collisions(points, weight), weight);
    const auto response = currents.response(residual);
    has_z = currents.collisions().conserves_number();
    energy.add(points, response_unit * response.energy);
    if (has_z) z.add(points, 1.0 - response.mixed * response.mixed / (response.energy * response.number));
    loss_only.add(points, response_unit * response.loss_only);
    result.current_rate = rate_unit * response.square / response.energy;
    result.size = points;
    result.horizon = lattice.time_grid(points).horizon;
    result.energy = energy.limit();
    if (options.spectral_gap && !lattice.has_springs() && points <= most_points_of_rates(d)) {
      spectrum.add(currents.collisions(), currents.fluctuation());
    }
    if (result.energy.error + residual <= tolerance) break;
  }
  result.energy.error += residual;
  if (has_z) set_z(z.limit(), residual, result);
  if (lattice.has_loss_rates()) result.loss_only = loss_only.limit();
  if (options.spectral_gap && !lattice.has_springs()) spectrum.fill(result);
  return result;
}

}  // namespace nordheim::detail
