// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/contact_bracket.hpp"

#include <numbers>
#include <utility>

namespace nordheim::detail {

namespace {

/// r^l P_l(x/r) for r² = square, a polynomial in x and r².
Eigen::ArrayXXd solid_legendre(int l, const Eigen::ArrayXXd& x, const Eigen::ArrayXXd& square) {
  Eigen::ArrayXXd before = Eigen::ArrayXXd::Ones(x.rows(), x.cols());
  if (l == 0) return before;
  Eigen::ArrayXXd value = x;
  for (int m = 1; m < l; ++m) {
    Eigen::ArrayXXd next = ((2.0 * m + 1.0) * x * value - m * square * before) / (m + 1.0);
    before = std::exchange(value, std::move(next));
  }
  return value;
}

/// @p rows copies of a row of numbers, one below the other.
Eigen::ArrayXXd stacked(const Eigen::ArrayXd& row, Eigen::Index rows) { return row.transpose().replicate(rows, 1); }

/// Whole powers, faster than those of numbers.
Eigen::ArrayXXd power(const Eigen::ArrayXXd& x, int n) {
  Eigen::ArrayXXd result = Eigen::ArrayXXd::Ones(x.rows(), x.cols());
  for (int i = 0; i < n; ++i) result *= x;
  return result;
}

/// The sum over slices of one angular momentum; keeps its memory from slice to slice.
class BracketSum {
 public:
  explicit BracketSum(const HarmonicFunctions& functions)
      : functions_(functions), D_(Eigen::MatrixXd::Zero(functions.count, functions.count)) {}

  void add(const ShellSlice& slice) {
    square1_ = 2.0 * slice.omega1;
    square2_ = 2.0 * slice.omega2;
    loss_.setZero(slice.c.rows(), slice.c.cols());
    crossed_.setZero(slice.c.rows(), slice.c.cols());
    const Eigen::Index pairs = slice.c.size();
    values_.resize(2 * pairs, functions_.count);
    functions_.evaluate(slice.omega1.reshaped(), values_.topRows(pairs));
    functions_.evaluate(slice.omega2.reshaped(), values_.bottomRows(pairs));
    const double rho3 = slice.rho * slice.rho * slice.rho;
    const double measure = std::numbers::pi * std::numbers::pi / 16.0 * slice.weight * rho3 * rho3;
    // P² g³ dP dg, and the same with P and g exchanged.
    const Eigen::ArrayXd rows = measure * slice.alpha_weights * slice.cosine_alpha.square() * slice.sine_alpha.square();
    add_half(slice, rows * slice.sine_alpha, slice.cosine_alpha, slice.sine_alpha);
    add_half(slice, rows * slice.cosine_alpha, slice.sine_alpha, slice.cosine_alpha);
    add_loss();
  }
  [[nodiscard]] Eigen::MatrixXd result() const { return 0.5 * (D_ + D_.transpose()); }

 private:
  /// α < π/4, or α > π/4: subtracts (∫B F dĝ)² and notes what ∫B F² needs.
  void add_half(const ShellSlice& slice, const Eigen::ArrayXd& weights, const Eigen::ArrayXd& along,
                const Eigen::ArrayXd& across) {
    const int l = functions_.l;
    const Eigen::Index cosines = slice.c.rows();
    const Eigen::Index pairs = slice.c.size();
    const Eigen::ArrayXXd P = slice.rho * stacked(along, cosines);
    const Eigen::ArrayXXd g = slice.rho * stacked(across, cosines);
    const Eigen::ArrayXXd both_signs = 2.0 * slice.pair;  // of c: they exchange the particles
    const Eigen::ArrayXXd loss = stacked(weights * slice.total, cosines) * both_signs;
    loss_ += loss;
    crossed_ += loss * solid_legendre(l, 0.25 * (P.square() - g.square()), square1_ * square2_);
    const Eigen::ArrayXXd first = both_signs * solid_legendre(l, 0.5 * (P + g * slice.c), square1_);
    const Eigen::ArrayXXd second = both_signs * solid_legendre(l, 0.5 * (P - g * slice.c), square2_);
    means_.resize(functions_.count, slice.c.cols());
    for (Eigen::Index row = 0; row < slice.c.cols(); ++row) {
      means_.col(row).noalias() = values_.middleRows(row * cosines, cosines).transpose() * first.col(row).matrix();
      means_.col(row).noalias() +=
          values_.middleRows(pairs + row * cosines, cosines).transpose() * second.col(row).matrix();
    }
    D_.noalias() -= means_ * weights.matrix().asDiagonal() * means_.transpose();
  }

  /// ψ1ψ1 + ψ2ψ2 + (ψ1ψ2 + ψ2ψ1) P_l(k̂1·k̂2).
  void add_loss() {
    const Eigen::Index pairs = loss_.size();
    const Eigen::VectorXd own1 = (loss_ * power(square1_, functions_.l)).reshaped().matrix();
    const Eigen::VectorXd own2 = (loss_ * power(square2_, functions_.l)).reshaped().matrix();
    const Eigen::VectorXd crossed = crossed_.reshaped().matrix();
    const auto first = values_.topRows(pairs);
    const auto second = values_.bottomRows(pairs);
    weighted_.resize(2 * pairs, functions_.count);
    weighted_.topRows(pairs) = own1.asDiagonal() * first;
    weighted_.topRows(pairs) += crossed.asDiagonal() * second;
    weighted_.bottomRows(pairs) = own2.asDiagonal() * second;
    weighted_.bottomRows(pairs) += crossed.asDiagonal() * first;
    D_.noalias() += values_.transpose() * weighted_;
  }

  HarmonicFunctions functions_;
  Eigen::MatrixXd D_;
  Eigen::ArrayXXd square1_, square2_;  // k², of the two particles
  Eigen::ArrayXXd loss_, crossed_;
  Eigen::MatrixXd values_, weighted_, means_;
};

}  // namespace

std::vector<Eigen::MatrixXd> contact_brackets(const ContactShells& shells,
                                              const std::vector<HarmonicFunctions>& harmonics) {
  std::vector<BracketSum> sums(harmonics.begin(), harmonics.end());
  ShellSlice slice;
  for (std::size_t i = 0; i < shells.size(); ++i) {
    shells.fill(i, slice);
    for (BracketSum& sum : sums) sum.add(slice);
  }
  std::vector<Eigen::MatrixXd> results;
  results.reserve(sums.size());
  for (const BracketSum& sum : sums) results.push_back(sum.result());
  return results;
}

}  // namespace nordheim::detail
