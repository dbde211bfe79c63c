// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/evolution/ode_system.hpp>

#include <vector>

namespace nordheim {

/// @brief The same equations for the deviation z = (y − origin)/unit:  dz/dt = f(t, origin + unit z)/unit.
///
/// With a fixed point of f as origin, the relative tolerance of an integration is relative to the distance from it: the
/// approach to an equilibrium is followed down to round-off, where an integration of y itself would come to rest at a
/// distance of about rtol·|y|. The absolute tolerance is in terms of the units, one for each component.
/// @param unit  positive numbers; empty: 1
/// @throws DimensionMismatch if the origin or the units have not the size of the system
/// @throws InvalidArgument   if a unit is not positive
[[nodiscard]] OdeSystem shifted(OdeSystem system, std::vector<double> origin, std::vector<double> unit = {});

}  // namespace nordheim
