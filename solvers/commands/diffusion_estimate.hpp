// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

namespace nordheim::program {

/// `estimate` of a case with elastic scattering, from one energy of its curve.
void estimate_diffusion(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
