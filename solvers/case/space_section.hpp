// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a state that depends on the position: [space], momentum.space = "shell", output.checkpoint.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nordheim::program {

/// [space]; @p dimension of the momenta, of which the box has as many axes or fewer (0: refused already).
[[nodiscard]] SpaceCase read_space(Section section, int dimension);

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
