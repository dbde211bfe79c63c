// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/bath_summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nordheim::program {

namespace {

/// Σ w W of each ladder, the nodes with the same index modulo the order.
std::vector<double> on_ladders(const RadialGrid& grid, ConstState W) {
  std::vector<double> numbers(static_cast<std::size_t>(grid.order()), 0.0);
  for (std::size_t a = 0; a < W.size(); ++a) numbers[a % numbers.size()] += grid.weights()[a] * W[a];
  return numbers;
}

void add_ladders(const Gas& gas, const RadialGrid& grid, const Relaxation& run, Json& summary) {
  std::vector<double> boltzmann(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) boltzmann[a] = std::exp(-*gas.bath_beta * grid.energies()[a]);
  const std::vector<double> before = on_ladders(grid, gas.W), after = on_ladders(grid, run.snapshots.back().W);
  const std::vector<double> thermal = on_ladders(grid, boltzmann);
  double all_thermal = 0.0, drift = 0.0;
  for (const double number : thermal) all_thermal += number;
  Json ladders = Json::array();
  for (std::size_t j = 0; j < before.size(); ++j) {
    const double u = grid.element_nodes()[j];
    drift = std::max(drift, std::abs(after[j] - before[j]) / gas.moments.number);
    ladders.push_back({{"epsilon", *grid.spacing() * u * u},
                       {"share", before[j] / gas.moments.number},
                       {"thermal_share", thermal[j] / all_thermal}});
  }
  summary["ladder_drift"] = drift;
  summary["ladders"] = std::move(ladders);
  // No single chemical potential belongs to a family of stationary states.
  summary["equilibrium"]["mu"] = nullptr;
}

}  // namespace

void add_bath_members(const Gas& gas, const Relaxation& run, Json& summary) {
  summary["energy_drift"] = nullptr;
  summary["temperature"] = 1.0 / *gas.bath_beta;
  summary["energy_to_bath"] = gas.moments.energy - run.instants.back().observables.moments.energy;
  summary["energy_per_particle"] = {
      {"initial", gas.moments.energy / gas.moments.number},
      {"final", run.instants.back().observables.moments.energy / run.instants.back().observables.moments.number}};
  const auto* radial = std::get_if<RadialGrid>(&gas.space);
  if (radial != nullptr && radial->spacing()) add_ladders(gas, *radial, run, summary);
}

void replace_by_bath_lines(const Json& summary, std::vector<TableLine>& lines) {
  for (TableLine& line : lines) {
    if (line.what == "equilibrium") {
      line = {"bath", "temperature " + short_text(summary["temperature"]) +
                          (summary.contains("ladders") ? ", a stationary state for each ladder" : "")};
    } else if (line.what == "drift of the energy") {
      const Json& energy = summary["energy_per_particle"];
      line = {"energy of an electron", short_text(energy["initial"]) + " to " + short_text(energy["final"])};
    } else if (line.what == "entropy") {
      line.what = "entropy of electron and bath";
    }
  }
  if (!summary.contains("ladders")) return;
  lines.insert(lines.end() - 1,
               {"ladders", std::to_string(summary["ladders"].size()) + ", whose shares are conserved to " +
                               short_text(summary["ladder_drift"])});
}

}  // namespace nordheim::program
