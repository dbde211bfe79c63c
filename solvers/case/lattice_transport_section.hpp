// SPDX-License-Identifier: GPL-3.0-or-later
// [transport] of a lattice gas with two-body collisions.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <string>

namespace nordheim::program {

/// @brief [transport] of a lattice gas.
/// @param collision  keys of one grid are refused in it where momentum.points is not given; it has been read
[[nodiscard]] LatticeTransportCase read_lattice_transport(Section section, Section collision, const Case& input);

/// The same as TOML.
[[nodiscard]] std::string lattice_transport_toml(const LatticeTransportCase& transport);

}  // namespace nordheim::program
