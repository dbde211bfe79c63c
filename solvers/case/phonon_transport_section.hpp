// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a case with the heat conductivity of phonons.
#pragma once

#include "case/section.hpp"
#include "case/transport_case.hpp"

#include <string>

namespace nordheim::program {

/// [collision] of kind "four-phonon" or "three-phonon" and [transport].
[[nodiscard]] PhononTransportCase read_phonon_transport(Section collision, Section transport, int dimension);

/// Both sections as TOML.
[[nodiscard]] std::string phonon_transport_toml(const PhononTransportCase& phonons, int dimension);

}  // namespace nordheim::program
