// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/signed_factor.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

namespace nordheim::detail {

namespace {

using Eigen::Index;

class Elimination {
 public:
  Elimination(const SymmetricKernel& kernel, double tolerance, const std::function<void(std::size_t)>& grown)
      : kernel_(kernel), tolerance_(tolerance), grown_(grown), left_(kernel.diagonal), probes_(probes(kernel.size)) {
    factor_.size = kernel.size;
    for (const std::size_t i : probes_) {
      for (const std::size_t j : probes_) {
        if (j <= i) probed_.push_back(kernel.entry(i, j));
      }
    }
  }

  SignedFactor run() {
    while (factor_.rank() < std::min(kernel_.size, kernel_.rank_limit)) {
      const std::optional<std::size_t> pivot = next_pivot();
      if (!pivot) break;
      eliminate(*pivot);
    }
    return std::move(factor_);
  }

 private:
  using Column = std::vector<double>;

  /// A column in which what is left of the matrix is above the tolerance.
  [[nodiscard]] std::optional<std::size_t> next_pivot() const {
    const std::size_t p = largest(left_);
    if (std::abs(left_[p]) > tolerance_) return p;
    std::size_t pair = 0;
    for (const std::size_t i : probes_) {
      for (const std::size_t j : probes_) {
        if (j <= i && std::abs(probed_[pair++] - approximation(i, j)) > tolerance_) return j;
      }
    }
    return {};
  }

  void eliminate(std::size_t p) {
    Column at_p = residual_column(p);
    for (;;) {
      const std::size_t q = largest_but(at_p, p);
      if (is_large_enough(at_p, p, q)) return append(at_p, at_p[p]);
      Column at_q = residual_column(q);
      const std::size_t r = largest_but(at_q, q);
      if (is_large_enough(at_q, q, r)) return append(at_q, at_q[q]);
      if (std::abs(at_q[r]) <= std::abs(at_p[q])) return append_pair(at_p, at_q, p, q);
      p = q;
      at_p = std::move(at_q);
    }
  }

  static bool is_large_enough(const Column& column, std::size_t pivot, std::size_t other) {
    static const double ratio = (1.0 + std::sqrt(17.0)) / 8.0;  // of J. R. Bunch and L. Kaufman: least growth
    return pivot == other || std::abs(column[pivot]) >= ratio * std::abs(column[other]);
  }

  /// One step with the pivot d: K − c cᵀ/d.
  void append(const Column& column, double d) {
    grown_(1);
    push(column, 1.0 / std::sqrt(std::abs(d)), nullptr, 0.0, d > 0.0 ? 1.0 : -1.0);
  }

  /// One step with the pivot B = [[a, b], [b, d]], along its eigenvectors: K − (c_p c_q) B⁻¹ (c_p c_q)ᵀ.
  void append_pair(const Column& at_p, const Column& at_q, std::size_t p, std::size_t q) {
    grown_(2);
    Eigen::Matrix2d block;
    block << at_p[p], at_p[q], at_p[q], at_q[q];
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> eigen(block);
    for (Index k = 0; k < 2; ++k) {
      const double value = eigen.eigenvalues()[k];
      const double scale = 1.0 / std::sqrt(std::abs(value));
      push(at_p, scale * eigen.eigenvectors()(0, k), at_q.data(), scale * eigen.eigenvectors()(1, k),
           value > 0.0 ? 1.0 : -1.0);
    }
  }

  /// Adds the function a·first + b·second.
  void push(const Column& first, double a, const double* second, double b, double sign) {
    for (std::size_t i = 0; i < kernel_.size; ++i) {
      const double f = second != nullptr ? a * first[i] + b * second[i] : a * first[i];
      factor_.columns.push_back(f);
      left_[i] -= sign * f * f;
    }
    factor_.signs.push_back(sign);
  }

  [[nodiscard]] Column residual_column(std::size_t j) const {
    Column column(kernel_.size);
    kernel_.column(j, column);
    const auto rows = static_cast<Index>(kernel_.size), rank = static_cast<Index>(factor_.rank());
    if (rank == 0) return column;
    const Eigen::Map<const Eigen::MatrixXd> F(factor_.columns.data(), rows, rank);
    const Eigen::Map<const Eigen::VectorXd> sigma(factor_.signs.data(), rank);
    const Eigen::VectorXd row = F.row(static_cast<Index>(j)).transpose().cwiseProduct(sigma);
    Eigen::Map<Eigen::VectorXd>(column.data(), rows).noalias() -= F * row;
    return column;
  }

  [[nodiscard]] double approximation(std::size_t i, std::size_t j) const {
    double sum = 0.0;
    for (std::size_t r = 0; r < factor_.rank(); ++r) {
      const double* const f = factor_.columns.data() + r * kernel_.size;
      sum += factor_.signs[r] * f[i] * f[j];
    }
    return sum;
  }

  static std::size_t largest(const Column& values) { return largest_but(values, values.size()); }
  static std::size_t largest_but(const Column& values, std::size_t excluded) {
    std::size_t best = excluded == 0 && values.size() > 1 ? 1 : 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i != excluded && std::abs(values[i]) > std::abs(values[best])) best = i;
    }
    return best;
  }

  const SymmetricKernel& kernel_;
  double tolerance_;
  const std::function<void(std::size_t)>& grown_;
  Column left_;  // the diagonal of what is left
  std::vector<std::size_t> probes_;
  std::vector<double> probed_;  // the matrix at pairs of probes, lower triangle
  SignedFactor factor_;
};

}  // namespace

SignedFactor signed_factor(const SymmetricKernel& kernel, double tolerance,
                           const std::function<void(std::size_t functions)>& grown) {
  return Elimination(kernel, tolerance, grown).run();
}

std::vector<std::size_t> probes(std::size_t size) {
  constexpr std::size_t count = 16;
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < std::min(size, count); ++i) {
    // Multiples of the golden ratio modulo 1: apart from each other however the nodes are ordered.
    double unused = 0.0;
    const double position = std::modf((static_cast<double>(i) + 0.5) * std::numbers::phi, &unused);
    result.push_back(size <= count ? i : static_cast<std::size_t>(position * static_cast<double>(size)));
  }
  return result;
}

}  // namespace nordheim::detail
