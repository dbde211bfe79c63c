// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/model/dispersion.hpp>

#include "case/case.hpp"

#include <cstddef>

namespace nordheim::program {

/// Bytes that a command needs on a lattice which keeps @p vectors states beside the operator.
[[nodiscard]] std::size_t memory_needed(const Case& input, const Dispersion& dispersion,
                                        const LatticeTwoBodyOptions& options, double vectors);

}  // namespace nordheim::program
