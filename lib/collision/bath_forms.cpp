// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/bath_forms.hpp"

#include "momentum/gauss_rule.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numbers>
#include <utility>

namespace nordheim::detail {

namespace {

using Index = Eigen::Index;
using Triplets = std::vector<Eigen::Triplet<double>>;

Index index(std::size_t i) { return static_cast<Index>(i); }

SparseMatrix assembled(const Triplets& triplets, std::size_t n) {
  SparseMatrix S(index(n), index(n));
  S.setFromTriplets(triplets.begin(), triplets.end());
  S.makeCompressed();
  return S;
}

/// Assembles the form of acoustic phonons, element by element.
class AcousticAssembly {
 public:
  AcousticAssembly(const RadialGrid& grid, double beta, const AcousticPhonons& phonons)
      : grid_(grid),
        beta_(beta),
        c_(phonons.sound_speed),
        phonons_(phonons),
        factor_(4.0 * std::numbers::pi * std::numbers::pi * phonons.coupling / (c_ * c_ * c_)),
        order_(grid.order()),
        rule_(gauss_legendre(grid.order() + extra_points, 0.0, 1.0)),
        at_k_(order_),
        at_k1_(order_, index(rule_.nodes.size())),
        Q_(index(rule_.nodes.size())),
        half_(index(rule_.nodes.size())),
        P_(grid.lmax() + 1, index(rule_.nodes.size())) {
    const ConstState b = grid.boundaries();
    const double smallest = 1e-12 * b.back();
    cuts_.assign(b.begin(), b.end());
    for (const double k : b) {
      for (const double shifted : {k + 2.0 * c_, std::abs(k - 2.0 * c_)}) {
        if (shifted < b.back()) cuts_.push_back(shifted);
      }
    }
    node_scale_.resize(index(grid.radial_points()));
    for (std::size_t i = 0; i < grid.radial_points(); ++i) {
      const double r = grid.radii()[i], middle = middle_energy(i / static_cast<std::size_t>(order_));
      node_scale_[index(i)] = std::exp(0.5 * beta_ * (0.5 * r * r - middle));
    }
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end(), [=](double x, double y) { return y - x < smallest; }),
                cuts_.end());
  }

  std::vector<SparseMatrix> operator()() {
    for (std::size_t piece = 0; piece + 1 < cuts_.size(); ++piece) {
      const double start = cuts_[piece], length = cuts_[piece + 1] - start;
      for (std::size_t i = 0; i < rule_.nodes.size(); ++i) {
        add_partners(start + length * rule_.nodes[i], length * rule_.weights[i]);
      }
    }
    return matrices();
  }

 private:
  static constexpr int extra_points = 4;
  using Place = std::pair<std::size_t, std::size_t>;

  [[nodiscard]] std::size_t element_of(double k) const {
    const ConstState b = grid_.boundaries();
    const auto above = std::upper_bound(b.begin() + 1, b.end() - 1, k);
    return static_cast<std::size_t>(above - b.begin()) - 1;
  }

  /// ω at the middle of an element: functions are scaled by √M there first, so that no number overflows.
  [[nodiscard]] double middle_energy(std::size_t element) const {
    const double k = 0.5 * (grid_.boundaries()[element] + grid_.boundaries()[element + 1]);
    return 0.5 * k * k;
  }

  /// Functions of the element at k, each times √(M(middle)/M(node)).
  void functions(std::size_t element, double k, Eigen::Ref<Eigen::VectorXd> values) const {
    const ConstState b = grid_.boundaries();
    grid_.element_functions((k - b[element]) / (b[element + 1] - b[element]),
                            {values.data(), static_cast<std::size_t>(order_)});
    values.array() *= node_scale_.segment(index(element) * order_, order_).array();
  }

  /// All k' > k, over pieces without an element boundary inside.
  void add_partners(double k, double weight) {
    const ConstState b = grid_.boundaries();
    const std::size_t element = element_of(k);
    functions(element, k, at_k_);
    const double upper = std::min(k + 2.0 * c_, b.back());
    for (double start = std::max(k, 2.0 * c_ - k); start < upper;) {
      const std::size_t element1 = element_of(start);
      const double end = std::min(upper, b[element1 + 1]);
      add_piece(k, element, start, end, element1, weight);
      start = end;
    }
  }

  void add_piece(double k, std::size_t element, double start, double end, std::size_t element1, double weight) {
    const double middle = middle_energy(element), middle1 = middle_energy(element1);
    double own_loss = 0.0;
    for (Index i = 0; i < Q_.size(); ++i) {
      const auto node = static_cast<std::size_t>(i);
      const double k1 = start + (end - start) * rule_.nodes[node], x = 0.5 * (k1 - k) * (k1 + k);
      const double Q =
          weight * (end - start) * rule_.weights[node] * factor_ * k * k1 * x * (x / -std::expm1(-beta_ * x));
      const double half = std::exp(0.5 * beta_ * (middle - 0.5 * k1 * k1));
      const double half1 = std::exp(0.5 * beta_ * (middle1 - 0.5 * k1 * k1));
      own_loss += Q * half * half;
      functions(element1, k1, at_k1_.col(i));
      at_k1_.col(i) *= half1;
      Q_[i] = Q;
      half_[i] = half;
      legendre_values(std::clamp(deflection_cosine(phonons_, k, k1), -1.0, 1.0), P_.col(i));
    }
    loss(element).noalias() += own_loss * at_k_ * at_k_.transpose();
    loss(element1).noalias() += at_k1_ * Q_.asDiagonal() * at_k1_.transpose();
    auto& gains = gain({element, element1});
    for (Index l = 0; l < P_.rows(); ++l) {
      gains[static_cast<std::size_t>(l)].noalias() +=
          at_k_ * (at_k1_ * Q_.cwiseProduct(half_).cwiseProduct(P_.row(l).transpose())).transpose();
    }
  }

