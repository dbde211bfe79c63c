// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/critical_points.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/transport/elastic_model.hpp>

#include "transport/elastic_model_impl.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;

void require_positive(const char* what, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  throw InvalidArgument(std::string(what) + " = " + shortest_text(value) + "; allowed are positive numbers");
}

void require_non_zero(const char* what, double value) {
  if (std::isfinite(value) && value != 0.0) return;
  throw InvalidArgument(std::string(what) + " = " + shortest_text(value) + "; allowed are finite numbers other than 0");
}

ElasticModel::Impl on_band(Dispersion dispersion, std::string description) {
  ElasticModel::Impl impl;
  impl.dimension = dispersion.dimension();
  impl.description = std::move(description);
  impl.van_hove = van_hove_energies(dispersion);
  impl.cubic = detail::cubic_shape(dispersion);
  impl.dispersion = std::move(dispersion);
  return impl;
}

/// |f(ϑ)|² at momentum transfer q = 2k sin(ϑ/2), beyond 2k (which no scattering reaches) as at 2k.
double differential_cross_section(const PhaseShifts& shifts, double q) {
  const double mu = std::max(-1.0, 1.0 - 0.5 * (q / shifts.k) * (q / shifts.k));
  std::complex<double> f = 0.0;
  double previous = 0.0;
  double P = 1.0;
  for (std::size_t l = 0; l < shifts.delta.size(); ++l) {
    const auto n = static_cast<double>(l);
    f += (2.0 * n + 1.0) * std::polar(std::sin(shifts.delta[l]), shifts.delta[l]) * P;
    const double next = ((2.0 * n + 1.0) * mu * P - n * previous) / (n + 1.0);
    previous = P;
    P = next;
  }
  return std::norm(f) / (shifts.k * shifts.k);
}

/// The Lorentz gas as a random potential: n (dσ/dΩ) v = 2πϑ̂ k²/v with v = k.
ElasticModel::Impl lorentz_gas(double density, std::function<PhaseShifts(double)> phase_shifts,
                               std::string description) {
  ElasticModel::Impl impl;
  impl.description = std::move(description);
  impl.density = density;
  impl.phase_shifts = std::move(phase_shifts);
  impl.scattering = [density, shifts_at = impl.phase_shifts](double energy) -> ElasticModel::Impl::Scattering {
    PhaseShifts shifts = shifts_at(std::sqrt(2.0 * energy));
    const double factor = density / (2.0 * pi);
    if (shifts.delta.size() == 1) return {Correlator::delta(factor * differential_cross_section(shifts, 0.0))};
    return {Correlator::in_continuum(
        [factor, shifts = std::move(shifts)](double q) { return factor * differential_cross_section(shifts, q); },
        "scatterers")};
  };
  return impl;
}

ElasticModel::Impl in_continuum(Correlator correlator) {
  if (!correlator.in_continuum()) {
    throw InvalidArgument("the correlator, " + correlator.description() +
                          ", belongs to a lattice; one of the continuum is needed");
  }
  ElasticModel::Impl impl;
  impl.description = "impurities in the continuum, " + correlator.description();
  impl.scattering = [correlator = std::move(correlator)](double) { return ElasticModel::Impl::Scattering{correlator}; };
  return impl;
}

std::shared_ptr<const ElasticModel::Impl> shared(ElasticModel::Impl impl) {
  return std::make_shared<const ElasticModel::Impl>(std::move(impl));
}

}  // namespace

