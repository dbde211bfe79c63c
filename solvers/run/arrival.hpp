// SPDX-License-Identifier: GPL-3.0-or-later
// What `relax` and `evolve` watch while a state goes to its equilibrium.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/model/statistics.hpp>

#include <functional>
#include <limits>
#include <string>

namespace nordheim::program {

/// Whether the distance to equilibrium is below a bound: the stop condition of time.until_equilibrium.
class Arrival {
 public:
  /// @param distance  of what is integrated
  Arrival(std::function<double(ConstState)> distance, double bound);

  /// @throws IntegrationError if the distance has stopped falling above the bound: round-off is reached
  bool operator()(double time, ConstState y);

 private:
  std::function<double(ConstState)> distance_;
  double bound_;
  double nearest_ = std::numeric_limits<double>::infinity();
  long steps_ = 0, nearest_step_ = 0;
};

/// @throws IntegrationError if W has left the range of occupations by more than @p margin of its maximum (at least 1):
///         such a run ends anywhere; @p advice what helps
void require_occupations(Statistics statistics, const Observation& now, double margin, const std::string& advice);

}  // namespace nordheim::program
