// SPDX-License-Identifier: GPL-3.0-or-later
// Fourier modes in the position: which of them a coarser set of nodes has, and the factors that put midpoints right.
#pragma once

#include "momentum/fft.hpp"
#include "wigner/box_index.hpp"

#include <array>
#include <complex>
#include <cstddef>
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

/// Factors along one axis by displacement and mode, shape (N, number of modes), the displacement z the row.
using Factors = std::vector<Complex>;

/// The weight of the mode times e^{−iπpz} with signed p and z; where Np or z is ±N/2, the mean of both signs.
[[nodiscard]] Factors half_shift(std::size_t N, const Modes& modes);
/// Σ_s e^{i2πps} g(s+z) g(s) of a real window, shape (N), for all modes of N in their order.
[[nodiscard]] Factors window_factors(const std::vector<double>& g);

/// The modes of all axes with their factors.
class ModeProduct {
 public:
  ModeProduct(int dimension, Modes modes, Factors factors, std::size_t fine, std::size_t coarse)
      : modes_(std::move(modes)),
        factors_(std::move(factors)),
        fine_(extents(dimension, static_cast<int>(fine))),
        coarse_(extents(dimension, static_cast<int>(coarse))) {}

  [[nodiscard]] const Extents& fine() const noexcept { return fine_; }
  [[nodiscard]] const Extents& coarse() const noexcept { return coarse_; }

  /// visit(fine mode, coarse mode, factor) for each mode, at the displacement z.
  template <class Visit>
  void for_each(std::size_t z, Visit visit) const {
    const Extents at = indices(z, fine_);
    const std::array<const Modes*, 3> axes{axis(0), axis(1), axis(2)};
    const std::array<const Complex*, 3> rows{row(0, at[0]), row(1, at[1]), row(2, at[2])};
    for (std::size_t a = 0; a < axes[0]->size(); ++a) {
      const Mode& first = (*axes[0])[a];
      for (std::size_t b = 0; b < axes[1]->size(); ++b) {
        const Mode& second = (*axes[1])[b];
        const Complex across = rows[0][a] * rows[1][b];
        const std::size_t fine_row = (first.fine * fine_[1] + second.fine) * fine_[2];
        const std::size_t coarse_row = (first.coarse * coarse_[1] + second.coarse) * coarse_[2];
        for (std::size_t c = 0; c < axes[2]->size(); ++c) {
          const Mode& mode = (*axes[2])[c];
          visit(fine_row + mode.fine, coarse_row + mode.coarse, across * rows[2][c]);
        }
      }
    }
  }

 private:
  [[nodiscard]] const Modes* axis(std::size_t j) const noexcept { return fine_[j] == 1 ? &absent_ : &modes_; }
  [[nodiscard]] const Complex* row(std::size_t j, std::size_t z) const noexcept {
    return fine_[j] == 1 ? one_.data() : factors_.data() + z * modes_.size();
  }

  Modes modes_;
  Factors factors_;
  Extents fine_, coarse_;
  Modes absent_{{0, 0, 1.0}};
  std::array<Complex, 1> one_{1.0};
};

}  // namespace nordheim::detail
