// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/observables/damped_wave.hpp>

#include "model/torus_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>

namespace nordheim {

namespace {

/// Σ over the times of what a and b leave of a signal, for a = e^{σt} cos ωt, b = e^{σt} sin ωt; relative to the
/// signal.
struct Residual {
  ConstState times, real, imaginary;
  double scale;  ///< of the rates

  [[nodiscard]] double operator()(std::span<const double> x) const {
    const double sigma = scale * x[0], omega = scale * x[1], start = times.front();
    double aa = 0.0, ab = 0.0, bb = 0.0, whole = 0.0;
    std::array<double, 2> fa{}, fb{};
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double t = times[i] - start, decay = std::exp(sigma * t);
      const double a = decay * std::cos(omega * t), b = decay * std::sin(omega * t);
      aa += a * a;
      ab += a * b;
      bb += b * b;
      const std::array<double, 2> f{real[i], imaginary[i]};
      for (std::size_t j = 0; j < 2; ++j) {
        fa[j] += f[j] * a;
        fb[j] += f[j] * b;
        whole += f[j] * f[j];
      }
    }
    const double determinant = aa * bb - ab * ab;
    double left = whole;
    for (std::size_t j = 0; j < 2; ++j) {
      // |projection|² on the plane of a and b; on a alone where they are parallel.
      left -= determinant > 1e-14 * aa * bb
                  ? (bb * fa[j] * fa[j] - 2.0 * ab * fa[j] * fb[j] + aa * fb[j] * fb[j]) / determinant
                  : fa[j] * fa[j] / aa;
    }
    return whole > 0.0 ? std::max(left, 0.0) / whole : 1.0;  // no signal is no wave
  }
};

struct Fit {
  std::complex<double> s;
  double left;
};

Fit fit(const Residual& residual, std::complex<double> guess) {
  constexpr double size = 0.02;
  const auto least =
      detail::simplex_minimum(residual, {guess.real() / residual.scale, guess.imag() / residual.scale}, size);
  return {{residual.scale * least.x[0], residual.scale * std::abs(least.x[1])}, least.value};
}

}  // namespace

DampedWave fit_damped_wave(ConstState times, ConstState real, ConstState imaginary, std::complex<double> guess) {
  constexpr std::size_t fewest = 8;
  const std::size_t n = times.size();
  if (real.size() != n) throw DimensionMismatch("the real part of the signal", real.size(), n);
  if (imaginary.size() != n) throw DimensionMismatch("the imaginary part of the signal", imaginary.size(), n);
  if (n < fewest) {
    throw InvalidArgument("a damped wave is to be fitted to " + std::to_string(n) + " times; 8 are needed");
  }
  const auto finite = [](double value) { return std::isfinite(value); };
  const bool all_finite = std::all_of(real.begin(), real.end(), finite) &&
                          std::all_of(imaginary.begin(), imaginary.end(), finite) &&
                          std::all_of(times.begin(), times.end(), finite);
  const double scale = std::abs(guess);
  if (!all_finite || !std::is_sorted(times.begin(), times.end()) || !(scale > 0.0) || !std::isfinite(scale)) {
    throw InvalidArgument(
        "a damped wave is to be fitted to numbers that are not finite, to times that do not increase, or from a guess "
        "that is zero");
  }
  const auto part = [&](std::size_t first, std::size_t count) {
    return fit({times.subspan(first, count), real.subspan(first, count), imaginary.subspan(first, count), scale},
               guess);
  };
  const Fit whole = part(0, n), early = part(0, n / 2), late = part(n / 2, n - n / 2);
  return {whole.s, std::abs(early.s - late.s), std::sqrt(whole.left)};
}

}  // namespace nordheim
