// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/csv.hpp>

#include "commands/bath_summary.hpp"
#include "commands/command.hpp"
#include "commands/gas.hpp"
#include "commands/pictures.hpp"
#include "commands/relaxation.hpp"
#include "commands/report.hpp"
#include "commands/result_files.hpp"
#include "run/checkpoint.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <limits>

namespace nordheim::program {

namespace {

using Column = std::vector<double>;

Column column(const Relaxation& run, const std::function<double(const Instant&)>& value) {
  Column values;
  for (const Instant& instant : run.instants) values.push_back(value(instant));
  return values;
}

/// A curve over time: its name in files, what it is, and its values.
struct Curve {
  std::string name, units, long_name;
  Column values;
};

/// The change of the momentum since the beginning, by component, relative to Σ w |k| W.
Vector3 momentum_drift(const Relaxation& run, const Instant& instant) {
  const Vector3 &now = instant.observables.current, &start = run.instants.front().observables.current;
  Vector3 drift{};
  for (std::size_t j = 0; j < drift.size(); ++j) drift[j] = std::abs(now[j] - start[j]) / run.momentum_scale;
  return drift;
}

std::vector<Curve> curves(const Gas& gas, const Relaxation& run) {
  const auto drift = [](double now, double start, double scale) { return (now - start) / scale; };
  std::vector<Curve> all{
      {"number", gas.units.number, "number of particles",
       column(run, [](auto& i) { return i.observables.moments.number; })},
      {"energy", gas.units.energy, "energy", column(run, [](auto& i) { return i.observables.moments.energy; })},
      {"entropy", gas.units.entropy, gas.bath_beta ? "entropy of electron and bath, S - E/T" : "entropy",
       column(run, [](auto& i) { return i.observables.entropy; })},
      {"entropy_production", gas.units.entropy_production, "rate of entropy production",
       column(run, [](auto& i) { return i.entropy_production; })},
      {"distance_to_equilibrium", "1", "largest difference of an occupation to its equilibrium",
       column(run, [](auto& i) { return i.observables.distance; })},
      {"min_W", "1", "smallest occupation", column(run, [](auto& i) { return i.observables.min_W; })},
      {"max_W", "1", "largest occupation", column(run, [](auto& i) { return i.observables.max_W; })},
      {"reference_beta", "1 / energy", "inverse temperature of the reference",
       column(run, [](auto& i) { return i.reference_beta; })},
      {"correction", "1", "largest correction of the collision term, relative to its largest initial value",
       column(run, [](auto& i) { return i.correction; })}};
  if (gas.conserves_number) {
    all.push_back({"number_drift", "1", "change of the number, relative", column(run, [&](auto& i) {
                     return drift(i.observables.moments.number, gas.moments.number, gas.moments.number);
                   })});
  }
  if (!gas.bath_beta) {
    all.push_back({"energy_drift", "1", "change of the energy, relative", column(run, [&](auto& i) {
                     return drift(i.observables.moments.energy, gas.moments.energy, run.energy_scale);
                   })});
  }
  if (gas.sphere()) {
    all.push_back({"momentum_drift", "1",
                   "largest change of a component of the momentum, relative to that of all particles",
                   column(run, [&](auto& i) {
                     const Vector3 all_drifts = momentum_drift(run, i);
                     return *std::max_element(all_drifts.begin(), all_drifts.end());
                   })});
  }
  return all;
}

/// Datasets of the continuum alone.
void write_continuum(Hdf5Writer& file, const SphericalGrid& grid, ConstState equilibrium, const Relaxation& run) {
  const std::size_t count = run.instants.front().angular_moments.size();
  if (count > 0) {
    Column moments;
    for (const Instant& instant : run.instants) {
      moments.insert(moments.end(), instant.angular_moments.begin(), instant.angular_moments.end());
    }
    file.write("angular_moments", moments, count,
               {"1", "parts of W with angular momentum l = 1, 2, ... about the centre, relative to l = 0", {"time"}});
  }
  std::vector<ConstState> states;
  for (const Snapshot& snapshot : run.snapshots) states.emplace_back(snapshot.W);
  write_pictures(file, grid, states, equilibrium);
}

void write_result(const std::filesystem::path& directory, const Gas& gas, const Relaxation& run) {
  const std::vector<Curve> all = curves(gas, run);
  const Column times = column(run, [](auto& i) { return i.time; });
  const auto d = static_cast<std::size_t>(gas.nodes.dimension());

  Hdf5Writer file = begin_result(directory, "relax", gas);
  file.write("time", times, {"1 / energy", "time"});
  for (const Curve& curve : all) file.write(curve.name, curve.values, {curve.units, curve.long_name, {"time"}});
  Column current;
  for (const Instant& instant : run.instants) {
    const Vector3& J = instant.observables.current;
    current.insert(current.end(), J.begin(), J.begin() + static_cast<std::ptrdiff_t>(d));
  }
  file.write("current", current, d, {gas.units.current, "particle current", {"time", "axis"}});

  Column snapshot_times, states;
  for (const Snapshot& snapshot : run.snapshots) {
    snapshot_times.push_back(snapshot.time);
    states.insert(states.end(), snapshot.W.begin(), snapshot.W.end());
  }
  file.write("snapshot_time", snapshot_times, {"1 / energy", "time of the state"});
  file.write("W", states, gas.nodes.size(), {"1", "occupation number W(k)", {"snapshot_time", "node"}});
  file.write("equilibrium", gas.equilibrium_W, {"1", "occupation number in equilibrium", {"node"}});
  if (gas.sphere()) write_continuum(file, *gas.sphere(), gas.equilibrium_W, run);
  file.commit();

  std::vector<CsvColumn> table{{"time", times}};
  for (const Curve& curve : all) table.push_back({curve.name, curve.values});
  write_csv(directory / "relaxation.csv", table, "relaxation of " + gas.description());
}

Json summary_of(const Gas& gas, const Relaxation& run) {
  const Instant &first = run.instants.front(), &last = run.instants.back();
  const auto d = static_cast<std::size_t>(gas.nodes.dimension());
  const auto components = [d](const Vector3& v) {
    return std::vector<double>(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(d));
  };
  double number_drift = 0.0, energy_drift = 0.0, fall = 0.0, lowest = HUGE_VAL, highest = -HUGE_VAL;
  Vector3 momentum_drifts{};
  double previous = -HUGE_VAL;
  for (const Instant& instant : run.instants) {
    const Observables& o = instant.observables;
    number_drift = std::max(number_drift, std::abs(o.moments.number - gas.moments.number) / gas.moments.number);
    energy_drift = std::max(energy_drift, std::abs(o.moments.energy - gas.moments.energy) / run.energy_scale);
    const Vector3 drift = momentum_drift(run, instant);
    for (std::size_t j = 0; j < 3; ++j) momentum_drifts[j] = std::max(momentum_drifts[j], drift[j]);
    fall = std::max(fall, previous - o.entropy);
    previous = o.entropy;
    lowest = std::min(lowest, o.min_W);
    highest = std::max(highest, o.max_W);
  }
  Json summary{
      {"command", "relax"},
      {"time", run.report.time},
      {"stopped_by", run.report.stopped_by_condition ? "equilibrium" : "end"},
      {"mass_drift", gas.conserves_number ? Json(number_drift) : Json()},
      {"energy_drift", energy_drift},
      // On a lattice momentum is no invariant (umklapp).
      {"momentum_drift", gas.sphere() ? Json(momentum_drifts) : Json()},
      {"distance_to_equilibrium", last.observables.distance},
      {"initial_distance", first.observables.distance},
      {"equilibrium",
       {{"beta", gas.equilibrium.beta()}, {"mu", gas.equilibrium.mu()}, {"velocity", components(gas.velocity)}}},
      {"entropy",
       {{"initial", first.observables.entropy}, {"final", last.observables.entropy}, {"max_decrease", fall}}},
      {"current",
       {{"initial", components(first.observables.current)}, {"final", components(last.observables.current)}}},
      {"min_W", lowest},
      {"max_W", highest},
      {"correction", run.correction},
      {"error", run.error},
      {"number", gas.moments.number},
      {"energy", gas.moments.energy},
      {"steps", run.report.steps},
      {"rhs_evaluations", run.report.rhs_evaluations},
      {"jacobian_actions", run.report.jacobian_actions},
      {"wall_seconds", run.wall_seconds}};
  if (!gas.conserves_number) summary["final_number"] = last.observables.moments.number;
  summary.update(gas.facts);
  if (gas.bath_beta) add_bath_members(gas, run, summary);
  return summary;
}

std::vector<TableLine> table_of(const Gas& gas, const Relaxation& run, const Json& summary,
                                const std::filesystem::path& directory) {
  const auto number = [&](const char* key) {
    return summary[key].is_null() ? std::string("none") : short_text(summary[key].get<double>());
  };
  const Json &entropy = summary["entropy"], &equilibrium = summary["equilibrium"];
  std::vector<TableLine> lines{
      {"time reached", number("time") + (run.report.stopped_by_condition ? ", stopped at equilibrium" : "")},
      {"distance to equilibrium", number("distance_to_equilibrium") + ", at first " + number("initial_distance")},
      {"equilibrium", "temperature " + short_text(1.0 / equilibrium["beta"].get<double>()) + ", chemical potential " +
                          short_text(gas.equilibrium.mu())},
      gas.conserves_number
          ? TableLine{"drift of the number", number("mass_drift") + " relative, whole run"}
          : TableLine{"number", number("number") + " to " + number("final_number") + ", not conserved"},
      {"drift of the energy", number("energy_drift") + " relative, whole run"},
      {"entropy", short_text(entropy["initial"]) + " to " + short_text(entropy["final"]) + ", largest fall " +
                      short_text(entropy["max_decrease"])},
      {"occupations", number("min_W") + " to " + number("max_W")},
      {"error of the collision term",
       (std::isnan(run.error) ? std::string("not estimated") : "about " + short_text(run.error) + " of its maximum") +
           "; corrected by " + number("correction")},
      {"work", std::to_string(run.report.steps) + " steps, " + std::to_string(run.report.rhs_evaluations) +
                   " right-hand sides, " + number("wall_seconds") + " s"},
      {"results", (directory / "result.h5").string()}};
  if (gas.bath_beta) replace_by_bath_lines(summary, lines);
  if (gas.sphere()) {
    const auto drift = summary["momentum_drift"].get<Vector3>();
    const Vector3& u = gas.velocity;
    lines.insert(lines.begin() + 3,
                 {{"velocity of the equilibrium",
                   "(" + short_text(u[0]) + ", " + short_text(u[1]) + ", " + short_text(u[2]) + ")"},
                  {"drift of the momentum",
                   short_text(*std::max_element(drift.begin(), drift.end())) + " relative, whole run"}});
  }
  return lines;
}

/// Says what is not as it should be, on the standard error stream: never silently.
void warn(const Gas& gas, const Relaxation& run, const Json& summary) {
  const double tolerance = 100.0 * gas.input.time.rtol;
  const bool fermions = gas.input.collision.statistics == Statistics::fermion;
  if (summary["min_W"] < -tolerance || (fermions && summary["max_W"] > 1.0 + tolerance)) {
    std::cerr << "nordheim: warning: occupations leave their range: " << short_text(summary["min_W"]) << " to "
              << short_text(summary["max_W"]) << "; " << gas.units.stay_inside << '\n';
  }
  if (gas.input.time.until_equilibrium && !run.report.stopped_by_condition) {
    std::cerr << "nordheim: warning: time.end = " << short_text(run.report.time)
              << " was reached before time.until_equilibrium = " << short_text(*gas.input.time.until_equilibrium)
              << "; the distance is " << short_text(summary["distance_to_equilibrium"]) << '\n';
  }
  if (run.error > 0.1) {
    std::cerr << "nordheim: warning: the collision term is known to about " << short_text(100.0 * run.error)
              << " % only; " << gas.units.refine << '\n';
  }
}

}  // namespace

void relax(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options);
  const Case input = read_case(options.case_file, options.overrides);
  Gas gas = make_gas(input, options.threads, Occupations::physical, vectors_of_relax(input), directory);
  const Relaxation run = run_relaxation(gas, directory, options.restart, options.quiet);
  const Json summary = summary_of(gas, run);
  write_result(directory, gas, run);
  write_summary(directory, gas.input, summary);
  remove_checkpoints(directory);
  if (!options.quiet) warn(gas, run, summary);
  print_report(options, summary, "Relaxation of " + gas.description(), table_of(gas, run, summary, directory));
}

}  // namespace nordheim::program
