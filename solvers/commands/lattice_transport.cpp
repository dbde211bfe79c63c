// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/lattice_transport.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/transport/onsager.hpp>

#include "commands/lattice_transport_run.hpp"
#include "commands/placed.hpp"
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

/// "T = 2, z = 0.5", or with mu.
std::string place_of(const LatticeTransportCase& transport, const LatticeTransportPoint& point) {
  return "T = " + short_text(point.temperature) +
         (transport.by_potential ? ", mu = " + short_text(point.mu) : ", z = " + short_text(point.fugacity));
}

/// All pairs, without coefficients.
std::vector<LatticeTransportPoint> points_of(const LatticeTransportCase& transport) {
  const std::vector<double> temperatures = numbers_of(transport.temperatures),
                            fillings = numbers_of(transport.fillings);
  std::vector<LatticeTransportPoint> points;
  points.reserve(temperatures.size() * fillings.size());
  for (const double T : temperatures) {
    for (const double filling : fillings) {
      points.push_back(transport.by_potential ? LatticeTransportPoint{T, std::exp(filling / T), filling}
                                              : LatticeTransportPoint{T, filling, T * std::log(filling)});
    }
  }
  return points;
}

/// @throws InvalidArgument at the place of the filling, if there is no such state
Equilibrium equilibrium_of(const Case& input, const Dispersion& band, const LatticeTransportPoint& point) {
  const LatticeTransportCase& transport = input.lattice_transport.value();
  const Statistics statistics = input.collision.statistics;
  return placed(input, transport.by_potential ? "transport.mu" : "transport.fugacity", [&] {
    const Equilibrium equilibrium =
        transport.by_potential ? Equilibrium::from_chemical_potential(statistics, 1.0 / point.temperature, point.mu)
                               : Equilibrium::from_temperature(statistics, point.temperature, point.fugacity);
    // W(1+θW) is largest at one edge of the band and smallest at the other.
    const EnergyRange edges = band.range();
    for (const double edge : {edges.min, edges.max}) {
      double least = 0.0;
      try {
        least = fluctuation(statistics, equilibrium.occupation(edge));
      } catch (const InvalidArgument& error) {
        throw InvalidArgument("at " + place_of(transport, point) + " " + error.what());
      }
      if (!(least > least_onsager_fluctuation)) {
        throw InvalidArgument("at " + place_of(transport, point) +
                              " the equilibrium is too cold, too thin or too full for this band: W(1 + theta W) comes "
                              "down to " +
                              short_text(least) + "; allowed is what is above " +
                              short_text(least_onsager_fluctuation));
      }
    }
    return equilibrium;
  });
}

OnsagerOptions limit_options(const Case& input, int threads) {
  const LatticeTwoBodyOptions collisions = two_body_options(input, threads);
  OnsagerOptions options;
  options.strength = collisions.strength;
  options.window = collisions.window;
  options.rectangle_correction = collisions.rectangle_correction;
  options.tolerance = input.lattice_transport.value().tolerance;
  options.most_points = input.lattice_transport.value().most_points;
  options.threads = threads;
  return options;
}

std::size_t memory_of(const Case& input, const Dispersion& band, int threads) {
  return placed_by_name(input, "collision.kind", [&] {
    return input.momentum.points > 0 ? onsager_memory(input.momentum.points, band, two_body_options(input, threads))
                                     : onsager_memory(band, limit_options(input, threads));
  });
}

OnsagerCoefficients coefficients_of(const Case& input, const Dispersion& band, const Equilibrium& equilibrium,
                                    int threads) {
  if (input.momentum.points == 0) return onsager_coefficients(band, equilibrium, limit_options(input, threads));
  OnsagerCoefficients gas = onsager_coefficients(make_grid(input, band), equilibrium, two_body_options(input, threads));
  gas.converged = gas.error <= input.lattice_transport.value().tolerance;
  return gas;
}

/// @throws InvalidArgument at the temperature, if the state is no case for the operator
void compute(const Case& input, const Dispersion& band, int threads, LatticeTransportPoint& point) {
  const Equilibrium equilibrium = equilibrium_of(input, band, point);
  try {
    point.gas = placed_by_name(input, "transport.temperature",
                               [&] { return coefficients_of(input, band, equilibrium, threads); });
  } catch (const InvalidArgument&) {
    throw;
  } catch (const Error& error) {
    point.refusal = error.what();
  }
}

