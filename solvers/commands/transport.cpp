// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "commands/bath_transport.hpp"
#include "commands/command.hpp"
#include "commands/gas.hpp"
#include "commands/lattice_transport.hpp"
#include "commands/phonon_transport.hpp"
#include "commands/result_files.hpp"
#include "commands/transport_run.hpp"
#include "run/interrupt.hpp"
#include "run/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

namespace nordheim::program {

namespace {

TransportRun run_transport(const Case& input, const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const std::vector<GasPoint> points = transport_points(input.transport.value());
  Progress progress(options.quiet);
  const auto watch = [&](std::size_t done) {
    if (interrupted()) {
      throw Error("interrupted after " + std::to_string(done) + " of " + std::to_string(points.size()) +
                  " points; nothing was written");
    }
    if (!progress.due()) return;
    progress.show(static_cast<double>(done) / static_cast<double>(points.size()),
                  "point " + std::to_string(done) + " of " + std::to_string(points.size()));
  };
  TransportRun run{input, {}};
  try {
    run.table = gas_transport(input.collision.statistics, points, transport_options(input, options.threads), watch);
  } catch (const InvalidArgument& error) {
    throw InvalidArgument(input.at("transport.fugacity") + error.what());
  }
  run.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

std::string columns(const std::string& viscosity, const std::string& conductivity, const std::string& error,
                    const std::string& gap) {
  char text[160];
  (void)std::snprintf(text, sizeof text, "%-18s  %-18s  %-6s  %s", viscosity.c_str(), conductivity.c_str(),
                      error.c_str(), gap.c_str());
  return text;
}

/// At most twelve points, spread over the table.
std::vector<TableLine> table_of(const TransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 12;
  std::vector<TableLine> lines{
      {"T, z", columns("viscosity", "heat conductivity", "error", run.table[0].spectrum.empty() ? "" : "gap")}};
  const std::size_t count = std::min(most, run.table.size());
  for (std::size_t i = 0; i < count; ++i) {
    const GasTransport& gas = run.table[count == 1 ? 0 : i * (run.table.size() - 1) / (count - 1)];
    lines.push_back({short_text(gas.temperature) + ", " + short_text(gas.fugacity),
                     columns(formatted("%.13g", gas.viscosity.value), formatted("%.13g", gas.heat_conductivity.value),
                             formatted("%.0e", std::max(gas.viscosity.error, gas.heat_conductivity.error)),
                             gas.spectrum.empty() ? "" : short_text(gas.spectral_gap.rate))});
  }
  const GasTransport& first = run.table.front();
  lines.push_back({"", ""});
  lines.push_back({"beyond first order", formatted("%.12f", first.viscosity.ratio) + " (viscosity) and " +
                                             formatted("%.12f", first.heat_conductivity.ratio) +
                                             " (heat conductivity) times it, at T = " + short_text(first.temperature) +
                                             ", z = " + short_text(first.fugacity)});
  lines.push_back({"work", std::to_string(run.table.size()) + " points, " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

/// @throws Error naming the points whose error is above the tolerance
void require_convergence(const TransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 8;
  std::size_t count = 0;
  std::string list;
  for (const GasTransport& gas : run.table) {
    if (gas.converged || ++count > most) continue;
    list += (list.empty() ? "T = " : ", T = ") + short_text(gas.temperature) + ", z = " + short_text(gas.fugacity) +
            " (error " + formatted("%.0e", std::max(gas.viscosity.error, gas.heat_conductivity.error)) + ")";
  }
  if (count == 0) return;
  throw Error("viscosity or heat conductivity is less accurate than transport.tolerance = " +
              short_text(run.input.transport.value().tolerance) + " at " + std::to_string(count) + " of " +
              std::to_string(run.table.size()) + " points: " + list + (count > most ? " and others" : "") +
              "; a larger transport.most_functions (now " + std::to_string(run.input.transport.value().most_functions) +
              ", at most 40) or tolerance helps; the " + "results are in " + directory.string());
}

}  // namespace

void transport(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options);
  const Case input = read_case(options.case_file, options.overrides);
  if (input.phonons) {
    phonon_transport(options, directory, input);
    return;
  }
  if (input.lattice_transport) {
    lattice_transport(options, directory, input);
    return;
  }
  if (input.bath) {
    transport_in_bath(options, input);
    return;
  }
  if (!input.transport) {
    throw InvalidArgument(
        input.at("collision.kind") +
        "transport is for two-body collisions and those of phonons with a section [transport] (found no such "
        "section)");
  }
  const TransportRun run = in_own_directory(directory, [&] { return run_transport(input, options); });
  const Json summary = transport_summary(run);
  write_transport_files(directory, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "Transport, " + run.description(), table_of(run, directory));
  require_convergence(run, directory);
}

}  // namespace nordheim::program
