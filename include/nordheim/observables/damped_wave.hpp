// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <complex>

namespace nordheim {

/// What fit_damped_wave() finds.
struct DampedWave {
  std::complex<double> s{};  ///< [1/time], Im s ≥ 0
  double error = 0.0;        ///< estimated, absolute: the difference of fits to either half of the times
  double misfit = 0.0;       ///< what is left of the signal, √(Σ|f − fit|²/Σ|f|²) [1]; 1 of no signal
};

/// @brief The rate s of a signal f(t) = A e^{st} + B e^{s*t}, A and B complex, by least squares: one mode of a standing
/// or travelling wave, such as the Fourier component of the current that sound makes.
///
/// The four real amplitudes are linear and found for each s; the simplex method finds s.
/// @param times  increasing, at least 8, finite
/// @param real, imaginary  of f at these times
/// @param guess  of s: within some ten per cent, and half a turn over the times
/// @throws InvalidArgument, DimensionMismatch
[[nodiscard]] DampedWave fit_damped_wave(ConstState times, ConstState real, ConstState imaginary,
                                         std::complex<double> guess);

}  // namespace nordheim
