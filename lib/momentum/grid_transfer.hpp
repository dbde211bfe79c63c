// SPDX-License-Identifier: GPL-3.0-or-later
// Trigonometric interpolation between two grids on the same torus.
#pragma once

#include <nordheim/core/state.hpp>

#include "momentum/fft.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief Carries nodal values from N^d to M^d nodes, M > N, and back.
///
/// prolong() evaluates the real trigonometric interpolant, a Nyquist mode shared by its two signs; restrict() is its
/// adjoint in the scalar products of the two grids, Σ_N w a restrict(b) = Σ_M w prolong(a) b: the Fourier truncation.
class GridTransfer {
 public:
  GridTransfer(int dimension, int coarse_points, int fine_points);
  /// @param coarse  shape (N^d)
  /// @param fine    shape (M^d)
  void prolong(ConstState coarse, State fine);
  void restrict(ConstState fine, State coarse);

 private:
  /// Mode i of the coarse grid stands at place j of the fine one, with a factor.
  struct Mode {
    std::size_t coarse, fine;
    double factor;
  };
  template <class Action>
  void for_each_mode(Action action) const;

  int dimension_;
  std::size_t coarse_points_, fine_points_;
  std::vector<Mode> axis_;
  AlignedArray<Complex> coarse_, fine_;
  FftPlan coarse_forward_, coarse_backward_, fine_forward_, fine_backward_;
};

}  // namespace nordheim::detail
