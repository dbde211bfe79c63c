// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"
#include "commands/command.hpp"

namespace nordheim::program {

/// `estimate` of a case with transport coefficients, from one point of its table.
void estimate_transport(const RunOptions& options, const Case& input);

}  // namespace nordheim::program
