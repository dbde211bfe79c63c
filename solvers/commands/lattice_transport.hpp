// SPDX-License-Identifier: GPL-3.0-or-later
// `transport` and `estimate` for lattice gases: coupled diffusion of number and energy.
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

#include <filesystem>

namespace nordheim::program {

/// Computes the Onsager coefficients at all temperatures and fillings, writes and prints them.
/// @throws Error if a value is less accurate than the tolerance, after all has been written
void lattice_transport(const RunOptions& options, const std::filesystem::path& directory, const Case& input);

void estimate_lattice_transport(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
