// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>

#include <array>
#include <complex>
#include <functional>

namespace nordheim {

/// A number and an estimate of its error.
struct GreenFunctionValue {
  std::complex<double> value{};
  double error = 0.0;  ///< absolute
};

/// @brief G_f(E + i0) = ∫dk f(k) (E − ω(k) + i0)⁻¹ over the torus for an analytic band; ∫dk f δ(ω − E) = −Im G_f/π.
///
/// The torus is deformed, k → k − i a ∇ω(k), which makes the integrand analytic and periodic: the trapezoidal rule
/// converges exponentially, whatever the topology of the shell. Points are doubled until the value is settled.
/// References: E. Lallinec and A. Levitt (numerical densities of states of periodic operators); J. Kaye et al.,
/// arXiv:2211.12959.
/// @param f  analytic continuation of f; empty for 1
/// @throws InvalidArgument if the dispersion has no formula, or E is a van Hove energy: nothing converges there
[[nodiscard]] GreenFunctionValue green_function(
    const Dispersion& dispersion, double energy, double tolerance = 1e-12,
    const std::function<std::complex<double>(const std::array<std::complex<double>, 3>&)>& f = {});

}  // namespace nordheim
