// SPDX-License-Identifier: GPL-3.0-or-later
// Diffusion and mobility of an electron in a phonon bath.
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

namespace nordheim::program {

/// `transport` of collision.kind = "phonon-bath".
/// @throws Error if a diffusion constant misses the tolerance, after the results are written
void transport_in_bath(const RunOptions& options, const Case& input);

/// `estimate` of the same kind: the operator is made and timed.
void estimate_bath(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
