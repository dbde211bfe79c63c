// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/conservative_projection.hpp"

#include <cstddef>

namespace nordheim::detail {

AffineInEnergy conservative_correction(ConstState v, ConstState g, ConstState energies, ConstState weights) {
  double mass = 0.0, first = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    mass += weights[a] * g[a];
    first += weights[a] * g[a] * energies[a];
  }
  if (!(mass > 0.0)) return {};
  const double centre = first / mass;
  double number = 0.0, energy = 0.0, second = 0.0;
  for (std::size_t a = 0; a < g.size(); ++a) {
    const double omega = energies[a] - centre;
    number += weights[a] * v[a];
    energy += weights[a] * v[a] * omega;
    second += weights[a] * g[a] * omega * omega;
  }
  return {number / mass, second > 0.0 ? energy / second : 0.0, centre};
}

}  // namespace nordheim::detail
