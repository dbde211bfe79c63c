// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/evolution/evolution.hpp>

#include "commands/box_gas.hpp"
#include "run/time_series.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace nordheim::program {

/// What a run in a box has found.
struct BoxRun {
  TimeSeries series;                    ///< see BoxObserver
  TimeSeries images;                    ///< W(x, p) at the snapshots
  std::vector<double> image_momenta{};  ///< p
  std::vector<double> W{};              ///< the final state, shape (n_r, n_k); of all positions, on the first rank
  std::vector<double> equilibrium{};    ///< that of the gas, as W
  EvolutionReport report{};
  EvolutionMethod method{};      ///< that was used
  double mean_free_times = 0.0;  ///< length of the run in units of the shortest mean free time
  double correction = 0.0;       ///< largest of all right-hand sides, relative to the largest max |C|
  double wall_seconds = 0.0;     ///< of all parts of the run
};

/// @brief Evolves the gas as its case says, with progress on the standard error stream.
///
/// Collective among the ranks of the gas; the first one writes.
/// @param directory  for checkpoints
/// @param restart    the directory of the checkpoint to go on from
/// @throws IntegrationError if it cannot go on, or is interrupted (SIGINT, SIGTERM)
/// @throws InvalidArgument  if there is no checkpoint, or it is one of another case
[[nodiscard]] BoxRun run_in_box(BoxGas& gas, const std::filesystem::path& directory,
                                const std::optional<std::filesystem::path>& restart, bool quiet);

}  // namespace nordheim::program
