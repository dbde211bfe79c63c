// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands/box_gas.hpp"
#include "commands/box_run.hpp"
#include "commands/report.hpp"

namespace nordheim::program {

/// @brief The longest sound wave of a run of a gas in R³: speed c and damping Γ, e^{±icqt − Γq²t}, measured and
/// predicted.
///
/// Measured from the Fourier component of the current along the axis of that wave, over the later half of the run;
/// predicted by the linearised collisions at this wavenumber, from viscosity and heat conduction. An object with
/// members wavenumber, speed and damping, the latter two with measured, measured_error, predicted and predicted_error.
/// @return null where sound is not what a run shows: for other models and unequal or no collisions, in a force, far
///         from equilibrium, with less than half a turn to measure it, or where no sound is an isolated mode
[[nodiscard]] Json sound_in_box(const BoxGas& gas, const BoxRun& run);

}  // namespace nordheim::program
