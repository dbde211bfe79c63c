// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/phonon_transport_run.hpp"

#include <nordheim/io/csv.hpp>

#include "commands/result_files.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

constexpr const char* conventions =
    "hbar = k_B = lattice constant = 1; H = sum p^2/2 + q.omega^2 q/2 + lambda sum q^4, or 1/3 sum alpha "
    "(q_{y+x} - q_y)^3; k in [-1/2, 1/2)^d, int dk over the unit torus, v = (2 pi)^-1 d omega/dk_1\n"
    "four-phonon, two to two: C(W)(k1) = 36 pi lambda^2 int dk2 dk3 dk4 (omega1 omega2 omega3 omega4)^-1 "
    "delta(k1+k2-k3-k4) "
    "delta(omega1+omega2-omega3-omega4) [W3 W4 (1+W1)(1+W2) - W1 W2 (1+W3)(1+W4)]; where they resonate, one to three "
    "as well; three-phonon: one to two, with |Gamma|^2 of the bonds; classical waves: the terms of highest order\n"
    "heat_conductivity = T^-2 <omega v, (-L)^-1 W(1+W) omega v>, L the linearisation of C about the equilibrium of "
    "mu = 0: the conductivity of Green and Kubo, with phonons flowing; zero_number_current = z times it: without a "
    "current of phonon number, where it is conserved; rta: relaxation-time approximation, which does not exist where "
    "loss "
    "rates are infinite; current_rate = "
    "<(omega v)^2 W(1+W)>/(T^2 heat_conductivity); spectral_gap: the smallest eigenvalue of -L but for what is "
    "conserved, or, if gap_is_discrete is false, continuum_edge, the smallest loss rate, where the continuous spectrum "
    "begins (none in dimension 1); errors of coefficients are relative, of rates absolute, estimated";

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// A quantity over the temperatures: its name in files, its units, what it is.
struct Quantity {
  std::string name, units, long_name;
  std::function<double(const PhononConductivity&)> value;
};

std::vector<Quantity> quantities(const PhononTransportRun& run) {
  const std::string units = "sites^(2-d) / time";
  std::vector<Quantity> all{
      {"temperature", "energy", "temperature T", [](auto& p) { return p.temperature; }},
      {"heat_conductivity", units, "heat conductivity at mu = 0", [](auto& p) { return p.heat_conductivity.value; }},
      {"heat_conductivity_error", "1", "its estimated relative error",
       [](auto& p) { return p.heat_conductivity.error; }},
      {"classical_limit", units, "heat conductivity of classical waves, the limit of high temperatures",
       [&run](auto& p) { return run.classical_limit(p.temperature); }},
      {"current_rate", "1 / time", "rate of an exponential decay of the current with the same heat conductivity",
       [](auto& p) { return p.current_rate; }}};
  if (run.table.front().zero_number_current) {
    all.push_back({"zero_number_current", units, "heat conductivity without a current of phonon number",
                   [](auto& p) { return p.zero_number_current ? p.zero_number_current->value : nothing; }});
    all.push_back({"zero_number_current_error", "1", "its estimated relative error",
                   [](auto& p) { return p.zero_number_current ? p.zero_number_current->error : nothing; }});
    all.push_back(
        {"z", "1", "zero_number_current over heat_conductivity", [](auto& p) { return p.z.value_or(nothing); }});
  }
  if (run.table.front().relaxation_time) {
    all.push_back({"rta", units, "heat conductivity in the relaxation-time approximation",
                   [](auto& p) { return p.relaxation_time ? p.relaxation_time->value : nothing; }});
    all.push_back({"rta_error", "1", "its estimated relative error",
                   [](auto& p) { return p.relaxation_time ? p.relaxation_time->error : nothing; }});
  }
  if (run.table.front().spectral_gap) {
    all.push_back({"spectral_gap", "1 / time", "smallest relaxation rate",
                   [](auto& p) { return p.spectral_gap ? p.spectral_gap->rate : nothing; }});
    all.push_back({"spectral_gap_error", "1 / time", "its estimated absolute error",
                   [](auto& p) { return p.spectral_gap ? p.spectral_gap->error : nothing; }});
  }
  if (run.table.front().continuum_edge) {
    all.push_back({"continuum_edge", "1 / time", "smallest loss rate, where the continuous spectrum begins",
                   [](auto& p) { return p.continuum_edge ? p.continuum_edge->rate : nothing; }});
    all.push_back({"continuum_edge_error", "1 / time", "its estimated absolute error",
                   [](auto& p) { return p.continuum_edge ? p.continuum_edge->error : nothing; }});
  }
  return all;
}

Json rates_json(const std::vector<RelaxationRate>& rates) {
  Json list = Json::array();
  for (const RelaxationRate& rate : rates) list.push_back({{"rate", rate.rate}, {"error", rate.error}});
  return list;
}

