// SPDX-License-Identifier: GPL-3.0-or-later
// Phonons that three-phonon collisions leave alone.
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>

#include <optional>

namespace nordheim::detail {

/// @brief A momentum k around which a phonon can neither decay into two nor merge with another one:
///
///     max_q max{ω(k+q) − ω(q) − ω(k), ω(k) − ω(q) − ω(k−q)} < 0.
///
/// Both differences are −ω(0) ≤ 0 somewhere and continuous, so that a positive maximum makes a resonance, and where it
/// is negative a whole neighbourhood of k has none. Looked for at the nodes of a coarse lattice, with compass searches
/// from the best q there; small regions between the nodes can be missed.
[[nodiscard]] std::optional<Vector3> collisionless_mode(const Dispersion& dispersion);

}  // namespace nordheim::detail
