// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/lowest_eigenvalue.hpp"

#include <nordheim/core/error.hpp>

#include <Eigen/Eigenvalues>
#include <Eigen/SparseCholesky>

#include <algorithm>
#include <cmath>
#include <vector>

namespace nordheim::detail {

namespace {

using Vector = Eigen::VectorXd;

/// The largest eigenvalue of the tridiagonal matrix that the process has built.
double largest_ritz_value(const std::vector<double>& diagonal, const std::vector<double>& off_diagonal) {
  const auto n = static_cast<Eigen::Index>(diagonal.size());
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(Eigen::Map<const Vector>(diagonal.data(), n),
                                Eigen::Map<const Vector>(off_diagonal.data(), n - 1), Eigen::EigenvaluesOnly);
  return solver.eigenvalues()[n - 1];
}

}  // namespace

double lowest_eigenvalue(const Eigen::SparseMatrix<double, Eigen::RowMajor>& S, const Vector& null_vector) {
  const Eigen::Index n = S.rows();
  const Vector null = null_vector.size() > 0 ? Vector(null_vector.normalized()) : null_vector;
  // Shifted, so that a null space does no harm; too large a shift would slow the process down.
  const double shift = null.size() > 0 ? 0.25 * S.diagonal().minCoeff() : 0.0;
  Eigen::SparseMatrix<double> shifted = S;
  for (Eigen::Index i = 0; i < n; ++i) shifted.coeffRef(i, i) += shift;
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factors(shifted);
  if (factors.info() != Eigen::Success) {
    throw LibraryError("Eigen::SimplicialLDLT: the collision matrix of the phonon bath has no factorisation");
  }
  const auto without_null = [&](Vector v) {
    if (null.size() > 0) v -= null.dot(v) * null;
    return v;
  };
  // No eigenvector is orthogonal to a start without any regularity.
  Vector start(n);
  for (Eigen::Index i = 0; i < n; ++i) start[i] = 1.0 + std::sin(1.0 + static_cast<double>(i * i));
  std::vector<Vector> basis{without_null(start).normalized()};
  std::vector<double> diagonal, off_diagonal;
  double largest = 0.0;
  constexpr int most_steps = 300, check_every = 10;
  constexpr double accuracy = 1e-14;
  for (int step = 1; step <= std::min<Eigen::Index>(most_steps, n); ++step) {
    Vector next = without_null(factors.solve(basis.back()));
    diagonal.push_back(basis.back().dot(next));
    for (int pass = 0; pass < 2; ++pass) {
      for (const Vector& earlier : basis) next -= earlier.dot(next) * earlier;
    }
    const double norm = next.norm();
    const bool is_complete = norm <= accuracy * diagonal.front();
    if (step % check_every == 0 || is_complete || step == n) {
      const double now = largest_ritz_value(diagonal, off_diagonal);
      const bool has_settled = now - largest <= accuracy * now;
      largest = now;
      if (has_settled || is_complete) break;
    }
    off_diagonal.push_back(norm);
    basis.emplace_back(next / norm);
  }
  return 1.0 / largest - shift;
}

}  // namespace nordheim::detail
