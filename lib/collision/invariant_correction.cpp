// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/invariant_correction.hpp"

#include "model/moving_frame.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <Eigen/Cholesky>

namespace nordheim::detail {

InvariantCombination invariant_correction(const SphericalGrid& grid, ConstState C, ConstState g) {
  const ConstState v = grid.tables().centred_velocities, omega = grid.tables().centred_energies, w = grid.weights();
  const auto velocity = [&v](std::size_t a) { return Vector3{v[3 * a], v[3 * a + 1], v[3 * a + 2]}; };
  // Velocities and energies from their means in the measure w g: the 5 × 5 system is then nearly diagonal.
  double mass = 0.0, energy = 0.0;
  Vector3 momentum{};
  for (std::size_t a = 0; a < g.size(); ++a) {
    mass += w[a] * g[a];
    energy += w[a] * g[a] * omega[a];
    for (std::size_t j = 0; j < 3; ++j) momentum[j] += w[a] * g[a] * v[3 * a + j];
  }
  InvariantCombination l;
  if (!(mass > 0.0)) return l;
  const Vector3 u{momentum[0] / mass, momentum[1] / mass, momentum[2] / mass};
  const double square = u[0] * u[0] + u[1] * u[1] + u[2] * u[2];
  const double mean = energy / mass - 0.5 * square;

  Vector5 defect = Vector5::Zero();
  Eigen::Matrix<double, 5, 5> gram = Eigen::Matrix<double, 5, 5>::Zero();
  for (std::size_t a = 0; a < g.size(); ++a) {
    Vector5 psi = moving_frame(velocity(a), omega[a], u);
    psi[4] -= mean;
    defect += w[a] * C[a] * psi;
    gram += w[a] * g[a] * psi * psi.transpose();
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
