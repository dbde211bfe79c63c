// SPDX-License-Identifier: GPL-3.0-or-later
// Fourier modes in the position: which of them a coarser set of nodes has, and the factors that put midpoints right.
#pragma once

#include "momentum/complex_product.hpp"
#include "momentum/fft.hpp"
#include "wigner/box_index.hpp"

#include <array>
#include <complex>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace nordheim::detail {

/// Along one axis: index of e^{i2πp·x} among N modes, its index among n_r modes, and what it counts there.
struct Mode {
  std::size_t fine;
  std::size_t coarse;
  double weight;
};
using Modes = std::vector<Mode>;

/// Those that n_r nodes resolve, |Np| < n_r/2; all of them if n_r = N.
[[nodiscard]] Modes resolved_modes(std::size_t fine, std::size_t coarse);
/// All N of them, where they are found on n_r nodes: what is made of them is the values at the nodes.
[[nodiscard]] Modes folded_modes(std::size_t fine, std::size_t coarse);
/// Those of the interpolant through n_r values: the mode of alternating signs is half at either end.
[[nodiscard]] Modes interpolating_modes(std::size_t fine, std::size_t coarse);

/// Writes the factors of the modes along one axis, in their order, for the displacement z along it.
using Factors = std::function<void(std::size_t z, std::span<Complex> row)>;

/// The weight of the mode times e^{−iπpz} with signed p and z; where Np or z is ±N/2, the mean of both signs.
[[nodiscard]] Factors half_shift(std::size_t N, Modes modes);
/// Σ_s e^{i2πps} g(s+z) g(s) of a real window, shape (N), for all modes of N in their order.
[[nodiscard]] Factors window_factors(const std::vector<double>& g);

/// The modes of all axes with their factors.
class ModeProduct {
 public:
  ModeProduct(int dimension, Modes modes, Factors factors, std::size_t fine, std::size_t coarse)
      : modes_(std::move(modes)),
        factors_(std::move(factors)),
        fine_(extents(dimension, static_cast<int>(fine))),
        coarse_(extents(dimension, static_cast<int>(coarse))) {
    for (std::size_t j = 0; j < 3; ++j) rows_[j].assign(axis(j).size(), 1.0);
  }

  [[nodiscard]] const Extents& fine() const noexcept { return fine_; }
  [[nodiscard]] const Extents& coarse() const noexcept { return coarse_; }

  /// visit(fine mode, coarse mode, factor) for each mode, at the displacement z.
  template <class Visit>
  void for_each(std::size_t z, Visit visit) {
    const Extents at = indices(z, fine_);
    for (std::size_t j = 0; j < 3; ++j) {
      if (fine_[j] != 1) factors_(at[j], rows_[j]);
    }
    for (std::size_t a = 0; a < rows_[0].size(); ++a) {
      const Mode& first = axis(0)[a];
      for (std::size_t b = 0; b < rows_[1].size(); ++b) {
        const Mode& second = axis(1)[b];
        const Complex across = product(rows_[0][a], rows_[1][b]);
        const std::size_t fine_row = (first.fine * fine_[1] + second.fine) * fine_[2];
        const std::size_t coarse_row = (first.coarse * coarse_[1] + second.coarse) * coarse_[2];
        for (std::size_t c = 0; c < rows_[2].size(); ++c) {
          const Mode& third = modes_[c];
          visit(fine_row + third.fine, coarse_row + third.coarse, product(across, rows_[2][c]));
        }
      }
    }
  }

 private:
  [[nodiscard]] const Modes& axis(std::size_t j) const noexcept { return fine_[j] == 1 ? absent_ : modes_; }

  Modes modes_;
  Factors factors_;
  Extents fine_, coarse_;
  Modes absent_{{0, 0, 1.0}};
  std::array<std::vector<Complex>, 3> rows_;
};

}  // namespace nordheim::detail
