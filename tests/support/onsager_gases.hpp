// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/model/equilibrium.hpp>

#include "support/two_pi.hpp"

#include <cmath>

namespace nordheim::test {

/// The two gases of the tables, on the square lattice.
inline const Equilibrium fermions(Statistics::fermion, 0.6, 0.0, -0.3);
inline const Equilibrium bosons(Statistics::boson, 0.4, 0.0, 1.2);

/// T = N/2, h = 2π/9 or a little less, no rectangle correction.
inline LatticeTwoBodyOptions plain(int points, TimeWindow window,
                                   EnergyConstraint constraint = EnergyConstraint::projection) {
  LatticeTwoBodyOptions options;
  options.window = window;
  options.horizon = 0.5 * points;
  options.time_step = *options.horizon / std::ceil(*options.horizon / (two_pi / 9.0));
  options.energy = constraint;
  options.rectangle_correction = false;
  options.threads = 1;
  return options;
}

}  // namespace nordheim::test
