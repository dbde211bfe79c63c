// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest relaxation rates of phonons on a lattice in two and three dimensions.
#pragma once

#include "collision/linearised_collisions.hpp"
#include "transport/horizon_limit.hpp"
#include "transport/phonon_currents.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace nordheim::detail {

/// An eigenvalue on one grid: there is one this near.
struct LowestRate {
  double value = 0.0;
  double residual = 0.0;
};

/// @brief The smallest ν of A h = ν g² h among the functions of a sector; what is conserved, number if it is and
/// energy, is left out: h ⟂ 1, ω in the product ⟨h, g² h'⟩.
///
/// Davidson's method with the loss rate, the diagonal part of A, as preconditioner. From starting functions without any
/// symmetry but that of the sector.
/// @param g        shape (n)
/// @param ceiling  an eigenvalue above that is wanted to three digits only
[[nodiscard]] LowestRate lowest_rate(LinearisedCollisions& collisions, ConstState g, int sector,
                                     double ceiling = std::numeric_limits<double>::infinity());

/// The smallest of the rates Γ/g² at which modes are left.
[[nodiscard]] double lowest_loss_rate(const LinearisedCollisions& collisions, ConstState g);

/// @brief lowest_rate() and lowest_loss_rate() as the grids grow, extrapolated.
///
/// Gain and loss differ by a compact operator where the loss rate is finite, so that the continuous spectrum is the
/// range of Γ/g²: eigenvalues below its edge are isolated ones, and what a grid has above are samples of the continuum.
class LatticeSpectrum {
 public:
  /// @param scale  of rates, PhononWeight::scale()
  LatticeSpectrum(int dimension, double scale);
  void add(LinearisedCollisions& collisions, ConstState g);
  /// Sets the rates of the result, if there are enough grids for an error: the edge, of each parity the eigenvalues
  /// that are below the edge by more than the errors, and the gap: the smallest of all, whether isolated or not.
  void fill(PhononCurrents& result) const;

 private:
  double scale_;
  std::vector<HorizonLimit> sectors_;
  std::vector<double> residuals_;  // relative, on the last grid
  HorizonLimit edge_;
  std::size_t grids_ = 0;
};

}  // namespace nordheim::detail
