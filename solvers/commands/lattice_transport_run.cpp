// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/lattice_transport_run.hpp"

#include <nordheim/model/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

using Point = LatticeTransportPoint;

Json json_of(const ConservedMatrix& M) {
  Json rows = Json::array();
  for (const auto& row : M) {
    Json values = Json::array();
    for (const double x : row) values.push_back(number_or_null(x));
    rows.push_back(std::move(values));
  }
  return rows;
}

Json pair_of(const std::array<double, 2>& values) {
  return Json::array({number_or_null(values[0]), number_or_null(values[1])});
}

Json axis_json(const Point& point, std::size_t i) {
  const OnsagerCoefficients& gas = point.gas;
  return {{"axis", i + 1},
          {"L", json_of(gas.onsager[i][i])},
          {"L_error", json_of(gas.errors.onsager[i][i])},
          {"D", json_of(gas.diffusion[i][i])},
          {"D_error", json_of(gas.errors.diffusion[i][i])},
          {"diffusivities", pair_of(gas.diffusivities[i])},
          {"diffusivities_error", pair_of(gas.errors.diffusivities[i])},
          {"modes", json_of(gas.modes[i])},
          {"modes_error", json_of(gas.errors.modes[i])},
          {"heat_conductivity", gas.heat_conductivity[i]},
          {"heat_conductivity_error", number_or_null(gas.errors.heat_conductivity[i])},
          {"conductivity", point.conductivity(i)},
          {"conductivity_error", number_or_null(gas.errors.onsager[i][i][0][0])},
          {"drift_mobility", point.conductivity(i) / gas.number},
          {"drift_mobility_error", number_or_null(gas.errors.onsager[i][i][0][0] + gas.errors.number)},
          {"seebeck", point.seebeck(i)},
          {"seebeck_error", number_or_null(point.seebeck_error(i))}};
}

/// [i][j][a][b].
Json tensor_json(const ConservedTensor& tensor, std::size_t d) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < d; ++i) {
    Json row = Json::array();
    for (std::size_t j = 0; j < d; ++j) row.push_back(json_of(tensor[i][j]));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// One point: what the table has and, for the first one, the top level, too.
Json point_json(const Point& point, std::size_t d) {
  Json json{{"temperature", point.temperature}, {"fugacity", number_or_null(point.fugacity)}, {"mu", point.mu}};
  if (!point.refusal.empty()) {
    json["refusal"] = point.refusal;
    json["converged"] = false;
    return json;
  }
  const OnsagerCoefficients& gas = point.gas;
  json["number"] = gas.number;
  json["number_error"] = number_or_null(gas.errors.number);
  json["energy"] = gas.energy;
  json["energy_error"] = number_or_null(gas.errors.energy);
  json["susceptibility"] = json_of(gas.susceptibility);
  json["susceptibility_error"] = json_of(gas.errors.susceptibility);
  json["axes"] = Json::array();
  for (std::size_t i = 0; i < d; ++i) json["axes"].push_back(axis_json(point, i));
  json["L_tensor"] = tensor_json(gas.onsager, d);
  json["L_tensor_error"] = tensor_json(gas.errors.onsager, d);
  json["D_tensor"] = tensor_json(gas.diffusion, d);
  json["D_tensor_error"] = tensor_json(gas.errors.diffusion, d);
  json["reciprocity"] = gas.reciprocity;
  json["solving_error"] = gas.solving;
  json["error"] = number_or_null(gas.error);
  json["points_per_direction"] = gas.points;
  json["horizon"] = gas.horizon;
  json["converged"] = gas.converged;
  return json;
}

}  // namespace

double LatticeTransportPoint::conductivity(std::size_t axis) const {
  return gas.onsager[axis][axis][0][0] / temperature;
}

double LatticeTransportPoint::seebeck(std::size_t axis) const {
  const ConservedMatrix& L = gas.onsager[axis][axis];
  return (L[0][1] / L[0][0] - mu) / temperature;
}

double LatticeTransportPoint::seebeck_error(std::size_t axis) const {
  const ConservedMatrix &L = gas.onsager[axis][axis], &error = gas.errors.onsager[axis][axis];
  const double of_crossed = error[0][1] * std::sqrt(L[1][1] / L[0][0]),
               of_number = error[0][0] * std::abs(L[0][1] / L[0][0]);
  return (of_crossed + of_number) / std::abs(temperature);
}

std::string LatticeTransportRun::description() const {
  const Statistics statistics = input.collision.statistics;
  return name(statistics) + (statistics == Statistics::classical ? " particles" : "s") + " on the lattice Z^" +
         std::to_string(input.momentum.dimension) + ", contact collisions of strength " +
         short_text(input.collision.strength) + ", " + band;
}

bool LatticeTransportRun::is_isotropic() const {
  const auto d = static_cast<std::size_t>(input.momentum.dimension);
  return std::all_of(table.begin(), table.end(), [d](const Point& point) {
    const ConservedTensor& L = point.gas.onsager;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        // A band with the symmetry of the cube has exactly these.
        if (L[i][j] != (i == j ? L[0][0] : ConservedMatrix{})) return false;
      }
    }
    return true;
  });
}

double LatticeTransportRun::largest_error() const {
  double largest = 0.0;
  for (const Point& point : table) {
    if (!point.refusal.empty()) return std::numeric_limits<double>::infinity();
    largest = std::max(largest, point.gas.error);
  }
  return largest;
}

Json lattice_transport_summary(const LatticeTransportRun& run) {
  const auto d = static_cast<std::size_t>(run.input.momentum.dimension);
  Json summary{{"command", "transport"},
               {"model", run.description()},
               {"statistics", name(run.input.collision.statistics)},
               {"dimension", run.input.momentum.dimension},
               {"strength", run.input.collision.strength},
               {"isotropic", run.is_isotropic()},
               {"limit_of_grids", run.input.momentum.points == 0}};
  summary.update(point_json(run.table.front(), d));
  Json table = Json::array();
  std::size_t converged = 0;
  for (const Point& point : run.table) {
    table.push_back(point_json(point, d));
    converged += point.converged() ? 1 : 0;
  }
  summary["table"] = std::move(table);
  summary["points"] = run.table.size();
  summary["converged_points"] = converged;
  summary["largest_error"] = number_or_null(run.largest_error());
  summary["tolerance"] = run.input.lattice_transport.value().tolerance;
  summary["wall_seconds"] = run.wall_seconds;
  return summary;
}

}  // namespace nordheim::program
