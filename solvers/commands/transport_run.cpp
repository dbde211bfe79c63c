// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/transport_run.hpp"

#include <nordheim/io/csv.hpp>
#include <nordheim/model/statistics.hpp>

#include "commands/result_files.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

constexpr const char* conventions =
    "hbar = m = k_B = 1; omega = k^2/2 and velocity k in R^3, int dk over R^3 (no (2 pi)^-3): with g states per "
    "(2 pi)^3 of dk multiply density, pressure, viscosity and heat conductivity by g/(2 pi)^3\n"
    "C(W)(k1) = strength int dk2 dk3 dk4 delta(k1+k2-k3-k4) delta(omega1+omega2-omega3-omega4) [W3 W4 (1+theta "
    "W1)(1+theta W2) - W1 W2 (1+theta W3)(1+theta W4)]: cross section strength/4 per solid angle, hard spheres of "
    "diameter sqrt(strength); no 2 pi\n"
    "viscosity = <S (-L)^-1 S>/T, S = k_x k_y; heat conductivity = <S (-L)^-1 S>/T^2, S = k_x (omega - enthalpy); L "
    "the linearisation of C at the equilibrium of temperature T and fugacity z; first_order with S as the only trial "
    "function; relaxation rates: eigenvalues of -L below continuum_edge, where the continuous spectrum begins; "
    "errors of coefficients: estimated, relative, of rates absolute";

/// A quantity over the points: its name in files, its units, what it is.
struct Quantity {
  std::string name, units, long_name;
  std::function<double(const GasTransport&)> value;
};

void add_coefficient(std::vector<Quantity>& all, const std::string& name, const std::string& words,
                     const std::string& units, TransportCoefficient GasTransport::*which) {
  all.push_back({name, units, words, [which](auto& gas) { return (gas.*which).value; }});
  all.push_back({name + "_first_order", units, words + " with one trial function",
                 [which](auto& gas) { return (gas.*which).first_order; }});
  all.push_back(
      {name + "_ratio", "1", words + ", value over first order", [which](auto& gas) { return (gas.*which).ratio; }});
  all.push_back({name + "_error", "1", "estimated relative error of the " + words,
                 [which](auto& gas) { return (gas.*which).error; }});
}

/// The slowest rate of degree l, NaN if there is none below the continuous spectrum.
double slowest_rate(const GasTransport& gas, std::size_t l) {
  const auto& rates = gas.spectrum.at(l).rates;
  return rates.empty() ? std::numeric_limits<double>::quiet_NaN() : rates.front().rate;
}

std::vector<Quantity> quantities(const TransportCase& transport) {
  std::vector<Quantity> all{
      {"temperature", "energy", "temperature T", [](auto& gas) { return gas.temperature; }},
      {"fugacity", "1", "fugacity z = exp(mu/T)", [](auto& gas) { return gas.fugacity; }},
      {"density", "momentum^3", "density int dk W", [](auto& gas) { return gas.density; }},
      {"pressure", "momentum^3 energy", "pressure int dk k^2 W/3", [](auto& gas) { return gas.pressure; }}};
  add_coefficient(all, "viscosity", "shear viscosity", "momentum^3 energy time", &GasTransport::viscosity);
  add_coefficient(all, "heat_conductivity", "heat conductivity", "momentum^3 length^2 / time",
                  &GasTransport::heat_conductivity);
  if (transport.degrees < 0) return all;
  all.push_back(
      {"spectral_gap", "1 / time", "smallest relaxation rate", [](auto& gas) { return gas.spectral_gap.rate; }});
  all.push_back({"spectral_gap_error", "1 / time", "estimated absolute error of the smallest relaxation rate",
                 [](auto& gas) { return gas.spectral_gap.error; }});
  all.push_back({"continuum_edge", "1 / time", "smallest loss rate, where the continuous spectrum begins",
                 [](auto& gas) { return gas.continuum_edge; }});
  for (int l = 0; l <= transport.degrees; ++l) {
    const std::string degree = std::to_string(l);
    all.push_back({"lambda_" + degree, "1 / time",
                   "slowest relaxation rate of spherical harmonics of degree " + degree +
                       ", nan where there is none below continuum_edge",
                   [l](auto& gas) { return slowest_rate(gas, static_cast<std::size_t>(l)); }});
  }
  return all;
}

std::vector<double> column(const TransportRun& run, const Quantity& quantity) {
  std::vector<double> values;
  values.reserve(run.table.size());
  for (const GasTransport& gas : run.table) values.push_back(quantity.value(gas));
  return values;
}

Json coefficient_json(const TransportCoefficient& coefficient) {
  return {{"value", coefficient.value},
          {"error", coefficient.error},
          {"first_order", coefficient.first_order},
          {"ratio", coefficient.ratio},
          {"converged", coefficient.converged}};
}

