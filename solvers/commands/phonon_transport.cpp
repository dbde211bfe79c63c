// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/phonon_transport.hpp"

#include <nordheim/core/error.hpp>

#include "commands/phonon_transport_run.hpp"
#include "commands/result_files.hpp"
#include "factories/factories.hpp"
#include "run/clock.hpp"
#include "run/interrupt.hpp"
#include "run/memory.hpp"
#include "run/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

namespace nordheim::program {

namespace {

/// κT² of classical waves, κT with springs: from the table, if it is of those.
BoundedValue classical_coefficient(const Dispersion& band, const PhononTransportRun& run,
                                   PhononConductivityOptions options) {
  const PhononConductivity& first = run.table.front();
  if (options.statistics == Statistics::classical_wave) {
    const double T = first.temperature;
    return {first.heat_conductivity.value * (options.bonds.empty() ? T * T : T), first.heat_conductivity.error};
  }
  options.statistics = Statistics::classical_wave;
  options.spectral_gap = false;
  return phonon_conductivity(band, 1.0, options).heat_conductivity;
}

PhononTransportRun run_phonons(const Case& input, const RunOptions& options) {
  const Clock::time_point start = Clock::now();
  const std::vector<double> temperatures = numbers_of(input.phonons.value().temperatures);
  Progress progress(options.quiet);
  const auto watch = [&](std::size_t done) {
    if (interrupted()) {
      throw Error("interrupted after " + std::to_string(done) + " of " + std::to_string(temperatures.size()) +
                  " temperatures; nothing was written");
    }
    if (!progress.due()) return;
    progress.show(static_cast<double>(done) / static_cast<double>(temperatures.size()),
                  "temperature " + std::to_string(done) + " of " + std::to_string(temperatures.size()));
  };
  PhononTransportRun run{input, {}, {}};
  try {
    const Dispersion band = make_dispersion(input);
    run.band = band.description();
    const PhononConductivityOptions phonons = phonon_options(input, options.threads);
    require_memory(phonon_conductivity_memory(band, phonons), "the heat conductivity");
    run.tolerance = phonons.tolerance.value_or(default_phonon_tolerance(band.dimension(), phonons));
    run.table = phonon_conductivity(band, temperatures, phonons, watch);
    run.classical_coefficient = classical_coefficient(band, run, phonons);
  } catch (const InvalidArgument& error) {
    throw InvalidArgument(input.at("collision.kind") + error.what());
  }
  run.wall_seconds = seconds_since(start);
  return run;
}

std::string columns(const std::string& conductivity, const std::string& error, const std::string& zero_current,
                    const std::string& rta, const std::string& gap) {
  char text[160];
  (void)std::snprintf(text, sizeof text, "%-18s  %-6s  %-20s  %-12s  %s", conductivity.c_str(), error.c_str(),
                      zero_current.c_str(), rta.c_str(), gap.c_str());
  return text;
}

/// At most twelve temperatures, spread over the table.
std::vector<TableLine> table_of(const PhononTransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 12;
  const PhononConductivity& first = run.table.front();
  std::vector<TableLine> lines{
      {"T", columns("heat conductivity", "error", first.zero_number_current ? "zero number current" : "",
                    first.relaxation_time ? "rta" : "", first.spectral_gap ? "gap" : "")}};
  const std::size_t count = std::min(most, run.table.size());
  for (std::size_t i = 0; i < count; ++i) {
    const PhononConductivity& point = run.table[count == 1 ? 0 : i * (run.table.size() - 1) / (count - 1)];
    lines.push_back(
        {short_text(point.temperature),
         columns(formatted("%.13g", point.heat_conductivity.value), formatted("%.0e", point.heat_conductivity.error),
                 point.zero_number_current ? formatted("%.8g", point.zero_number_current->value) : std::string(),
                 point.relaxation_time ? formatted("%.5g", point.relaxation_time->value) : std::string(),
                 point.spectral_gap ? short_text(point.spectral_gap->rate) : std::string())});
  }
  lines.push_back({"", ""});
  lines.push_back({"classical limit", formatted("%.13g", run.classical_coefficient.value) + " / " +
                                          run.classical_power() + ", error " +
                                          formatted("%.0e", run.classical_coefficient.error)});
  if (!first.relaxation_time) {
    lines.push_back({"rta", "there is none: the loss rate of every mode is infinite"});
  }
  lines.push_back({"work", std::to_string(run.table.size()) + " temperatures, " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

/// @throws Error naming the temperatures whose error is above the tolerance
void require_convergence(const PhononTransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 8;
  std::size_t count = 0;
  std::string list;
  for (const PhononConductivity& point : run.table) {
    if (point.converged || ++count > most) continue;
    list += (list.empty() ? "T = " : ", T = ") + short_text(point.temperature) + " (error " +
            formatted("%.0e", point.heat_conductivity.error) + ")";
  }
  if (count == 0) return;
  const bool endless = std::any_of(run.table.begin(), run.table.end(),
                                   [](const auto& point) { return std::isinf(point.heat_conductivity.error); });
  throw Error(
      "the heat conductivity is less accurate than transport.tolerance = " + short_text(run.tolerance) + " at " +
      std::to_string(count) + " of " + std::to_string(run.table.size()) + " temperatures: " + list +
      (count > most ? " and others" : "") + "; a larger transport." +
      (run.input.momentum.dimension == 1 ? "most_functions" : "most_points") + " or tolerance helps" +
      (endless ? ", or, as the grids show no order of convergence, the heat conductivity may be infinite" : "") +
      "; the results are in " + directory.string());
}

}  // namespace

void phonon_transport(const RunOptions& options, const std::filesystem::path& directory, const Case& input) {
  const PhononTransportRun run = in_own_directory(directory, [&] { return run_phonons(input, options); });
  const Json summary = phonon_summary(run);
  write_phonon_files(directory, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "Transport, " + run.description(), table_of(run, directory));
  require_convergence(run, directory);
}

void estimate_phonon_transport(const RunOptions& options, const Case& input) {
  const Dispersion band = make_dispersion(input);
  PhononConductivityOptions phonons = phonon_options(input, options.threads);
  const std::size_t memory = phonon_conductivity_memory(band, phonons);
  const std::vector<double> temperatures = numbers_of(input.phonons.value().temperatures);
  phonons.tolerance = 0.1;  // the smallest of all grids or bases that would do
  if (!phonons.bonds.empty()) phonons.most_points = band.dimension() == 2 ? 64 : 24;
  const Clock::time_point start = Clock::now();
  const PhononConductivity coarse = phonon_conductivity(band, temperatures.front(), phonons);
  const double seconds = seconds_since(start);
  const Json summary{{"memory_bytes", memory},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", seconds},
                     {"nodes", coarse.functions > 0 ? static_cast<double>(coarse.functions)
                                                    : std::pow(static_cast<double>(coarse.points), band.dimension())},
                     {"points", temperatures.size()}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"memory", "at most " + bytes_text(memory) + " of " + bytes_text(available_memory()) + " available"},
                {"one temperature", short_text(seconds) + " s" +
                                        (std::isfinite(coarse.heat_conductivity.error)
                                             ? " to an error of " + formatted("%.0e", coarse.heat_conductivity.error)
                                             : std::string(" on a grid too coarse for an estimate of its error")) +
                                        "; each digit more takes about ten times as long in two and three dimensions"},
                {"the table", std::to_string(temperatures.size()) + " temperatures"}});
}

}  // namespace nordheim::program
