// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

namespace nordheim::program {

/// y(t) ≈ amplitude · e^{−rate t} on a part of a decaying curve.
struct ExponentialFit {
  std::string refusal{};    ///< why the curve has no exponential tail; empty if it has one
  double rate = 0.0;        ///< [1/time]
  double rate_error = 0.0;  ///< |rate − rate of the later half alone|: what the choice of the part matters
  double amplitude = 0.0;   ///< at t = 0
  double from = 0.0;        ///< first time of the part
  double to = 0.0;          ///< last time of the part
  double scatter = 0.0;     ///< root mean square of log y − log fit
};

/// @brief Fits the clean tail of a decay: least squares on log y, on the part between 1/100 of the first value and
/// 100 times the floor.
///
/// The floor is the smallest positive value, unless the curve still falls at its end (the last five steps all downward,
/// together by more than a factor of two, and the last of them as steep as the five, to 5 %): then no floor was
/// reached, and the part goes on to the end. Refused if fewer than four values are left, or if they scatter about the
/// fit by more than 0.3 in log y: that is no exponential.
/// @param t  increasing times
/// @param y  values ≥ 0 at these times
[[nodiscard]] ExponentialFit fit_tail(std::span<const double> t, std::span<const double> y);

}  // namespace nordheim::program
