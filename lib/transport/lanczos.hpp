// SPDX-License-Identifier: GPL-3.0-or-later
// The Lanczos process on an energy shell, in the inner product ⟨f g⟩ in which C is symmetric.
#pragma once

#include "transport/shell_average.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace nordheim::detail {

/// @brief An orthonormal basis of the Krylov space of a start vector, built one vector at a time, in which the operator
/// is tridiagonal.
///
/// Values at nodes, never divided by weights (which span thirty decades close to van Hove energies). Every new vector
/// is made orthogonal to all earlier ones twice, so that no copies of converged eigenvalues appear.
class Lanczos {
 public:
  using Vector = Eigen::VectorXd;

  /// @param start  not zero
  Lanczos(const EnergyShell& shell, const NodeValues& start)
      : weights_(Eigen::Map<const Vector>(shell.weights().data(), static_cast<Eigen::Index>(shell.size())) /
                 shell.density_of_states()) {
    Vector f = Eigen::Map<const Vector>(start.data(), static_cast<Eigen::Index>(start.size()));
    start_norm_ = norm(f);
    basis_.emplace_back(f / start_norm_);
  }

  /// One step. @param apply  (ConstState in, State out), out = A in
  template <class Apply>
  void step(Apply&& apply) {
    const Vector& last = basis_.back();
    Vector next(last.size());
    apply(ConstState(last.data(), basis_size()), State(next.data(), basis_size()));
    diagonal_.push_back(product(last, next));
    for (int pass = 0; pass < 2; ++pass) {
      for (const Vector& earlier : basis_) next -= product(earlier, next) * earlier;
    }
    const double beta = norm(next);
    off_diagonal_.push_back(beta);
    // A zero ends the process: the caller looks at beta().
    basis_.emplace_back(beta > 0.0 ? Vector(next / beta) : Vector(Vector::Zero(next.size())));
  }

  [[nodiscard]] std::size_t steps() const { return diagonal_.size(); }
  /// The last diagonal element of the tridiagonal matrix.
  [[nodiscard]] double alpha() const { return diagonal_.back(); }
  /// The element that would couple the next vector.
  [[nodiscard]] double beta() const { return off_diagonal_.back(); }
  /// ⟨start²⟩^{1/2}.
  [[nodiscard]] double start_norm() const { return start_norm_; }

  /// Eigenvalues, increasing, and eigenvectors of the tridiagonal matrix.
  [[nodiscard]] Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> ritz() const {
    const auto m = static_cast<Eigen::Index>(steps());
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(Eigen::Map<const Vector>(diagonal_.data(), m),
                                  Eigen::Map<const Vector>(off_diagonal_.data(), m - 1));
    return solver;
  }
  /// Σ_i s_i basis_i.
  [[nodiscard]] NodeValues combination(const Vector& s) const {
    Vector sum = Vector::Zero(basis_.front().size());
    for (Eigen::Index i = 0; i < s.size(); ++i) sum += s[i] * basis_[static_cast<std::size_t>(i)];
    return {sum.begin(), sum.end()};
  }

 private:
  [[nodiscard]] std::size_t basis_size() const { return static_cast<std::size_t>(basis_.front().size()); }
  [[nodiscard]] double product(const Vector& f, const Vector& g) const {
    return (weights_.array() * f.array() * g.array()).sum();
  }
  [[nodiscard]] double norm(const Vector& f) const { return std::sqrt(product(f, f)); }

  Vector weights_;
  double start_norm_ = 0.0;
  std::vector<Vector> basis_;
  std::vector<double> diagonal_;
  std::vector<double> off_diagonal_;
};

}  // namespace nordheim::detail
