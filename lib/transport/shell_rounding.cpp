// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/shell_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace nordheim::detail {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// The rounding error of k itself, and what the last step of Newton's method leaves.
double position_rounding(const Vector3& k) {
  constexpr double last_step = 1e-17;
  return last_step + 0.5 * epsilon * std::max({std::abs(k[0]), std::abs(k[1]), std::abs(k[2])});
}

/// The relative change of the weight at k by rounding. F is the formula of ω or of its square, good to its bounds and
/// to @p level_rounding.
double weight_rounding(const SmoothFunction& F, const Vector3& k, double level_rounding) {
  const auto e = F.expansion(k);
  const double steepness = std::hypot(e.gradient[0], e.gradient[1], e.gradient[2]);
  double curvature = 0.0;
  for (const Vector3& row : e.hessian) curvature = std::hypot(curvature, std::hypot(row[0], row[1], row[2]));
  const double displacement = (F.bounds(k, k).value.width() + level_rounding) / steepness + position_rounding(k);
  return displacement * curvature / steepness;
}

}  // namespace

double shell_rounding(const ElasticModel& model, double energy) {
  constexpr int order = 3;  // the mean need not be accurate
  constexpr std::size_t enough = 400;
  const EnergyShell shell = model.shell(energy, order);
  const SmoothFunction& omega = *model.dispersion().formula();
  const auto square = omega.squared();
  const double level_rounding = square ? epsilon * energy * energy : 0.0;
  const std::size_t stride = 1 + shell.fundamental_size() / enough;
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t a = 0; a < shell.fundamental_size(); a += stride) {
    const double w = shell.weights()[a];
    sum += w * weight_rounding(square ? *square : omega, shell.momentum(a), level_rounding);
    weight += w;
  }
  // On a line D goes with the third power of the velocity at a node; on a larger shell rounding averages out.
  const double sensitivity = model.dimension() == 1 ? 3.0 : 1.0;
  return weight > 0.0 ? sensitivity * sum / weight : std::numeric_limits<double>::infinity();
}

}  // namespace nordheim::detail
