// SPDX-License-Identifier: GPL-3.0-or-later
// The section [collision] of a case with phonons.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// Values of collision.kind that are collisions of phonons: "four-phonon", "three-phonon".
[[nodiscard]] const std::vector<std::string>& phonon_kinds();

/// Whether the collisions are those of phonons.
[[nodiscard]] bool is_phonon_kind(const std::string& kind);

/// The keys of [collision] that belong to collision.kind, which is read already; not those of the discretisation.
void read_phonon_collision(Section& section, const MomentumCase& momentum, CollisionCase& collision);

/// The key `bonds`.
/// @param dimension  0 if it has been refused already
[[nodiscard]] std::vector<CubicBond> read_bonds(Section& section, int dimension);

/// The bonds as the value of a key of a case file.
[[nodiscard]] std::string bonds_toml(const std::vector<CubicBond>& bonds, int dimension);

}  // namespace nordheim::program
