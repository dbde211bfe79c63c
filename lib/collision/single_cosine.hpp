// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>

namespace nordheim::detail {

/// @brief Whether ω(k) = const + t (1 − cos 2πk·R) with one lattice vector R only.
///
/// Then ω1 + ω2 = ω3 + ω4 with k1 + k2 = k3 + k4 forces two of the momenta to agree along R, or 2R·(k1 + k2) to be
/// odd: every function with φ(k) + φ(k') = const for R·(k + k') = ½ is conserved, infinitely many of them, and the time
/// integral of the collision term diverges logarithmically.
[[nodiscard]] bool is_single_cosine(const Dispersion& dispersion);

}  // namespace nordheim::detail