LatticeTransportRun run_lattice(const Case& input, const RunOptions& options) {
  const Clock::time_point start = Clock::now();
  const Dispersion band = make_dispersion(input);
  LatticeTransportRun run{input, band.description(), points_of(input.lattice_transport.value())};
  require_memory(memory_of(input, band, options.threads), "the matrix of Onsager coefficients");
  for (const LatticeTransportPoint& point : run.table) (void)equilibrium_of(input, band, point);
  Progress progress(options.quiet);
  std::size_t done = 0;
  for (LatticeTransportPoint& point : run.table) {
    const std::string count = std::to_string(done) + " of " + std::to_string(run.table.size()) + " points";
    if (interrupted()) throw Error("interrupted after " + count + "; nothing was written");
    if (progress.due()) {
      progress.show(static_cast<double>(done) / static_cast<double>(run.table.size()), count);
    }
    compute(input, band, options.threads, point);
    ++done;
  }
  run.wall_seconds = seconds_since(start);
  return run;
}

std::string columns(const std::string& diffusivities, const std::string& conductivity, const std::string& heat,
                    const std::string& error) {
  char text[160];
  (void)std::snprintf(text, sizeof text, "%-24s  %-12s  %-12s  %s", diffusivities.c_str(), conductivity.c_str(),
                      heat.c_str(), error.c_str());
  return text;
}

std::string row_of(const LatticeTransportPoint& point) {
  if (!point.refusal.empty()) return "no coefficients: " + point.refusal;
  const auto& [slow, fast] = point.gas.diffusivities[0];
  return columns(formatted("%.7g", slow) + ", " + formatted("%.7g", fast), formatted("%.7g", point.conductivity(0)),
                 formatted("%.7g", point.gas.heat_conductivity[0]), formatted("%.0e", point.gas.error));
}

