// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands/any_collisions.hpp"

#include <vector>

namespace nordheim::program {

/// Time of one right-hand side as a run does it: the best of several within about half a second [s].
[[nodiscard]] double seconds_per_evaluation(AnyCollisions& op, std::vector<double> W);

}  // namespace nordheim::program
