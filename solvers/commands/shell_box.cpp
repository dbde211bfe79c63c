// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/shell_box.hpp"

#include <nordheim/io/hdf5_file.hpp>

#include "case/transport_units.hpp"
#include "commands/box_result.hpp"
#include "commands/diffusion_conventions.hpp"
#include "commands/report.hpp"
#include "commands/result_files.hpp"
#include "commands/shell_run.hpp"
#include "run/checkpoint.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <vector>

namespace nordheim::program {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string description_of(const ShellRun& run) {
  const std::size_t shells = run.evolution.shells();
  return "electrons on " + std::to_string(shells) + (shells == 1 ? " energy shell, " : " energy shells, ") +
         run.model.description() + "; " + std::to_string(run.evolution.box().size()) +
         " positions, Kn = " + short_text(run.evolution.knudsen());
}

double drift(const std::vector<double>& values, double scale) {
  double most = 0.0;
  for (const double x : values) most = std::max(most, std::abs(x - values.front()));
  return scale > 0.0 ? most / scale : 0.0;
}

Json diffusion_of(const ShellRun& run) {
  Json all = Json::array();
  for (const MeasuredDiffusion& entry : run.diffusion) {
    all.push_back({{"E", entry.energy},
                   {"measured", optional_number(entry.measured)},
                   {"predicted", optional_number(entry.predicted)},
                   {"error", entry.error}});
  }
  return all;
}

Json summary_of(const ShellRun& run) {
  const TimeSeries& s = run.series;
  const auto last = [&](const char* name) { return s.values(name).back(); };
  const double number = s.values("number").front();
  double energy_scale = 0.0;
  for (std::size_t i = 0; i < run.evolution.shells(); ++i) {
    energy_scale += std::abs(run.diffusion[i].energy * s.at("shell_number", 0)[i]);
  }
  const std::vector<double>& laws = s.values("number_law_defect");
  const std::vector<double>& unresolved = s.values("unresolved");
  Json summary{{"command", "evolve"},
               {"time", run.evolution.time()},
               {"stopped_by", "end"},
               {"method", run.method},
               {"knudsen", run.evolution.knudsen()},
               {"mean_free_times", run.mean_free_times},
               {"mass_drift", drift(s.values("number"), number)},
               {"energy_drift", drift(s.values("energy"), energy_scale)},
               {"local_law_defect", *std::max_element(laws.begin(), laws.end())},
               {"distance_to_local_equilibrium", last("distance_to_local_equilibrium")},
               {"distance_to_equilibrium", last("distance_to_equilibrium")},
               {"initial_distance", s.values("distance_to_equilibrium").front()},
               {"distance_to_diffusion", run.density.empty() ? Json(last("distance_to_diffusion")) : Json(nullptr)},
               {"min_W", run.smallest},
               {"max_W", run.largest},
               {"unresolved", *std::max_element(unresolved.begin(), unresolved.end())},
               {"number", number},
               {"energy", s.values("energy").front()},
               {"diffusion", diffusion_of(run)},
               {"moments", moments_of_series(s)},
               {"positions", run.evolution.box().size()},
               {"nodes", run.nodes.energies.size()},
               {"wall_seconds", run.wall_seconds}};
  if (!run.density.empty()) summary["steps"] = run.steps;
  return summary;
}

/// W on all shells, shape (n_r, nodes).
std::vector<double> stacked_state(const ShellRun& run) {
  const std::size_t positions = run.evolution.box().size(), all = run.nodes.energies.size();
  std::vector<double> W(positions * all);
  std::size_t begin = 0;
  for (std::size_t s = 0; s < run.evolution.shells(); ++s) {
    const std::vector<double> part = run.evolution.state(s);
    const std::size_t count = part.size() / positions;
    for (std::size_t i = 0; i < part.size(); ++i) W[i / count * all + begin + i % count] = part[i];
    begin += count;
  }
  return W;
}

void write_result(const std::filesystem::path& directory, const ShellRun& run) {
  const PeriodicBox& box = run.evolution.box();
  const TransportUnits units = transport_units(run.input.momentum.space);
  const std::string length = run.input.momentum.space == "continuum" ? "length" : "sites";
  const auto d = static_cast<std::size_t>(run.model.dimension());
  Hdf5Writer file = begin_result(directory, "evolve", run.input, diffusion_conventions(run.input));
  file.attribute("/", "space", std::string("shell"));
  file.attribute("/", "model", run.model.description());
  file.attribute("/", "dimension", static_cast<std::int64_t>(d));
  write_positions(file, box, run.evolution.knudsen(), length);
  file.write_integers("node", indices(run.nodes.energies.size()), {"1", "index of the node, shell after shell"});
  file.write_integers("axis", indices(d), {"1", "index of the component of a vector"});
  file.write("momenta", run.nodes.momenta, d, {"momentum", "momentum k", {"node", "axis"}});
  file.write("energies", run.nodes.energies, {units.energy, "energy omega(k)", {"node"}});
  file.write("weights", run.nodes.weights, {"1", "weight of the node in the integral over k and energies", {"node"}});
  file.write("velocities", run.nodes.velocities, d, {length + " / time", "group velocity v(k)", {"node", "axis"}});
  file.write_integers("shell", run.nodes.shell, {"1", "index of the shell of a node", {"node"}});

  std::vector<double> energy, measured, predicted, error;
  for (const MeasuredDiffusion& entry : run.diffusion) {
    energy.push_back(entry.energy);
    measured.push_back(entry.measured.value_or(none));
    predicted.push_back(entry.predicted.value_or(none));
    error.push_back(entry.error);
  }
  file.write("shell_E", energy, {units.energy, "energy of a shell"});
  file.write("measured_diffusion", measured, {units.D, "Kn D along the first axis, from the run", {"shell_E"}});
  file.write("predicted_diffusion", predicted, {units.D, "Kn D_kin along the first axis", {"shell_E"}});
  file.write("predicted_diffusion_error", error, {"1", "estimated relative error of Kn D_kin", {"shell_E"}});
  run.series.write(file);
  std::vector<double> mean_diffusion(static_cast<std::size_t>(box.dimension()));
  const ShellObservables now = run.evolution.observe();
  for (std::size_t j = 0; j < mean_diffusion.size(); ++j) mean_diffusion[j] = now.diffusion[j];
  if (!run.density.empty() && run.slowing) mean_diffusion[0] *= *run.slowing;
  if (run.density.empty() || (run.slowing && box.dimension() == 1)) {
    file.write("mean_diffusion", mean_diffusion,
               {units.D, "Kn D_kin along the axes of the box, mean over the electrons", {"box_axis"}});
  }

  file.write("W", stacked_state(run), run.nodes.energies.size(), {"1", "final W(r, k)", {"position", "node"}});
  write_images(file, box, length, run.image_velocities,
               {length + " / time", "velocity along the first axis of the box, means of groups of nodes"}, run.images);
  file.commit();
  write_series_table(directory / "evolution.csv", run.series, "evolution of " + description_of(run));
}

std::vector<TableLine> table_of(const ShellRun& run, const Json& summary, const std::filesystem::path& directory) {
  const auto number = [&](const char* key) { return short_text(summary[key].get<double>()); };
  std::vector<TableLine> lines{
      {"time reached", number("time") + ", " + number("mean_free_times") + " mean free times"}};
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(most, run.diffusion.size()); ++i) {
    const MeasuredDiffusion& entry = run.diffusion[i];
    lines.push_back({"Kn D at E = " + short_text(entry.energy),
                     (entry.measured ? short_text(*entry.measured) + " measured, " : std::string("not measured, ")) +
                         (entry.predicted ? short_text(*entry.predicted) +
                                                (run.density.empty() ? " predicted" : " predicted for long waves") +
                                                " (error about " + short_text(entry.error) + ")"
                                          : std::string("not predicted where impurities vary like this"))});
  }
  if (!run.density.empty()) lines.push_back({"method", run.method + ", " + std::to_string(run.steps) + " steps"});
  lines.push_back({"distance to local equilibrium", number("distance_to_local_equilibrium") + " of the number"});
  if (run.density.empty()) {
    lines.push_back({"distance to the diffusion equation", number("distance_to_diffusion") + " of the number"});
  }
  const std::vector<TableLine> rest{
      {"drift of the number", number("mass_drift") + " relative, whole run"},
      {"defect of the local law", number("local_law_defect")},
      {"smallest and largest W", number("min_W") + " to " + number("max_W")},
      {"unresolved in space", number("unresolved") + " of W in the last third of the modes"},
      {"work", std::to_string(run.series.instants()) + " outputs, " + number("wall_seconds") + " s"},
      {"results", (directory / "result.h5").string()}};
  lines.insert(lines.end(), rest.begin(), rest.end());
  return lines;
}

void warn(const ShellRun& run, const Json& summary) {
  constexpr double accurate = 1e-3;
  warn_unresolved(summary["unresolved"].get<double>());
  for (const MeasuredDiffusion& entry : run.diffusion) {
    if (entry.error < accurate) continue;
    std::cerr << "nordheim: warning: D_kin at E = " << short_text(entry.energy) << " is known to about "
              << short_text(entry.error) << " only; use a higher momentum.order\n";
  }
}

}  // namespace

void evolve_shells(const RunOptions& options, const Case& input, const std::filesystem::path& directory) {
  const ShellRun run = run_shells(input, options.threads, directory, options.restart, options.quiet);
  const Json summary = summary_of(run);
  write_result(directory, run);
  write_summary(directory, input, summary);
  remove_checkpoints(directory);
  if (!options.quiet) warn(run, summary);
  print_report(options, summary, "Evolution of " + description_of(run), table_of(run, summary, directory));
}

}  // namespace nordheim::program
