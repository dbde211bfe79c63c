// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/invariant_correction.hpp"

#include "model/moving_frame.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cstddef>

namespace nordheim::detail {

InvariantCombination invariant_correction(const SphericalGrid& grid, ConstState C, ConstState g) {
  const ConstState v = grid.tables().centred_velocities, omega = grid.tables().centred_energies, w = grid.weights();
  // Velocities and energies from their means in the measure w g: the 5 × 5 system is then nearly diagonal.
  double mass = 0.0, energy = 0.0, p0 = 0.0, p1 = 0.0, p2 = 0.0;
#pragma omp simd reduction(+ : mass, energy, p0, p1, p2)
  for (std::size_t a = 0; a < g.size(); ++a) {
    const double m = w[a] * g[a];
    mass += m;
    energy += m * omega[a];
    p0 += m * v[3 * a];
    p1 += m * v[3 * a + 1];
    p2 += m * v[3 * a + 2];
  }
  InvariantCombination l;
  if (!(mass > 0.0)) return l;
  const Vector3 u{p0 / mass, p1 / mass, p2 / mass};
  const double square = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
  const double mean = energy / mass - 0.5 * square;

  Vector5 defect = Vector5::Zero();
  Eigen::Matrix<double, 5, 5> gram = Eigen::Matrix<double, 5, 5>::Zero();
  // A chunk of nodes at a time, so that the sums are over vectors that stay in the first cache.
  constexpr std::size_t chunk = 64;
  Eigen::Array<double, chunk, 5> psi = Eigen::Array<double, chunk, 5>::Zero();
  Eigen::Array<double, chunk, 1> flow = Eigen::Array<double, chunk, 1>::Zero(), weight = flow;
  for (std::size_t first = 0; first < g.size(); first += chunk) {
    const std::size_t count = std::min(chunk, g.size() - first);
    if (count < chunk) {
      flow.setZero();
      weight.setZero();
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t a = first + i;
      const auto row = static_cast<Eigen::Index>(i);
      psi.row(row) = moving_frame({v[3 * a], v[3 * a + 1], v[3 * a + 2]}, omega[a], u).transpose();
      psi(row, 4) -= mean;
      flow[row] = w[a] * C[a];
      weight[row] = w[a] * g[a];
    }
    for (Eigen::Index j = 0; j < 5; ++j) {
      defect[j] += (flow * psi.col(j)).sum();
      for (Eigen::Index i = j; i < 5; ++i) gram(i, j) += (weight * psi.col(j) * psi.col(i)).sum();
    }
  }
  // An axis that no node carries has a zero row: it is decoupled, its coefficient stays zero.
  for (Eigen::Index j = 0; j < 5; ++j) {
    if (gram(j, j) == 0.0) {
      gram(j, j) = 1.0;
      defect[j] = 0.0;
    }
  }
  const Vector5 x = gram.ldlt().solve(defect);
  // x·ψ with ψ = (1, v − u, ω − u·v + u²/2 − mean).
  l.energy = x[4];
  l.number = x[0] + x[4] * (0.5 * square - mean);
  for (std::size_t j = 0; j < 3; ++j) {
    const double b = x[static_cast<Eigen::Index>(j) + 1];
    l.number -= b * u[j];
    l.momentum[j] = b - x[4] * u[j];
  }
  return l;
}

}  // namespace nordheim::detail
