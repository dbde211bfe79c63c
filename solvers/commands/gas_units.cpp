// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/gas_units.hpp"

namespace nordheim::program {

GasUnits lattice_units(const std::string& more) {
  return {
      .conventions =
          "hbar = m = k_B = 1; k in [-1/2, 1/2)^d in units of 2 pi over the lattice constant; v = grad omega / 2 pi "
          "in lattice sites per unit time" +
          more,
      .momentum = "2 pi / lattice constant",
      .weight = "1",
      .velocity = "sites / time",
      .number = "1 / site",
      .energy = "energy / site",
      .entropy = "1 / site",
      .entropy_production = "1 / (site time)",
      .current = "1 / time",
      .refine = "use more points",
      .stay_inside = "use more points or the window \"bohman\"",
      .leave_inside = "the window \"flat\" does not keep them inside: use \"bohman\", or more points"};
}

GasUnits continuum_units(const std::string& more, const std::string& accuracy) {
  return {.conventions =
              "hbar = m = k_B = 1; k in R^3, omega = k^2/2, v = k; sums over nodes are integrals dk over all momenta "
              "without a factor (2 pi)^-3" +
              more,
          .momentum = "momentum",
          .weight = "momentum^3",
          .velocity = "momentum",
          .number = "momentum^3",
          .energy = "momentum^3 energy",
          .entropy = "momentum^3",
          .entropy_production = "momentum^3 / time",
          .current = "momentum^4",
          .refine = "use " + accuracy,
          .stay_inside = "use " + accuracy,
          .leave_inside = "this state needs " + accuracy};
}

}  // namespace nordheim::program
