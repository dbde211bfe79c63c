// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "momentum/spherical_basis.hpp"
#include "momentum/spherical_transform.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <functional>
#include <vector>

namespace nordheim::detail {

/// The basis of products of two functions.
[[nodiscard]] constexpr SphericalBasis density_basis(const SphericalBasis& input) noexcept {
  return {2 * input.degree, 2 * input.lmax, 2 * input.mmax};
}

/// @brief Multiplication of a density ρ(y) by V(q)², q = a sin σ κ, in its Fourier space (κ), at each angle σ of the
/// lens transform.
///
/// ρ is a product of two fields of degree K, e^{−y²} times a polynomial of degree 2K, hence a sum of oscillator
/// functions φ_nlm(√2 y) of degree 2K. Their Fourier transforms are themselves up to (−i)^{2n+l}, so that V² is one
/// symmetric matrix for each l:
///
///     B_nn' = (−1)^{n+n'} ∫_0^∞ κ² R_nl(κ) R_n'l(κ) V(√2 a sin σ κ)² dκ.
class PotentialFilter {
 public:
  /// @param input   the basis of the fields
  /// @param points  where products are formed, in units of a
  /// @param square  V(q)²
  PotentialFilter(const SphericalBasis& input, const SphericalPoints& points, double scale,
                  const std::vector<double>& sigma, const std::function<double(double)>& square);

  /// Between densities at the points and their coefficients.
  [[nodiscard]] const SphericalTransform& transform() const noexcept { return transform_; }

  /// Coefficients of V²ρ in place of those of ρ (two parts) at angle number s.
  void apply(std::size_t s, double* coefficients) const;

 private:
  using Table = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  SphericalTransform transform_;
  std::vector<std::vector<Table>> matrices_;  // of σ and l
};

}  // namespace nordheim::detail
