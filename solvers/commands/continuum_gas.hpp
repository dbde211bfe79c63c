// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"

#include <cstddef>

namespace nordheim::program {

/// Bytes that a command needs in the continuum which keeps @p vectors states beside the operator.
[[nodiscard]] std::size_t continuum_memory(const Case& input, int threads, double vectors);

}  // namespace nordheim::program
