// SPDX-License-Identifier: GPL-3.0-or-later
// `transport` and `estimate` for phonons with four-phonon collisions.
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

#include <filesystem>

namespace nordheim::program {

/// Computes the heat conductivity at all temperatures, writes and prints it.
/// @throws Error if a value is less accurate than the tolerance, after all has been written
void phonon_transport(const RunOptions& options, const std::filesystem::path& directory, const Case& input);

void estimate_phonon_transport(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
