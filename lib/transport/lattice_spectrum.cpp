// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/lattice_spectrum.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nordheim::detail {

namespace {

using Vector = Eigen::VectorXd;

/// @brief A in the functions y = g √w h, w the weights of the nodes, in which it is symmetric and of eigenvalues ν.
class SymmetricCollisions {
 public:
  SymmetricCollisions(LinearisedCollisions& collisions, ConstState g, int sector)
      : collisions_(collisions), sector_(sector), h_(g.size()), Ah_(g.size()) {
    const auto n = static_cast<Eigen::Index>(g.size());
    root_.resize(n);
    rates_.resize(n);
    for (std::size_t a = 0; a < g.size(); ++a) {
      const auto i = static_cast<Eigen::Index>(a);
      root_[i] = g[a] * std::sqrt(collisions.weights()[a]);
      rates_[i] = collisions.loss()[a] / (g[a] * g[a]);
    }
    if (sector > 0) return;  // others hold no function of the energy
    if (collisions.conserves_number()) number_ = root_.normalized();
    energy_ = root_.cwiseProduct(Eigen::Map<const Vector>(collisions.energies().data(), n));
    if (number_.size() > 0) energy_ -= number_.dot(energy_) * number_;
    energy_.normalize();
  }

  [[nodiscard]] Eigen::Index size() const { return root_.size(); }
  [[nodiscard]] const Vector& rates() const { return rates_; }
  /// Γ and gain, without what is conserved.
  [[nodiscard]] Vector apply(const Vector& y) {
    for (std::size_t a = 0; a < h_.size(); ++a)
      h_[a] = y[static_cast<Eigen::Index>(a)] / root_[static_cast<Eigen::Index>(a)];
    collisions_.apply(sector_, h_, Ah_);
    const ConstState w = collisions_.weights();
    Vector result(y.size());
    for (std::size_t a = 0; a < h_.size(); ++a) {
      const auto i = static_cast<Eigen::Index>(a);
      result[i] = w[a] * Ah_[a] / root_[i];
    }
    return allowed(std::move(result));
  }
  /// Without what is conserved, and zero where all functions of the sector are.
  [[nodiscard]] Vector allowed(Vector y) const {
    for (std::size_t a = 0; a < h_.size(); ++a) {
      if (collisions_.vanishes(sector_, a)) y[static_cast<Eigen::Index>(a)] = 0.0;
    }
    for (const Vector* conserved : {&number_, &energy_}) {
      if (conserved->size() > 0) y -= conserved->dot(y) * *conserved;
    }
    return y;
  }
  /// A smooth function without other symmetries; others for other numbers.
  [[nodiscard]] Vector start(int number) const {
    Vector y(size());
    for (std::size_t a = 0; a < h_.size(); ++a) {
      const auto i = static_cast<Eigen::Index>(a);
      y[i] = root_[i] * collisions_.trial(sector_, number, a);
    }
    return allowed(std::move(y));
  }

 private:
  LinearisedCollisions& collisions_;
  int sector_;
  std::vector<double> h_, Ah_;
  Vector root_, rates_, number_, energy_;
};

/// Orthonormal functions and what the collisions make of them.
class RitzSpace {
 public:
  explicit RitzSpace(SymmetricCollisions& collisions) : collisions_(collisions) {}

  /// @return false if y has nothing new
  bool add(Vector y) {
    const double before = y.norm();
    for (int pass = 0; pass < 2; ++pass) {
      y = collisions_.allowed(std::move(y));
      for (const Vector& earlier : functions_) y -= earlier.dot(y) * earlier;
    }
    constexpr double rounding = 1e-12;
    if (!(y.norm() > rounding * before)) return false;
    functions_.emplace_back(y.normalized());
    images_.push_back(collisions_.apply(functions_.back()));
    const auto m = static_cast<Eigen::Index>(functions_.size());
    matrix_.conservativeResize(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
      matrix_(i, m - 1) = matrix_(m - 1, i) = functions_[static_cast<std::size_t>(i)].dot(images_.back());
    }
    return true;
  }
  [[nodiscard]] std::size_t size() const { return functions_.size(); }
  [[nodiscard]] const Eigen::MatrixXd& matrix() const { return matrix_; }
  /// (A − θ) Σ s_i y_i.
  [[nodiscard]] Vector residual(const Vector& s, double theta) const {
    Vector sum = Vector::Zero(collisions_.size());
    for (std::size_t i = 0; i < functions_.size(); ++i) {
      sum += s[static_cast<Eigen::Index>(i)] * (images_[i] - theta * functions_[i]);
    }
    return sum;
  }

