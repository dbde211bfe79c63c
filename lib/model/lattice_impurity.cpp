// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/model/scatterer.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace nordheim {

namespace {

using Complex = std::complex<double>;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// t if ω = const + t Σ_j (1 − cos 2πk_j).
std::optional<double> cubic_amplitude(const Dispersion& dispersion) {
  const auto amplitudes = dispersion.cosine_amplitudes();
  if (!amplitudes) return std::nullopt;
  const double t = (*amplitudes)[0];
  const auto end = amplitudes->begin() + dispersion.dimension();
  const bool equal = std::all_of(amplitudes->begin(), end, [t](double other) { return other == t; });
  return equal ? std::optional(t) : std::nullopt;
}

/// G for ω = bottom + t S: G₁((E − bottom)/t)/t, where t < 0 turns +i0 into −i0.
Complex scaled_green_function(int dimension, double energy, double bottom, double t) {
  const Complex G = cubic_band_green_function(dimension, (energy - bottom) / t) / t;
  return t > 0.0 ? G : std::conj(G);
}

GreenFunctionValue green_function_of(const Dispersion& dispersion, double energy) {
  const auto t = cubic_amplitude(dispersion);
  if (!t) return green_function(dispersion, energy);
  const Complex G = scaled_green_function(dispersion.dimension(), energy, dispersion({}), *t);
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
