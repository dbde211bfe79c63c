// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/sector_gain.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

namespace nordheim::detail {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

double largest(const std::vector<double>& values) {
  double result = 0.0;
  for (const double value : values) result = std::max(result, std::abs(value));
  return result;
}

}  // namespace

GainFactory::GainFactory(const Correlator& correlator, const ShellSectors& sectors, double tolerance,
                         std::size_t max_memory)
    : correlator_(correlator), sectors_(sectors), max_memory_(max_memory) {
  if (correlator_.is_constant()) return;
  values_ = make_kernel_values(correlator_, sectors_);
  // Σ_h χ(h) ϑ̂(k_x − h k_x) for all sectors at once. These and the probes show how large the kernel is: ϑ̂(0) alone
  // may vanish, as may the diagonal of a sector.
  for (std::size_t e = 0; e < sectors_.count(); ++e) {
    for (std::size_t i = 0; i < sectors_.size(); ++i) diagonals_.push_back(values_->value(i, e, i));
  }
  double scale = largest(diagonals_);
  const std::vector<std::size_t> sample = probes(sectors_.size());
  for (const std::size_t i : sample) {
    for (const std::size_t j : sample) scale = std::max(scale, values_->value(i, 0, j));
  }
  sectors_.transform(diagonals_.data());
  // Rounding: measured 9 ε of the largest value for products of three cosines, more where ϑ̂ is steep or cancels.
  const double rounding = std::max(24.0 * epsilon * scale, values_->rounding());
  tolerance_ = std::max(tolerance * scale, rounding) * static_cast<double>(sectors_.count());
}

SectorGain GainFactory::operator()(std::size_t sector) const {
  if (correlator_.is_constant()) return of_constant(sector);
  const SymmetricKernel matrix = kernel(sector);
  SignedFactor factor = signed_factor(matrix, tolerance_, [this](std::size_t functions) { claim(functions); });
  const auto rows = static_cast<Index>(factor.size), rank = static_cast<Index>(factor.rank());
  SectorGain gain;
  gain.P = std::sqrt(two_pi) * Eigen::Map<const MatrixXd>(factor.columns.data(), rows, rank);
  gain.sigma = Eigen::Map<const VectorXd>(factor.signs.data(), rank);
  return gain;
}

SectorGain GainFactory::of_constant(std::size_t sector) const {
  const auto rows = static_cast<Index>(sectors_.size());
  SectorGain gain;
  gain.P.resize(rows, 0);
  if (sector != 0) return gain;
  const double value = two_pi * static_cast<double>(sectors_.count()) * correlator_(Vector3{});
  gain.P = MatrixXd::Constant(rows, 1, std::sqrt(value));
  gain.sigma = VectorXd::Ones(1);
  return gain;
}

SymmetricKernel GainFactory::kernel(std::size_t sector) const {
  const std::size_t size = sectors_.size();
  SymmetricKernel result;
  result.size = size;
  result.rank_limit = values_->rank_limit(sector).value_or(size);
  result.entry = [this, sector](std::size_t i, std::size_t j) {
    double sum = 0.0;
    for (std::size_t e = 0; e < sectors_.count(); ++e) {
      sum += ShellSectors::sign(sector, e) * values_->value(i, e, j);
    }
    return sum;
  };
  result.column = [this, sector](std::size_t j, std::span<double> column) { values_->column(sector, j, column); };
  const auto first = diagonals_.begin() + static_cast<std::ptrdiff_t>(sector * size);
  result.diagonal.assign(first, first + static_cast<std::ptrdiff_t>(size));
  return result;
}

void GainFactory::claim(std::size_t functions) const {
  const std::size_t all = functions_ += functions;
  if (all > max_memory_ / (sizeof(double) * sectors_.size())) {
    throw InvalidArgument("max_memory = " + std::to_string(max_memory_) + " bytes; the gain of the correlator (" +
                          correlator_.description() + ") needs more than " + std::to_string(all - functions) +
                          " functions on this shell, of " + std::to_string(sizeof(double) * sectors_.size()) +
                          " bytes each");
  }
}

DeflatedGain deflated(SectorGain gain, const ShellSectors& sectors) {
  const Eigen::Map<const VectorXd> w(sectors.weights().data(), static_cast<Index>(sectors.size()));
  const Index rank = gain.rank();
  DeflatedGain result;
  if (rank == 0) {
    result.rates = VectorXd::Zero(w.size());
    result.gain = std::move(gain);
    return result;
  }
  const VectorXd t = gain.P.transpose() * w;  // moments of the functions
  const VectorXd image = gain.sigma.cwiseProduct(t);
  result.rates = gain.P * image;
  const double total = t.dot(image);  // Σ w γ
  result.gain.P.resize(w.size(), rank);
  result.gain.P.col(0) = result.rates / std::sqrt(total);
  result.gain.sigma = VectorXd::Ones(rank);
  if (rank == 1) return result;

  // What is left of the gain, P (σ − σ t tᵀ σ/Σwγ) Pᵀ, has no component along t. In a basis with t as its first vector
  // its matrix is a smaller one, whose eigenvectors bring it to the form of a sum of signed squares again.
  MatrixXd core = -image * image.transpose() / total;
  core.diagonal() += gain.sigma;
  const Eigen::HouseholderQR<MatrixXd> householder(t);
  const MatrixXd basis = (householder.householderQ() * MatrixXd::Identity(rank, rank)).rightCols(rank - 1);
  const MatrixXd rest = basis.transpose() * core * basis;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(rest);
  const VectorXd& values = eigen.eigenvalues();
  auto others = result.gain.P.rightCols(rank - 1);
  others.noalias() = gain.P * (basis * eigen.eigenvectors() * values.cwiseAbs().cwiseSqrt().asDiagonal());
  others.rowwise() -= ((w.transpose() * others) / sectors.total_weight()).eval();
  for (Index r = 1; r < rank; ++r) result.gain.sigma[r] = values[r - 1] > 0.0 ? 1.0 : -1.0;
  return result;
}

}  // namespace nordheim::detail
