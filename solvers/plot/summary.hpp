// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// One line of the table of key numbers.
struct SummaryRow {
  std::string quantity;     ///< in words
  std::string value;        ///< number with few digits
  std::string unit;         ///< "" where dimensionless
  std::string explanation;  ///< one sentence
};

/// What the page needs of summary.json.
struct Summary {
  std::vector<SummaryRow> rows;  ///< the known numbers that are there, in a fixed order
  std::optional<double> beta;    ///< inverse temperature of the equilibrium [1/energy]
  std::optional<double> mu;      ///< its chemical potential [energy]
  double frozen_modes = 0.0;     ///< modes that take no part in collisions
  std::vector<double> velocity;  ///< of the equilibrium; where it is not zero, W is no function of ω alone
};

/// @brief Reads DIR/summary.json; without the file an empty summary.
/// @throws InvalidArgument if the file cannot be read as JSON
[[nodiscard]] Summary read_summary(const std::filesystem::path& directory);

}  // namespace nordheim::program
