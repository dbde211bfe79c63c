// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/chain_galerkin.hpp"

#include "collision/space_time_engine.hpp"
#include "momentum/gauss_rule.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace nordheim::detail {

namespace {

using Array = Eigen::ArrayXd;

/// cos nx and sin nx for n = 1, 2, … at many x, each from the last by a rotation of which only the difference from the
/// identity is added: sin nx keeps its relative accuracy where x is small.
class Multiples {
 public:
  explicit Multiples(const Array& x)
      : deficit_(2.0 * (0.5 * x).sin().square()), sine_(x.sin()), cos_(1.0 - deficit_), sin_(sine_) {}

  [[nodiscard]] const Array& cos() const { return cos_; }
  [[nodiscard]] const Array& sin() const { return sin_; }
  void advance() {
    for (Eigen::Index i = 0; i < cos_.size(); ++i) {
      const double c = cos_[i];
      const double s = sin_[i];
      cos_[i] = c - (deficit_[i] * c + sine_[i] * s);
      sin_[i] = s + (sine_[i] * c - deficit_[i] * s);
    }
  }

 private:
  Array deficit_, sine_, cos_, sin_;
};

/// The collisions of one m: their weights, and the functions there.
class Row {
 public:
  Row(const ChainBand& band, const PhononWeight& weight, double m, double m_weight, const QuadratureRule& eta)
      : u_(static_cast<Eigen::Index>(eta.nodes.size())), shift_(u_.size()), root_(u_.size()), m_(m) {
    for (Eigen::Index i = 0; i < u_.size(); ++i) {
      const auto j = static_cast<std::size_t>(i);
      u_[i] = m * eta.nodes[j];
      const ChainCollision collision = chain_collision(band, m, u_[i]);
      shift_[i] = collision.shift;
      double w = m_weight * m * eta.weights[j] / collision.slope;
      for (const double omega : collision.omega) w *= weight(omega) / omega;
      root_[i] = std::sqrt(w);
    }
  }

  /// Column n − 1: what a collision changes of function n, times the root of the weight.
  void functions(Parity parity, Eigen::MatrixXd& changes) const {
    Multiples of_shift(shift_);
    Multiples of_u(u_);
    for (Eigen::Index n = 1; n <= changes.cols(); ++n) {
      // sin ns and cos ns with s = π/2 − σ are ± cos nσ or ± sin nσ.
      const bool cosine = (n % 2 == 1) == (parity == Parity::odd);
      const double sign = (n / 2) % 2 == 0 ? 4.0 : -4.0;
      const double even_sign = parity == Parity::odd && n % 2 == 0 ? -1.0 : 1.0;
      const double factor = sign * even_sign * std::sin(static_cast<double>(n) * m_);
      const Array& of_s = cosine ? of_shift.cos() : of_shift.sin();
      changes.col(n - 1) = (factor * root_ * of_s * of_u.sin()).matrix();
      of_shift.advance();
      of_u.advance();
    }
  }

 private:
  Array u_, shift_, root_;
  double m_;
};

}  // namespace

Eigen::MatrixXd chain_matrix(const ChainBand& band, const PhononWeight& weight, Parity parity, int functions, int nodes,
                             int threads) {
  const QuadratureRule m = gauss_legendre(nodes, 0.0, 0.5 * std::numbers::pi);
  const QuadratureRule eta = gauss_legendre(nodes, 0.0, 1.0);
  const int blocks = std::min(thread_count(threads), nodes);
  std::vector<Eigen::MatrixXd> sums(static_cast<std::size_t>(blocks), Eigen::MatrixXd::Zero(functions, functions));
#pragma omp parallel for schedule(static, 1) num_threads(blocks)
  for (int b = 0; b < blocks; ++b) {
    Eigen::MatrixXd changes(nodes, functions);
    Eigen::MatrixXd& sum = sums[static_cast<std::size_t>(b)];
    for (int i = b; i < nodes; i += blocks) {
      const auto at = static_cast<std::size_t>(i);
      Row(band, weight, m.nodes[at], m.weights[at], eta).functions(parity, changes);
      sum.selfadjointView<Eigen::Lower>().rankUpdate(changes.transpose());
    }
  }
  for (std::size_t b = 1; b < sums.size(); ++b) sums.front() += sums[b];
  const double constant = 2.0 / (std::numbers::pi * std::numbers::pi * std::numbers::pi);
  Eigen::MatrixXd matrix = sums.front().selfadjointView<Eigen::Lower>();
  return constant * matrix;
}

Eigen::VectorXd chain_moments(const ChainBand& band, const std::function<double(double p)>& f, Parity parity,
                              int functions) {
  // ω vanishes at p = ± i strip, where cosh(strip) = 1/2δ: the trapezoidal rule converges like e^{−K strip}.
  constexpr double decay = 25.0;
  const double strip = std::acosh(1.0 / (2.0 * band.delta()));
  const int points = 2 * functions + 64 + static_cast<int>(decay / strip);  // of (0, 2π), twice as many
  const bool odd = parity == Parity::odd;
  const int first = odd ? 1 : 0;
  Eigen::VectorXd moments = Eigen::VectorXd::Zero(functions + 1 - first);
  for (int j = 0; j < points; ++j) {
    const double p = std::numbers::pi * (j + 0.5) / points;
    const double value = f(p) / points;
    for (int n = first; n <= functions; ++n) {
      moments[n - first] += value * (odd ? std::sin(n * p) : std::cos(n * p));
    }
  }
  return moments;
}

}  // namespace nordheim::detail
