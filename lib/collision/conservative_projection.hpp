// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest correction that makes a collision term conserve number and energy.
#pragma once

#include <nordheim/core/state.hpp>

namespace nordheim::detail {

/// An affine function of the energy, offset + slope (ω − centre).
struct AffineInEnergy {
  double offset = 0.0;
  double slope = 0.0;
  double centre = 0.0;
  [[nodiscard]] double operator()(double omega) const noexcept { return offset + slope * (omega - centre); }
};

/// @brief The function l(ω) = a + bω for which v − l(ω) g has neither number nor energy:
/// Σ w (v − l g) = 0 and Σ w ω (v − l g) = 0.
///
/// Energies are measured from their mean in the measure w g, where the two conditions decouple.
/// @param v, g      shape (n), g ≥ 0
/// @return zero where Σ w g vanishes; no slope where all of g lies on one energy
[[nodiscard]] AffineInEnergy conservative_correction(ConstState v, ConstState g, ConstState energies,
                                                     ConstState weights);

}  // namespace nordheim::detail
