// SPDX-License-Identifier: GPL-3.0-or-later
// Phonon baths made from a case.
#pragma once

#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/model/electron_phonon.hpp>

#include "case/case.hpp"

namespace nordheim::program {

/// [collision] of an electron in the continuum.
[[nodiscard]] Phonons make_phonons(const BathCase& bath);

/// [momentum] of an electron in the continuum.
[[nodiscard]] PhononBathGridOptions bath_grid_options(const BathCase& bath);

/// [collision] of a lattice electron, at a temperature.
[[nodiscard]] LatticePhononBathOptions lattice_bath_options(const BathCase& bath, double temperature);

}  // namespace nordheim::program
