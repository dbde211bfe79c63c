// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/invariant_correction.hpp"

#include "model/moving_frame.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <Eigen/Cholesky>

namespace nordheim::detail {

namespace {

Vector5 columns(const Vector3& v, double omega, const Vector3& u, double energy) {
  Vector5 result = moving_frame(v, omega, u);
  result[4] -= energy;
  return result;
}

}  // namespace

double InvariantCombination::operator()(const Vector3& v, double omega) const noexcept {
  return coefficients.dot(columns(v, omega, velocity, energy));
}

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
  for (std::size_t j = 0; j < 3; ++j) l.velocity[j] = momentum[j] / mass;
  const Vector3& u = l.velocity;
  l.energy = energy / mass - 0.5 * (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);

  Vector5 defect = Vector5::Zero();
  Eigen::Matrix<double, 5, 5> gram = Eigen::Matrix<double, 5, 5>::Zero();
  for (std::size_t a = 0; a < g.size(); ++a) {
    const Vector5 psi = columns(velocity(a), omega[a], u, l.energy);
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
  l.coefficients = gram.ldlt().solve(defect);
  return l;
}

}  // namespace nordheim::detail
