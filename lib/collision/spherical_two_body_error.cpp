// SPDX-License-Identifier: GPL-3.0-or-later
// How far C(W) in R³ is from exact, by a comparison of degrees.
//
// At the nodes of the grid the errors of an expansion are smaller than between them, those of a difference as well: the
// comparison is made in between, too, where it is no smaller than the error at the nodes.
//
// Lower degrees on the same nodes do not see what the nodes miss. For bosons that is the pole of the occupation near k²
// = 2μ < 0, when the fugacity is high: all coefficients are then wrong alike. There a finer grid is compared with, on
// which a function without the pole is interpolated. Kinks, as in functions of |k|, are not to be seen either: where
// the occupation is known between the nodes, it is taken on the finer grid as it is.
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "collision/sizes_of_rates.hpp"
#include "collision/spherical_two_body_impl.hpp"
#include "momentum/spherical_transform.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

namespace nordheim {

namespace {

/// Degrees that are compared with K, by how much they are lower. The error oscillates with the degree: two near degrees
/// may err by the same.
constexpr int lower_by[] = {4, 8};
/// The error falls as e^{−cK^{2/3}}, by more than three from K − 8 to K where c > 0.6; if the two differences show
/// that.
constexpr double left_of_second = 1.0 / 3.0;
/// At 3K/2 three quarters of the error may be left, of bosons of high fugacity.
constexpr double left_at_finer = 4.0;
/// At single points between the nodes, errors up to 1.8 times the plain estimate were found.
constexpr double safety = 2.0;
/// By how much the finer grid is finer.
int higher_by(int degree) { return std::max(8, degree / 2); }

/// The centre and points half-way between the radii.
detail::SphericalPoints between(detail::SphericalPoints points) {
  for (std::size_t r = points.radii.size(); r-- > 1;) points.radii[r] = 0.5 * (points.radii[r - 1] + points.radii[r]);
  points.radii.front() = 0.0;
  return points;
}

/// The momenta of points in the order of nodes, of the same number and directions.
std::vector<Vector3> momenta_of(const SphericalGrid& grid, const detail::SphericalPoints& points) {
  std::vector<Vector3> momenta(grid.size());
  const Vector3& c = grid.centre();
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const std::size_t r = a % points.radii.size();
    const Vector3 k = grid.momentum(a);
    const double stretch = points.radii[r] / grid.tables().points.radii[r];
    for (std::size_t j = 0; j < 3; ++j) momenta[a][j] = c[j] + stretch * (k[j] - c[j]);
  }
  return momenta;
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

std::vector<double> SphericalTwoBody::Impl::rates_at(const detail::SphericalPoints& points, ConstState W_there,
                                                     const detail::LensEvaluation& by,
                                                     const detail::InvariantCombination& l) const {
  const detail::SphericalGridTables& tables = grid.tables();
  const detail::SphericalTransform transform(by.engine().output(), points);
  detail::NodalScratch scratch(transform);
  std::vector<double> G1_there(grid.size()), G2_there(grid.size());
  tables.synthesise(transform, by.g1().data(), G1_there.data(), scratch);
  tables.synthesise(transform, by.g2().data(), G2_there.data(), scratch);
  std::vector<double> rates(grid.size());
  const std::vector<Vector3> k = momenta_of(grid, points);
  for (std::size_t a = 0; a < grid.size(); ++a) rates[a] = value(used, k[a], W_there[a], G1_there[a], G2_there[a], l);
  return rates;
}

void SphericalTwoBody::Impl::build_finer() {
  if (finer) return;
  SphericalGridOptions finer_options = grid.options();
  const int more = higher_by(grid.degree());
  finer_options.degree = std::min(finer_options.degree + more, SphericalGrid::largest_degree);
  if (finer_options.lmax) finer_options.lmax = std::min(*finer_options.lmax + more, finer_options.degree);
  finer.emplace(finer_options);
  // G up to a higher degree as well, which shows what its truncation costs.
  finer_lens.emplace(finer->tables(), finer_options.degree, options.extra_degree + grid.degree() / 2, square,
                     options.threads);
}

void SphericalTwoBody::Impl::evaluate_on_finer(ConstState P_there, ConstState R_there) {
  std::vector<double> G_there(2 * finer->size());
  finer_lens->evaluate(P_there.data(), R_there.data(), G_there.data(), G_there.data() + finer->size());
}

bool SphericalTwoBody::Impl::interpolate_to_finer(ConstState W) {
  build_finer();
  const detail::SphericalGridTables &here = grid.tables(), &there = finer->tables();
  // U = R/(1 + W) is e^{−x/2} in equilibrium, for bosons without the pole of R; it decays as R does.
  const bool bosons = statistics == Statistics::boson;
  std::vector<double> U(grid.size()), U_there(finer->size());
  for (std::size_t a = 0; a < U.size(); ++a) U[a] = W[a] * rising[a] / (bosons ? 1.0 + W[a] : 1.0);
  const SphericalSeries series(grid, U);
  const detail::SphericalTransform transform(here.basis, there.points);
  detail::NodalScratch scratch(transform);
  there.synthesise(transform, series.coefficients().data(), U_there.data(), scratch);

  const double th = theta(statistics);
  std::vector<double> P_there(finer->size()), R_there(finer->size());
  for (std::size_t a = 0; a < U_there.size(); ++a) {
    const double falling_there = std::exp(-0.5 * used.exponent(finer->momentum(a)));
    const double V = U_there[a] * falling_there;
    if (bosons && !(V < 1.0)) return false;
    R_there[a] = bosons ? U_there[a] / (1.0 - V) : U_there[a];
    P_there[a] = falling_there * (1.0 + th * R_there[a] * falling_there);
  }
  evaluate_on_finer(P_there, R_there);
  return true;
}

void SphericalTwoBody::Impl::sample_on_finer(const std::function<double(const Vector3&)>& occupation) {
  build_finer();
  const double th = theta(statistics);
  std::vector<double> P_there(finer->size()), R_there(finer->size());
  for (std::size_t a = 0; a < P_there.size(); ++a) {
    const Vector3 k = finer->momentum(a);
    const double half = 0.5 * used.exponent(k), W_there = occupation(k);
    P_there[a] = (1.0 + th * W_there) * std::exp(-half);
    R_there[a] = W_there * std::exp(half);
  }
  evaluate_on_finer(P_there, R_there);
}

/// Another degree on the same nodes; fewer angular momenta, too.
detail::LensEvaluation& SphericalTwoBody::Impl::coarser(int lower) {
  auto& lens_used = coarse[lower];
  if (!lens_used) {
    const int degree = std::max(grid.degree() - lower, grid.degree() / 2);
    const int lmax = grid.symmetry() == MomentumSymmetry::isotropic ? 0 : std::max(1, grid.lmax() - lower / 4);
    lens_used = std::make_unique<detail::LensEvaluation>(grid.tables(), degree, options.extra_degree, square,
                                                         options.threads, lmax);
  }
  return *lens_used;
}

ErrorEstimate SphericalTwoBody::error_estimate(ConstState W) { return error_estimate(W, {}); }

ErrorEstimate SphericalTwoBody::error_estimate(ConstState W, const std::function<double(const Vector3&)>& occupation) {
  Impl& op = *impl_;
  const std::size_t n = op.grid.size();
  std::vector<double> accurate(n), coarse(n);
  (void)apply(W, accurate);
  double gross = 0.0;
  for (std::size_t a = 0; a < n; ++a) gross = std::max(gross, op.options.strength * std::abs(op.R[a] * op.G2[a]));
  const double largest = detail::max_abs(accurate);
  const detail::SphericalPoints &nodes = op.grid.tables().points, halfway_points = between(nodes);
  const std::vector<double> W_between = halfway(op.grid, op.used, W, momenta_of(op.grid, halfway_points));
  const std::vector<double> accurate_between = op.rates_at(halfway_points, W_between, op.lens, op.applied.correction);

  // The rounding of P = (1+θW)e^{−x/2} and R = We^{x/2}.
  ErrorEstimate estimate;
  for (std::size_t a = 0; a < n; ++a) {
    const double terms = std::abs(op.falling[a] * op.G1[a]) + std::abs(op.R[a] * op.G2[a]);
    estimate.absolute =
        std::max(estimate.absolute, std::numeric_limits<double>::epsilon() * op.options.strength * terms);
  }
  const auto difference = [&](const std::vector<double>& at_nodes, const std::vector<double>& in_between) {
    double result = 0.0;
    for (std::size_t a = 0; a < n; ++a) {
      const double here = std::abs(accurate[a] - at_nodes[a]), there = std::abs(accurate_between[a] - in_between[a]);
      // NaN, where a factor is beyond double precision, is no agreement.
      result = here + there <= HUGE_VAL ? std::max({result, here, there}) : HUGE_VAL;
    }
    return result;
  };
  double lower[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < 2; ++i) {
    detail::LensEvaluation& lens = op.coarser(lower_by[i]);
    op.evaluate(W, lens);
    op.combine(coarse);
    const detail::InvariantCombination l =
        op.options.conserve_exactly ? op.correct(W, coarse) : detail::InvariantCombination();
    lower[i] = difference(coarse, op.rates_at(halfway_points, W_between, lens, l));
  }
  const double left = lower[0] < 0.5 * lower[1] ? left_of_second : 1.0;
  estimate.absolute = std::max({estimate.absolute, safety * lower[0], safety * left * lower[1]});
  const auto from_finer = [&] {
    return left_at_finer * difference(op.rates_at(nodes, W, *op.finer_lens, {}),
                                      op.rates_at(halfway_points, W_between, *op.finer_lens, {}));
  };
  // Where the nodes do not even resolve W, nothing is known of C.
  estimate.absolute = std::max(estimate.absolute, op.interpolate_to_finer(W) ? from_finer() : largest);
  if (occupation) {
    op.sample_on_finer(occupation);
    estimate.absolute = std::max(estimate.absolute, from_finer());
  }

  // C of round-off has no relative error, unless its error is larger.
  const double round_off = 1e-13 * gross;
  if (largest > round_off) {
    estimate.relative = estimate.absolute / largest;
  } else {
    estimate.relative = estimate.absolute > 1e3 * round_off ? 1.0 : 0.0;
  }
  return estimate;
}

}  // namespace nordheim
