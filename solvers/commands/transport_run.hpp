// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/gas_transport.hpp>

#include "case/case.hpp"
#include "commands/report.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace nordheim::program {

/// What `transport` has found.
struct TransportRun {
  Case input;
  std::vector<GasTransport> table;  ///< temperatures in the order of the case, for each all fugacities
  double wall_seconds = 0.0;

  /// "boson gas in R^3, contact collisions of strength 1"
  [[nodiscard]] std::string description() const;
};

/// All pairs of a temperature and a fugacity, as TransportRun::table has them.
[[nodiscard]] std::vector<GasPoint> transport_points(const TransportCase& transport);

/// The other keys of [transport], and the strength.
[[nodiscard]] GasTransportOptions transport_options(const Case& input, int threads);

/// The object that `--json` prints.
[[nodiscard]] Json transport_summary(const TransportRun& run);

/// Writes result.h5 and transport.csv.
void write_transport_files(const std::filesystem::path& directory, const TransportRun& run);

}  // namespace nordheim::program
