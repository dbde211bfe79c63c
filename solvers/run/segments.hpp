// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/evolution/evolution.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include "case/case.hpp"

#include <functional>
#include <optional>
#include <span>

namespace nordheim::program {

/// How far a run has come: with the state, all that its integrator needs to go on.
struct Progressed {
  double time = 0.0;
  EvolutionReport report{};  ///< of all steps so far
};

/// Writes both into a checkpoint.
void save_progress(Hdf5Writer& file, const Progressed& now, ConstState y);
/// The reverse.
/// @throws DimensionMismatch if the state has another size
[[nodiscard]] Progressed restore_progress(const Hdf5Reader& file, State y);

/// @throws InvalidArgument if time.end of the case is not after where a checkpoint stands
void require_later_end(const Case& input, const Progressed& start);

/// What happens on the way; all but observe may be empty.
struct RunEvents {
  std::function<void(const Observation&)> observe{};
  std::function<bool(double time, ConstState y)> stop{};
  std::function<bool()> interrupt{};
  /// The moment to write a checkpoint.
  std::function<void(const Progressed&, ConstState y)> checkpoint{};
};

/// @brief Evolution::run() from where a run stands to @p end, with checkpoints.
///
/// An integrator of many steps cannot be saved with its history: it begins anew at every checkpoint, whether the run is
/// interrupted there or not, so that both give the same digits. Checkpoints after some seconds come at the next
/// multiple of a fixed number of steps, at all of which it begins anew: the clock does not change the digits, either.
/// @param outputs  those up to the time at which the run stands are left out, but for the start itself
/// @param y        the state; overwritten by the final one
/// @return the counts of the whole run
EvolutionReport run_in_segments(const OdeSystem& system, const EvolutionOptions& options,
                                const std::optional<CheckpointCase>& policy, const Progressed& start, State y,
                                double end, std::span<const double> outputs, const RunEvents& events);

}  // namespace nordheim::program
