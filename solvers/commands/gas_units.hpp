// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nordheim::program {

/// Words of a result that are others on a lattice, where sums are per site, than in the continuum.
struct GasUnits {
  std::string conventions, momentum, weight, velocity;
  std::string number, energy, entropy, entropy_production, current;
  std::string refine;        ///< what makes C more accurate: "use more points"
  std::string stay_inside;   ///< what keeps occupations in their range
  std::string leave_inside;  ///< the same, where a run has failed
};

/// Of a lattice; @p more goes on with the conventions.
[[nodiscard]] GasUnits lattice_units(const std::string& more);

/// Of the continuum.
/// @param more      goes on with the conventions
/// @param accuracy  what makes C more accurate: "a higher degree"
[[nodiscard]] GasUnits continuum_units(const std::string& more, const std::string& accuracy);

}  // namespace nordheim::program
