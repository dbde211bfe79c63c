// SPDX-License-Identifier: GPL-3.0-or-later
// Time nodes for the energy delta function of a collision term on a lattice.
#pragma once

#include <nordheim/collision/time_window.hpp>
#include <nordheim/model/dispersion.hpp>

#include <optional>
#include <vector>

namespace nordheim::detail {

/// Nodes t_n = n h, n = 0 … nodes − 1, with (nodes − 1) h < T ≤ nodes h: at T itself every window is zero.
struct TimeGrid {
  double horizon = 0.0;
  double step = 0.0;
  int nodes = 0;

  /// w_0 = h/2π, w_n = (h/π) χ(t_n/T'): the real part of (1/2π)∫dt χ e^{iΔt} over both signs of t.
  /// @param horizon_used  T' ≤ T
  [[nodiscard]] std::vector<double> weights(TimeWindow window, double horizon_used) const;
};

/// The largest |Δ| by which the energies of the waves that meet can differ, and 2π/|Δ| in words.
struct EnergyMismatch {
  double largest;
  const char* step_bound;
};

/// @brief The rules for collisions of waves on M^d nodes.
///
/// Horizon: waves fill |x_j| ≤ v_max t of the periodic lattice of M sites, so T = M/(1.75 v_max) for the flat window
/// and M/(1.25 v_max) for the others, whose late times weigh less. Step: the sampled delta function repeats with period
/// 2π/h in energy, which must be beyond the largest |Δ|; h = 0.9 of that, and T/h an integer.
/// @throws InvalidArgument if a given horizon or step is not positive, or the step is beyond 2π/|Δ|
[[nodiscard]] TimeGrid wave_time_grid(const Dispersion& dispersion, int points, TimeWindow window,
                                      std::optional<double> horizon, std::optional<double> step,
                                      const EnergyMismatch& mismatch);

/// Of two waves that become two others: |ω1+ω2−ω3−ω4| ≤ 2·bandwidth.
[[nodiscard]] EnergyMismatch scattering_mismatch(const Dispersion& dispersion);

/// Of one wave that becomes n: |ω1 − Σ ω_j| ≤ n max ω − min ω, n = 2, 3; for n = 3 scattering is included.
[[nodiscard]] EnergyMismatch decay_mismatch(const Dispersion& dispersion, int parts);

}  // namespace nordheim::detail
