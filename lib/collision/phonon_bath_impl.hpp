// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of PhononBath, shared by the operator and the transport coefficients.
#pragma once

#include <nordheim/collision/phonon_bath.hpp>

#include "collision/bath_forms.hpp"
#include "collision/number_residual.hpp"

#include <Eigen/Core>

#include <vector>

namespace nordheim {

struct PhononBath::Impl {
  Impl(RadialGrid grid_in, double temperature_in, Phonons phonons_in);

  /// out = C(W); returns what was taken from it.
  detail::NumberResidual::Taken apply(ConstState W, State out);
  /// Sets of radii with a number of electrons of their own: those with the same index modulo this.
  [[nodiscard]] std::size_t sets() const { return grid.spacing() ? static_cast<std::size_t>(grid.order()) : 1; }
  /// The same bath with fewer nodes an element, for the error estimate.
  [[nodiscard]] PhononBath coarser() const;

  RadialGrid grid;
  double temperature;
  Phonons phonons;
  std::vector<double> root_weight;            // √(m/M) at the radii
  std::vector<detail::SparseMatrix> forms;    // S_l
  std::vector<detail::SparseMatrix> actions;  // −√(M/m) S_l √(m/M), whose column sums Σ m … vanish for l = 0
  std::vector<double> rates;                  // Γ at the radii
  Eigen::MatrixXd to_moments, from_moments;   // shapes (polar, lmax + 1) and (lmax + 1, polar)
  Eigen::MatrixXd moments, changes;           // work space, shape (radii, lmax + 1)
  detail::NumberResidual residual;
};

}  // namespace nordheim
