// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

namespace nordheim::program {

/// `estimate` of electrons on energy shells in a box: memory of the run, and the time to one output.
void estimate_shells(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
