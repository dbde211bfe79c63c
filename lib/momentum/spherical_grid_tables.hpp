// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of SphericalGrid, for the collision operators on it.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include "momentum/spherical_basis.hpp"
#include "momentum/spherical_transform.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// The basis that a grid of these options is for.
[[nodiscard]] SphericalBasis basis_of(const SphericalGridOptions& options);

/// The nodes of the grid for a basis, in units of the scale.
[[nodiscard]] SphericalPoints points_of(const SphericalBasis& basis);

/// @throws InvalidArgument if no grid has these options
void check(const SphericalGridOptions& options);

/// Work space of one thread for a transform between nodal values and coefficients.
struct NodalScratch {
  explicit NodalScratch(const SphericalTransform& of);
  SphericalTransform::Scratch transform;
  std::vector<double> rings;
};

struct SphericalGridTables {
  explicit SphericalGridTables(const SphericalGridOptions& options);

  SphericalGridOptions options;
  SphericalBasis basis;    ///< of degree K
  SphericalPoints points;  ///< in units of a
  SphericalTransform transform;
  std::vector<double> momenta, weights, energies, velocities;
  /// v − c and |k − c|²/2 in the frame of the centre c: far from the origin ω − c·v + c²/2 loses its digits.
  std::vector<double> centred_velocities, centred_energies;

  [[nodiscard]] std::size_t size() const noexcept { return weights.size(); }
  /// Coefficients of the nodal values f for the functions of @p to, a transform on these points.
  void analyse(const SphericalTransform& to, const double* f, double* coefficients, NodalScratch& scratch) const;
  /// Nodal values from the coefficients for the functions of @p from.
  void synthesise(const SphericalTransform& from, const double* coefficients, double* f, NodalScratch& scratch) const;
};

/// Σ c_nlm R_nl(|x|) Y_lm at a point x, in units of the scale.
[[nodiscard]] double evaluate(const SphericalBasis& basis, const std::vector<double>& coefficients, const Vector3& x);

}  // namespace nordheim::detail
