// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/cubic_shape.hpp"

#include "model/fourier_expansion.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>

namespace nordheim::detail {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

bool is_unit(const std::array<int, 3>& R) { return std::abs(R[0]) + std::abs(R[1]) + std::abs(R[2]) == 1; }

/// offset and amplitude from the coefficients c_0 = offset + d·amplitude and c_{±e_j} = −amplitude/2.
std::optional<CubicShape> shape_of(const SmoothFunction& f) {
  const auto coefficients = fourier_coefficients(f);
  if (!coefficients) return std::nullopt;
  double size = 0.0;
  for (const auto& [R, c] : *coefficients) size += std::abs(c);
  const double rounding = 8.0 * epsilon * size;
  const auto first = coefficients->find({1, 0, 0});
  const auto constant = coefficients->find({0, 0, 0});
  if (first == coefficients->end() || constant == coefficients->end()) return std::nullopt;
  const double hopping = first->second.real();
  int units = 0;
  for (const auto& [R, c] : *coefficients) {
    const bool unit = is_unit(R);
    units += unit ? 1 : 0;
    const double expected = unit ? hopping : R == std::array<int, 3>{} ? constant->second.real() : 0.0;
    if (!(std::abs(c - expected) <= rounding)) return std::nullopt;
  }
  if (units != 2 * f.dimension() || !(std::abs(hopping) > rounding)) return std::nullopt;
  CubicShape shape;
  shape.dimension = f.dimension();
  shape.amplitude = -2.0 * hopping;
  shape.offset = constant->second.real() - f.dimension() * shape.amplitude;
  if (std::abs(shape.offset) <= rounding) shape.offset = 0.0;
  return shape;
}

}  // namespace

double CubicShape::level(double energy) const {
  const double S = ((root ? energy * energy : energy) - offset) / amplitude;
  const double singular = 2.0 * std::clamp(std::round(0.5 * S), 0.0, static_cast<double>(dimension));
  return std::abs(S - singular) <= level_rounding(energy) ? singular : S;
}

double CubicShape::level_rounding(double energy) const {
  const double of_square = root ? energy * energy : 0.0;  // that of E counts twice in it
  return 4.0 * epsilon * (std::abs(offset) + of_square) / std::abs(amplitude);
}

double CubicShape::level_slope(double energy) const { return (root ? 2.0 * energy : 1.0) / amplitude; }

std::optional<CubicShape> cubic_shape(const Dispersion& dispersion) {
  const SmoothFunction* omega = dispersion.formula();
  if (omega == nullptr) return std::nullopt;
  if (const auto square = omega->squared()) {
    auto shape = shape_of(*square);
    if (shape) shape->root = true;
    return shape;
  }
  return shape_of(*omega);
}

}  // namespace nordheim::detail
