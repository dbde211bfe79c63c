// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a case with an electron in a phonon bath.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <string>

namespace nordheim::program {

/// Keys of [momentum] in the continuum that only this kind has.
void read_bath_grid(Section& section, BathCase& bath);

/// [collision] of kind "phonon-bath"; @p input has its [momentum], and receives the rest.
void read_bath(Section section, Case& input);

/// [transport]; all its keys are optional.
void read_bath_transport(Section section, const MomentumCase& momentum, BathCase& bath);

/// The lines of [momentum] in the continuum that only this kind has.
[[nodiscard]] std::string bath_grid_toml(const BathCase& bath);

/// The sections [collision] and [transport] as TOML.
[[nodiscard]] std::string bath_toml(const Case& input);

}  // namespace nordheim::program
