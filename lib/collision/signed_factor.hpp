// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetric matrices of low rank, from as few of their columns as they have independent ones.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace nordheim::detail {

/// A symmetric matrix that is known by evaluation only.
struct SymmetricKernel {
  std::size_t size = 0;
  std::function<double(std::size_t i, std::size_t j)> entry;
  std::function<void(std::size_t j, std::span<double> column)> column;
  std::vector<double> diagonal;
  std::size_t rank_limit = 0;  ///< more independent columns than these it does not have, whatever rounding shows
};

/// Σ_r σ_r f_r f_rᵀ with σ = ±1.
struct SignedFactor {
  std::size_t size = 0;
  std::vector<double> columns{};  ///< f_r, shape (rank, size)
  std::vector<double> signs{};    ///< σ_r
  [[nodiscard]] std::size_t rank() const noexcept { return signs.size(); }
};

/// @brief K ≈ Σ_r σ_r f_r f_rᵀ by Gaussian elimination with symmetric pivoting, stopped when what is left of K is below
/// @p tolerance (absolute) or the rank is at its limit; O(size·rank²) and the evaluation of about as many columns.
///
/// For a positive semi-definite K this is the pivoted Cholesky factorisation, all σ = 1, and the diagonal bounds what
/// is left. For an indefinite one pivots are 1 × 1 or 2 × 2 blocks chosen as C. Ashcraft, R. G. Grimes and J. G. Lewis
/// do (SIAM J. Matrix Anal. Appl. 20, 513 (1998): bounded growth), and what is left is probed off the diagonal also.
/// @param grown  called with the number of functions that are about to be added; may throw
[[nodiscard]] SignedFactor signed_factor(const SymmetricKernel& kernel, double tolerance,
                                         const std::function<void(std::size_t functions)>& grown);

/// Nodes spread over 0 … size − 1 at which signed_factor() probes a matrix: all of them, or 16.
[[nodiscard]] std::vector<std::size_t> probes(std::size_t size);

}  // namespace nordheim::detail
