// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace nordheim {

/// Values at the nodes of a momentum space, in the space's order, that a function writes; owned by the caller.
using State = std::span<double>;

/// Values at the nodes of a momentum space, in the space's order, that a function only reads.
using ConstState = std::span<const double>;

}  // namespace nordheim
