// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/linearised_phonons.hpp"

#include <cmath>
#include <utility>

namespace nordheim::detail {

namespace {

/// |F|² F, and F is kept.
struct KeptField {
  static constexpr std::size_t inputs = 1;
  static constexpr std::size_t outputs = 1;
  Complex* kept = nullptr;

  void multiply(std::size_t n, const std::array<Complex*, inputs>& F, std::size_t place) const noexcept {
    double* __restrict f = reinterpret_cast<double*>(F[0]);
    double* __restrict keep = reinterpret_cast<double*>(kept + place);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      const double re = f[2 * a], im = f[2 * a + 1];
      keep[2 * a] = re;
      keep[2 * a + 1] = im;
      const double density = re * re + im * im;
      f[2 * a] = density * re;
      f[2 * a + 1] = density * im;
    }
  }
};

/// F̄_h F² − 2|F|² F_h with the F that was kept.
struct LinearisedProduct {
  static constexpr std::size_t inputs = 1;
  static constexpr std::size_t outputs = 1;
  const Complex* kept = nullptr;

  void multiply(std::size_t n, const std::array<Complex*, inputs>& F, std::size_t place) const noexcept {
    double* __restrict h = reinterpret_cast<double*>(F[0]);
    const double* __restrict f = reinterpret_cast<const double*>(kept + place);
#pragma omp simd
    for (std::size_t a = 0; a < n; ++a) {
      const double re = f[2 * a], im = f[2 * a + 1];
      const double hr = h[2 * a], hi = h[2 * a + 1];
      const double square = re * re - im * im, square_im = 2.0 * re * im;
      const double twice = 2.0 * (re * re + im * im);
      h[2 * a] = square * hr + square_im * hi - twice * hr;
      h[2 * a + 1] = square_im * hr - square * hi - twice * hi;
    }
  }
};

}  // namespace

LinearisedPhonons::LinearisedPhonons(LatticeGrid grid, const TimeGrid& time, ConstState u, int threads)
    : grid_(std::move(grid)),
      weights_(time.weights(TimeWindow::flat, time.horizon)),
      u_(u.begin(), u.end()),
      loss_(u.size()),
      uh_(u.size()),
      engine_(grid_.dimension(), grid_.points(), grid_.energies(), time.step, time.nodes, threads),
      fields_(u.size() * static_cast<std::size_t>(time.nodes)) {
  // One factor M^{−d} for each of the three propagated fields.
  const double scale = std::pow(static_cast<double>(u.size()), -3.0);
  for (double& w : weights_) w *= scale;
  engine_.integrate<KeptField>({u_.data()}, weights_, {loss_.data()}, KeptField{fields_.data()});
  for (std::size_t a = 0; a < u_.size(); ++a) loss_[a] *= u_[a];
}

void LinearisedPhonons::apply(ConstState h, State out) {
  for (std::size_t a = 0; a < uh_.size(); ++a) uh_[a] = u_[a] * h[a];
  engine_.integrate<LinearisedProduct>({uh_.data()}, weights_, {out.data()}, LinearisedProduct{fields_.data()});
  for (std::size_t a = 0; a < uh_.size(); ++a) out[a] = loss_[a] * h[a] + u_[a] * out[a];
}

}  // namespace nordheim::detail