/// At most twelve points, spread over the table, and the matrices of the first.
std::vector<TableLine> table_of(const LatticeTransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 12;
  const LatticeTransportCase& transport = run.input.lattice_transport.value();
  const std::string axis = run.is_isotropic() ? "" : " (axis 1)";
  std::vector<TableLine> lines{{transport.by_potential ? "T, mu" : "T, z",
                                columns("diffusivities" + axis, "conductivity", "heat cond.", "error")}};
  const std::size_t count = std::min(most, run.table.size());
  for (std::size_t i = 0; i < count; ++i) {
    const LatticeTransportPoint& point = run.table[count == 1 ? 0 : i * (run.table.size() - 1) / (count - 1)];
    lines.push_back(
        {short_text(point.temperature) + ", " + short_text(transport.by_potential ? point.mu : point.fugacity),
         row_of(point)});
  }
  const LatticeTransportPoint& first = run.table.front();
  const OnsagerCoefficients& gas = first.gas;
  if (first.refusal.empty()) {
    const auto matrix = [](const ConservedMatrix& M) {
      return formatted("%.8g", M[0][0]) + ", " + formatted("%.8g", M[0][1]) + "; " + formatted("%.8g", M[1][0]) + ", " +
             formatted("%.8g", M[1][1]);
    };
    lines.push_back({"", ""});
    lines.push_back(
        {"at " + place_of(transport, first), "n = " + short_text(gas.number) + ", e = " + short_text(gas.energy)});
    lines.push_back({"L", matrix(gas.onsager[0][0])});
    lines.push_back({"susceptibility", matrix(gas.susceptibility)});
    lines.push_back({"D", matrix(gas.diffusion[0][0])});
    lines.push_back({"modes (n, e)", matrix(gas.modes[0])});
    lines.push_back({"reciprocity", "L_ne = L_en to " + formatted("%.0e", gas.reciprocity)});
  }
  int finest = 0;
  for (const LatticeTransportPoint& point : run.table) finest = std::max(finest, point.gas.points);
  if (finest > 0) {
    lines.push_back({"grid", run.input.momentum.points > 0
                                 ? std::to_string(run.input.momentum.points) + " points per direction, no limit taken"
                                 : "limit of fine ones, up to " + std::to_string(finest) + " points per direction"});
  }
  lines.push_back({"work", std::to_string(run.table.size()) + " points, " + short_text(run.wall_seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  return lines;
}

/// @throws Error naming the points whose error is above the tolerance
void require_convergence(const LatticeTransportRun& run, const std::filesystem::path& directory) {
  constexpr std::size_t most = 8;
  const LatticeTransportCase& transport = run.input.lattice_transport.value();
  std::size_t count = 0, refused = 0;
  std::string list;
  bool endless = false;
  for (const LatticeTransportPoint& point : run.table) {
    if (point.converged()) continue;
    if (!point.refusal.empty()) ++refused;
    endless = endless || (point.refusal.empty() && std::isinf(point.gas.error));
    if (++count > most) continue;
    list.append(list.empty() ? "" : ", ").append(place_of(transport, point));
    list += point.refusal.empty() ? " (error " + formatted("%.0e", point.gas.error) + ")" : " (" + point.refusal + ")";
  }
  if (count == 0) return;
  throw Error((refused == count ? std::string("there are no coefficients")
                                : "the coefficients are less accurate than transport.tolerance = " +
                                      short_text(transport.tolerance)) +
              " at " + std::to_string(count) + " of " + std::to_string(run.table.size()) + " points: " + list +
              (count > most ? " and others" : "") + "; a larger " +
              (run.input.momentum.points > 0 ? "momentum.points" : "transport.most_points") +
              (refused == count ? " helps" : " or tolerance helps") +
              (endless ? ", or, as the grids show no order of convergence, a coefficient may be infinite" : "") +
              "; the results are in " + directory.string());
}

/// What solving on these grids costs: transforms of n points for each of N_t time nodes, n log n N_t.
double work(const std::vector<int>& grids, const Dispersion& band, const LatticeTwoBodyOptions& options) {
  double sum = 0.0;
  for (const int points : grids) {
    const double n = std::pow(options.engine_points.value_or(points), band.dimension());
    sum += n * std::log2(n) * LatticeTwoBody::time_nodes(points, band, options);
  }
  return sum;
}

}  // namespace

void lattice_transport(const RunOptions& options, const std::filesystem::path& directory, const Case& input) {
  const LatticeTransportRun run = in_own_directory(directory, [&] { return run_lattice(input, options); });
  const Json summary = lattice_transport_summary(run);
  write_lattice_transport_files(directory, run);
  write_summary(directory, input, summary);
  print_report(options, summary, "Transport, " + run.description(), table_of(run, directory));
  require_convergence(run, directory);
}

void estimate_lattice_transport(const RunOptions& options, const Case& input) {
  const Dispersion band = make_dispersion(input);
  const std::size_t memory = memory_of(input, band, options.threads);
  std::vector<LatticeTransportPoint> points = points_of(input.lattice_transport.value());
  const LatticeTwoBodyOptions collisions = two_body_options(input, options.threads);
  const bool one_grid = input.momentum.points > 0;
  Case coarse = input;
  std::vector<int> measured, all{input.momentum.points};
  if (one_grid) {
    // What is given for the one grid would not scale with it.
    coarse.collision.horizon.reset();
    coarse.collision.time_step.reset();
    coarse.collision.engine_points.reset();
    coarse.collision.rectangle_correction = "auto";
    measured = {std::min(input.momentum.points, band.dimension() == 2 ? 48 : 16)};
    coarse.momentum.points = measured.front();
  } else {
    constexpr int first_error = 32;  // the third grid is the first with an error
    coarse.lattice_transport->most_points = first_error;
    measured = onsager_grids(band, limit_options(coarse, 1));
    all = onsager_grids(band, limit_options(input, 1));
  }
  const Clock::time_point start = Clock::now();
  compute(coarse, band, options.threads, points.front());
  const double seconds = seconds_since(start);
  if (!points.front().refusal.empty()) {
    throw Error("no coefficients at " + place_of(input.lattice_transport.value(), points.front()) + " with up to " +
                std::to_string(measured.back()) +
                " points per direction, so that no time can be estimated: " + points.front().refusal);
  }
  const double most = seconds * work(all, band, collisions) / work(measured, band, two_body_options(coarse, 1));
  const OnsagerCoefficients& gas = points.front().gas;
  const std::string point = one_grid ? "about " + short_text(most) + " s"
                                     : short_text(seconds) + " s to an error of " + formatted("%.0e", gas.error) +
                                           ", at most about " + short_text(most) + " s with " +
                                           std::to_string(all.back()) + " points per direction";
  const Json summary{{"memory_bytes", memory},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", most},
                     {"nodes", std::pow(static_cast<double>(all.back()), band.dimension())},
                     {"measured_points", measured.back()},
                     {"points", points.size()},
                     {"seconds", most * static_cast<double>(points.size())}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"memory", (one_grid ? "" : "at most ") + bytes_text(memory) + " of " + bytes_text(available_memory()) +
                               " available"},
                {"one point", point + ", measured with up to " + std::to_string(measured.back())},
                {"the table", std::to_string(points.size()) + " points: at most about " +
                                  short_text(most * static_cast<double>(points.size())) + " s"}});
}

}  // namespace nordheim::program
