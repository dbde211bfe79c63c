// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/diffusion_run.hpp"

#include <nordheim/io/csv.hpp>
#include <nordheim/io/number_text.hpp>

#include "case/transport_units.hpp"
#include "commands/diffusion_conventions.hpp"
#include "commands/result_files.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace nordheim::program {

namespace {

constexpr double not_computed = std::numeric_limits<double>::quiet_NaN();
constexpr int most_harmonics = 4;

using Column = std::vector<double>;

/// A quantity over the energies: its name in files, what it is, and its values.
struct Curve {
  std::string name, units, long_name;
  Column values;
};

Column column(const DiffusionRun& run, const std::function<double(const DiffusionPoint&)>& value) {
  Column values;
  for (const DiffusionPoint& point : run.curve) values.push_back(value(point));
  return values;
}

std::vector<Curve> curves(const DiffusionRun& run) {
  const TransportUnits units = transport_units(run.input.momentum.space);
  std::vector<Curve> all{
      {"density_of_states", units.density_of_states, "density of states rho(E)",
       column(run, [](auto& p) { return p.density_of_states; })},
      {"rate", units.rate, "mean scattering rate <gamma>_E", column(run, [](auto& p) { return p.rate; })},
      {"D", units.D, "diffusion coefficient D_kin(E), mean of the axes",
       column(run, [&](auto& p) { return run.mean(p); })}};
  const auto d = static_cast<std::size_t>(run.model.dimension());
  for (std::size_t i = 0; i < d && !run.isotropic; ++i) {
    for (std::size_t j = i; j < d; ++j) {
      all.push_back({"D_" + std::to_string(i + 1) + std::to_string(j + 1), units.D, "component of the diffusion tensor",
                     column(run, [i, j](auto& p) { return p.D[i][j]; })});
    }
  }
  if (run.input.diffusion.super_burnett) {
    all.push_back({"super_burnett", units.super_burnett, "B along the first axis, lambda = -D q^2 + B q^4",
                   column(run, [](auto& p) { return p.super_burnett.value_or(not_computed); })});
  }
  if (run.input.diffusion.spectral_gap) {
    all.push_back({"spectral_gap", units.rate, "smallest relaxation rate of the shell",
                   column(run, [](auto& p) { return p.spectral_gap.value_or(not_computed); })});
  }
  all.push_back({"error", "1", "estimated relative error of D", column(run, [](auto& p) { return p.error; })});
  all.push_back({"density_of_states_error", "1", "estimated relative error of the density of states",
                 column(run, [](auto& p) { return p.density_of_states_error; })});
  all.push_back({"rate_error", "1", "estimated relative error of the mean scattering rate",
                 column(run, [](auto& p) { return p.rate_error; })});
  if (run.input.diffusion.super_burnett) {
    all.push_back({"super_burnett_error", units.super_burnett, "estimated absolute error of B",
                   column(run, [](auto& p) { return p.super_burnett_error.value_or(not_computed); })});
  }
  return all;
}

/// How each energy was computed: whole numbers.
std::vector<Curve> work_curves(const DiffusionRun& run) {
  return {{"order", "1", "Gauss points per dimension and cell", column(run, [](auto& p) { return p.order; })},
          {"nodes", "1", "nodes on the shell", column(run, [](auto& p) { return static_cast<double>(p.nodes); })},
          {"rank", "1", "functions of the gain", column(run, [](auto& p) { return static_cast<double>(p.rank); })},
          {"fallback_cells", "1", "cells that were given up",
           column(run, [](auto& p) { return static_cast<double>(p.fallback_cells); })},
          {"converged", "1", "1 if the error is within the tolerance",
           column(run, [](auto& p) { return p.converged ? 1.0 : 0.0; })}};
}

Column energies_of(const DiffusionRun& run) {
  return column(run, [](auto& p) { return p.energy; });
}

/// λ_1, λ_2, … of the continuum; NaN where there is no result.
Column relaxation_rates(const DiffusionRun& run, const DiffusionPoint& point) {
  if (!point.refusal.empty()) return Column(most_harmonics, not_computed);
  const Column rates = run.model.relaxation_rates(point.energy, most_harmonics).rates;
  return {rates.begin() + 1, rates.end()};
}

/// The same for all energies, one column each: lambda_1, lambda_2, …; none on a lattice.
std::vector<Curve> relaxation_curves(const DiffusionRun& run) {
  if (run.model.on_lattice()) return {};
  const TransportUnits units = transport_units(run.input.momentum.space);
  std::vector<Curve> all;
  for (int l = 1; l <= most_harmonics; ++l) {
    const std::string degree = std::to_string(l);
    all.push_back({"lambda_" + degree, units.rate, "relaxation rate of spherical harmonics of degree " + degree, {}});
  }
  for (const DiffusionPoint& point : run.curve) {
    const Column rates = relaxation_rates(run, point);
    for (std::size_t l = 0; l < all.size(); ++l) all[l].values.push_back(rates[l]);
  }
  return all;
}

Json tensor_of(const DiffusionRun& run, const DiffusionPoint& point) {
  if (run.isotropic) return run.mean(point);
  const auto d = static_cast<std::ptrdiff_t>(run.model.dimension());
  Json rows = Json::array();
  for (std::size_t i = 0; i < static_cast<std::size_t>(d); ++i) {
    rows.push_back(Column(point.D[i].begin(), point.D[i].begin() + d));
  }
  return rows;
}

/// A line on each column: its units and what it is.
std::string explanations(const std::vector<Curve>& columns) {
  std::string lines;
  for (const Curve& curve : columns) lines += "\n" + curve.name + " [" + curve.units + "]: " + curve.long_name;
  return lines;
}

/// Lines on the energies without a result.
std::string refusals(const DiffusionRun& run) {
  std::string lines;
  for (const DiffusionPoint& point : run.curve) {
    if (!point.refusal.empty()) lines += "\nno result at E = " + shortest_text(point.energy) + ": " + point.refusal;
  }
  return lines;
}

/// A table whose head is @p comment and what each column is.
void write_table(const std::filesystem::path& path, const std::vector<Curve>& columns, const std::string& comment) {
  std::vector<CsvColumn> table;
  table.reserve(columns.size());
  for (const Curve& curve : columns) table.push_back({curve.name, curve.values});
  write_csv(path, table, comment + explanations(columns));
}

void write_relaxation_rates(Hdf5Writer& file, const std::vector<Curve>& relaxation) {
  if (relaxation.empty()) return;
  Column rates;
  for (std::size_t i = 0; i < relaxation.front().values.size(); ++i) {
    for (const Curve& curve : relaxation) rates.push_back(curve.values[i]);
  }
  std::vector<std::int64_t> degrees(relaxation.size());
  std::iota(degrees.begin(), degrees.end(), 1);
  file.write_integers("degree", degrees, {"1", "degree l of spherical harmonics"});
  file.write("relaxation_rates", rates, degrees.size(),
             {relaxation.front().units, "eigenvalues of -C", {"E", "degree"}});
}

void write_displacements(Hdf5Writer& file, const std::filesystem::path& directory, const DiffusionRun& run,
                         const std::string& comment) {
  if (run.displacements.empty()) return;
  Column energy, D, squared, times, values, table_energy, ballistic, diffusive;
  const Column scaled = scaled_times();
  for (const Displacement& d : run.displacements) {
    energy.push_back(d.energy);
    D.push_back(d.D);
    squared.push_back(d.velocity_squared);
    times.insert(times.end(), d.times.begin(), d.times.end());
    values.insert(values.end(), d.values.begin(), d.values.end());
    for (const double t : d.times) {
      table_energy.push_back(d.energy);
      ballistic.push_back(d.velocity_squared * t * t);
      diffusive.push_back(2.0 * d.D * t);
    }
  }
  const TransportUnits units = transport_units(run.input.momentum.space);
  const std::string area = units.length + "^2";
  file.write("displacement_E", energy, {units.energy, "energy of a mean-square displacement"});
  file.write("scaled_time", scaled, {"1", "time in units of the transport time D / <v_1^2>"});
  file.write("displacement_D", D, {units.D, "diffusion coefficient along axis 1", {"displacement_E"}});
  file.write("velocity_squared", squared, {area + " / time^2", "shell mean of v_1^2", {"displacement_E"}});
  file.write("displacement_time", times, scaled.size(), {units.time, "time", {"displacement_E", "scaled_time"}});
  file.write("displacement", values, scaled.size(),
             {area, "mean-square displacement along axis 1", {"displacement_E", "scaled_time"}});
  write_table(directory / "displacement.csv",
              {{"E", units.energy, "energy of the shell", table_energy},
               {"time", units.time, "time t", times},
               {"mean_square_displacement", area, "<(x_1(t) - x_1(0))^2>", values},
               {"ballistic", area, "<v_1^2> t^2", ballistic},
               {"diffusive", area, "2 D t", diffusive}},
              comment);
}

}  // namespace

