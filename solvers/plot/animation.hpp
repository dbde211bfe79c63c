// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/result_data.hpp"

#include <string>

namespace nordheim::program {

/// A section of the page for a result of `evolve`: image W(x, k) and density at the snapshots, with a slider and a
/// button that plays them; drawn from its own data by its own script. Empty for other results, and where there are
/// fewer than two snapshots of an image.
[[nodiscard]] std::string animation(const ResultData& result);

}  // namespace nordheim::program
