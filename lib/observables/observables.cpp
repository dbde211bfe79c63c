// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim {

namespace {

void require_size(const char* what, ConstState v, std::size_t expected) {
  if (v.size() != expected) throw DimensionMismatch(what, v.size(), expected);
}

/// max_a |W_a − target(a)|, NaN if a difference is.
template <class Target>
double largest_deviation(ConstState W, Target target) {
  double largest = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    const double deviation = std::abs(W[a] - target(a));
    if (std::isnan(deviation)) return deviation;  // std::max would drop it
    largest = std::max(largest, deviation);
  }
  return largest;
}

/// log(w/v), accurate where they are close, and where the ratio is no normal number.
double log_ratio(double w, double v) {
  const double deviation = (w - v) / v;
  return std::abs(deviation) < 0.5 ? std::log1p(deviation) : std::log(w) - std::log(v);
}

double relative_entropy_density(double w, double v) { return w == 0.0 ? v : w * log_ratio(w, v) - (w - v); }

Observables without_distance(Statistics statistics, ConstState W, ConstState energies, ConstState weights,
                             ConstState velocities) {
  if (W.empty()) throw InvalidArgument("a state of no nodes has no observables");
  Observables result;
  result.moments = moments_of(W, energies, weights);
  result.entropy = entropy(statistics, W, weights);
  result.current = current(W, velocities, weights);
  const auto [least, most] = std::minmax_element(W.begin(), W.end());
  result.min_W = *least;
  result.max_W = *most;
  return result;
}

}  // namespace

double entropy(Statistics statistics, ConstState W, ConstState weights) {
  require_size("the weights", weights, W.size());
  double sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) sum += weights[a] * entropy_density(statistics, W[a]);
  return sum;
}

double entropy_production(Statistics statistics, ConstState W, ConstState C, ConstState weights) {
  require_size("the collision term", C, W.size());
  require_size("the weights", weights, W.size());
  double sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (C[a] != 0.0) sum += weights[a] * entropy_slope(statistics, W[a]) * C[a];
  }
  return sum;
}

double relative_entropy(ConstState W, ConstState V, ConstState weights) {
  require_size("the second state", V, W.size());
  require_size("the weights", weights, W.size());
  double sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) sum += weights[a] * relative_entropy_density(W[a], V[a]);
  return sum;
}

double relative_entropy_rate(ConstState W, ConstState C, ConstState V, ConstState weights) {
  require_size("the collision term", C, W.size());
  require_size("the second state", V, W.size());
  require_size("the weights", weights, W.size());
  double sum = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (C[a] != 0.0) sum += weights[a] * log_ratio(W[a], V[a]) * C[a];
  }
  return sum;
}

Vector3 current(ConstState W, ConstState velocities, ConstState weights) {
  require_size("the weights", weights, W.size());
  const std::size_t d = W.empty() ? 0 : velocities.size() / W.size();
  require_size("the velocities", velocities, d * W.size());
  Vector3 J{};
  if (d > J.size()) throw DimensionMismatch("the velocities", velocities.size(), 3 * W.size());
  for (std::size_t a = 0; a < W.size(); ++a) {
    for (std::size_t j = 0; j < d; ++j) J[j] += weights[a] * velocities[a * d + j] * W[a];
  }
  return J;
}

double max_difference(ConstState W, ConstState V) {
  require_size("the second state", V, W.size());
  return largest_deviation(W, [V](std::size_t a) { return V[a]; });
}

double distance(ConstState W, const Equilibrium& equilibrium, ConstState energies) {
  require_size("the energies", energies, W.size());
  return largest_deviation(W, [&](std::size_t a) { return equilibrium.occupation(energies[a]); });
}

Observables observe(Statistics statistics, ConstState equilibrium, ConstState W, ConstState energies,
                    ConstState weights, ConstState velocities) {
  Observables result = without_distance(statistics, W, energies, weights, velocities);
  result.distance = max_difference(W, equilibrium);
  return result;
}

Observables observe(const Equilibrium& equilibrium, ConstState W, ConstState energies, ConstState weights,
                    ConstState velocities) {
  Observables result = without_distance(equilibrium.statistics(), W, energies, weights, velocities);
  result.distance = distance(W, equilibrium, energies);
  return result;
}

}  // namespace nordheim
