// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a state that depends on the position: [space], momentum.space = "shell", output.checkpoint.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// [space]; @p input has momentum and collisions already: the box has as many axes as k has components, or fewer, and
/// forces act on particles on a lattice.
[[nodiscard]] SpaceCase read_space(Section section, const Case& input);

/// energies and order of [momentum] with space = "shell"; in the continuum energies are positive.
[[nodiscard]] ShellsCase read_shells(Section& section, bool continuum);

/// output.checkpoint; nothing if it is not there.
[[nodiscard]] std::optional<CheckpointCase> read_checkpoint(Section& section);

/// What an initial formula may depend on.
[[nodiscard]] std::vector<std::string> occupation_variables(bool in_space);

/// Lines of [space].
[[nodiscard]] std::string space_toml(const SpaceCase& space);

/// The value of output.checkpoint.
[[nodiscard]] std::string checkpoint_toml(const CheckpointCase& checkpoint);

}  // namespace nordheim::program
