// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>

#include <optional>

namespace nordheim::detail {

/// @brief A band whose shells are those of S(k) = Σ_j (1 − cos 2πk_j), for which closed forms exist:
///
///     ω = offset + amplitude·S,      or   ω = √(offset + amplitude·S)   (optical and acoustic phonons).
struct CubicShape {
  int dimension = 3;
  bool root = false;
  double offset = 0.0;
  double amplitude = 1.0;  ///< not zero

  /// @brief S on the shell ω = E. Where rounding does not tell it from a van Hove value 0, 2, … 2d, that value.
  [[nodiscard]] double level(double energy) const;
  /// The rounding error of level(), from that of the offset and, for a root, of E².
  [[nodiscard]] double level_rounding(double energy) const;
  /// dS/dω on the shell ω = E: the density of states is that of S times its absolute value, the velocity sin 2πk_j
  /// divided by it.
  [[nodiscard]] double level_slope(double energy) const;
};

/// The shape of a band, if it is cubic: by the Fourier coefficients of its formula or of the square of that.
[[nodiscard]] std::optional<CubicShape> cubic_shape(const Dispersion& dispersion);

}  // namespace nordheim::detail
