// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/trial_space.hpp"

#include "momentum/graded_rule.hpp"

#include <Eigen/QR>

#include <algorithm>
#include <cmath>

namespace nordheim::detail {

TrialVariable::TrialVariable(const ContactGas& gas, TrialFunctions kind) : map_(Map::identity) {
  if (kind == TrialFunctions::sonine) return;
  if (gas.statistics() == Statistics::fermion) {
    // Deviations vary over a few temperatures around the Fermi energy, where W has poles at μ ± iπ.
    map_ = Map::area_sine;
    centre_ = std::max(gas.mu(), 0.0);
    width_ = 2.2;
  } else {
    // Those of bosons vary where ω ~ |μ|, and as slowly as those of the classical gas elsewhere.
    constexpr double widest = 1.5;
    map_ = Map::logarithm;
    width_ = gas.statistics() == Statistics::boson ? std::min(-gas.mu(), widest) : widest;
  }
}

double TrialVariable::operator()(double omega) const {
  switch (map_) {
    case Map::logarithm:
      return std::log1p(omega / width_);
    case Map::area_sine:
      return std::asinh((omega - centre_) / width_);
    case Map::identity:
      break;
  }
  return omega;
}

QuadratureRule radial_rule(const ContactGas& gas) {
  constexpr int points = 200;  // many: integrals in one dimension cost nothing
  return graded_rule(gauss_legendre(points, 0.0, 1.0), 0.0, std::sqrt(2.0 * gas.largest_energy()),
                     gas.momentum_scale());
}

TrialSpace::TrialSpace(const ContactGas& gas, TrialFunctions kind, int l, int degree) : variable_(gas, kind), l_(l) {
  const QuadratureRule rule = radial_rule(gas);
  const auto points = static_cast<Eigen::Index>(rule.nodes.size());
  Eigen::ArrayXd omega(points), s(points), weight(points);
  for (Eigen::Index i = 0; i < points; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double k = rule.nodes[at];
    omega[i] = 0.5 * k * k;
    s[i] = variable_(omega[i]);
    const double root = gas.root_weight(omega[i]);
    weight[i] = rule.weights[at] * std::pow(k, 2 * l + 2) * root * root;
  }
  norm_of_one_ = std::sqrt(weight.sum());
  mean_energy_ = (weight * omega).sum() / weight.sum();
  norm_of_energy_ = std::sqrt((weight * (omega - mean_energy_).square()).sum());
  const Eigen::ArrayXd energy = (omega - mean_energy_) / norm_of_energy_;
  energy_ = Eigen::VectorXd::Zero(degree + 1);
  b_.push_back(norm_of_one_);
  // The procedure of Stieltjes.
  Eigen::ArrayXd before = Eigen::ArrayXd::Zero(points);
  Eigen::ArrayXd p = Eigen::ArrayXd::Constant(points, 1.0 / norm_of_one_);
  for (int j = 0;; ++j) {
    const auto at = static_cast<std::size_t>(j);
    if (j > 0) energy_[j] = (weight * p * energy).sum();
    a_.push_back((weight * s * p.square()).sum());
    if (j == degree) break;
    Eigen::ArrayXd next = (s - a_[at]) * p;
    if (j > 0) next -= b_[at] * before;
    b_.push_back(std::sqrt((weight * next.square()).sum()));
    before.swap(p);
    p = next / b_.back();
  }
}

void TrialSpace::evaluate(const Eigen::Ref<const Eigen::ArrayXd>& omega, Eigen::Ref<Eigen::MatrixXd> values) const {
  values.col(0) = omega.matrix();
  values.col(1).setConstant(1.0 / norm_of_one_);
  const Eigen::ArrayXd s = omega.unaryExpr([this](double at) { return variable_(at); });
  for (std::size_t j = 0; j + 1 < a_.size(); ++j) {
    const auto column = static_cast<Eigen::Index>(j) + 1;
    auto next = values.col(column + 1).array();
    next = (s - a_[j]) * values.col(column).array();
    if (j > 0) next -= b_[j] * values.col(column - 1).array();
    next /= b_[j + 1];
  }
}

Eigen::MatrixXd TrialSpace::combine(int degree) const {
  const Eigen::Index M = degree;
  Eigen::MatrixXd basis = Eigen::MatrixXd::Zero(raw_functions(), M + 1);
  basis(1, 0) = 1.0;
  if (M == 0) return basis;
  basis(0, 1) = 1.0 / norm_of_energy_;
  basis(1, 1) = -mean_energy_ / norm_of_energy_ * norm_of_one_;
  // A reflection takes the direction of ω among p_1 … p_M to the first axis; the other axes remain.
  const Eigen::MatrixXd along = energy_.segment(1, M);
  const Eigen::HouseholderQR<Eigen::MatrixXd> reflection(along);
  basis.block(2, 2, M, M - 1) = reflection.householderQ() * Eigen::MatrixXd::Identity(M, M).rightCols(M - 1);
  return basis;
}

}  // namespace nordheim::detail
