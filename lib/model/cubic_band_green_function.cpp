// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/model/cubic_band.hpp>

#include "model/arithmetic_geometric_mean.hpp"
#include "model/cubic_band_energies.hpp"
#include "model/double_exponential.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;

// All for energies up to the middle of the band, where −Re G > 0 in d = 1, 2.

double chain(double energy) { return energy < 0.0 ? 1.0 / std::sqrt(energy * (energy - 2.0)) : 0.0; }

/// −Re G₂(e) for −e = @p depth ≥ 0, below the band: 1/AGM(2 − e, √(−e(4 − e))).
double layer_below(double depth) {
  return 1.0 / detail::arithmetic_geometric_mean(2.0 + depth, std::sqrt(depth * (4.0 + depth)));
}

/// −Re G₂(e) inside the lower half of the band, 1/AGM(2, √(e(4 − e))), and its continuation by symmetry to the upper
/// half.
double layer_inside(double e) { return 1.0 / detail::arithmetic_geometric_mean(2.0, std::sqrt(e * (4.0 - e))); }

double square(double energy) { return energy < 0.0 ? layer_below(-energy) : layer_inside(energy); }

template <class Function>
double integral(double length, const Function& f) {
  return detail::double_exponential<1>(
      length, [&](double left, double right) { return std::array<double, 1>{f(left, right)}; })[0];
}

double squared_sine(double x) {
  const double s = std::sin(x);
  return s * s;
}

/// −π Re G = −∫₀^π dt Re G₂(e), e = E − 1 + cos t. The points where e = 0 (a logarithm) and e = 2 (a jump) separate
/// pieces, on which e follows from the distances to their ends without cancellation.
double layers(double energy) {
  if (energy < 0.0) {
    return integral(pi, [&](double t, double) { return layer_below(2.0 * squared_sine(0.5 * t) - energy); });
  }
  if (energy <= 2.0) {
    const double edge = detail::layer_edge(energy);
    // |cos t − cos t'| of the edge t'
    const auto distance = [&](double t, double offset) {
      return 2.0 * std::sin(0.5 * (t + edge)) * std::sin(0.5 * offset);
    };
    return integral(edge, [&](double t, double right) { return layer_inside(distance(t, right)); }) +
           integral(pi - edge, [&](double left, double right) {
             return layer_below(2.0 * std::sin(0.5 * (right + (pi - edge))) * std::sin(0.5 * left));
           });
  }
  const double middle = detail::layer_middle(energy);
  const auto e = [&](double to_pi) { return (energy - 2.0) + 2.0 * squared_sine(0.5 * to_pi); };
  return integral(pi - middle, [&](double, double right) { return layer_inside(e(right)); }) -
         integral(middle, [&](double t, double) { return layer_inside(energy - 2.0 * squared_sine(0.5 * t)); });
}

double minus_real_part(int dimension, double energy) {
  switch (dimension) {
    case 1:
      return chain(energy);
    case 2:
      return square(energy);
    default:
      return layers(energy) / pi;
  }
}

}  // namespace

std::complex<double> cubic_band_green_function(int dimension, double energy) {
  detail::check_cubic_band(dimension, energy);
  if (dimension == 2 && (energy == 0.0 || energy == 4.0)) detail::refuse_infinite("the Green function", 2, energy);
  const double density = cubic_band_shell(dimension, energy).density_of_states;
  // ω → 2d − ω under k → k + (½ … ½), which changes the sign of the real part.
  const bool upper = energy > dimension;
  const double real = minus_real_part(dimension, upper ? 2.0 * dimension - energy : energy);
  return {upper ? real : -real, -pi * density};
}

}  // namespace nordheim