/// One temperature: what the table has and, for the first one, the top level, too.
Json point_json(const PhononConductivity& phonons, const PhononTransportRun& run) {
  Json kappa{{"value", phonons.heat_conductivity.value},
             {"error", phonons.heat_conductivity.error},
             {"z", nullptr},
             {"zero_number_current", nullptr},
             {"zero_number_current_error", nullptr},
             {"rta", nullptr},
             {"rta_error", nullptr},
             {"classical_limit", run.classical_limit(phonons.temperature)},
             {"converged", phonons.converged}};
  if (phonons.relaxation_time) {
    kappa["rta"] = phonons.relaxation_time->value;
    kappa["rta_error"] = phonons.relaxation_time->error;
  } else {
    kappa["rta_note"] = run.input.momentum.dimension == 1
                            ? "the loss rate of every mode is infinite in dimension 1"
                            : "the loss rate of every mode is infinite, as it meets soft phonons with omega ~ k^2";
  }
  if (phonons.zero_number_current) {
    kappa["z"] = *phonons.z;
    kappa["zero_number_current"] = phonons.zero_number_current->value;
    kappa["zero_number_current_error"] = phonons.zero_number_current->error;
  } else {
    kappa["zero_number_current_note"] = "collisions do not conserve the number of phonons";
  }
  Json point{{"temperature", phonons.temperature},
             {"coefficients", {{"heat_conductivity", std::move(kappa)}}},
             {"current_rate", phonons.current_rate},
             {"spectral_gap", nullptr}};
  if (phonons.spectral_gap) {
    point["spectral_gap"] = phonons.spectral_gap->rate;
    point["spectral_gap_error"] = phonons.spectral_gap->error;
    point["gap_is_discrete"] = phonons.gap_is_discrete;
    point["relaxation"] = {{"odd", rates_json(phonons.odd_rates)}, {"even", rates_json(phonons.even_rates)}};
  }
  if (phonons.continuum_edge) {
    point["continuum_edge"] = phonons.continuum_edge->rate;
    point["continuum_edge_error"] = phonons.continuum_edge->error;
  }
  if (phonons.functions > 0) {
    point["functions"] = phonons.functions;
  } else {
    point["points_per_direction"] = phonons.points;
    point["horizon"] = phonons.horizon;
  }
  return point;
}

}  // namespace

double PhononTransportRun::classical_limit(double temperature) const {
  const bool springs = !input.phonons.value().bonds.empty();
  return classical_coefficient.value / (springs ? temperature : temperature * temperature);
}

const char* PhononTransportRun::classical_power() const { return input.phonons.value().bonds.empty() ? "T^2" : "T"; }

std::string PhononTransportRun::description() const {
  const PhononTransportCase& phonons = input.phonons.value();
  return std::string(phonons.statistics == Statistics::boson ? "phonons" : "classical waves") + " with " +
         (phonons.bonds.empty() ? "four-phonon collisions of lambda = " + short_text(phonons.lambda)
                                : "three-phonon collisions of " + std::to_string(phonons.bonds.size()) +
                                      (phonons.bonds.size() == 1 ? " cubic bond" : " cubic bonds")) +
         " on the lattice Z^" + std::to_string(input.momentum.dimension) + ", omega = " + band;
}

PhononConductivityOptions phonon_options(const Case& input, int threads) {
  const PhononTransportCase& phonons = input.phonons.value();
  PhononConductivityOptions options;
  options.lambda = phonons.lambda;
  options.processes =
      phonons.processes == "scattering" ? FourPhononProcesses::scattering : FourPhononProcesses::resonant;
  options.bonds = phonons.bonds;
  options.statistics = phonons.statistics;
  options.tolerance = phonons.tolerance;
  options.most_functions = phonons.most_functions;
  options.most_points = phonons.most_points;
  options.spectral_gap = phonons.relaxation_rates;
  options.threads = threads;
  return options;
}

Json phonon_summary(const PhononTransportRun& run) {
  const PhononTransportCase& phonons = run.input.phonons.value();
  Json summary{{"command", "transport"},
               {"model", run.description()},
               {"statistics", name(phonons.statistics)},
               {"dimension", run.input.momentum.dimension}};
  if (phonons.bonds.empty()) summary["lambda"] = phonons.lambda;
  summary.update(point_json(run.table.front(), run));
  Json table = Json::array();
  double largest = 0.0;
  std::size_t converged = 0;
  for (const PhononConductivity& point : run.table) {
    table.push_back(point_json(point, run));
    largest = std::max(largest, point.heat_conductivity.error);
    converged += point.converged ? 1 : 0;
  }
  summary["table"] = std::move(table);
  summary["points"] = run.table.size();
  summary["converged_points"] = converged;
  summary["largest_error"] = largest;
  summary["tolerance"] = run.tolerance;
  summary["wall_seconds"] = run.wall_seconds;
  return summary;
}

void write_phonon_files(const std::filesystem::path& directory, const PhononTransportRun& run) {
  Hdf5Writer file = begin_result(directory, "transport", run.input, conventions);
  file.attribute("/", "model", run.description());
  file.attribute("/", "statistics", name(run.input.phonons.value().statistics));
  file.attribute("/", "space", std::string("lattice"));
  file.attribute("/", "dimension", static_cast<std::int64_t>(run.input.momentum.dimension));
  const PhononTransportCase& phonons = run.input.phonons.value();
  if (phonons.bonds.empty()) file.attribute("/", "lambda", phonons.lambda);
  file.attribute("/", "tolerance", run.tolerance);
  file.write_integers("point", indices(run.table.size()), {"1", "index of the temperature"});
  std::string comment = "transport: " + run.description() + "\n" + conventions;
  std::deque<std::vector<double>> columns;  // where they are is where the views of the table find them
  std::vector<CsvColumn> table;
  for (const Quantity& quantity : quantities(run)) {
    std::vector<double>& values = columns.emplace_back();
    for (const PhononConductivity& point : run.table) values.push_back(quantity.value(point));
    file.write(quantity.name, values, {quantity.units, quantity.long_name, {"point"}});
    comment += "\n" + quantity.name + " [" + quantity.units + "]: " + quantity.long_name;
    table.push_back({quantity.name, values});
  }
  file.commit();
  write_csv(directory / "transport.csv", table, comment);
}

}  // namespace nordheim::program
