// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/potential_filter.hpp"

#include "momentum/oscillator_functions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nordheim::detail {

namespace {

/// The points in the variable √2 y of the functions.
SphericalPoints stretched(SphericalPoints points) {
  for (double& r : points.radii) r *= std::numbers::sqrt2;
  for (double& w : points.radial_weights) w *= 2.0 * std::numbers::sqrt2;
  return points;
}

}  // namespace

PotentialFilter::PotentialFilter(const SphericalBasis& input, const SphericalPoints& points, double scale,
                                 const std::vector<double>& sigma, const std::function<double(double)>& square)
    : transform_(density_basis(input), stretched(points)) {
  const SphericalBasis& basis = transform_.basis();
  // Exact for V² a polynomial of degree 160 in q², and by far fine enough for any V² that functions of degree K
  // resolve.
  const QuadratureRule kappa = radial_gauss(basis.degree + 80, 1.0);
  const auto count = static_cast<Eigen::Index>(kappa.nodes.size());
  std::vector<Table> functions;
  for (int l = 0; l <= basis.lmax; ++l) {
    Table R = oscillator_functions(static_cast<int>(basis.radial(l)), l, kappa.nodes);
    for (Eigen::Index n = 1; n < R.rows(); n += 2) R.row(n) *= -1.0;
    functions.push_back(std::move(R));
  }
  for (const double angle : sigma) {
    Eigen::VectorXd weighted(count);
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto node = static_cast<std::size_t>(i);
      const double q = std::numbers::sqrt2 * scale * std::sin(angle) * kappa.nodes[node];
      weighted[i] = kappa.weights[node] * square(q);
    }
    std::vector<Table>& of_angle = matrices_.emplace_back();
    for (const Table& R : functions) of_angle.emplace_back(R * weighted.asDiagonal() * R.transpose());
  }
}

void PotentialFilter::apply(std::size_t s, double* coefficients) const {
  constexpr std::size_t parts = 2;
  const SphericalBasis& basis = transform_.basis();
  Eigen::Matrix<double, 1, Eigen::Dynamic, Eigen::RowMajor, 1, 513> row;
  for (int l = 0; l <= basis.lmax; ++l) {
    const Table& B = matrices_[s][static_cast<std::size_t>(l)];
    for (std::size_t m = 0; m < basis.orders(l) * parts; ++m, coefficients += B.rows()) {
      Eigen::Map<Eigen::RowVectorXd> c(coefficients, B.rows());
      row.noalias() = c * B;
      c = row;
    }
  }
}

}  // namespace nordheim::detail
