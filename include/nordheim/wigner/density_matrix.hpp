// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/lattice_box.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

#include <complex>
#include <cstddef>
#include <vector>

namespace nordheim {

/// @brief The one-particle density matrix  R(x,y) = ⟨a*_y a_x⟩  on a LatticeBox, hermitian.
///
/// Memory 16 N^{2d} bytes. A value type.
class DensityMatrix {
 public:
  /// @param values  R(x,y), shape (N^d, N^d), row-major, x the row
  /// @throws InvalidArgument if the shape is another, a value is not finite, or |R(x,y) − conj R(y,x)| exceeds 1e-12 of
  ///         the largest value; below that, half the difference is taken from both
  DensityMatrix(LatticeBox box, std::vector<std::complex<double>> values);
  /// R(x,y) = Σ_i p_i ψ_i(x) conj ψ_i(y).
  explicit DensityMatrix(const WaveMixture& mixture);

  [[nodiscard]] const LatticeBox& box() const noexcept { return box_; }
  /// R(x,y), shape (N^d, N^d), row-major, x the row.
  [[nodiscard]] const std::vector<std::complex<double>>& values() const noexcept { return values_; }
  [[nodiscard]] std::complex<double> operator()(std::size_t x, std::size_t y) const noexcept {
    return values_[x * box_.size() + y];
  }

 private:
  LatticeBox box_;
  std::vector<std::complex<double>> values_;
};

/// The smallest and the largest eigenvalue of a density matrix.
struct Spectrum {
  double lowest = 0.0;
  double highest = 0.0;
  /// Size of the rounding errors of both as they usually are, N^d · 2⁻⁵² · max |eigenvalue|.
  double error = 0.0;
};

/// Sites, or waves of a mixture, above which spectrum() refuses.
inline constexpr std::size_t largest_spectrum = 4096;

/// @brief The range of the spectrum of R: a state has 0 ≤ R, one of fermions also R ≤ 1.
///
/// 0 ≤ W ≤ 1 does not imply it. Dense, O(n³) operations and 32 n² bytes with n = N^d: 1000 sites take a second or two.
/// @throws InvalidArgument if the box has more than largest_spectrum sites
[[nodiscard]] Spectrum spectrum(const DensityMatrix& R);

/// @brief The same for R = Σ p_i |ψ_i⟩⟨ψ_i| of M waves, without making it: but for zeros its eigenvalues are those of
/// the M × M matrix √(p_i p_j) ⟨ψ_i, ψ_j⟩.
///
/// O(M² N^d + M³) operations.
/// @throws InvalidArgument if there are more than largest_spectrum waves
[[nodiscard]] Spectrum spectrum(const WaveMixture& mixture);

}  // namespace nordheim
