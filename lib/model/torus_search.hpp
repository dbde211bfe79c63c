// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace nordheim::detail {

/// Samples per axis that torus_minimum() takes: a function must vary slowly on this scale.
[[nodiscard]] constexpr int samples_per_axis(int dimension) { return dimension == 1 ? 1024 : dimension == 2 ? 96 : 32; }

/// @brief The smallest value of a periodic function on T^d: sampled on a grid, then refined by the simplex method of
/// Nelder and Mead (GSL) from the lowest local minima of the samples.
/// @param what  the function, in words
/// @throws InvalidArgument if a value is not finite; whatever f throws
[[nodiscard]] double torus_minimum(int dimension, const std::function<double(const Vector3&)>& f,
                                   const std::string& what);

/// A point of any number of coordinates, and the value there.
struct LowPoint {
  std::vector<double> x;
  double value;
};

/// @brief Where the simplex method of Nelder and Mead (GSL) ends from x, with the given size at first.
/// @throws whatever f throws
[[nodiscard]] LowPoint simplex_minimum(const std::function<double(std::span<const double>)>& f, std::vector<double> x,
                                       double size);

/// df/dk_j by an adaptive central difference (GSL).
/// @throws whatever f throws
[[nodiscard]] double central_derivative(const std::function<double(const Vector3&)>& f, const Vector3& k, int axis);

}  // namespace nordheim::detail
