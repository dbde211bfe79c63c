// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/contact_shells.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace nordheim::detail {

namespace {

constexpr double pi = std::numbers::pi;

/// Of the weight of pairs over ρ: E1 E2 has its nearest pole where half the total energy is μ (bosons) or μ ± iπ.
Scale radius_scale(const ContactGas& gas) {
  constexpr double widest = 3.0;
  if (gas.statistics() == Statistics::classical) return {0.0, widest};
  const double imaginary = gas.statistics() == Statistics::fermion ? pi : 0.0;
  const auto pole = 2.0 * std::sqrt(std::complex<double>(2.0 * gas.mu(), 2.0 * imaginary));
  return {pole.real(), std::min(std::abs(pole.imag()), widest)};
}

QuadratureRule radius_rule(const ContactGas& gas, int n) {
  // The weight of a total energy falls as its exponential on both sides of twice the Fermi energy.
  const double middle = 2.0 * std::max(gas.mu(), 0.0);
  const double lowest = std::max(middle - 50.0, 0.0);
  const double highest = gas.largest_energy() + std::max(gas.mu(), 0.0) + 10.0;
  return graded_rule(gauss_legendre(n, 0.0, 1.0), 2.0 * std::sqrt(lowest), 2.0 * std::sqrt(highest), radius_scale(gas));
}

}  // namespace

ContactShells::ContactShells(const ContactGas& gas, const ShellOrders& orders)
    : gas_(gas),
      radii_(radius_rule(gas, orders.radius)),
      unit_angles_(gauss_legendre(orders.angle, 0.0, 1.0)),
      unit_cosines_(gauss_legendre(orders.cosine, 0.0, 1.0)) {}

/// α on [0, π/4]; for bosons π/4 − α.
QuadratureRule ContactShells::angles(double total) const {
  Scale scale{0.0, 1.0};
  if (gas_.statistics() == Statistics::boson) {
    // A slow partner: 1 − sin 2α = −2|μ|/total.
    scale.width = std::min(std::sqrt(-gas_.mu() / total), 1.0);
  } else if (gas_.statistics() == Statistics::fermion) {
    // A partner at the edge of the Fermi distribution: total sin 2α = |total − 2μ| ± 2πi.
    const std::complex<double> sine(std::abs(total - 2.0 * gas_.mu()) / total, 2.0 * pi / total);
    const std::complex<double> pole = 0.5 * std::asin(sine);
    scale = {std::clamp(pole.real(), 0.0, pi / 4.0), std::min(std::abs(pole.imag()), 1.0)};
  }
  return graded_rule(unit_angles_, 0.0, pi / 4.0, scale);
}

void ContactShells::fill_row(Eigen::Index row, double alpha, double total, ShellSlice& slice) const {
  const double spread = total * std::sin(2.0 * alpha);
  Scale scale{0.0, 2.0 * pi + spread};
  if (gas_.statistics() == Statistics::fermion) scale = {std::abs(total - 2.0 * gas_.mu()), 2.0 * pi};
  const QuadratureRule difference = graded_rule(unit_cosines_, 0.0, spread, scale);
  for (std::size_t i = 0; i < difference.nodes.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double y = difference.nodes[i];
    const double omega1 = 0.5 * (total + y);
    const double omega2 = 0.5 * (total - y);
    slice.c(at, row) = y / spread;
    slice.omega1(at, row) = omega1;
    slice.omega2(at, row) = omega2;
    slice.pair(at, row) = difference.weights[i] / spread * gas_.root_weight(omega1) * gas_.root_weight(omega2);
  }
}

/// β = π/4 − α. The slow partner has x2 = ω2 − μ, which is graded as a logarithm, and from which the rest follows
/// without cancellation.
void ContactShells::fill_boson_row(Eigen::Index row, double beta, double total, ShellSlice& slice) const {
  const double sine = std::sin(beta);
  const double gap = 2.0 * sine * sine;  // 1 − sin 2α
  const double spread = total * (1.0 - gap);
  const double least = 0.5 * total * gap - gas_.mu();
  const double length = std::log((0.5 * total - gas_.mu()) / least);
  for (std::size_t i = 0; i < unit_cosines_.nodes.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    const double x2 = least * std::exp(length * unit_cosines_.nodes[i]);
    const double omega2 = x2 + gas_.mu();
    const double omega1 = total - omega2;
    slice.c(at, row) = (omega1 - omega2) / spread;
    slice.omega1(at, row) = omega1;
    slice.omega2(at, row) = omega2;
    slice.pair(at, row) =
        unit_cosines_.weights[i] * length * x2 * 2.0 / spread * gas_.root_weight(omega1) * gas_.root_weight(omega2, x2);
  }
}

void ContactShells::fill(std::size_t index, ShellSlice& slice) const {
  const auto cosines = static_cast<Eigen::Index>(unit_cosines_.nodes.size());
  const auto rows = static_cast<Eigen::Index>(unit_angles_.nodes.size());
  const bool bosons = gas_.statistics() == Statistics::boson;
  slice.rho = radii_.nodes[index];
  slice.weight = radii_.weights[index];
  for (auto* values : {&slice.c, &slice.pair, &slice.omega1, &slice.omega2}) values->resize(cosines, rows);
  for (auto* values : {&slice.cosine_alpha, &slice.sine_alpha, &slice.alpha_weights}) values->resize(rows);
  const double total = 0.25 * slice.rho * slice.rho;
  const QuadratureRule rule = angles(total);
  for (Eigen::Index row = 0; row < rows; ++row) {
    const auto at = static_cast<std::size_t>(row);
    const double alpha = bosons ? pi / 4.0 - rule.nodes[at] : rule.nodes[at];
    slice.cosine_alpha[row] = std::cos(alpha);
    slice.sine_alpha[row] = std::sin(alpha);
    slice.alpha_weights[row] = rule.weights[at];
    if (bosons) {
      fill_boson_row(row, rule.nodes[at], total, slice);
    } else {
      fill_row(row, alpha, total, slice);
    }
  }
  slice.total = 2.0 * slice.pair.colwise().sum().transpose();
}

}  // namespace nordheim::detail