/// One point: what the table has and, for the first one, the top level, too.
Json point_json(const GasTransport& gas) {
  Json point{{"temperature", gas.temperature},
             {"fugacity", gas.fugacity},
             {"density", gas.density},
             {"pressure", gas.pressure},
             {"coefficients",
              {{"viscosity", coefficient_json(gas.viscosity)},
               {"heat_conductivity", coefficient_json(gas.heat_conductivity)}}},
             {"converged", gas.converged},
             {"functions", gas.functions}};
  if (gas.spectrum.empty()) return point;
  point["spectral_gap"] = gas.spectral_gap.rate;
  point["spectral_gap_error"] = gas.spectral_gap.error;
  point["gap_is_discrete"] = gas.gap_is_discrete;
  point["continuum_edge"] = gas.continuum_edge;
  Json spectrum = Json::array();
  for (const HarmonicSpectrum& harmonic : gas.spectrum) {
    Json rates = Json::array();
    Json errors = Json::array();
    for (const RelaxationRate& rate : harmonic.rates) {
      rates.push_back(rate.rate);
      errors.push_back(rate.error);
    }
    spectrum.push_back({{"l", harmonic.l}, {"rates", std::move(rates)}, {"errors", std::move(errors)}});
  }
  point["relaxation"] = std::move(spectrum);
  return point;
}

}  // namespace

std::string TransportRun::description() const {
  return name(input.collision.statistics) + " gas in R^3, contact collisions of strength " +
         short_text(input.collision.strength);
}

std::vector<GasPoint> transport_points(const TransportCase& transport) {
  std::vector<GasPoint> points;
  const std::vector<double> fugacities = transport.fugacity_values();
  for (const double temperature : transport.temperatures) {
    for (const double fugacity : fugacities) points.push_back({temperature, fugacity});
  }
  return points;
}

GasTransportOptions transport_options(const Case& input, int threads) {
  GasTransportOptions options;
  options.strength = input.collision.strength;
  options.tolerance = input.transport.value().tolerance;
  options.most_functions = input.transport.value().most_functions;
  options.degrees = input.transport.value().degrees;
  options.threads = threads;
  return options;
}

Json transport_summary(const TransportRun& run) {
  Json summary{{"command", "transport"},
               {"model", run.description()},
               {"statistics", name(run.input.collision.statistics)},
               {"strength", run.input.collision.strength}};
  summary.update(point_json(run.table.front()));
  Json table = Json::array();
  double largest = 0.0;
  std::size_t converged = 0;
  for (const GasTransport& gas : run.table) {
    table.push_back(point_json(gas));
    largest = std::max({largest, gas.viscosity.error, gas.heat_conductivity.error});
    converged += gas.converged ? 1 : 0;
  }
  summary["table"] = std::move(table);
  summary["points"] = run.table.size();
  summary["converged_points"] = converged;
  summary["largest_error"] = largest;
  summary["tolerance"] = run.input.transport.value().tolerance;
  summary["wall_seconds"] = run.wall_seconds;
  return summary;
}

void write_transport_files(const std::filesystem::path& directory, const TransportRun& run) {
  Hdf5Writer file = begin_result(directory, "transport", run.input, conventions);
  file.attribute("/", "model", run.description());
  file.attribute("/", "statistics", name(run.input.collision.statistics));
  file.attribute("/", "space", "continuum");
  file.attribute("/", "strength", run.input.collision.strength);
  file.attribute("/", "tolerance", run.input.transport.value().tolerance);
  file.write_integers("point", indices(run.table.size()), {"1", "index of the pair of temperature and fugacity"});
  std::string comment = "transport: " + run.description() + "\n" + conventions;
  std::deque<std::vector<double>> columns;  // where they are is where the views of the table find them
  std::vector<CsvColumn> table;
  for (const Quantity& quantity : quantities(run.input.transport.value())) {
    const std::vector<double>& values = columns.emplace_back(column(run, quantity));
    file.write(quantity.name, values, {quantity.units, quantity.long_name, {"point"}});
    comment += "\n" + quantity.name + " [" + quantity.units + "]: " + quantity.long_name;
    table.push_back({quantity.name, values});
  }
  const auto whole = [&](const char* name, const char* what, const std::function<int(const GasTransport&)>& value) {
    std::vector<std::int64_t> values;
    for (const GasTransport& gas : run.table) values.push_back(value(gas));
    file.write_integers(name, values, {"1", what, {"point"}});
    comment += std::string("\n") + name + " [1]: " + what;
    table.push_back({name, columns.emplace_back(values.begin(), values.end())});
  };
  whole("functions", "trial functions", [](auto& gas) { return gas.functions; });
  whole("converged", "1 if both errors are within the tolerance", [](auto& gas) { return gas.converged ? 1 : 0; });
  file.commit();
  write_csv(directory / "transport.csv", table, comment);
}

}  // namespace nordheim::program
