// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/oscillator_functions.hpp"

#include <Eigen/Eigenvalues>

#include <cassert>
#include <cmath>
#include <cstddef>
#include <utility>

namespace nordheim::detail {

namespace {

/// @brief √(n!/Γ(n+α+1)) L_n^α(u) e^{−u/2} e^{log_factor} for n = 0 … size − 1: the orthonormal functions ℓ_n, times a
/// factor that the caller has as a logarithm.
Eigen::VectorXd scaled_laguerre(int size, double alpha, double u, double log_factor) {
  Eigen::VectorXd values(size);
  double scale = log_factor - 0.5 * u - 0.5 * std::lgamma(alpha + 1.0);
  double previous = 0.0, current = 1.0;  // ℓ_{n−1}, ℓ_n without e^{scale}
  for (int n = 0; n < size; ++n) {
    values[n] = current * std::exp(scale);
    const double next = ((2 * n + 1 + alpha - u) * current - std::sqrt(n * (n + alpha)) * previous) /
                        std::sqrt((n + 1) * (n + 1 + alpha));
    previous = std::exchange(current, next);
    constexpr double large = 1e100;
    if (std::abs(current) > large) {
      current /= large;
      previous /= large;
      scale += std::log(large);
    }
  }
  return values;
}

}  // namespace

QuadratureRule gauss_laguerre(int n, double alpha) {
  assert(n >= 1);
  // The nodes are the eigenvalues of Jacobi's matrix (Golub and Welsch, 1969).
  Eigen::VectorXd diagonal(n), off_diagonal(n - 1);
  for (int i = 0; i < n; ++i) diagonal[i] = 2 * i + 1 + alpha;
  for (int i = 1; i < n; ++i) off_diagonal[i - 1] = std::sqrt(i * (i + alpha));
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> jacobi;
  jacobi.computeFromTridiagonal(diagonal, off_diagonal, Eigen::EigenvaluesOnly);
  QuadratureRule rule;
  for (double u : jacobi.eigenvalues()) {
    // The eigenvalues are good to the rounding of the largest; Newton's method on ℓ_n makes the small ones as good.
    for (int step = 0; step < 2; ++step) {
      const Eigen::VectorXd l = scaled_laguerre(n + 1, alpha, u, 0.0);
      u -= u * l[n] / (n * l[n] - std::sqrt(n * (n + alpha)) * l[n - 1]);
    }
    rule.nodes.push_back(u);
    rule.weights.push_back(1.0 / scaled_laguerre(n, alpha, u, 0.0).squaredNorm());
  }
  return rule;
}

QuadratureRule radial_gauss(int n, double p) {
  QuadratureRule rule = gauss_laguerre(n, 0.5);
  for (double& u : rule.nodes) u = std::sqrt(u / p);
  for (double& w : rule.weights) w /= 2.0 * p * std::sqrt(p);  // r² dr = √u du/(2 p^{3/2})
  return rule;
}

Eigen::MatrixXd oscillator_functions(int count, int l, const std::vector<double>& r) {
  Eigen::MatrixXd values(count, static_cast<Eigen::Index>(r.size()));
  const double log_norm = 0.5 * std::log(2.0);
  for (std::size_t i = 0; i < r.size(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    if (r[i] == 0.0 && l > 0) {
      values.col(column).setZero();
    } else {
      const double log_power = l == 0 ? 0.0 : l * std::log(r[i]);
      values.col(column) = scaled_laguerre(count, l + 0.5, r[i] * r[i], log_norm + log_power);
    }
  }
  return values;
}

}  // namespace nordheim::detail
