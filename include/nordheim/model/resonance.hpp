// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>

#include <string>
#include <vector>

namespace nordheim {

/// Why a band has or has not a resonance, in the order of decreasing certainty.
enum class ResonanceArgument {
  /// Found: ω(k1) − Σ ω(k_j) has both signs on the torus, so that it vanishes somewhere. Certain.
  sign_change,
  /// Not there: even n·min ω is above max ω. Certain.
  band,
  /// Not there: ω² = c + Σ_R t_R (1 − cos 2πk·R) with c, t_R ≥ 0 makes ω a norm, ω(k+k') ≤ ω(k) + ω(k'). Certain up to
  /// the accuracy, 1e-9, to which ω² was seen to have this form.
  subadditive,
  /// Not found by a search on a grid with refinement. A resonance in a small part of the torus can be missed.
  search
};

/// Whether one quantum can decay into n of the same band, ω(k1) = ω(k2) + … with k1 = k2 + … modulo 1.
struct Resonance {
  bool found = false;
  ResonanceArgument argument = ResonanceArgument::search;
  /// max ω(k1) − Σ ω(k_j) [energy] as far as it was searched for, positive where found; without a search a bound of it.
  double largest_surplus = 0.0;
  /// Where: k1, then the n parts; empty if no search was needed.
  std::vector<Vector3> momenta{};
};

/// "sign change", "band", "subadditive" or "search".
[[nodiscard]] std::string name(ResonanceArgument argument);

/// @brief Looks for a decay into n = 2 or 3 parts.
///
/// The surplus ω(k1) − Σ ω(k_j) is continuous on the torus and negative somewhere (at equal k_j = k, k1 = nk where ω is
/// smallest, or at the end of the band), so that one point where it is positive by more than round-off, 1e-9 max ω,
/// proves a resonance. Its largest value is looked for on a grid (all sums of n momenta) and then by simplex searches
/// (GSL) from the best points. Trivial solutions, a part of momentum and energy zero, are none.
/// @throws InvalidArgument unless parts is 2 or 3, or if ω is negative somewhere
[[nodiscard]] Resonance decay_resonance(const Dispersion& dispersion, int parts);

}  // namespace nordheim
