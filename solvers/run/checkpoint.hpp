// SPDX-License-Identifier: GPL-3.0-or-later
// What a run leaves to be gone on with: checkpoint.h5 in its directory, and the one before it.
#pragma once

#include <nordheim/io/hdf5_file.hpp>

#include "case/case.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace nordheim::program {

/// @brief Writes DIR/checkpoint.h5; the one that was there becomes checkpoint.previous.h5.
///
/// At any moment at least one of the two is whole, however the program ends. What killed runs left of checkpoints that
/// they were writing is removed.
/// @param command  of the run
/// @param content  writes the state, and all that a run needs to end as if it had not been interrupted
void write_checkpoint(const std::filesystem::path& directory, const std::string& command, const Case& input,
                      const std::function<void(Hdf5Writer&)>& content);

/// @brief The newest checkpoint of a directory.
/// @throws InvalidArgument if there is none, or it is of another command or another case: only time.end,
///         time.until_equilibrium, output.times, output.snapshots and output.checkpoint may differ
[[nodiscard]] Hdf5Reader open_checkpoint(const std::filesystem::path& directory, const std::string& command,
                                         const Case& input);

/// Removes both, and what killed runs left of others, when a run has ended and its results are written.
void remove_checkpoints(const std::filesystem::path& directory);

}  // namespace nordheim::program