 private:
  SymmetricCollisions& collisions_;
  std::vector<Vector> functions_, images_;
  Eigen::MatrixXd matrix_;
};

}  // namespace

LowestRate lowest_rate(LinearisedCollisions& collisions, ConstState g, int sector, double ceiling) {
  constexpr int starts = 3;
  constexpr std::size_t most_functions = 60;
  constexpr double enough = 1e-6;  // the eigenvalue is better by another such factor
  constexpr double enough_in_continuum = 1e-3;
  SymmetricCollisions symmetric(collisions, g, sector);
  RitzSpace trial(symmetric);
  for (int i = 0; i < starts; ++i) trial.add(symmetric.start(i));
  for (;;) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> ritz(trial.matrix());
    const double theta = ritz.eigenvalues()[0];
    const Vector residual = trial.residual(ritz.eigenvectors().col(0), theta);
    const LowestRate found{theta, residual.norm()};
    const double wanted = theta > ceiling ? enough_in_continuum : enough;
    if (found.residual <= wanted * std::abs(theta) || trial.size() >= most_functions) return found;
    // The diagonal part of A − θ, but not where it would be close to zero.
    constexpr double least = 0.05;
    const Vector& rates = symmetric.rates();
    if (!trial.add(residual.array() / (rates.array() - theta).max(least * rates.array()))) return found;
  }
}

double lowest_loss_rate(const LinearisedCollisions& collisions, ConstState g) {
  const ConstState loss = collisions.loss();
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < g.size(); ++a) least = std::min(least, loss[a] / (g[a] * g[a]));
  return least;
}

LatticeSpectrum::LatticeSpectrum(int dimension, double scale)
    : scale_(scale),
      sectors_(static_cast<std::size_t>(dimension + 1)),
      residuals_(sectors_.size()),
      // As the relaxation-time approximation, see lattice_currents().
      edge_(dimension == 2 ? 1.0 : 2.0) {}

void LatticeSpectrum::add(LinearisedCollisions& collisions, ConstState g) {
  const int points = collisions.points();
  const double edge = lowest_loss_rate(collisions, g);
  edge_.add(points, scale_ * edge);
  for (std::size_t p = 0; p < sectors_.size(); ++p) {
    const LowestRate rate = lowest_rate(collisions, g, static_cast<int>(p), edge);
    sectors_[p].add(points, scale_ * rate.value);
    residuals_[p] = scale_ * rate.residual;
  }
  ++grids_;
}

void LatticeSpectrum::fill(PhononCurrents& result) const {
  constexpr std::size_t enough = 3;
  if (grids_ < enough) return;
  // Rates see the edges of the window, which make them ripple as the horizon grows, more than the conductivity does.
  constexpr double safety = 2.0;
  const auto absolute = [](const BoundedValue& x) {
    return RelaxationRate{x.value, safety * std::abs(x.value) * x.error};
  };
  const RelaxationRate edge = absolute(edge_.limit());
  result.continuum_edge = result.gap = edge;
  for (std::size_t p = 0; p < sectors_.size(); ++p) {
    RelaxationRate rate = absolute(sectors_[p].limit());
    rate.error += residuals_[p];
    const bool is_isolated = rate.rate + rate.error < edge.rate - edge.error;
    if (is_isolated) (p % 2 == 1 ? result.odd_rates : result.even_rates).push_back(rate);
    if (rate.rate < result.gap->rate) {
      result.gap = rate;
      result.gap_is_isolated = is_isolated;
    }
  }
  for (auto* rates : {&result.odd_rates, &result.even_rates}) {
    std::sort(rates->begin(), rates->end(), [](const auto& a, const auto& b) { return a.rate < b.rate; });
  }
}

}  // namespace nordheim::detail
