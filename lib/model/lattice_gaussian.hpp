// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace nordheim::detail {

/// @brief g(q) = Σ_n e^{−n²/2ℓ²} cos 2πnq over all whole n, to about 10⁻¹⁵ relative.
///
/// By Poisson's formula also ℓ√(2π) Σ_m e^{−2π²ℓ²(q+m)²}: few terms, all positive, where the first sum would be long
/// and cancel. (Jacobi's theta function; the imaginary transformation.)
class LatticeGaussian {
 public:
  explicit LatticeGaussian(double length);

  [[nodiscard]] double operator()(double q) const;

 private:
  [[nodiscard]] double direct_sum(double q) const;
  [[nodiscard]] double dual_sum(double q) const;

  std::vector<double> weights_;  ///< e^{−n²/2ℓ²}, n = 1 …; empty: use the dual sum
  double prefactor_ = 0.0;       ///< ℓ√(2π)
  double exponent_ = 0.0;        ///< 2π²ℓ²
  int images_ = 0;               ///< largest |m| that counts
};

}  // namespace nordheim::detail