  Eigen::MatrixXd& loss(std::size_t element) {
    Eigen::MatrixXd& block = losses_[element];
    if (block.size() == 0) block = Eigen::MatrixXd::Zero(order_, order_);
    return block;
  }

  /// For each l, the gain of the lower element from the upper one; the reverse is its transpose.
  std::vector<Eigen::MatrixXd>& gain(const Place& place) {
    auto& blocks = gains_[place];
    if (blocks.empty()) {
      blocks.assign(static_cast<std::size_t>(P_.rows()), Eigen::MatrixXd::Zero(order_, order_));
    }
    return blocks;
  }

  std::vector<SparseMatrix> matrices() const {
    const ConstState radii = grid_.radii(), weights = grid_.radial_weights();
    const auto order = static_cast<std::size_t>(order_);
    Triplets triplets;
    const auto add = [&](std::size_t row, std::size_t column, const auto& values) {
      for (std::size_t i = 0; i < order; ++i) {
        for (std::size_t j = 0; j < order; ++j) {
          const std::size_t a = row * order + i, b = column * order + j;
          const double root_m = std::sqrt(weights[a] * weights[b]) * radii[a] * radii[b];
          triplets.emplace_back(static_cast<int>(a), static_cast<int>(b), values(index(i), index(j)) / root_m);
        }
      }
    };
    std::vector<SparseMatrix> result;
    for (std::size_t l = 0; l < static_cast<std::size_t>(P_.rows()); ++l) {
      triplets.clear();
      for (const auto& [element, block] : losses_) add(element, element, block);
      for (const auto& [place, blocks] : gains_) {
        add(place.first, place.second, -blocks[l]);
        add(place.second, place.first, -blocks[l].transpose());
      }
      result.push_back(assembled(triplets, radii.size()));
    }
    return result;
  }

  const RadialGrid& grid_;
  double beta_, c_;
  AcousticPhonons phonons_;
  double factor_;
  Index order_;
  QuadratureRule rule_;
  Eigen::VectorXd node_scale_;  // √(M(middle of the element)/M(node))
  Eigen::VectorXd at_k_;        // functions of the element of k there
  Eigen::MatrixXd at_k1_;       // and of the element of k', shape (order, points)
  Eigen::VectorXd Q_, half_;    // weights of the points, and √(M(k')/M(middle of the element of k))
  Eigen::MatrixXd P_;           // P_l at the points, shape (lmax + 1, points)
  std::vector<double> cuts_;
  std::map<std::size_t, Eigen::MatrixXd> losses_;
  std::map<Place, std::vector<Eigen::MatrixXd>> gains_;
};

}  // namespace

void legendre_values(double x, Eigen::Ref<Eigen::VectorXd> values) {
  values[0] = 1.0;
  if (values.size() > 1) values[1] = x;
  for (Eigen::Index l = 2; l < values.size(); ++l) {
    const auto a = static_cast<double>(l);
    values[l] = ((2.0 * a - 1.0) * x * values[l - 1] - (a - 1.0) * values[l - 2]) / a;
  }
}

std::vector<SparseMatrix> bath_forms(const RadialGrid& grid, double beta, const AcousticPhonons& phonons) {
  return AcousticAssembly(grid, beta, phonons)();
}

std::vector<SparseMatrix> bath_forms(const RadialGrid& grid, double beta, const OpticalPhonons& phonons) {
  const ConstState radii = grid.radii();
  const auto order = static_cast<std::size_t>(grid.order());
  const auto lmax = static_cast<std::size_t>(grid.lmax());
  std::vector<Triplets> triplets(lmax + 1);
  const auto add = [&](std::size_t l, std::size_t i, std::size_t j, double value) {
    triplets[l].emplace_back(static_cast<int>(i), static_cast<int>(j), value);
  };
  for (std::size_t i = 0; i < radii.size(); ++i) {
    const auto rates = jump_rates(phonons, beta, grid.lmax(), 0.5 * radii[i] * radii[i]);
    const std::size_t above = i + order;
    const bool is_top = above >= radii.size(), is_bottom = i < order;
    const double loss = (is_top ? 0.0 : rates[0].absorption) + (is_bottom ? 0.0 : rates[0].emission);
    for (std::size_t l = 0; l <= lmax; ++l) {
      add(l, i, i, loss);
      if (is_top) continue;
      // Symmetrised with m up = e^{−βω0} m' down, m proportional to k on a ladder.
      const double gain =
          rates[l].absorption * std::exp(0.5 * beta * phonons.omega0) * std::sqrt(radii[i] / radii[above]);
      add(l, i, above, -gain);
      add(l, above, i, -gain);
    }
  }
  std::vector<SparseMatrix> result;
  result.reserve(triplets.size());
  for (const Triplets& entries : triplets) result.push_back(assembled(entries, radii.size()));
  return result;
}

}  // namespace nordheim::detail
