// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/phonon_conductivity.hpp>

#include "case/case.hpp"
#include "commands/report.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace nordheim::program {

/// What `transport` has found for phonons.
struct PhononTransportRun {
  Case input;
  std::string band;
  std::vector<PhononConductivity> table;  ///< temperatures in the order of the case
  BoundedValue classical_coefficient{};  ///< κT² of classical waves, κT with springs: the limit of high temperatures
  double tolerance = 0.0;
  double wall_seconds = 0.0;

  /// κ of classical waves.
  [[nodiscard]] double classical_limit(double temperature) const;
  /// "T^2", or "T" with springs.
  [[nodiscard]] const char* classical_power() const;
  /// "classical waves with four-phonon collisions, lambda = 1, on the lattice Z^2 with …"
  [[nodiscard]] std::string description() const;
};

[[nodiscard]] PhononConductivityOptions phonon_options(const Case& input, int threads);

/// The object that `--json` prints.
[[nodiscard]] Json phonon_summary(const PhononTransportRun& run);

/// Writes result.h5 and transport.csv.
void write_phonon_files(const std::filesystem::path& directory, const PhononTransportRun& run);

}  // namespace nordheim::program
