// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/displacement.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nordheim::program {

namespace {

VelocitySpectrum spectrum_of(const ElasticModel& model, const DiffusionPoint& point) {
  if (model.on_lattice()) {
    ElasticScattering scattering = model.scattering(point.energy, point.order);
    return velocity_spectrum(scattering, {1.0, 0.0, 0.0});
  }
  // The velocity is a spherical harmonic of degree 1, so it decays with one rate.
  const double v = model.isotropic(point.energy).velocity;
  return {{model.relaxation_rates(point.energy, 1).rates[1]}, {v * v / 3.0}};
}

Displacement displacement(const ElasticModel& model, const DiffusionPoint& point) {
  const VelocitySpectrum spectrum = spectrum_of(model, point);
  Displacement result;
  result.energy = point.energy;
  result.velocity_squared = std::accumulate(spectrum.weights.begin(), spectrum.weights.end(), 0.0);
  result.D = spectrum.diffusion();
  for (const double scaled : scaled_times()) {
    result.times.push_back(scaled * result.transport_time());
    result.values.push_back(spectrum.mean_square_displacement(result.times.back()));
  }
  return result;
}

}  // namespace

std::vector<double> scaled_times() {
  constexpr int decades = 6, each = 10;
  std::vector<double> times;
  for (int i = 0; i <= decades * each; ++i) times.push_back(std::pow(10.0, static_cast<double>(i) / each - 2.0));
  return times;
}

std::vector<Displacement> displacements(const ElasticModel& model, std::span<const DiffusionPoint> curve, int count) {
  std::vector<const DiffusionPoint*> shells;
  for (const DiffusionPoint& point : curve) {
    // Where a lattice has only a closed form there is no shell.
    if (point.refusal.empty() && (point.nodes > 0 || !model.on_lattice())) shells.push_back(&point);
  }
  std::sort(shells.begin(), shells.end(), [](auto* a, auto* b) { return a->energy < b->energy; });
  const std::size_t wanted = std::min(static_cast<std::size_t>(count), shells.size());
  std::vector<Displacement> result;
  for (std::size_t i = 0; i < wanted; ++i) {
    // Not in the middles of the thirds (wanted = 3): in a band that is symmetric about its centre two would be the
    // same.
    result.push_back(displacement(model, *shells[(3 * i + 1) * shells.size() / (3 * wanted)]));
  }
  return result;
}

}  // namespace nordheim::program
