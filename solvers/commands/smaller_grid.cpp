// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/smaller_grid.hpp"

#include <nordheim/momentum/spherical_grid.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

int most_degree(MomentumSymmetry symmetry) {
  if (symmetry == MomentumSymmetry::isotropic) return 64;
  return symmetry == MomentumSymmetry::axial ? 32 : 16;
}

void make_smaller(SphericalCase& spherical) {
  const int degree = std::min(spherical.degree, most_degree(momentum_symmetry_from_name(spherical.symmetry)));
  if (spherical.lmax) {
    const double larger = static_cast<double>(spherical.degree) / degree;
    spherical.lmax = std::max(SphericalGrid::least_lmax, static_cast<int>(std::lround(*spherical.lmax / larger)));
  }
  spherical.degree = degree;
}

}  // namespace

Case on_smaller_grid(Case input, double most_nodes) {
  if (input.momentum.space == "continuum") {
    make_smaller(input.momentum.spherical);
    return input;
  }
  int points = input.momentum.points;
  while (std::pow(points, input.momentum.dimension) > most_nodes) points = (points + 1) / 2;
  input.collision.engine_points.reset();
  if (points != input.momentum.points) {
    // The grid is what is scaled; a given horizon or step would scale differently.
    input.collision.horizon.reset();
    input.collision.rectangle_correction = "auto";
  }
  input.momentum.points = points;
  return input;
}

}  // namespace nordheim::program
