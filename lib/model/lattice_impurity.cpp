// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/model/scatterer.hpp>

#include "model/cubic_shape.hpp"

#include <cmath>
#include <limits>

namespace nordheim {

namespace {

using Complex = std::complex<double>;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// G for ω = offset + t S: G₁((E − offset)/t)/t, where t < 0 turns +i0 into −i0.
Complex scaled_green_function(const detail::CubicShape& shape, double energy) {
  const Complex G = cubic_band_green_function(shape.dimension, shape.level(energy)) / shape.amplitude;
  return shape.amplitude > 0.0 ? G : std::conj(G);
}

GreenFunctionValue green_function_of(const Dispersion& dispersion, double energy) {
  const auto shape = detail::cubic_shape(dispersion);
  if (!shape || shape->root) return green_function(dispersion, energy);
  const Complex G = scaled_green_function(*shape, energy);
  constexpr double roundings = 10.0;
  return {G, roundings * epsilon * std::abs(G)};
}

}  // namespace

LatticeImpurity lattice_impurity(const Dispersion& dispersion, double energy, double potential) {
  if (!std::isfinite(potential) || potential == 0.0) {
    throw InvalidArgument("scatterer: potential = " + shortest_text(potential) + " must be finite and not zero");
  }
  const auto G = green_function_of(dispersion, energy);
  // Divided by V, so that strong potentials do not overflow.
  const Complex inverse = 1.0 / potential - G.value;
  if (std::abs(inverse) <= G.error) {
    throw InvalidArgument("scatterer: the potential " + shortest_text(potential) + " has a bound state at the energy " +
                          shortest_text(energy) + ", where T is infinite; any other energy is allowed");
  }
  const Complex T = 1.0 / inverse;
  const double size = std::abs(T);
  // d|T|² = 2|T|³ |dG|, and the rounding of T itself.
  return {T, G.value, 2.0 * size * size * (size * G.error + 2.0 * epsilon)};
}

}  // namespace nordheim
