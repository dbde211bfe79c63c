// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/equilibrium.hpp>
#include <nordheim/transport/onsager.hpp>

#include "case/case.hpp"
#include "commands/report.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace nordheim::program {

/// One pair of temperature and filling.
struct LatticeTransportPoint {
  double temperature = 0.0;
  double fugacity = 0.0;
  double mu = 0.0;
  OnsagerCoefficients gas{};  ///< nothing in it means anything if there is a refusal
  std::string refusal{};      ///< why no grid gave coefficients

  [[nodiscard]] bool converged() const { return refusal.empty() && gas.converged; }
  /// β L_nn along an axis: j_n per force.
  [[nodiscard]] double conductivity(std::size_t axis) const;
  /// β (L_ne/L_nn − μ) along an axis: −∂μ/∂T where no particles flow.
  [[nodiscard]] double seebeck(std::size_t axis) const;
  /// Its estimated absolute error.
  [[nodiscard]] double seebeck_error(std::size_t axis) const;
};

/// What `transport` has found for a lattice gas.
struct LatticeTransportRun {
  Case input;
  std::string band;
  std::vector<LatticeTransportPoint> table;  ///< temperatures in the order of the case, for each all fillings
  double wall_seconds = 0.0;

  /// "fermions on the lattice Z^2, contact collisions of strength 1, nearest-neighbour: …"
  [[nodiscard]] std::string description() const;
  /// Whether every tensor is a number, at all points: then the first axis stands for all.
  [[nodiscard]] bool is_isotropic() const;
  /// Largest error of all points, infinite if there is a refusal.
  [[nodiscard]] double largest_error() const;
};

/// The object that `--json` prints.
[[nodiscard]] Json lattice_transport_summary(const LatticeTransportRun& run);

/// Writes result.h5 and transport.csv.
void write_lattice_transport_files(const std::filesystem::path& directory, const LatticeTransportRun& run);

}  // namespace nordheim::program
