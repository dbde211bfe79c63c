// SPDX-License-Identifier: GPL-3.0-or-later
// States of particles in R³ for tests, on the grids that fit them.
#pragma once

#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/spherical_fit.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace nordheim::test {

using Occupation = std::function<double(const Vector3&)>;

/// k²/2.
inline double free_energy(const Vector3& k) { return 0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]); }

/// A function of the energy as one of the momentum.
template <class Function>
Occupation of_energy(Function W) {
  return [W](const Vector3& k) { return W(free_energy(k)); };
}

/// Two Gaussians without any symmetry.
inline double lopsided(const Vector3& k) {
  const double x = k[0] - 0.5, z = k[2] + 0.3, u = k[0] + 0.7, v = k[1] - 0.6;
  return 0.45 * std::exp(-0.5 * (x * x + k[1] * k[1] + z * z)) + 0.25 * std::exp(-0.65 * (u * u + v * v + k[2] * k[2]));
}

/// Fermi's function of temperature T and chemical potential mu at the energy w.
inline double fermi(double w, double T, double mu) { return 1.0 / (std::exp((w - mu) / T) + 1.0); }

/// Two beams of unequal density along the third axis.
inline double fermion_beams(const Vector3& k) {
  const double along = k[2] - 0.7, against = k[2] + 1.0, across = 0.5 * (k[0] * k[0] + k[1] * k[1]);
  return 0.6 * fermi(across + 0.5 * along * along, 1.0, 1.0) + 0.35 * fermi(across + 0.5 * against * against, 1.0, 1.0);
}

/// Bosons of fugacity z that are colder across than along the third axis.
inline Occupation boson_cloud(double z, double across, double along) {
  return [=](const Vector3& k) {
    return 1.0 / (std::exp((k[0] * k[0] + k[1] * k[1]) / (2.0 * across) + k[2] * k[2] / (2.0 * along)) / z - 1.0);
  };
}

inline std::vector<double> nodal(const SphericalGrid& grid, const Occupation& W) {
  std::vector<double> values(grid.size());
  for (std::size_t a = 0; a < values.size(); ++a) values[a] = W(grid.momentum(a));
  return values;
}

/// The grid that fits a state.
inline SphericalGrid fitted_grid(const Occupation& W, Statistics statistics, int degree, MomentumSymmetry symmetry) {
  SphericalGridOptions options;
  options.degree = degree;
  options.symmetry = symmetry;
  return SphericalGrid(fitted_to(W, statistics, options));
}

/// An operator with the equilibrium of a state as its reference, and the state on its grid.
struct ContinuumGas {
  SphericalTwoBody op;
  std::vector<double> W;

  ContinuumGas(const Occupation& occupation, Statistics statistics, int degree, MomentumSymmetry symmetry,
               SphericalTwoBodyOptions options = {})
      : op(fitted_grid(occupation, statistics, degree, symmetry), statistics, std::move(options)),
        W(nodal(op.space(), occupation)) {
    op.set_reference(op.equilibrium_of(W));
  }
  [[nodiscard]] const SphericalGrid& grid() const { return op.space(); }
  /// C(W), and the report of it.
  std::vector<double> apply(CollisionReport* report = nullptr) {
    std::vector<double> C(W.size());
    const CollisionReport found = op.apply(W, C);
    if (report != nullptr) *report = found;
    return C;
  }
};

}  // namespace nordheim::test
