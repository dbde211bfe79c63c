// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
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
  DiffusionRun run{
      input, model, diffusion_curve(model, energies, diffusion_options(input, options.threads), watch), {}};
  run.displacements = displacements(model, run.curve, input.diffusion.displacements);
  run.isotropic = is_isotropic(run.curve, model.dimension());
  run.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
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
  lines.push_back({"work", std::to_string(run.curve.size()) + " energies, up to " + std::to_string(nodes) +
                               " nodes on a shell, " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

/// @throws Error naming the energies whose error is above the tolerance
void require_convergence(const DiffusionRun& run, const std::filesystem::path& directory) {
  std::string list;
  std::size_t count = 0;
  constexpr std::size_t most = 8;
  for (const DiffusionPoint& point : run.curve) {
    if (point.converged || ++count > most) continue;
    list += (list.empty() ? "E = " : ", ") + short_text(point.energy) + " (error " + short_text(point.error) + ")";
  }
  if (count == 0) return;
  throw Error("D is less accurate than diffusion.tolerance = " + short_text(run.input.diffusion.tolerance) + " at " +
              std::to_string(count) + " of " + std::to_string(run.curve.size()) + " energies: " + list +
              (count > most ? " and others" : "") + "; the results are in " + directory.string() +
              ", a larger diffusion.max_order (now " + std::to_string(run.input.diffusion.max_order) +
              ") or tolerance, or a greater distance to the van Hove energies helps");
}

}  // namespace

void diffusion(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options);
  const Case input = read_case(options.case_file, options.overrides);
  const ElasticModel model = make_elastic_model(input);
  const std::vector<double> energies = make_energies(input, model);
  make_output_directory(directory);
  const DiffusionRun run = run_diffusion(input, model, energies, options);
  const Json summary = diffusion_summary(run);
  write_diffusion_files(directory, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "D_kin(E), " + model.description(), table_of(run, directory));
  require_convergence(run, directory);
}

}  // namespace nordheim::program
