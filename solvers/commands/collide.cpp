// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "commands/command.hpp"
#include "commands/evaluation_time.hpp"
#include "commands/gas.hpp"
#include "commands/pictures.hpp"
#include "commands/report.hpp"
#include "commands/result_files.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>
#include <utility>
#include <variant>

namespace nordheim::program {

namespace {

std::string momentum_text(const Vector3& k, int dimension) {
  std::ostringstream text;
  text << '(' << k[0];
  for (std::size_t j = 1; j < static_cast<std::size_t>(dimension); ++j) text << ", " << k[j];
  text << ')';
  return text.str();
}

/// The momenta of --at.
/// @throws InvalidArgument if one has not as many components as the lattice dimensions
std::vector<Vector3> momenta(const RunOptions& options, int dimension) {
  std::vector<Vector3> result;
  for (const std::vector<double>& components : options.at) {
    if (components.size() != static_cast<std::size_t>(dimension)) {
      throw InvalidArgument("--at: a momentum of " + std::to_string(components.size()) +
                            " components was given, momentum.dimension " + std::to_string(dimension) + " needs " +
                            std::to_string(dimension));
    }
    Vector3 k{};
    std::copy(components.begin(), components.end(), k.begin());
    result.push_back(k);
  }
  return result;
}

/// @brief The degree for values of C at given momenta: between nodes errors are some ten times larger than at them, so
/// it is twice that of the case where that takes seconds at most.
int degree_of_values(const Case& input) {
  const SphericalCase& spherical = input.momentum.spherical;
  const bool potential = input.collision.potential != "contact";
  int affordable = potential ? 28 : 36;
  if (spherical.symmetry == "axial") affordable = potential ? 48 : 96;
  if (spherical.symmetry == "isotropic") affordable = potential ? 64 : 192;
  return std::max(spherical.degree, std::min(2 * spherical.degree, affordable));
}

/// The gas of a case on a finer grid, for values at given momenta; none on a lattice, where C is interpolated, and for
/// states that are known on their nodes only.
std::optional<Gas> finer_gas(Case input, int threads, double vectors) {
  if (input.momentum.space != "continuum" || input.bath || std::holds_alternative<StateFile>(input.initial))
    return std::nullopt;
  const int degree = degree_of_values(input);
  if (degree == input.momentum.spherical.degree) return std::nullopt;
  input.momentum.spherical.degree = degree;
  return make_continuum_gas(std::move(input), threads, Occupations::any, vectors);
}

double largest(const Vector3& v) { return std::max({std::abs(v[0]), std::abs(v[1]), std::abs(v[2])}); }

std::vector<double> components(const Vector3& k, int dimension) { return {k.begin(), k.begin() + dimension}; }

}  // namespace

void collide(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options, "-collide");
  const Case input = read_case(options.case_file, options.overrides);
  const std::vector<Vector3> wanted = momenta(options, input.momentum.dimension);
  constexpr double own_vectors = 4.0 + vectors_of_result;
  Gas gas = make_gas(input, options.threads, Occupations::any, own_vectors, directory);
  AnyCollisions& op = gas.collisions;
  std::vector<double> C(gas.W.size());
  const CollisionReport report = op.apply(gas.W, C);

  std::optional<Gas> finer = wanted.empty() ? std::nullopt : finer_gas(input, options.threads, own_vectors);
  Gas& finest = finer ? *finer : gas;
  std::vector<double> finest_C(finest.W.size());
  (void)finest.collisions.apply(finest.W, finest_C);
  const RateAt C_at = finest.collisions.rate_at(finest_C);
  Json values = Json::array();
  std::vector<TableLine> lines;
  for (const Vector3& k : wanted) {
    const double W = gas.W_at(k), rate = C_at(k, W);
    values.push_back({{"k", components(k, gas.nodes.dimension())}, {"W", W}, {"C", rate}});
    lines.push_back(
        {"k = " + momentum_text(k, gas.nodes.dimension()), "W = " + short_text(W) + ", C = " + short_text(rate)});
  }

  Hdf5Writer file = begin_result(directory, "collide", gas);
  file.write("W", gas.W, {"1", "occupation number W(k)", {"node"}});
  file.write("C", C, {"1 / time", "collision term C(k)", {"node"}});
  if (gas.sphere()) {
    const RateAt coarse = op.rate_at(C);
    write_plane(file, MomentumPlane(*gas.sphere(), {gas.W}), [&](const Vector3& k) { return coarse(k, gas.W_at(k)); });
  }

  // Of the values; without the estimate there is no number to print, which JSON writes as null.
  const double error = estimated_error(finest, finest.collisions);
  const double seconds = seconds_per_evaluation(op, gas.W);
  file.commit();
  Json summary{{"command", "collide"},
               {"values", values},
               {"mass_defect", report.number_defect},
               {"momentum_defect", nullptr},  // on a lattice momentum is no invariant (umklapp)
               {"energy_defect", report.energy_defect},
               {"correction", report.correction},
               {"max_abs_C", report.largest_rate},
               {"error", error},
               {"equilibrium", {{"beta", gas.equilibrium.beta()}, {"mu", gas.equilibrium.mu()}}},
               {"reference_beta", report.reference_beta}};
  if (gas.sphere()) {
    summary["momentum_defect"] = report.momentum_defect;
    summary["equilibrium"]["velocity"] = gas.velocity;
    summary["degree_of_values"] = finest.sphere()->degree();
  }
  if (!gas.conserves_number) summary["mass_defect"] = nullptr;
  summary.update(gas.facts);
  summary.update(op.resolution());
  summary["seconds_per_evaluation"] = seconds;
  write_summary(directory, gas.input, summary);

  lines.push_back({"max |C|", short_text(report.largest_rate) + " per unit time"});
  if (gas.input.collision.error_estimate) {
    lines.push_back({"estimated error", short_text(error) + " of max |C|"});
  }
  if (gas.conserves_number) {
    lines.push_back({"number defect", short_text(report.number_defect) + " before correction"});
  }
  if (gas.sphere())
    lines.push_back({"momentum defect", short_text(largest(report.momentum_defect)) + " before correction"});
  lines.push_back({"energy defect", short_text(report.energy_defect) + " before correction"});
  lines.push_back({"one evaluation", short_text(seconds) + " s"});
  lines.push_back({"results", (directory / "result.h5").string()});
  print_report(options, summary, "C(W) of " + gas.description(), lines);
}

}  // namespace nordheim::program
