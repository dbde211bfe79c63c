// SPDX-License-Identifier: GPL-3.0-or-later
// How far C(W) in R³ is from exact, by a comparison of two degrees.
//
// At the nodes of the grid the errors of an expansion are smaller than between them, those of a difference as well: the
// comparison is made in between, too, where it is no smaller than the error at the nodes.
#include <nordheim/core/error.hpp>

#include "collision/sizes_of_rates.hpp"
#include "collision/spherical_two_body_impl.hpp"
#include "momentum/spherical_transform.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

/// @brief Degrees that are compared with K, by how much they are lower, and which part of the difference may still be
/// there at K.
///
/// The error oscillates with the degree: two near degrees may err by the same. It falls as e^{−cK^{2/3}}, by more than
/// three from K − 8 to K where c > 0.6.
constexpr std::pair<int, double> lower_degrees[] = {{4, 1.0}, {8, 1.0 / 3.0}};
constexpr double safety =
    2.0;  // at single points between the nodes, errors up to 1.8 times the plain estimate were found

/// The centre and points half-way between the radii.
detail::SphericalPoints between(detail::SphericalPoints points) {
  for (std::size_t r = points.radii.size(); r-- > 1;) points.radii[r] = 0.5 * (points.radii[r - 1] + points.radii[r]);
  points.radii.front() = 0.0;
  return points;
}

/// @brief W between the nodes from W/f, f the reference, which is 1 where W is at equilibrium and varies slowly: the
/// geometric mean of neighbours, or the arithmetic one where there is none.
std::vector<double> halfway(const SphericalGrid& grid, const MovingEquilibrium& f, ConstState W,
                            const std::vector<Vector3>& momenta) {
  const auto radii = static_cast<std::size_t>(grid.radial_points());
  std::vector<double> result(grid.size());
  const auto ratio = [&](std::size_t a) { return W[a] / f.occupation(grid.momentum(a)); };
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double outer = ratio(a), inner = a % radii == 0 ? outer : ratio(a - 1);
    const double mean = outer > 0.0 && inner > 0.0 ? std::sqrt(outer) * std::sqrt(inner) : 0.5 * (outer + inner);
    result[a] = mean * f.occupation(momenta[a]);
  }
  return result;
}

}  // namespace

std::vector<double> SphericalTwoBody::Impl::between_nodes(const detail::LensEvaluation& lens_used, ConstState W,
                                                          const detail::InvariantCombination& l) const {
  const detail::SphericalGridTables& tables = grid.tables();
  const detail::SphericalPoints points = between(tables.points);
  const detail::SphericalTransform transform(lens_used.engine().output(), points);
  auto scratch = transform.make_scratch(1);
  std::vector<double> rings(transform.ring_size(1) * transform.polar()), G1_there(grid.size()), G2_there(grid.size());
  tables.synthesise(transform, lens_used.g1().data(), G1_there.data(), scratch, rings);
  tables.synthesise(transform, lens_used.g2().data(), G2_there.data(), scratch, rings);

  std::vector<Vector3> momenta(grid.size());
  const Vector3& c = grid.centre();
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const std::size_t r = a % points.radii.size();
    const Vector3 k = grid.momentum(a);
    const double stretch = points.radii[r] / tables.points.radii[r];
    for (std::size_t j = 0; j < 3; ++j) momenta[a][j] = c[j] + stretch * (k[j] - c[j]);
  }
  const std::vector<double> W_there = halfway(grid, used, W, momenta);
  std::vector<double> C_there(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    C_there[a] = value(momenta[a], W_there[a], G1_there[a], G2_there[a], l);
  }
  return C_there;
}

ErrorEstimate SphericalTwoBody::error_estimate(ConstState W) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  std::vector<double> accurate(n), coarse(n);
  (void)apply(W, accurate);
  double gross = 0.0;
  for (std::size_t a = 0; a < n; ++a) gross = std::max(gross, op.options.strength * std::abs(op.R[a] * op.G2[a]));
  const std::vector<double> accurate_between = op.between_nodes(op.lens, W, op.last);

  ErrorEstimate estimate;
  for (const auto& [lower_by, remaining] : lower_degrees) {
    const int degree = std::max(op.grid.degree() - lower_by, op.grid.degree() / 2 + 1);
    auto& lens = op.coarse[lower_by];
    if (!lens) {
      lens = std::make_unique<detail::LensEvaluation>(op.grid.tables(), degree, op.options.extra_degree, op.square,
                                                      op.options.threads);
    }
    op.evaluate(W, *lens);
    op.combine(coarse);
    const detail::InvariantCombination l =
        op.options.conserve_exactly ? op.correct(W, coarse) : detail::InvariantCombination();
    const std::vector<double> coarse_between = op.between_nodes(*lens, W, l);
    for (std::size_t a = 0; a < n; ++a) {
      const double difference =
          std::max(std::abs(accurate[a] - coarse[a]), std::abs(accurate_between[a] - coarse_between[a]));
      estimate.absolute = std::max(estimate.absolute, safety * remaining * difference);
    }
  }
  const double largest = detail::max_abs(accurate);
  estimate.relative = largest > 1e-13 * gross ? estimate.absolute / largest : 0.0;
  return estimate;
}

}  // namespace nordheim
