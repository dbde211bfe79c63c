// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>

#include <complex>
#include <vector>

namespace nordheim {

class LatticeGrid;

/// @brief The trigonometric polynomial  f(k) = Σ_x f̂(x) e^{i2πk·x}  through real values on a LatticeGrid.
///
/// |x_j| ≤ N/2; for even N the coefficients at ±N/2 share the value of the Nyquist mode, so f is real.
class FourierSeries {
 public:
  /// @param grid    the grid
  /// @param values  f at its nodes, shape (n)
  /// @throws DimensionMismatch
  FourierSeries(const LatticeGrid& grid, ConstState values);

  /// f(k), any k; O(n) operations.
  [[nodiscard]] double operator()(const Vector3& k) const;

 private:
  int dimension_;
  int points_;
  std::vector<std::complex<double>> coefficients_;  // FFT order, as the nodes
};

}  // namespace nordheim
