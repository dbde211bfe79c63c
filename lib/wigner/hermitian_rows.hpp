// SPDX-License-Identifier: GPL-3.0-or-later
// Rows c(z) with c(−z) = conj c(z) in the memory of real ones: the real part at z, the imaginary part at −z, for that z
// of the two whose number is smaller.
#pragma once

#include "momentum/fft.hpp"
#include "wigner/box_index.hpp"

#include <complex>
#include <cstddef>
#include <utility>
#include <vector>

namespace nordheim::detail {

class HermitianRows {
 public:
  /// @param rows  shape (rows, N^d), used in place
  HermitianRows(int dimension, int points, std::vector<double>& rows)
      : rows_(&rows), plan_forward_(dimension, points, 1, {}, FftSign::forward) {
    const Extents n = extents(dimension, points);
    opposite_.resize(n[0] * n[1] * n[2]);
    for (std::size_t z = 0; z < opposite_.size(); ++z) opposite_[z] = detail::opposite(z, n);
    work_ = AlignedArray<Complex>(opposite_.size());
  }

  [[nodiscard]] std::size_t opposite(std::size_t z) const noexcept { return opposite_[z]; }
  /// Whether z is the one of z and −z whose value is kept.
  [[nodiscard]] bool kept(std::size_t z) const noexcept { return z <= opposite_[z]; }

  void put(std::size_t row, std::size_t z, Complex c) noexcept {
    double* values = rows_->data() + row * opposite_.size();
    if (opposite_[z] != z) values[opposite_[z]] = c.imag();
    values[z] = c.real();
  }
  [[nodiscard]] Complex get(std::size_t row, std::size_t z) const noexcept {
    const double* values = rows_->data() + row * opposite_.size();
    return {values[z], opposite_[z] != z ? values[opposite_[z]] : 0.0};
  }

  /// Each row to its Σ_z e^{−i2πk·z} c(z), real; two rows in one complex transform.
  void to_momenta() {
    const std::size_t n = opposite_.size();
    const std::size_t count = rows_->size() / n;
    for (std::size_t row = 0; row < count; row += 2) {
      const bool pair = row + 1 < count;
      for (std::size_t z = 0; z < n; ++z) {
        if (!kept(z)) continue;
        const Complex a = get(row, z);
        const Complex b = pair ? get(row + 1, z) : 0.0;
        work_[z] = {a.real() - b.imag(), a.imag() + b.real()};
        work_[opposite_[z]] = {a.real() + b.imag(), b.real() - a.imag()};
      }
      plan_forward_.execute(work_.data());
      double* values = rows_->data() + row * n;
      for (std::size_t k = 0; k < n; ++k) {
        values[k] = work_[k].real();
        if (pair) values[n + k] = work_[k].imag();
      }
    }
  }

  /// Each real row W(k) to c(z) = N^{−d} Σ_k e^{i2πk·z} W(k), kept as above.
  void from_momenta() {
    const std::size_t n = opposite_.size();
    const std::size_t count = rows_->size() / n;
    const double scale = 1.0 / static_cast<double>(n);
    for (std::size_t row = 0; row < count; row += 2) {
      const bool pair = row + 1 < count;
      const double* values = rows_->data() + row * n;
      // The forward transform of W at −z is the backward one at z.
      for (std::size_t k = 0; k < n; ++k) work_[k] = {values[k], pair ? values[n + k] : 0.0};
      plan_forward_.execute(work_.data());
      for (std::size_t z = 0; z < n; ++z) {
        if (!kept(z)) continue;
        const Complex here = scale * work_[opposite_[z]];
        const Complex there = scale * std::conj(work_[z]);
        put(row, z, 0.5 * (here + there));
        if (pair) put(row + 1, z, Complex(0.0, -0.5) * (here - there));
      }
    }
  }

 private:
  std::vector<double>* rows_;
  FftPlan plan_forward_;
  std::vector<std::size_t> opposite_;
  AlignedArray<Complex> work_;
};

}  // namespace nordheim::detail
