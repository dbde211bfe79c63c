// SPDX-License-Identifier: GPL-3.0-or-later
// The sections [initial], [time] and [output] of a case that evolves in time.
#pragma once

#include "case/case.hpp"
#include "case/section.hpp"

#include <filesystem>
#include <optional>

namespace nordheim::program {

/// Where a state lives: the same everywhere, in a box, or in a box on energy shells.
enum class Surroundings { homogeneous, box, shells };

/// @brief [initial]
/// @param around     but for homogeneous states W depends on the position, too
/// @param directory  that paths are relative to
[[nodiscard]] InitialCase read_initial(Section section, const MomentumCase& momentum, Surroundings around,
                                       const std::filesystem::path& directory);

/// @brief [time]
/// @param stiff  rates differ so much that an implicit method is the default
/// @param space  the box, if there is one
[[nodiscard]] TimeCase read_time(Section section, bool stiff, const std::optional<SpaceCase>& space);

/// [time] of electrons on energy shells, whose evolution is exact for any time.
[[nodiscard]] TimeCase read_exact_time(Section section);

/// [output]; @p end of the run, if it is known.
[[nodiscard]] OutputCase read_output(Section section, const std::optional<double>& end);

}  // namespace nordheim::program
