// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_products.hpp"

#include <cmath>
#include <utility>

namespace nordheim::detail {

SpringProducts::SpringProducts(SpaceTimeEngine engine, int dimension, int points, const std::vector<CubicBond>& bonds)
    : engine_(std::move(engine)), dimension_(dimension), points_(points), bonds_(bonds) {
  double sum = 0.0;
  for (const CubicBond& bond : bonds) sum += std::abs(bond.alpha);
  largest_vertex_ = 36.0 * sum * sum;  // three legs, |T| ≤ 2 Σ |α|
  for (int b = 0; b < engine_.threads(); ++b) products_.emplace_back(dimension, points, bonds);
  engine_.reserve(2, 2);
  engine_.group_columns(products_.front().group());
}

std::size_t SpringProducts::memory(int dimension, int points, const std::vector<CubicBond>& bonds, int threads) {
  return SpringSweep<Wave>::memory(dimension, points, bonds) * static_cast<std::size_t>(thread_count(threads));
}

double SpringProducts::largest_product(double P, double R) const {
  const double size = std::pow(points_, dimension_);
  return size * size * largest_vertex_ * 2.0 * P * R * (P + R);
}

void SpringProducts::integrate(const double* R, const double* P, const std::vector<double>& weights, double* S_X,
                               double* S_Y) {
  engine_.integrate_columns<2, 2>(
      {R, P}, weights, {S_X, S_Y},
      [this](std::size_t block, const SpaceTimeEngine::Columns& columns) { products_[block](columns); });
}

void SpringProducts::differentiate(const double* R, const double* P, const double* dR, const double* dP,
                                   const std::vector<double>& weights, double* dS_X, double* dS_Y) {
  while (derivatives_.size() < products_.size()) derivatives_.emplace_back(dimension_, points_, bonds_);
  engine_.integrate_columns<4, 2>(
      {R, P, dR, dP}, weights, {dS_X, dS_Y},
      [this](std::size_t block, const SpaceTimeEngine::Columns& columns) { derivatives_[block](columns); });
}

}  // namespace nordheim::detail
