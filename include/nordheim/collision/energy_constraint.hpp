// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nordheim {

/// How a discretised collision term on a lattice is made to conserve energy. Number, where the collisions conserve it,
/// is conserved by symmetry in each case.
enum class EnergyConstraint {
  /// C at the temperature of the equilibrium, then the smallest correction: C ← C − (a + bω) W(1+θW), a = 0 where
  /// number is not conserved. One evaluation.
  projection,
  /// The reference temperature β*(W) at which C conserves energy by itself: two to four evaluations. With a
  /// non-negative window β* is unique and the entropy cannot fall.
  reference_temperature,
  /// The bare operator at the temperature of the equilibrium: energy is conserved up to the error of the window.
  none
};

}  // namespace nordheim
