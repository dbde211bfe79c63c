// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

#include <filesystem>

namespace nordheim::program {

/// `evolve` of electrons on energy shells.
void evolve_shells(const RunOptions& options, const Case& input, const std::filesystem::path& directory);

}  // namespace nordheim::program
