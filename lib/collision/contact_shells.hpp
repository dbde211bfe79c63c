// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collision/contact_gas.hpp"

#include <Eigen/Core>

#include <vector>

namespace nordheim::detail {

/// Points of a quadrature over pairs of particles.
struct ShellOrders {
  int radius;  ///< of the total energy
  int angle;   ///< of how it is shared between the pair's motion and its relative motion, half of the range
  int cosine;  ///< of the direction of the relative momentum, half of the range
};

/// @brief Pairs of one total energy ρ²/4, ρ² = P² + g², P = k1 + k2, g = k1 − k2.
///
/// Its rows are P = ρ cos α, g = ρ sin α with α < π/4; those with P and g exchanged have the same energies. In each row
/// the particles have the energies ω1, ω2 = (ρ²/8)(1 ± sin 2α c), c = P̂·ĝ from 0 to 1.
struct ShellSlice {
  double rho = 0.0;
  double weight = 0.0;           ///< of dρ
  Eigen::ArrayXd cosine_alpha;   ///< cos α, shape (rows)
  Eigen::ArrayXd sine_alpha;     ///< sin α, shape (rows)
  Eigen::ArrayXd alpha_weights;  ///< of dα, shape (rows)
  Eigen::ArrayXd total;          ///< ∫_{−1}^{1} dc E1 E2, shape (rows)
  Eigen::ArrayXXd c;             ///< shape (cosines, rows), as all below
  Eigen::ArrayXXd pair;          ///< E1 E2 times the weight of dc
  Eigen::ArrayXXd omega1;
  Eigen::ArrayXXd omega2;
};

/// @brief Quadrature over all pairs of particles of a gas, graded to the poles of their weights E1 E2.
///
/// The poles come near the range of integration for bosons of fugacity near 1, where one particle is slow, and for
/// degenerate fermions, both at the Fermi energy; each of the three integrals is a Gauss–Legendre rule in a variable
/// in which they keep their distance, so all three converge geometrically.
class ContactShells {
 public:
  ContactShells(const ContactGas& gas, const ShellOrders& orders);

  /// Number of slices.
  [[nodiscard]] std::size_t size() const noexcept { return radii_.nodes.size(); }
  /// Fills the slice, reusing its memory.
  void fill(std::size_t index, ShellSlice& slice) const;

 private:
  [[nodiscard]] QuadratureRule angles(double total) const;
  void fill_row(Eigen::Index row, double alpha, double total, ShellSlice& slice) const;
  void fill_boson_row(Eigen::Index row, double beta, double total, ShellSlice& slice) const;

  ContactGas gas_;
  QuadratureRule radii_;
  QuadratureRule unit_angles_;   // on [0, 1]
  QuadratureRule unit_cosines_;  // on [0, 1]
};

}  // namespace nordheim::detail
