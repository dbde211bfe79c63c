// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/collisionless_modes.hpp"

#include <nordheim/momentum/lattice_grid.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace nordheim::detail {

namespace {

Vector3 moved(const Vector3& k, const Vector3& q, double sign) {
  Vector3 sum{};
  for (std::size_t i = 0; i < 3; ++i) sum[i] = std::remainder(k[i] + sign * q[i], 1.0);
  return sum;
}

/// The larger surplus of merging with q and of decay into q.
double surplus(const Dispersion& omega, const Vector3& k, const Vector3& q) {
  const double own = omega(k), other = omega(q);
  return std::max(omega(moved(k, q, 1.0)) - other - own, own - other - omega(moved(k, q, -1.0)));
}

/// The largest surplus that steps along the axes lead to from q; ends where it is positive.
double climb(const Dispersion& omega, const Vector3& k, Vector3 q, double step, double enough) {
  constexpr double shortest = 1e-6;
  double best = surplus(omega, k, q);
  while (step > shortest && best < enough) {
    bool better = false;
    for (int i = 0; i < omega.dimension(); ++i) {
      for (const double sign : {-1.0, 1.0}) {
        Vector3 next = q;
        next[static_cast<std::size_t>(i)] += sign * step;
        const double found = surplus(omega, k, next);
        if (found <= best) continue;
        best = found;
        q = next;
        better = true;
      }
    }
    if (!better) step *= 0.5;
  }
  return best;
}

}  // namespace

std::optional<Vector3> collisionless_mode(const Dispersion& dispersion) {
  constexpr int plane = 24, space = 10;
  constexpr std::size_t starts = 6;
  const int points = dispersion.dimension() == 2 ? plane : space;
  const LatticeGrid grid(points, dispersion);
  const double rounding = 1e-9 * dispersion.range().max;
  std::vector<double> found(grid.size());
  std::vector<std::size_t> order(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const Vector3 k = grid.momentum(a);
    bool resonates = false;
    for (std::size_t b = 0; b < grid.size() && !resonates; ++b) {
      found[b] = surplus(dispersion, k, grid.momentum(b));
      resonates = found[b] > rounding;
    }
    if (resonates) continue;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::partial_sort(order.begin(), order.begin() + starts, order.end(),
                      [&](std::size_t b, std::size_t c) { return found[b] > found[c]; });
    double best = found[order.front()];
    for (std::size_t i = 0; i < starts && best < -rounding; ++i) {
      best = std::max(best, climb(dispersion, k, grid.momentum(order[i]), 0.5 / points, -rounding));
    }
    if (best < -rounding) return k;
  }
  return std::nullopt;
}

}  // namespace nordheim::detail