double DiffusionRun::mean(const DiffusionPoint& point) const {
  const auto d = static_cast<std::size_t>(model.dimension());
  double sum = 0.0;
  for (std::size_t j = 0; j < d; ++j) sum += point.D[j][j];
  return sum / static_cast<double>(d);
}

bool is_isotropic(const std::vector<DiffusionPoint>& curve) {
  return std::all_of(curve.begin(), curve.end(),
                     [](const DiffusionPoint& point) { return point.isotropic || !point.refusal.empty(); });
}

Json diffusion_summary(const DiffusionRun& run) {
  Json curve = Json::array();
  double largest = 0.0;
  std::size_t nodes = 0, converged = 0;
  for (const DiffusionPoint& point : run.curve) {
    nodes = std::max(nodes, point.nodes);
    converged += point.converged ? 1 : 0;
    if (!point.refusal.empty()) {
      curve.push_back({{"E", point.energy}, {"D", nullptr}, {"converged", false}, {"refusal", point.refusal}});
      continue;
    }
    largest = std::max(largest, point.error);
    Json entry{{"E", point.energy},
               {"density_of_states", point.density_of_states},
               {"rate", point.rate},
               {"D", tensor_of(run, point)},
               {"super_burnett", optional_number(point.super_burnett)},
               {"error", point.error},
               {"density_of_states_error", point.density_of_states_error},
               {"rate_error", point.rate_error},
               {"super_burnett_error", optional_number(point.super_burnett_error)},
               {"nodes", point.nodes},
               {"rank", point.rank},
               {"order", point.order},
               {"converged", point.converged},
               {"fallback_cells", point.fallback_cells}};
    if (run.input.diffusion.spectral_gap) entry["spectral_gap"] = optional_number(point.spectral_gap);
    if (!run.model.on_lattice()) entry["relaxation_rates"] = relaxation_rates(run, point);
    curve.push_back(std::move(entry));
  }
  return {{"command", "diffusion"},
          {"model", run.model.description()},
          {"curve", std::move(curve)},
          {"van_hove", run.model.van_hove()},
          {"isotropic", run.isotropic},
          {"energies", run.curve.size()},
          {"converged_energies", converged},
          {"largest_error", largest},
          {"tolerance", run.input.diffusion.tolerance},
          {"most_nodes", nodes},
          {"wall_seconds", run.wall_seconds}};
}

