// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/critical_points.hpp>

#include "model/critical_point_search.hpp"
#include "model/monotone_chain.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <string>

namespace nordheim {

namespace {

int negative_eigenvalues(const SmoothFunction::Expansion<double>& e, int dimension) {
  Eigen::Matrix3d curvature = Eigen::Matrix3d::Identity();
  for (Eigen::Index i = 0; i < dimension; ++i) {
    for (Eigen::Index j = 0; j < dimension; ++j) {
      curvature(i, j) = e.hessian[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(curvature, Eigen::EigenvaluesOnly);
  return static_cast<int>((solver.eigenvalues().array() < 0.0).count());
}

/// The zeros of the gradient of a part of the formula.
std::vector<detail::CriticalPointSearch::Zero> searched(const SmoothFunction& u, const Dispersion& dispersion) {
  detail::CriticalPointSearch search(u);
  if (auto found = search.run()) return *found;
  const Vector3 k = wrap_to_torus(search.unsettled());
  std::ostringstream text;
  text << "the critical points of the dispersion (" << dispersion.description() << ") do not become separate near k = ("
       << k[0];
  for (std::size_t j = 1; j < static_cast<std::size_t>(u.dimension()); ++j) text << ", " << k[j];
  text << "): it has a line or a flat piece of critical points there, or a kink, which is not allowed";
  throw InvalidArgument(text.str());
}

/// u at its critical points.
struct Levels {
  std::vector<double> values{};
  std::vector<Interval> rounded{};  ///< with their rounding errors

  Levels(const SmoothFunction& u, const std::vector<detail::CriticalPointSearch::Zero>& points) {
    for (const auto& [k, degenerate] : points) {
      values.push_back(u(k));
      rounded.push_back(u.bounds(k, k).value);
    }
  }
  [[nodiscard]] const Interval& smallest() const {
    return rounded[static_cast<std::size_t>(std::min_element(values.begin(), values.end()) - values.begin())];
  }
  [[nodiscard]] const Interval& largest() const {
    return rounded[static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin())];
  }
};

std::vector<CriticalPoint> of_monotone_function(const detail::MonotoneChain& h,
                                                const std::vector<detail::CriticalPointSearch::Zero>& points,
                                                const Levels& levels, int direction) {
  const SmoothFunction& u = h.inner();
  std::vector<CriticalPoint> result;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int negative = negative_eigenvalues(u.expansion(points[i].k), u.dimension());
    result.push_back({.k = wrap_to_torus(points[i].k),
                      .energy = h(levels.values[i], levels.rounded[i]),
                      .negative_directions = direction > 0 ? negative : u.dimension() - negative,
                      .degenerate = points[i].degenerate});
  }
  return result;
}

/// An energy below the rounding of the band, at a point that is known to rounding only, is 0.
void snap_to_zero(std::vector<CriticalPoint>& sorted) {
  const double scale = std::max(std::abs(sorted.front().energy), std::abs(sorted.back().energy));
  for (CriticalPoint& point : sorted) {
    if (std::abs(point.energy) <= std::numeric_limits<double>::epsilon() * scale) point.energy = 0.0;
  }
}

}  // namespace

std::vector<CriticalPoint> critical_points(const Dispersion& dispersion) {
  const SmoothFunction* f = dispersion.formula();
  if (f == nullptr) {
    throw InvalidArgument("the critical points of a dispersion (" + dispersion.description() +
                          ") without a formula are not known; use Dispersion::from_formula");
  }
  const detail::MonotoneChain h(*f);
  const auto points = searched(h.inner(), dispersion);
  const Levels levels(h.inner(), points);
  const int direction = h.direction(levels.smallest(), levels.largest());
  std::vector<CriticalPoint> result;
  if (direction != 0) {
    result = of_monotone_function(h, points, levels, direction);
  } else {  // f is stationary where h is, too
    for (const auto& [k, degenerate] : searched(*f, dispersion)) {
      const auto e = f->expansion(k);
      result.push_back({wrap_to_torus(k), e.value, negative_eigenvalues(e, f->dimension()), degenerate});
    }
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const CriticalPoint& a, const CriticalPoint& b) { return a.energy < b.energy; });
  snap_to_zero(result);
  return result;
}

std::vector<double> van_hove_energies(const Dispersion& dispersion) {
  const std::vector<CriticalPoint> points = critical_points(dispersion);
  const double scale = std::max(std::abs(points.front().energy), std::abs(points.back().energy));
  constexpr double rounding = 1e-12;
  std::vector<double> energies;
  for (const CriticalPoint& point : points) {
    if (energies.empty() || point.energy - energies.back() > rounding * scale) energies.push_back(point.energy);
  }
  return energies;
}

}  // namespace nordheim
