// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <variant>
#include <vector>

namespace nordheim::program {

/// Fugacities between two, both included.
struct FugacityGridCase {
  double from = 0.0;
  double to = 0.0;
  int count = 0;           ///< at least 2
  bool geometric = false;  ///< equal ratios instead of equal steps
  bool operator==(const FugacityGridCase&) const = default;
};

/// What `transport` computes: all pairs of a temperature and a fugacity.
struct TransportCase {
  std::vector<double> temperatures{1.0};
  std::variant<std::vector<double>, FugacityGridCase> fugacities{};
  double tolerance = 1e-10;  ///< relative, of viscosity and heat conductivity
  int most_functions = 36;   ///< trial functions at which refinement ends
  int degrees = 4;           ///< relaxation rates up to this angular momentum; −1: none

  /// The fugacities themselves.
  [[nodiscard]] std::vector<double> fugacity_values() const;
  bool operator==(const TransportCase&) const = default;
};

}  // namespace nordheim::program
