// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_result.hpp"

#include <nordheim/io/csv.hpp>

#include "commands/box_record.hpp"
#include "commands/box_sound.hpp"
#include "commands/result_files.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

namespace nordheim::program {

namespace {

double largest(const std::vector<double>& values) { return *std::max_element(values.begin(), values.end()); }

/// max |f(t) − f(0)| relative to a scale.
double drift(const TimeSeries& series, const char* name, std::size_t component, double scale) {
  const std::size_t width = series.of(name).size();
  const std::vector<double>& values = series.values(name);
  double most = 0.0;
  for (std::size_t i = component; i < values.size(); i += width) {
    most = std::max(most, std::abs(values[i] - values[component]));
  }
  return scale > 0.0 ? most / scale : 0.0;
}

double largest_fall(const std::vector<double>& values) {
  double fall = 0.0;
  for (std::size_t i = 1; i < values.size(); ++i) fall = std::max(fall, values[i - 1] - values[i]);
  return fall;
}

/// Σ w |φ| W over the box, of the mean state.
double scale_of(const BoxGas& gas, const std::function<double(std::size_t)>& phi) {
  double sum = 0.0;
  for (std::size_t a = 0; a < gas.mean.W.size(); ++a) sum += gas.mean.nodes.weights()[a] * phi(a) * gas.mean.W[a];
  return gas.box().volume() * sum;
}

}  // namespace

void write_positions(Hdf5Writer& file, const PeriodicBox& box, double knudsen, const std::string& length) {
  const auto axes = static_cast<std::size_t>(box.dimension());
  file.attribute("/", "knudsen", knudsen);
  file.write_integers("position", indices(box.size()), {"1", "index of the position"});
  file.write_integers("box_axis", indices(axes), {"1", "index of the axis of the box"});
  file.write("x", box.positions(), axes, {length, "positions r", {"position", "box_axis"}});
  file.write("box", box.lengths(), {length, "lengths of the box", {"box_axis"}});
  const std::vector<std::int64_t> points(box.points().begin(), box.points().end());
  file.write_integers("box_points", points, {"1", "nodes along each axis of the box", {"box_axis"}});
}

void write_images(Hdf5Writer& file, const PeriodicBox& box, const std::string& length, ConstState momenta,
                  const DatasetDescription& momentum, const TimeSeries& images) {
  const auto first = static_cast<std::size_t>(box.points().front());
  std::vector<double> x;
  for (std::size_t i = 0; i < first; ++i) {
    x.push_back(box.lengths().front() * static_cast<double>(i) / static_cast<double>(first));
  }
  file.write("image_position", x, {length, "position along the first axis of the box"});
  file.write("image_momentum", momenta, momentum);
  images.write(file);
}

Json moments_of_series(const TimeSeries& series) {
  Json moments = Json::array();
  for (std::size_t i = 0; i < series.instants(); ++i) {
    const auto vector = [&](const char* name) {
      const auto value = series.at(name, i);
      return std::vector<double>(value.begin(), value.end());
    };
    moments.push_back({{"time", series.at("time", i)[0]},
                       {"number", series.at("number", i)[0]},
                       {"energy", series.at("energy", i)[0]},
                       {"mean", vector("mean")},
                       {"variance", vector("variance")}});
  }
  return moments;
}

void write_series_table(const std::filesystem::path& path, const TimeSeries& series, const std::string& comment) {
  std::vector<CsvColumn> table;
  std::deque<std::vector<double>> columns;  // the table looks at them
  for (const TimedQuantity& quantity : series.quantities()) {
    const bool of_axes = quantity.shape.size() == 1 && quantity.shape.front() <= 3 && quantity.scales.size() <= 1 &&
                         (quantity.scales.empty() || quantity.scales.front() == "box_axis");
    if (quantity.shape.empty()) table.push_back({quantity.name, quantity.values});
    if (!of_axes) continue;
    const std::size_t width = quantity.size();
    for (std::size_t j = 0; j < width; ++j) {
      std::vector<double>& column = columns.emplace_back();
      for (std::size_t i = j; i < quantity.values.size(); i += width) column.push_back(quantity.values[i]);
      table.push_back({quantity.name + "_" + std::to_string(j + 1), column});
    }
  }
  write_csv(path, table, comment);
}

void write_box_result(const std::filesystem::path& directory, const BoxGas& gas, const BoxRun& run) {
  Hdf5Writer file = begin_result(directory, "evolve", gas.mean);
  const bool continuum = gas.input().momentum.space == "continuum";
  const std::string length = continuum ? "length" : "sites";
  write_positions(file, gas.box(), gas.input().space->knudsen, length);
  run.series.write(file);
  file.write("W", run.W, gas.mean.nodes.size(), {"1", "final occupation number W(r, k)", {"position", "node"}});
  if (!run.equilibrium.empty()) {
    file.write("equilibrium", run.equilibrium, gas.mean.nodes.size(),
               {"1", "occupation number in the global equilibrium", {"position", "node"}});
  }
  if (!gas.potential.empty()) file.write("potential", gas.potential, {"energy", "potential U(r)", {"position"}});
  write_images(file, gas.box(), length, run.image_momenta,
               {gas.mean.units.momentum, "component of the momentum along the first axis of the box"}, run.images);
  file.commit();
  write_series_table(directory / "evolution.csv", run.series, "evolution of " + gas.description());
}

Json box_summary(const BoxGas& gas, const BoxRun& run) {
  const TimeSeries& s = run.series;
  const auto last = [&](const char* name) { return s.values(name).back(); };
  const Nodes& nodes = gas.mean.nodes;
  const double number = s.values("number").front();
  const double energy_scale = scale_of(gas, [&](std::size_t a) { return std::abs(nodes.energies()[a]); });
  Json momentum_drift;
  if (gas.mean.sphere()) {
    const double scale = scale_of(gas, [&](std::size_t a) {
      const Vector3 k = nodes.momentum(a);
      return std::hypot(k[0], k[1], k[2]);
    });
    momentum_drift = Json::array();
    for (std::size_t j = 0; j < 3; ++j) momentum_drift.push_back(drift(s, "momentum", j, scale));
  }
  const bool conserves_energy = !gas.mean.bath_beta && gas.input().space->force.empty();
  const double number_law = largest(s.values("number_law_defect")), energy_law = largest(s.values("energy_law_defect"));
  const auto d = static_cast<std::ptrdiff_t>(nodes.dimension());
  const Vector3& u = gas.mean.velocity;
  Json summary{{"command", "evolve"},
               {"time", run.report.time},
               {"stopped_by", run.report.stopped_by_condition ? "equilibrium" : "end"},
               {"method", name(run.method)},
               {"knudsen", gas.input().space->knudsen},
               {"mean_free_times", run.mean_free_times},
               {"mass_drift", gas.mean.conserves_number ? Json(drift(s, "number", 0, number)) : Json()},
               {"energy_drift", conserves_energy ? Json(drift(s, "energy", 0, energy_scale)) : Json()},
               {"momentum_drift", momentum_drift},
               {"local_law_defect", std::max(number_law, energy_law)},
               {"number_law_defect", gas.mean.conserves_number ? Json(number_law) : Json()},
               {"energy_law_defect", gas.mean.bath_beta ? Json() : Json(energy_law)},
               {"distance_to_local_equilibrium", last("distance_to_local_equilibrium")},
               {"initial_distance_to_local_equilibrium", s.values("distance_to_local_equilibrium").front()},
               {"distance_to_equilibrium", number_or_null(last("distance_to_equilibrium"))},
               {"initial_distance", number_or_null(s.values("distance_to_equilibrium").front())},
               {"equilibrium",
                {{"beta", gas.mean.equilibrium.beta()},
                 {"mu", gas.mean.equilibrium.mu()},
                 {"velocity", std::vector<double>(u.begin(), u.begin() + d)}}},
               {"entropy",
                {{"initial", s.values("entropy").front()},
                 {"final", last("entropy")},
                 {"max_decrease", largest_fall(s.values("entropy"))}}},
               {"min_W", *std::min_element(s.values("min_W").begin(), s.values("min_W").end())},
               {"max_W", largest(s.values("max_W"))},
               {"unresolved", largest(s.values("unresolved"))},
               {"correction", run.correction},
               {"error", gas.error},
               {"sound", sound_in_box(gas, run)},
               {"number", number},
               {"energy", s.values("energy").front()},
               {"moments", moments_of_series(s)},
               {"positions", gas.box().size()},
               {"nodes", nodes.size()},
               {"steps", run.report.steps},
               {"rhs_evaluations", run.report.rhs_evaluations},
               {"jacobian_actions", run.report.jacobian_actions},
               {"wall_seconds", run.wall_seconds}};
  summary.update(gas.mean.facts);
  return summary;
}

std::vector<TableLine> box_table(const BoxGas& gas, const BoxRun& run, const Json& summary,
                                 const std::filesystem::path& directory) {
  const auto number = [&](const char* key) {
    return summary[key].is_null() ? std::string("none") : short_text(summary[key].get<double>());
  };
  const Json& entropy = summary["entropy"];
  std::vector<TableLine> lines{
      {"time reached", number("time") + ", " + number("mean_free_times") + " mean free times" +
                           (run.report.stopped_by_condition ? ", stopped at equilibrium" : "")},
      {"distance to local equilibrium",
       number("distance_to_local_equilibrium") + ", at first " + number("initial_distance_to_local_equilibrium")},
      {"distance to equilibrium", number("distance_to_equilibrium") + ", at first " + number("initial_distance")},
      {"drift of the number", number("mass_drift") + " relative, whole run"},
      {"drift of the energy", summary["energy_drift"].is_null() ? std::string("not conserved")
                                                                : number("energy_drift") + " relative, whole run"},
      {"defect of the local laws", number("local_law_defect")},
      {"entropy", short_text(entropy["initial"]) + " to " + short_text(entropy["final"]) + ", largest fall " +
                      short_text(entropy["max_decrease"])},
      {"occupations", number("min_W") + " to " + number("max_W")},
      {"unresolved in space", number("unresolved") + " of W in the last third of the modes"},
      {"error of the collision term",
       (std::isnan(gas.error) ? std::string("not estimated")
                              : "about " + short_text(gas.error) + " of the largest loss") +
           "; corrected by " + number("correction")},
      {"work", std::to_string(run.report.steps) + " steps by \"" + name(run.method) + "\", " +
                   std::to_string(run.report.rhs_evaluations) + " right-hand sides, " + number("wall_seconds") + " s"},
      {"results", (directory / "result.h5").string()}};
  if (const Json& sound = summary["sound"]; !sound.is_null()) {
    const auto both = [&](const char* key) {
      const Json& value = sound[key];
      return short_text(value["measured"]) + " within " + short_text(value["measured_error"]) + ", predicted " +
             short_text(value["predicted"]) + " within " + short_text(value["predicted_error"]);
    };
    lines.insert(lines.end() - 2, {{"speed of sound", both("speed")}, {"damping of sound", both("damping")}});
  }
  return lines;
}

}  // namespace nordheim::program
