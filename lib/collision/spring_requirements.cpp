// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_requirements.hpp"

#include <nordheim/core/error.hpp>

#include "collision/lattice_options.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>

namespace nordheim::detail {

namespace {

void check_bonds(int dimension, const std::vector<CubicBond>& bonds) {
  if (bonds.empty()) throw InvalidArgument("three-phonon collisions need at least one bond, found none");
  for (std::size_t i = 0; i < bonds.size(); ++i) {
    const auto& x = bonds[i].x;
    std::ostringstream text;
    text << "bond " << i + 1 << ": ";
    if (!std::isfinite(bonds[i].alpha) || bonds[i].alpha == 0.0) {
      text << "alpha = " << bonds[i].alpha << " must be finite and not zero";
      throw InvalidArgument(text.str());
    }
    require_moderate_vertex(text.str() + "alpha", bonds[i].alpha);
    if (x == std::array<int, 3>{}) throw InvalidArgument(text.str() + "x = 0 joins a site with itself");
    for (auto j = static_cast<std::size_t>(dimension); j < 3; ++j) {
      if (x[j] != 0) {
        throw InvalidArgument(text.str() + "x has a component beyond dimension " + std::to_string(dimension));
      }
    }
    const std::array<int, 3> opposite{-x[0], -x[1], -x[2]};
    for (std::size_t earlier = 0; earlier < i; ++earlier) {
      if (bonds[earlier].x == x || bonds[earlier].x == opposite) {
        throw InvalidArgument(text.str() + "x or its opposite is already bond " + std::to_string(earlier + 1) +
                              "; each pair +x, -x comes once");
      }
    }
  }
}

}  // namespace

Resonance require_decay_into_two(const Dispersion& dispersion, const std::vector<CubicBond>& bonds) {
  check_bonds(dispersion.dimension(), bonds);
  Resonance resonance = decay_resonance(dispersion, 2);
  if (resonance.found) return resonance;
  std::string why = "none was found by a search";
  if (resonance.argument == ResonanceArgument::subadditive) {
    why = "omega(k+k') <= omega(k) + omega(k') for nearest-neighbour springs and all others that only pull";
  } else if (resonance.argument == ResonanceArgument::band) {
    why = "twice the lowest frequency is above the highest";
  }
  throw InvalidArgument("three-phonon collisions do not exist for the band " + dispersion.description() +
                        ": no phonon can decay into two of it with energy and momentum conserved (" + why +
                        "); use a band like \"bending\", or four-phonon collisions");
}

std::vector<bool> frozen_modes(const LatticeGrid& grid, const std::vector<CubicBond>& bonds) {
  std::vector<bool> frozen(grid.size(), true);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    for (const CubicBond& bond : bonds) {
      const double phase = k[0] * bond.x[0] + k[1] * bond.x[1] + k[2] * bond.x[2];
      if (std::abs(phase - std::round(phase)) > 1e-9) frozen[a] = false;
    }
  }
  return frozen;
}

void require_positive_frequencies(const LatticeGrid& grid, const std::vector<bool>& frozen) {
  const double least = 1e-9 * grid.dispersion().range().max;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double omega = grid.energies()[a];
    if (frozen[a] || omega > least) continue;
    std::ostringstream text;
    const Vector3 k = grid.momentum(a);
    text << "three-phonon collisions need positive frequencies, as their rate has the factors 1/(2 omega); found "
         << omega << " at k = (" << k[0] << ", " << k[1] << ", " << k[2] << "), a mode that the bonds move";
    throw InvalidArgument(text.str());
  }
}

}  // namespace nordheim::detail
