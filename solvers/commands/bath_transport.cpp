// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/bath_transport.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/csv.hpp>
#include <nordheim/io/output_directory.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include "commands/gas.hpp"
#include "commands/report.hpp"
#include "commands/result_files.hpp"
#include "factories/bath_factory.hpp"
#include "factories/factories.hpp"
#include "run/interrupt.hpp"

#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <sstream>

namespace nordheim::program {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr const char* conventions =
    "hbar = m = k_B = 1; diffusion D = <v.(-L)^-1 v>/d in thermal equilibrium, mobility = D/T (Einstein: drift "
    "velocity "
    "per force); spectral_gap: slowest decay of the isotropic part of W; current_decay: slowest decay of the part with "
    "l = 1; continuum_edge: smallest scattering rate; errors: estimated, relative; on a lattice lengths are in sites, "
    "current_decay is the smallest scattering rate, and the ladders of energies omega + m omega0 have no common gap";

/// One temperature, of either space; what it has not is NaN.
struct Point {
  double temperature = 0.0, diffusion = 0.0, error = 0.0, mobility = 0.0;
  double gap = nan, gap_error = nan, current_decay = nan, current_decay_error = nan, continuum_edge = nan;
  std::optional<bool> converged{};  ///< error ≤ tolerance, if there is one
};

struct Run {
  std::vector<Point> table{};
  std::vector<LadderTransport> ladders;  ///< at the first temperature
  std::string description;
  double wall_seconds = 0.0;
};

Point continuum_point(const BathCase& bath, double temperature) {
  const BathTransport found = bath_transport(make_phonons(bath), temperature, {.tolerance = *bath.tolerance});
  return {.temperature = temperature,
          .diffusion = found.diffusion.value,
          .error = found.diffusion.error,
          .mobility = found.mobility.value,
          .gap = found.gap.value,
          .gap_error = found.gap.error,
          .current_decay = found.current_decay.value,
          .current_decay_error = found.current_decay.error,
          .continuum_edge = found.continuum_edge,
          .converged = found.converged};
}

Point lattice_point(const BathCase& bath, const LatticeGrid& grid, double temperature) {
  const LatticeBathTransport found = lattice_bath_transport(grid, lattice_bath_options(bath, temperature));
  Point point{.temperature = temperature,
              .diffusion = found.diffusion,
              .error = found.diffusion_error,
              .mobility = found.mobility};
  point.current_decay = point.continuum_edge = found.slowest_rate;
  if (bath.tolerance) point.converged = found.diffusion_error <= *bath.tolerance;
  return point;
}

std::string description_of(const Case& input) {
  std::ostringstream text;
  if (input.momentum.space == "continuum") {
    text << "electron in R^3 among " << description(make_phonons(*input.bath));
  } else {
    text << "electron on " << input.momentum.points << '^' << input.momentum.dimension << " nodes, "
         << make_dispersion(input).description() << ", among optical phonons of frequency " << input.bath->omega0
         << ", coupling " << input.bath->coupling;
  }
  return text.str();
}

Run run_in_bath(const Case& input) {
  const auto start = std::chrono::steady_clock::now();
  const BathCase& bath = *input.bath;
  Run run;
  run.description = description_of(input);
  std::optional<LatticeGrid> grid;
  if (input.momentum.space != "continuum") grid = make_grid(input, make_dispersion(input));
  for (const double temperature : bath.temperatures) {
    if (interrupted())
      throw Error("interrupted after " + std::to_string(run.table.size()) + " temperatures; nothing was written");
    try {
      run.table.push_back(grid ? lattice_point(bath, *grid, temperature) : continuum_point(bath, temperature));
    } catch (const InvalidArgument& error) {
      throw InvalidArgument(input.at("transport.temperature") + error.what());
    }
  }
  if (!grid && bath.phonon == "optical") {
    for (int i = 0; i < bath.ladders; ++i) {
      const double epsilon = bath.omega0 * (i + 0.5) / bath.ladders;
      run.ladders.push_back(
          ladder_transport(std::get<OpticalPhonons>(make_phonons(bath)), bath.temperatures.front(), epsilon));
    }
  }
  run.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

/// A number, or null where there is none.
Json known(double value) { return std::isnan(value) ? Json() : Json(value); }

Json point_json(const Point& point) {
  return {{"temperature", point.temperature},
          {"coefficients",
           {{"diffusion", {{"value", point.diffusion}, {"error", point.error}}},
            {"mobility", {{"value", point.mobility}, {"error", point.error}}}}},
          {"spectral_gap", known(point.gap)},
          {"spectral_gap_error", known(point.gap_error)},
          {"current_decay", known(point.current_decay)},
          {"current_decay_error", known(point.current_decay_error)},
          {"continuum_edge", known(point.continuum_edge)},
          {"converged", point.converged ? Json(*point.converged) : Json()}};
}

Json summary_of(const Run& run) {
  Json summary{{"command", "transport"}, {"model", run.description}};
  summary.update(point_json(run.table.front()));
  Json table = Json::array();
  for (const Point& point : run.table) table.push_back(point_json(point));
  summary["table"] = std::move(table);
  if (!run.ladders.empty()) {
    Json ladders = Json::array();
    for (const LadderTransport& ladder : run.ladders) {
      ladders.push_back({{"epsilon", ladder.epsilon}, {"diffusion", ladder.diffusion}, {"gap", ladder.gap}});
    }
    summary["ladders"] = std::move(ladders);
  }
  summary["points"] = run.table.size();
  summary["wall_seconds"] = run.wall_seconds;
  return summary;
}

struct Quantity {
  const char *name, *units, *long_name;
  double Point::*value;
};

constexpr Quantity quantities[] = {
    {"temperature", "energy", "temperature of the bath", &Point::temperature},
    {"diffusion", "length^2 / time", "diffusion constant D", &Point::diffusion},
    {"mobility", "length^2 / (time energy)", "mobility D/T", &Point::mobility},
    {"diffusion_error", "1", "estimated relative error of diffusion constant and mobility", &Point::error},
    {"spectral_gap", "1 / time", "slowest decay of the isotropic part", &Point::gap},
    {"spectral_gap_error", "1", "estimated relative error of the spectral gap", &Point::gap_error},
    {"current_decay", "1 / time", "slowest decay of the part with l = 1", &Point::current_decay},
    {"current_decay_error", "1", "estimated relative error of the decay of the current", &Point::current_decay_error},
    {"continuum_edge", "1 / time", "smallest scattering rate", &Point::continuum_edge},
};

void write_files(const std::filesystem::path& directory, const Case& input, const Run& run) {
  Hdf5Writer file = begin_result(directory, "transport", input, conventions);
  file.attribute("/", "model", run.description);
  file.attribute("/", "statistics", name(Statistics::classical));
  file.attribute("/", "space", input.momentum.space == "continuum" ? "radial" : "torus");
  if (input.bath->tolerance) file.attribute("/", "tolerance", *input.bath->tolerance);
  file.write_integers("point", indices(run.table.size()), {"1", "index of the temperature"});
  std::vector<std::vector<double>> columns;
  std::string comment = "transport: " + run.description + "\n" + conventions;
  for (const Quantity& quantity : quantities) {
    std::vector<double>& values = columns.emplace_back();
    for (const Point& point : run.table) values.push_back(point.*quantity.value);
    if (std::isnan(values.front())) continue;
    file.write(quantity.name, values, {quantity.units, quantity.long_name, {"point"}});
  }
  std::vector<CsvColumn> table;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    comment += std::string("\n") + quantities[i].name + " [" + quantities[i].units + "]: " + quantities[i].long_name;
    table.push_back({quantities[i].name, columns[i]});
  }
  const auto write_ladders = [&](const char* dataset, const char* units, const char* what,
                                 double LadderTransport::*value) {
    std::vector<double> values;
    for (const LadderTransport& ladder : run.ladders) values.push_back(ladder.*value);
    file.write(dataset, values, {units, what, {}});
  };
  if (!run.ladders.empty()) {
    write_ladders("ladder_epsilon", "energy", "lowest energy of a ladder", &LadderTransport::epsilon);
    write_ladders("ladder_diffusion", "length^2 / time", "diffusion constant on it, at the first temperature",
                  &LadderTransport::diffusion);
    write_ladders("ladder_gap", "1 / time", "slowest decay on it, at the first temperature", &LadderTransport::gap);
  }
  file.commit();
  write_csv(directory / "transport.csv", table, comment);
}

std::vector<TableLine> table_of(const Run& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 12;
  std::vector<TableLine> lines;
  const std::size_t count = std::min(most, run.table.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Point& point = run.table[count == 1 ? 0 : i * (run.table.size() - 1) / (count - 1)];
    std::ostringstream text;
    text.precision(12);
    text << "D = " << point.diffusion << ", mobility " << point.mobility << " (error " << short_text(point.error)
         << ")";
    if (!std::isnan(point.gap)) text << ", gap " << short_text(point.gap);
    lines.push_back({"T = " + short_text(point.temperature), text.str()});
  }
  lines.push_back({"work", std::to_string(run.table.size()) + " temperatures, " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

}  // namespace

void transport_in_bath(const RunOptions& options, const Case& input) {
  const std::filesystem::path directory = output_directory(options);
  const Run run = run_in_bath(input);
  make_output_directory(directory);
  const Json summary = summary_of(run);
  write_files(directory, input, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "Transport, " + run.description, table_of(run, directory));
  for (const Point& point : run.table) {
    if (point.converged.value_or(true)) continue;
    const std::string help =
        input.momentum.space == "continuum" ? "a larger tolerance helps" : "more points or a larger tolerance help";
    throw Error("diffusion is less accurate than transport.tolerance = " + short_text(*input.bath->tolerance) +
                " at T = " + short_text(point.temperature) + " (error " + short_text(point.error) + "); " + help +
                "; the results are in " + directory.string());
  }
}

}  // namespace nordheim::program