ElasticModel::ElasticModel(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

ElasticModel ElasticModel::impurities(Dispersion dispersion, Correlator correlator) {
  if (!correlator.on_lattice() || (correlator.dimension() != 0 && correlator.dimension() != dispersion.dimension())) {
    throw InvalidArgument("a correlator of " +
                          (correlator.on_lattice() ? "dimension " + std::to_string(correlator.dimension())
                                                   : std::string("the continuum")) +
                          " was given for a lattice of dimension " + std::to_string(dispersion.dimension()) +
                          "; the same are needed");
  }
  std::string description = "impurities on " + dispersion.description() + ", " + correlator.description();
  Impl impl = on_band(std::move(dispersion), std::move(description));
  impl.scattering = [correlator = std::move(correlator)](double) { return ElasticModel::Impl::Scattering{correlator}; };
  return ElasticModel(shared(std::move(impl)));
}

ElasticModel ElasticModel::mass_disorder(Dispersion dispersion, double variance) {
  require_positive("the variance of the mass disorder", variance);
  std::string description = "mass disorder of variance " + shortest_text(variance) + " on " + dispersion.description();
  Impl impl = on_band(std::move(dispersion), std::move(description));
  impl.scattering = [variance](double energy) {
    return Impl::Scattering{Correlator::delta(variance * energy * energy)};
  };
  return ElasticModel(shared(std::move(impl)));
}

ElasticModel ElasticModel::dilute(Dispersion dispersion, double density, double potential) {
  require_positive("the density of impurities", density);
  require_non_zero("the potential of an impurity", potential);
  std::string description = "impurities V = " + shortest_text(potential) + " of density " + shortest_text(density) +
                            " on " + dispersion.description();
  Impl impl = on_band(dispersion, std::move(description));
  const bool closed_form = impl.cubic && !impl.cubic->root;
  if (!closed_form) impl.nearest = green_function_reach(dispersion);
  impl.scattering = [dispersion = std::move(dispersion), density, potential](double energy) {
    const LatticeImpurity impurity = lattice_impurity(dispersion, energy, potential);
    const double squared = std::norm(impurity.T);
    return Impl::Scattering{Correlator::delta(density * squared), impurity.error / squared};
  };
  return ElasticModel(shared(std::move(impl)));
}

ElasticModel ElasticModel::continuum(Correlator correlator) {
  return ElasticModel(shared(in_continuum(std::move(correlator))));
}

ElasticModel ElasticModel::continuum(Correlator correlator, std::function<double(double)> energy,
                                     std::function<double(double)> velocity) {
  if (!energy || !velocity) throw InvalidArgument("the energy or velocity of the continuum is an empty function");
  Impl impl = in_continuum(std::move(correlator));
  impl.energy = std::move(energy);
  impl.velocity = std::move(velocity);
  return ElasticModel(shared(std::move(impl)));
}

ElasticModel ElasticModel::continuum(Correlator correlator, const SmoothFunction& energy) {
  if (energy.dimension() != 1) {
    throw InvalidArgument("the energy of the continuum has " + std::to_string(energy.dimension()) +
                          " variables; allowed is one, k");
  }
  Impl impl = in_continuum(std::move(correlator));
  impl.energy = [energy](double k) { return energy({k, 0.0, 0.0}); };
  impl.velocity = [energy](double k) {
    double velocity = 0.0;
    static_cast<void>(energy.with_derivative({k, 0.0, 0.0}, 0, velocity));
    return velocity;
  };
  impl.band = energy;
  return ElasticModel(shared(std::move(impl)));
}

ElasticModel ElasticModel::point_scatterers(double density, double scattering_length) {
  require_positive("the density of scatterers", density);
  require_non_zero("the scattering length", scattering_length);
  return ElasticModel(shared(lorentz_gas(
      density, [scattering_length](double k) { return point_scatterer(k, scattering_length); },
      "point scatterers of scattering length " + shortest_text(scattering_length) + " and density " +
          shortest_text(density))));
}

ElasticModel ElasticModel::hard_spheres(double density, double radius) {
  require_positive("the density of scatterers", density);
  require_positive("the radius of the spheres", radius);
  return ElasticModel(shared(lorentz_gas(
      density, [radius](double k) { return hard_sphere(k, radius); },
      "hard spheres of radius " + shortest_text(radius) + " and density " + shortest_text(density))));
}

bool ElasticModel::on_lattice() const noexcept { return impl_->dispersion.has_value(); }
int ElasticModel::dimension() const noexcept { return impl_->dimension; }
const std::string& ElasticModel::description() const noexcept { return impl_->description; }
const std::vector<double>& ElasticModel::van_hove() const noexcept { return impl_->van_hove; }

const Dispersion& ElasticModel::dispersion() const {
  if (!on_lattice()) throw InvalidArgument("a model of the continuum has no lattice dispersion");
  return *impl_->dispersion;
}

Correlator ElasticModel::correlator(double energy) const {
  if (!on_lattice()) static_cast<void>(isotropic(energy));
  return impl_->scattering(energy).correlator;
}

EnergyShell ElasticModel::shell(double energy, int order) const {
  if (!on_lattice()) {
    const Isotropic at = isotropic(energy);
    return EnergyShell::sphere(at.k, energy, at.velocity, order);
  }
  EnergyShellOptions options;
  options.order = order;
  options.van_hove = impl_->van_hove;
  return {*impl_->dispersion, energy, options};
}

ElasticScattering ElasticModel::scattering(double energy, int order) const {
  EnergyShell nodes = shell(energy, order);  // first: it refuses energies out of range
  return {std::move(nodes), impl_->scattering(energy).correlator};
}

}  // namespace nordheim
