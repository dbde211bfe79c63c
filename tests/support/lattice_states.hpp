// SPDX-License-Identifier: GPL-3.0-or-later
// States and slow evaluations that several tests of lattice operators use.
#pragma once

#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/sample.hpp>

#include "support/largest.hpp"
#include "support/two_pi.hpp"

#include <cmath>
#include <vector>

namespace nordheim::test {

/// W = 0.3 + 0.2 cos 2πkx + 0.1 cos 2πky + 0.05 cos 2πkz: the state of the tables of limit values; touches 0 in d = 2.
inline double reference_state(const Vector3& k, int dimension) {
  return 0.3 + 0.2 * std::cos(two_pi * k[0]) + 0.1 * std::cos(two_pi * k[1]) +
         (dimension == 3 ? 0.05 * std::cos(two_pi * k[2]) : 0.0);
}

inline std::vector<double> reference_state(const LatticeGrid& grid) {
  return sample(grid, [&](const Vector3& k) { return reference_state(k, grid.dimension()); });
}

/// A state without any symmetry, inside (0, 1).
inline std::vector<double> skew_state(const LatticeGrid& grid) {
  return sample(grid, [](const Vector3& k) {
    return 0.42 + 0.2 * std::cos(two_pi * k[0]) + 0.1 * std::sin(two_pi * k[0]) -
           0.1 * std::cos(two_pi * k[0]) * std::cos(two_pi * k[1]) + 0.05 * std::sin(two_pi * (k[0] + k[1])) +
           0.04 * std::cos(two_pi * (k[2] - k[1]));
  });
}

inline double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double result = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) result = larger(result, std::abs(a[i] - b[i]));
  return result;
}

}  // namespace nordheim::test
