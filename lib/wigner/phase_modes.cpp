// SPDX-License-Identifier: GPL-3.0-or-later
#include "wigner/phase_modes.hpp"

#include <algorithm>
#include <complex>
#include <cstddef>
#include <numbers>
#include <span>
#include <utility>
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

Factors half_shift(std::size_t N, Modes modes) {
  // e^{−iπj/N}: the angle is reduced as an integer and keeps its digits.
  std::vector<Complex> roots;
  for (std::size_t j = 0; j < 2 * N; ++j) {
    roots.push_back(std::polar(1.0, -std::numbers::pi * static_cast<double>(j) / static_cast<double>(N)));
  }
  return [N, modes = std::move(modes), roots = std::move(roots)](std::size_t z, std::span<Complex> row) {
    const auto period = 2 * static_cast<std::ptrdiff_t>(N);
    const std::ptrdiff_t displacement = signed_index(z, N);
    for (std::size_t i = 0; i < modes.size(); ++i) {
      const std::ptrdiff_t turns = displacement * signed_index(modes[i].fine, N) % period;
      const Complex root = roots[static_cast<std::size_t>(turns < 0 ? turns + period : turns)];
      const bool both_signs = 2 * z == N || 2 * modes[i].fine == N;
      row[i] = modes[i].weight * (both_signs ? Complex(root.real()) : root);
    }
  };
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
  const std::vector<Complex> table(work.data(), work.data() + work.size());
  return [N, table](std::size_t z, std::span<Complex> row) {
    std::copy_n(table.begin() + static_cast<std::ptrdiff_t>(z * N), N, row.begin());
  };
}

}  // namespace nordheim::detail
