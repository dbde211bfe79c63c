// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/chain_spectrum.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <limits>
#include <optional>

namespace nordheim::detail {

namespace {

constexpr int functions = 128;
constexpr int rates = 3;

/// ⟨h_n, g² h_l⟩; even functions have the constant in front.
Eigen::MatrixXd gram_matrix(const ChainBand& band, const PhononWeight& weight, Parity parity) {
  const Eigen::VectorXd c = chain_moments(
      band,
      [&](double p) {
        const double g = weight(band.energy(p));
        return g * g;
      },
      Parity::even, 2 * functions);
  const int first = parity == Parity::odd ? 1 : 0;
  const double sign = parity == Parity::odd ? -1.0 : 1.0;
  const int size = functions + 1 - first;
  Eigen::MatrixXd gram(size, size);
  for (int n = 0; n < size; ++n) {
    for (int l = 0; l < size; ++l) gram(n, l) = 0.5 * (c[std::abs(n - l)] + sign * c[n + l + 2 * first]);
  }
  return gram;
}

/// Moves the eigenvalues of the constant and of ω, which are zero, up to @p high.
void deflate(const ChainBand& band, const Eigen::MatrixXd& gram, double high, Eigen::MatrixXd& A) {
  const Eigen::Index size = gram.rows();
  Eigen::VectorXd number = Eigen::VectorXd::Unit(size, 0);
  number /= std::sqrt(number.dot(gram * number));
  Eigen::VectorXd energy = chain_moments(
      band, [&](double p) { return band.energy(p); }, Parity::even, static_cast<int>(size) - 1);
  energy.tail(size - 1) *= 2.0;  // of a cosine series
  energy -= number * number.dot(gram * energy);
  energy /= std::sqrt(energy.dot(gram * energy));
  for (const Eigen::VectorXd& conserved : {number, energy}) {
    const Eigen::VectorXd dual = gram * conserved;
    A += high * dual * dual.transpose();
  }
}

/// The smallest eigenvalues in the first @p size functions.
std::optional<Eigen::VectorXd> smallest(const Eigen::MatrixXd& A, const Eigen::MatrixXd& gram, Eigen::Index size) {
  const Eigen::MatrixXd metric = gram.topLeftCorner(size, size);
  if (Eigen::LLT<Eigen::MatrixXd>(metric).info() != Eigen::Success) return std::nullopt;
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver(A.topLeftCorner(size, size), metric,
                                                                         Eigen::EigenvaluesOnly);
  if (solver.info() != Eigen::Success || !solver.eigenvalues().allFinite()) return std::nullopt;
  return solver.eigenvalues().head(rates);
}

}  // namespace

std::vector<RelaxationRate> chain_spectrum(const ChainBand& band, const PhononWeight& weight, Parity parity,
                                           int threads) {
  constexpr int nodes = 200;
  const Eigen::MatrixXd gram = gram_matrix(band, weight, parity);
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(gram.rows(), gram.cols());
  A.bottomRightCorner(functions, functions) = chain_matrix(band, weight, parity, functions, nodes, threads);
  if (parity == Parity::even) deflate(band, gram, 10.0 * A.diagonal().maxCoeff() / gram(0, 0), A);
  const auto half = smallest(A, gram, gram.rows() / 2);
  const auto full = smallest(A, gram, gram.rows());
  if (!half || !full) return {};
  // Eigenvalues converge like n^{−5.2}, but may not have begun to; and they are rounded at the size of the largest.
  const double rounding = 10.0 * std::numeric_limits<double>::epsilon() * A.diagonal().maxCoeff() / gram(0, 0);
  std::vector<RelaxationRate> result;
  for (Eigen::Index i = 0; i < rates; ++i) {
    result.push_back({(*full)[i], std::abs((*half)[i] - (*full)[i]) + rounding});
  }
  return result;
}

}  // namespace nordheim::detail
