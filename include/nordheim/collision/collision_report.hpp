// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

namespace nordheim {

/// What one evaluation of a collision operator knows about itself.
struct CollisionReport {
  /// Σ w C / Σ w |C| before any correction; 0 where C vanishes.
  double number_defect = 0.0;
  /// Σ w ω C / Σ w |ω C| before any correction; 0 where C vanishes.
  double energy_defect = 0.0;
  /// Σ w v_j C / Σ w |v_j C| before any correction, where momentum is conserved; 0 elsewhere.
  Vector3 momentum_defect{};
  /// max |C| [1/time].
  double largest_rate = 0.0;
  /// max over the nodes of what was subtracted from C to conserve the invariants [1/time].
  double correction = 0.0;
  /// Inverse temperature of the reference equilibrium that was used [1/energy].
  double reference_beta = 0.0;
  /// Passes over all time nodes that were needed.
  int engine_calls = 1;
};

/// Size of the error of a collision term, from a comparison of two discretisations.
struct ErrorEstimate {
  /// Estimate of max |C − exact C| [1/time].
  double absolute = 0.0;
  /// The same relative to max |C|; 0 where C vanishes up to round-off.
  double relative = 0.0;
};

}  // namespace nordheim
