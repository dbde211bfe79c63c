// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/evolution/evolution.hpp>

#include "commands/gas.hpp"
#include "commands/relaxation_record.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace nordheim::program {

/// What a relaxation run has found.
struct Relaxation {
  std::vector<Instant> instants;
  std::vector<Snapshot> snapshots;
  EvolutionReport report;
  double correction = 0.0;  ///< largest of all right-hand sides, relative to the largest max |C|
  double error = 0.0;       ///< estimated error of the first right-hand side relative to max |C|, NaN if not asked for
  double energy_scale = 0.0;    ///< Σ w |ω| W of the initial state: what drifts of the energy are relative to
  double momentum_scale = 0.0;  ///< Σ w |k| W of the initial state, for drifts of the momentum
  double wall_seconds = 0.0;
};

/// @brief Evolves the gas as its case says, with progress on the standard error stream.
///
/// With [time] end only, the instants and snapshots are equidistant (or at the times given). With until_equilibrium the
/// length of the run is unknown: instants follow the steps of the integrator, which are short where much happens, and
/// snapshots are taken as the distance to equilibrium falls.
/// @throws IntegrationError if it cannot go on, or is interrupted (SIGINT, SIGTERM)
/// @throws InvalidArgument  if there is no checkpoint to go on from, or it is one of another case
/// @param gas        its operator is used up
/// @param directory  for checkpoints
/// @param restart    the directory of the checkpoint to go on from
[[nodiscard]] Relaxation run_relaxation(Gas& gas, const std::filesystem::path& directory,
                                        const std::optional<std::filesystem::path>& restart, bool quiet);

}  // namespace nordheim::program
