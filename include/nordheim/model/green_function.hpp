// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>

#include <array>
#include <complex>
#include <functional>

namespace nordheim {

/// A number and an estimate of its error.
struct GreenFunctionValue {
  std::complex<double> value{};
  double error = 0.0;  ///< absolute, rounding included
};

/// @brief G_f(E + i0) = ∫dk f(k) (E − ω(k) + i0)⁻¹ over the torus for an analytic band; ∫dk f δ(ω − E) = −Im G_f/π for
/// f real on the torus.
///
/// The torus is deformed, k → z = k − i a ∇ω(k) with the factor det ∂z/∂k, which makes the integrand analytic and
/// periodic: the trapezoidal rule converges exponentially, whatever the topology of the shell. The number of points is
/// raised until two deformations of different strength a agree, which also shows that neither has swept across a pole;
/// their difference is the error estimate. Reflections k_j → −k_j that ω and f share save half of the points each.
/// The number of points an axis grows as |E − E_c|^{−1/2} towards a van Hove energy E_c; at most 2²³ points are taken.
/// References: E. Lallinec and A. Levitt (numerical densities of states of periodic operators); J. Kaye et al.,
/// arXiv:2211.12959.
/// @param tolerance  error allowed, relative to |G_f|, where rounding permits
/// @param f          analytic continuation of f, periodic; empty for 1; called from several threads
/// @throws InvalidArgument if the dispersion has no formula, or nothing converges with the points allowed: E is at or
///         too close to a van Hove energy, or ω or f is not analytic on the torus; whatever f throws
[[nodiscard]] GreenFunctionValue green_function(
    const Dispersion& dispersion, double energy, double tolerance = 1e-12,
    const std::function<std::complex<double>(const std::array<std::complex<double>, 3>&)>& f = {});

/// @brief How near to a van Hove energy, in bandwidths, green_function() has points enough, as a rule: 2 (ln τ/n)² with
/// the tolerance τ and the most points n of an axis, as the error falls like exp(−n √distance).
///
/// A few percent in three dimensions, 4·10⁻⁴ in two.
/// @throws InvalidArgument if the dispersion has no formula or the tolerance is out of range
[[nodiscard]] double green_function_reach(const Dispersion& dispersion, double tolerance = 1e-12);

}  // namespace nordheim
