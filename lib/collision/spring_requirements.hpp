// SPDX-License-Identifier: GPL-3.0-or-later
// What three-phonon collisions ask of bonds, bands and grids.
#pragma once

#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/model/resonance.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <vector>

namespace nordheim::detail {

/// Where one phonon decays into two.
/// @throws InvalidArgument if there are no such decays, or the bonds are none of the band's lattice
[[nodiscard]] Resonance require_decay_into_two(const Dispersion& dispersion, const std::vector<CubicBond>& bonds);

/// Modes that no bond moves, one flag a node: k·x is an integer for each.
[[nodiscard]] std::vector<bool> frozen_modes(const LatticeGrid& grid, const std::vector<CubicBond>& bonds);

/// @throws InvalidArgument if ω is not positive at a mode that takes part
void require_positive_frequencies(const LatticeGrid& grid, const std::vector<bool>& frozen);

}  // namespace nordheim::detail