void write_diffusion_files(const std::filesystem::path& directory, const DiffusionRun& run) {
  const std::string conventions = diffusion_conventions(run.input);
  const std::string comment = "D_kin(E): " + run.model.description() + "\n" + conventions;
  const std::string energy_units = transport_units(run.input.momentum.space).energy;
  Hdf5Writer file = begin_result(directory, "diffusion", run.input, conventions);
  file.attribute("/", "model", run.model.description());
  file.attribute("/", "space", run.input.momentum.space);
  file.attribute("/", "dimension", static_cast<std::int64_t>(run.model.dimension()));
  file.attribute("/", "tolerance", run.input.diffusion.tolerance);
  std::vector<Curve> table{{"E", energy_units, "energy of the shell", energies_of(run)}};
  file.write("E", table.front().values, {table.front().units, table.front().long_name});
  for (Curve& curve : curves(run)) {
    file.write(curve.name, curve.values, {curve.units, curve.long_name, {"E"}});
    table.push_back(std::move(curve));
  }
  std::vector<Curve> relaxation = relaxation_curves(run);
  write_relaxation_rates(file, relaxation);
  std::move(relaxation.begin(), relaxation.end(), std::back_inserter(table));
  for (Curve& curve : work_curves(run)) {
    const std::vector<std::int64_t> whole(curve.values.begin(), curve.values.end());
    file.write_integers(curve.name, whole, {curve.units, curve.long_name, {"E"}});
    table.push_back(std::move(curve));
  }
  if (!run.model.van_hove().empty()) {
    file.write("van_hove", run.model.van_hove(), {energy_units, "van Hove energies of the band, its edges included"});
  }
  write_displacements(file, directory, run, comment);
  file.commit();
  write_table(directory / "diffusion.csv", table, comment + refusals(run));
}

}  // namespace nordheim::program
