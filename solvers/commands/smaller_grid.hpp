// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "case/case.hpp"

namespace nordheim::program {

/// @brief The same case with no more momenta than an operator of which takes a second or two to make: the case itself,
/// if it has no more.
///
/// The time of an evaluation is scaled up from it, and rates hardly depend on the grid.
/// @param most_nodes  on a lattice
[[nodiscard]] Case on_smaller_grid(Case input, double most_nodes = 40000.0);

}  // namespace nordheim::program
