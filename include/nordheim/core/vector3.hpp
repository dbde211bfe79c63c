// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace nordheim {

/// A momentum, velocity or position; in fewer than three dimensions the last components are zero.
using Vector3 = std::array<double, 3>;

}  // namespace nordheim
