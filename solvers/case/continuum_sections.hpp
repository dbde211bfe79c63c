// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of two-body collisions in R³, and what tells them from those of the lattice.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <initializer_list>

namespace nordheim::program {

/// Notes those of @p keys that are there: they belong to a momentum.space other than @p space, the one that is given.
void refuse_keys_of_other_space(Section& section, std::initializer_list<const char*> keys,
                                const MomentumCase& momentum);

/// degree, lmax, scale, centre, symmetry of [momentum].
[[nodiscard]] SphericalCase read_spherical(Section& section);

/// potential, exchange and extra_degree of [collision]; @p collision has its statistics already.
void read_potential(Section& section, const SphericalCase& spherical, CollisionCase& collision);

}  // namespace nordheim::program
