// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/io/output_directory.hpp>

#include "commands/command.hpp"
#include "commands/diffusion_run.hpp"
#include "commands/lattice_gas.hpp"
#include "commands/result_files.hpp"
#include "factories/elastic_factory.hpp"
#include "run/interrupt.hpp"
#include "run/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <system_error>

namespace nordheim::program {

namespace {

DiffusionRun run_diffusion(const Case& input, const ElasticModel& model, const std::vector<double>& energies,
                           const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Progress progress(options.quiet);
  const auto watch = [&](std::size_t done) {
    if (interrupted()) {
      throw Error("interrupted after " + std::to_string(done) + " of " + std::to_string(energies.size()) +
                  " energies; nothing was written");
    }
    if (!progress.due()) return;
    progress.show(static_cast<double>(done) / static_cast<double>(energies.size()),
                  "energy " + std::to_string(done) + " of " + std::to_string(energies.size()));
  };
  DiffusionRun run{input, model, make_curve(input, model, energies, options.threads, watch), {}};
  run.displacements = displacements(model, run.curve, input.diffusion.displacements);
  run.isotropic = is_isotropic(run.curve);
  run.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

/// The same in a directory of its own, which does not stay if the case turns out to be bad.
DiffusionRun run_in(const std::filesystem::path& directory, const Case& input, const ElasticModel& model,
                    const std::vector<double>& energies, const RunOptions& options) {
  const bool existed = std::filesystem::exists(directory);
  make_output_directory(directory);
  try {
    return run_diffusion(input, model, energies, options);
  } catch (const InvalidArgument&) {
    std::error_code ignored;
    if (!existed) std::filesystem::remove(directory, ignored);
    throw;
  }
}

std::string columns(const std::string& rho, const std::string& rate, const std::string& D, const std::string& error) {
  char text[160];
  (void)std::snprintf(text, sizeof text, "%-20s  %-20s  %-20s  %s", D.c_str(), rho.c_str(), rate.c_str(),
                      error.c_str());
  return text;
}

std::string digits(double value) {
  char text[40];
  (void)std::snprintf(text, sizeof text, "%.13g", value);
  return text;
}

/// At most twelve energies, spread over the curve.
std::vector<TableLine> table_of(const DiffusionRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 12;
  std::vector<TableLine> lines{
      {"E", columns("density of states", "rate", run.isotropic ? "D" : "D (mean of axes)", "error of D")}};
  const std::size_t count = std::min(most, run.curve.size());
  for (std::size_t i = 0; i < count; ++i) {
    const DiffusionPoint& point = run.curve[count == 1 ? 0 : i * (run.curve.size() - 1) / (count - 1)];
    char error[32];
    (void)std::snprintf(error, sizeof error, "%.0e", point.error);
    lines.push_back({short_text(point.energy),
                     columns(digits(point.density_of_states), digits(point.rate), digits(run.mean(point)), error)});
  }
  std::size_t nodes = 0;
  for (const DiffusionPoint& point : run.curve) nodes = std::max(nodes, point.nodes);
  lines.push_back({"", ""});
  const std::string size = nodes > 0 ? ", up to " + std::to_string(nodes) + " nodes on a shell" : ", no shell needed";
  lines.push_back(
      {"work", std::to_string(run.curve.size()) + " energies" + size + ", " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

/// "E = 1 (why), 2 (why)" of at most eight points, and whether there are others.
std::string list_of(const std::vector<const DiffusionPoint*>& points,
                    const std::function<std::string(const DiffusionPoint&)>& why) {
  constexpr std::size_t most = 8;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, points.size()); ++i) {
    list += (list.empty() ? "E = " : ", ") + shortest_text(points[i]->energy) + " (" + why(*points[i]) + ")";
  }
  return points.size() > most ? list + " and others" : list;
}

/// @throws Error naming the energies without a result, and those whose error is above the tolerance
void require_convergence(const DiffusionRun& run, const std::filesystem::path& directory) {
  std::vector<const DiffusionPoint*> refused, inaccurate;
  for (const DiffusionPoint& point : run.curve) {
    if (!point.converged) (point.refusal.empty() ? inaccurate : refused).push_back(&point);
  }
  const std::string of_all = " of " + std::to_string(run.curve.size()) + " energies: ";
  std::string sentence;
  if (!refused.empty()) {
    sentence = "there is no result at " + std::to_string(refused.size()) + of_all +
               list_of(refused, [](const DiffusionPoint& point) { return point.refusal; }) + "; ";
  }
  if (!inaccurate.empty()) {
    sentence += "D is less accurate than diffusion.tolerance = " + short_text(run.input.diffusion.tolerance) + " at " +
                std::to_string(inaccurate.size()) + of_all +
                list_of(inaccurate, [](const DiffusionPoint& point) { return "error " + short_text(point.error); }) +
                "; a larger diffusion.max_order (now " + std::to_string(run.input.diffusion.max_order) +
                ") or tolerance, or a greater distance to the van Hove energies helps; ";
  }
  if (!sentence.empty()) throw Error(sentence + "the results are in " + directory.string());
}

}  // namespace

void diffusion(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options);
  const Case input = read_case(options.case_file, options.overrides);
  if (input.space) {
    throw InvalidArgument(
        input.at("space.box") +
        "diffusion is for curves over the energy (found a section [space]); for this case use evolve");
  }
  const ElasticModel model = make_elastic_model(input);
  const std::vector<double> energies = make_energies(input, model);
  const DiffusionRun run = run_in(directory, input, model, energies, options);
  const Json summary = diffusion_summary(run);
  write_diffusion_files(directory, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "D_kin(E), " + model.description(), table_of(run, directory));
  require_convergence(run, directory);
}

}  // namespace nordheim::program
