// SPDX-License-Identifier: GPL-3.0-or-later
#include "wigner/phase_modes.hpp"

#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <vector>

namespace nordheim::detail {

Modes resolved_modes(std::size_t fine, std::size_t coarse) {
  Modes modes;
  for (std::size_t c = 0; c < coarse; ++c) {
    if (2 * c == coarse && coarse < fine) continue;
    modes.push_back({2 * c > coarse ? fine - coarse + c : c, c, 1.0});
  }
  return modes;
}

Modes folded_modes(std::size_t fine, std::size_t coarse) {
  Modes modes;
  for (std::size_t f = 0; f < fine; ++f) {
    const std::ptrdiff_t p = signed_index(f, fine) % static_cast<std::ptrdiff_t>(coarse);
    modes.push_back({f, static_cast<std::size_t>(p < 0 ? p + static_cast<std::ptrdiff_t>(coarse) : p), 1.0});
  }
  return modes;
}

Modes interpolating_modes(std::size_t fine, std::size_t coarse) {
  Modes modes = resolved_modes(fine, coarse);
  if (coarse % 2 == 0 && coarse < fine) {
    modes.push_back({coarse / 2, coarse / 2, 0.5});
    modes.push_back({fine - coarse / 2, coarse / 2, 0.5});
  }
  return modes;
}

Factors half_shift(std::size_t N, const Modes& modes) {
  Factors factors;
  factors.reserve(N * modes.size());
  const auto period = 2 * static_cast<std::ptrdiff_t>(N);
  for (std::size_t z = 0; z < N; ++z) {
    for (const Mode& mode : modes) {
      // Reduced as an integer: the angle keeps its digits.
      const std::ptrdiff_t product = signed_index(z, N) * signed_index(mode.fine, N) % period;
      const double angle = -std::numbers::pi * static_cast<double>(product) / static_cast<double>(N);
      const bool both_signs = 2 * z == N || 2 * mode.fine == N;
      factors.push_back(mode.weight * (both_signs ? Complex(std::cos(angle)) : std::polar(1.0, angle)));
    }
  }
  return factors;
}

Factors window_factors(const std::vector<double>& g) {
  const std::size_t N = g.size();
  AlignedArray<Complex> work(N * N);
  for (std::size_t z = 0; z < N; ++z) {
    for (std::size_t s = 0; s < N; ++s) work[z * N + s] = g[(s + z) % N] * g[s];
  }
  const int points = static_cast<int>(N);
  const FftPlan plan(1, points, points, {1, points}, FftSign::backward);
  plan.execute(work.data());
  return {work.data(), work.data() + work.size()};
}

}  // namespace nordheim::detail
