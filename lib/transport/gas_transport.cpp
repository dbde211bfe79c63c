// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/gas_transport.hpp>

#include "core/parallel_for.hpp"
#include "model/particles.hpp"
#include "transport/gas_solver.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>

namespace nordheim {

namespace {

void require_positive(const char* what, double value) {
  if (value > 0.0 && std::isfinite(value)) return;
  throw InvalidArgument(std::string(what) + " = " + shortest_text(value) + "; allowed are finite numbers > 0");
}

void require_between(const char* what, int value, int least, int most) {
  if (value >= least && value <= most) return;
  throw InvalidArgument(std::string(what) + " = " + std::to_string(value) + "; allowed are whole numbers from " +
                        std::to_string(least) + " to " + std::to_string(most));
}

void check(const GasTransportOptions& options) {
  require_positive("strength", options.strength);
  if (!(options.tolerance >= 1e-12 && options.tolerance < 1.0)) {
    throw InvalidArgument("tolerance = " + shortest_text(options.tolerance) + "; allowed are 1e-12 <= tolerance < 1");
  }
  require_between("functions", options.functions, 0, 40);
  require_between("most_functions", options.most_functions, 12, 40);
  if (options.degrees != -1) require_between("degrees", options.degrees, 2, 8);
  require_between("threads", options.threads, 0, 4096);
}

void check(Statistics statistics, const GasPoint& point) {
  detail::require_particles(statistics, "transport coefficients of a gas");
  require_positive("temperature", point.temperature);
  require_positive("fugacity", point.fugacity);
  if (statistics == Statistics::boson && point.fugacity >= 1.0) {
    throw InvalidArgument("fugacity = " + shortest_text(point.fugacity) +
                          "; allowed for bosons are 0 < fugacity < 1, at 1 they condense");
  }
}

/// From units of temperature and strength: ω ~ T, k ~ √T, and C has dk⁹/(k³ ω) = T² in it.
void restore_units(GasTransport& gas, double temperature, double strength) {
  const double coefficient = std::sqrt(temperature) / strength;
  for (TransportCoefficient* const c : {&gas.viscosity, &gas.heat_conductivity}) {
    c->value *= coefficient;
    c->first_order *= coefficient;
  }
  const double rate = strength * temperature * temperature;
  const auto scale = [rate](RelaxationRate& r) {
    r.rate *= rate;
    r.error *= rate;
  };
  for (HarmonicSpectrum& harmonic : gas.spectrum) std::for_each(harmonic.rates.begin(), harmonic.rates.end(), scale);
  scale(gas.spectral_gap);
  gas.continuum_edge *= rate;
  gas.continuum_edge_momentum *= std::sqrt(temperature);
  gas.density *= temperature * std::sqrt(temperature);
  gas.pressure *= temperature * temperature * std::sqrt(temperature);
}

void require_representable(const GasTransport& gas, bool spectrum) {
  const auto good = [](double x) { return std::isnormal(x) && x > 0.0; };
  const bool rates = !spectrum || (good(gas.continuum_edge) && good(gas.spectral_gap.rate));
  if (rates && good(gas.viscosity.value) && good(gas.heat_conductivity.value) && good(gas.viscosity.first_order) &&
      good(gas.heat_conductivity.first_order) && good(gas.density) && good(gas.pressure)) {
    return;
  }
  throw InvalidArgument(
      "temperature = " + shortest_text(gas.temperature) + " and fugacity = " + shortest_text(gas.fugacity) +
      " with this strength give numbers that cannot be represented " + "(viscosity " +
      shortest_text(gas.viscosity.value) + ", density " + shortest_text(gas.density) + ", smallest loss rate " +
      shortest_text(gas.continuum_edge) + "); allowed are results within the range of numbers");
}

GasTransport transport_at(Statistics statistics, const GasPoint& point, const GasTransportOptions& options) {
  check(statistics, point);
  GasTransport gas = detail::reduced_gas_transport(statistics, point.fugacity, options);
  gas.temperature = point.temperature;
  gas.fugacity = point.fugacity;
  restore_units(gas, point.temperature, options.strength);
  require_representable(gas, options.degrees >= 0);
  return gas;
}

}  // namespace

GasTransport gas_transport(Statistics statistics, double temperature, double fugacity,
                           const GasTransportOptions& options) {
  check(options);
  return transport_at(statistics, {temperature, fugacity}, options);
}

std::vector<GasTransport> gas_transport(Statistics statistics, std::span<const GasPoint> points,
                                        const GasTransportOptions& options,
                                        const std::function<void(std::size_t done)>& progress) {
  check(options);
  for (const GasPoint& point : points) check(statistics, point);
  std::vector<GasTransport> results(points.size());
  std::mutex progress_mutex;
  std::size_t done = 0;
  detail::parallel_for(points.size(), options.threads, [&](std::size_t i) {
    results[i] = transport_at(statistics, points[i], options);
    if (!progress) return;
    const std::lock_guard<std::mutex> lock(progress_mutex);
    progress(++done);
  });
  return results;
}

}  // namespace nordheim
