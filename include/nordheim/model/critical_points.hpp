// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>

#include <vector>

namespace nordheim {

/// A momentum where the velocity vanishes.
struct CriticalPoint {
  Vector3 k{};
  double energy = 0.0;
  int negative_directions = 0;  ///< negative eigenvalues of the Hessian: 0 a minimum, d a maximum, else a saddle
  /// The Hessian is singular as far as rounding tells: k is good to about 1e-5, the energy to 1e-11 of the range of
  /// the band; which kind of point it is, or whether it is several, is not known, and negative_directions means
  /// nothing.
  bool degenerate = false;
};

/// @brief All critical points of a band on the torus, in the order of energy.
///
/// By subdivision: boxes whose gradient bounds exclude zero are dropped, Newton's method with an interval test settles
/// the others, so none is missed. Where the band is √g with g = 0 somewhere (acoustic), g is searched. Boxes that are
/// still not settled at a width of 1e-5 belong to degenerate points.
/// @throws InvalidArgument if the dispersion has no formula, or the points do not become separate: lines, surfaces or
///         flat pieces of critical points
[[nodiscard]] std::vector<CriticalPoint> critical_points(const Dispersion& dispersion);

/// @brief The energies of the critical points, increasing, equal ones once: the van Hove singularities of the density
/// of states (L. van Hove, Phys. Rev. 89, 1189 (1953)), band edges included.
/// @throws InvalidArgument as critical_points()
[[nodiscard]] std::vector<double> van_hove_energies(const Dispersion& dispersion);

}  // namespace nordheim
