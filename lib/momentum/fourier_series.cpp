// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "momentum/fft.hpp"

#include <cmath>
#include <numbers>

namespace nordheim {

using detail::AlignedArray;
using detail::Complex;

FourierSeries::FourierSeries(const LatticeGrid& grid, ConstState values)
    : dimension_(grid.dimension()), points_(grid.points()), coefficients_(grid.size()) {
  if (values.size() != grid.size()) throw DimensionMismatch("the state", values.size(), grid.size());
  AlignedArray<Complex> work(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) work[a] = values[a];
  const detail::FftPlan plan(dimension_, points_, 1, {}, detail::FftSign::forward);
  plan.execute(work.data());
  const double scale = 1.0 / static_cast<double>(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) coefficients_[a] = scale * work[a];
}

double FourierSeries::operator()(const Vector3& k) const {
  const auto N = static_cast<std::size_t>(points_);
  const auto axes = static_cast<std::size_t>(dimension_);
  const Vector3 q = wrap_to_torus(k);  // exact; the phases below keep their digits far from the torus too
  // e_j(x) = e^{i2πk_j x}; the Nyquist mode is the mean of its two signs, cos(πN k_j).
  std::vector<Complex> e(axes * N);
  for (std::size_t j = 0; j < axes; ++j) {
    for (std::size_t i = 0; i < N; ++i) {
      const double x = 2 * i < N ? static_cast<double>(i) : static_cast<double>(i) - static_cast<double>(N);
      const double angle = 2.0 * std::numbers::pi * q[j] * x;
      e[j * N + i] = 2 * i == N ? Complex(std::cos(angle)) : std::polar(1.0, angle);
    }
  }
  // Contract the axes one after the other, the last first: f = Σ_x1 e(x1) Σ_x2 e(x2) … f̂.
  std::vector<Complex> sums = coefficients_;
  for (std::size_t j = axes; j-- > 0;) {
    const std::size_t rows = sums.size() / N;
    std::vector<Complex> contracted(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      Complex sum = 0.0;
      for (std::size_t i = 0; i < N; ++i) sum += e[j * N + i] * sums[r * N + i];
      contracted[r] = sum;
    }
    sums = std::move(contracted);
  }
  return sums[0].real();
}

}  // namespace nordheim
