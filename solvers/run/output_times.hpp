// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::program {

/// The output times of a case; empty if its end is not known.
[[nodiscard]] std::vector<double> output_times(const Case& input);

/// Which of @p count output times are those of the snapshots: the first, the last, and between them as even as can be.
[[nodiscard]] std::vector<bool> snapshot_outputs(std::size_t count, int snapshots);

}  // namespace nordheim::program
