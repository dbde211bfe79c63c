// SPDX-License-Identifier: GPL-3.0-or-later
// What the shell averages and the Green function of the cubic band share.
#pragma once

namespace nordheim::detail {

/// @throws InvalidArgument if dimension is not 1, 2 or 3, or the energy not finite
void check_cubic_band(int dimension, double energy);

/// @throws InvalidArgument saying that the quantity has no value here
[[noreturn]] void refuse_infinite(const char* quantity, int dimension, double energy);

/// The angle t in [0, π] where the layer E − 1 + cos t leaves the band of the square lattice, cos t = 1 − E, for
/// 0 ≤ E ≤ 2, accurate also near 0 and π.
[[nodiscard]] double layer_edge(double energy);

/// The angle where the layer has the energy 2 of the logarithm, cos t = 3 − E, for 2 ≤ E ≤ 3.
[[nodiscard]] double layer_middle(double energy);

}  // namespace nordheim::detail
