// SPDX-License-Identifier: GPL-3.0-or-later
// The collision integral of isotropic states in the basis of a SphericalGrid: a table with four indices.
#pragma once

#include "collision/isotropic_kernel.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// @brief T with  G[f; h, h'](k_i) = ∫dk2dk3dk4 δ³ δ Φ f(k2) h(k3) h'(k4) = Σ_j Σ_{k ≤ l} T_{i,j,kl} f_j h_k h'_l,
/// f_j the coefficients of f = Σ_j f_j R_j0(|k|/a), and h = h' or the sum over both orders halved.
///
/// By products of Gauss's rules on the three pieces of the (ω3, ω4) domain where the least of the four momenta is k1,
/// k3 or k2. For a contact interaction the sums over ω4 (and ω3 in the first) are exact, for a potential everything is
/// refined until two levels agree.
struct IsotropicTensor {
  /// @param kernel  none for a contact interaction, Φ̄ = 1
  IsotropicTensor(const SphericalGridTables& grid, double strength, std::optional<IsotropicKernel>& kernel);

  /// The rows (over kl) of node i for one j.
  [[nodiscard]] const double* row(std::size_t i, std::size_t j) const noexcept {
    return values.data() + (i * functions + j) * pairs;
  }

  std::size_t nodes, functions, pairs;
  std::vector<double> values;       ///< order [i][j][kl], kl = (0,0), (0,1), (1,1), (0,2) …
  std::vector<double> uncertainty;  ///< of the entries of a node: largest change in the last refinement, shape (nodes)
};

/// Numbers in the table for functions of degree K.
[[nodiscard]] double isotropic_tensor_size(int degree) noexcept;

}  // namespace nordheim::detail
