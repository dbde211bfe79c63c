// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <vector>

namespace nordheim {

/// @brief f(k) = Σ c_nlm R_nl(|k − centre|/a) Y_lm of degree 2n + l ≤ K from nodal values on a SphericalGrid: the
/// projection by the grid's own quadrature.
///
/// R_nl and Y_lm are orthonormal, the latter real; see docs/momentum.md.
class SphericalSeries {
 public:
  /// @param values  f at the nodes, shape (n)
  /// @throws DimensionMismatch
  SphericalSeries(SphericalGrid grid, ConstState values);

  /// f(k), any k; O(K³) operations.
  [[nodiscard]] double operator()(const Vector3& k) const;

  /// c_nlm in the order [l][m][n].
  [[nodiscard]] const std::vector<double>& coefficients() const noexcept { return coefficients_; }

 private:
  SphericalGrid grid_;
  std::vector<double> coefficients_;
};

}  // namespace nordheim
