// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest correction that makes a collision term conserve number and energy, or energy alone.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/statistics.hpp>

namespace nordheim::detail {

/// An affine function of the energy, offset + slope (ω − centre).
struct AffineInEnergy {
  double offset = 0.0;
  double slope = 0.0;
  double centre = 0.0;
  [[nodiscard]] double operator()(double omega) const noexcept { return offset + slope * (omega - centre); }
};

/// What a collision term conserves.
enum class Conserved { number_and_energy, energy };

/// @brief The function l(ω) = a + bω for which v − l(ω) g has neither number nor energy:
/// Σ w (v − l g) = 0 and Σ w ω (v − l g) = 0.
///
/// Energies are measured from their mean in the measure w g, where the two conditions decouple. Where only energy is
/// conserved, a = 0 and there is one condition.
/// @param v, g      shape (n), g ≥ 0
/// @return zero where Σ w g vanishes; no slope where all of g lies on one energy
[[nodiscard]] AffineInEnergy conservative_correction(ConstState v, ConstState g, ConstState energies,
                                                     ConstState weights,
                                                     Conserved conserved = Conserved::number_and_energy);

/// @brief C −= l g with g = fluctuation(W), that is W(1+θW), or |C| where that vanishes everywhere (a step function:
/// |C| is what it becomes proportional to a moment later), so that number and energy are conserved.
/// @param weights  of the nodes; where they are zero g is, too: these nodes take no part
/// @param weight   receives g
[[nodiscard]] AffineInEnergy conserve(ConstState W, Statistics statistics, ConstState energies, ConstState weights,
                                      State C, State weight, Conserved conserved = Conserved::number_and_energy);

/// @brief The derivative dC of C before conserve() becomes that after it: C − l g varies by dC − l dg − dl g, and dl is
/// again the correction that conserves.
/// @param l, weight  of conserve()
void conserve_derivative(ConstState W, ConstState dW, Statistics statistics, const AffineInEnergy& l, ConstState weight,
                         ConstState energies, ConstState weights, State dC,
                         Conserved conserved = Conserved::number_and_energy);

/// @brief Change dx(ω) of the exponent of an equilibrium that follows the number and energy of W: df = −g dx,
/// g = fluctuation(f), has those of dW.
/// @param scratch  receives g
[[nodiscard]] AffineInEnergy following_exponent(const Equilibrium& equilibrium, ConstState dW, ConstState energies,
                                                ConstState weights, State scratch,
                                                Conserved conserved = Conserved::number_and_energy);

}  // namespace nordheim::detail
