// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/evolution/ode_system.hpp>

#include <vector>

namespace nordheim {

/// @brief The same equations for the deviation z = y − origin:  dz/dt = f(t, origin + z).
///
/// With a fixed point of f as origin, the relative tolerance of an integration is relative to the distance from it: the
/// approach to an equilibrium is followed down to round-off, where an integration of y itself would come to rest at a
/// distance of about rtol·|y|.
/// @throws DimensionMismatch if the origin has not the size of the system
[[nodiscard]] OdeSystem shifted(OdeSystem system, std::vector<double> origin);

}  // namespace nordheim
