// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/band_symmetry.hpp"

#include <nordheim/core/vector3.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace nordheim::detail {

namespace {

double largest_energy(const Dispersion& dispersion) {
  const EnergyRange range = dispersion.range();
  return std::max(std::abs(range.min), std::abs(range.max));
}

}  // namespace

bool is_cubic(const Dispersion& dispersion) {
  constexpr int samples = 40;
  constexpr double rounding = 1e-11;
  const std::array<double, 3> ratios{0.7548776662466927, 0.5698402909980532, 0.4142135623730951};
  const int d = dispersion.dimension();
  const double energy = largest_energy(dispersion);
  for (int j = 1; j <= samples; ++j) {
    Vector3 k{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(d); ++i) k[i] = std::remainder(j * ratios[i], 1.0);
    const double omega = dispersion(k);
    for (int i = 0; i < d; ++i) {
      Vector3 reflected = k, swapped = k;
      reflected[static_cast<std::size_t>(i)] *= -1.0;
      std::swap(swapped[static_cast<std::size_t>(i)], swapped[static_cast<std::size_t>((i + 1) % d)]);
      for (const Vector3& image : {reflected, swapped}) {
        if (std::abs(dispersion(image) - omega) > rounding * energy) return false;
      }
    }
  }
  return true;
}

bool is_even(const Dispersion& dispersion) {
  constexpr int samples = 40;
  constexpr double rounding = 1e-9;
  const std::array<double, 3> ratios{0.7548776662466927, 0.5698402909980532, 0.4142135623730951};
  const auto d = static_cast<std::size_t>(dispersion.dimension());
  const double energy = largest_energy(dispersion);
  for (int j = 1; j <= samples; ++j) {
    Vector3 k{}, opposite{};
    for (std::size_t i = 0; i < d; ++i) {
      k[i] = std::remainder(j * ratios[i], 1.0);
      opposite[i] = -k[i];
    }
    if (std::abs(dispersion(k) - dispersion(opposite)) > rounding * energy) return false;
  }
  return true;
}

}  // namespace nordheim::detail
