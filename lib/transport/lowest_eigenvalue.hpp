// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

namespace nordheim::detail {

/// @brief The lowest eigenvalue of a symmetric non-negative matrix, by the Lanczos process of its inverse.
/// @param null_vector  a known eigenvector of eigenvalue 0 that is left out; of size 0 if there is none
/// @throws LibraryError if the matrix cannot be factorised
[[nodiscard]] double lowest_eigenvalue(const Eigen::SparseMatrix<double, Eigen::RowMajor>& S,
                                       const Eigen::VectorXd& null_vector);

}  // namespace nordheim::detail
