// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim::program {

/// Units of the numbers of `diffusion` (ħ = 1), the same in HDF5, tables and figures. A time may be read as 1/energy.
struct TransportUnits {
  std::string length;  ///< of positions and displacements
  std::string density_of_states;
  std::string D;
  std::string super_burnett;
  std::string energy = "energy";
  std::string time = "time";
  std::string rate = "1 / time";
};

/// @param space  "lattice" or "continuum"
[[nodiscard]] inline TransportUnits transport_units(std::string_view space) {
  if (space == "continuum") return {"length", "1 / (length^3 energy)", "length^2 / time", "length^4 / time"};
  return {"sites", "states / (site energy)", "sites^2 / time", "sites^4 / time"};
}

}  // namespace nordheim::program
