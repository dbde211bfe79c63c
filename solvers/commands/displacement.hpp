// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include <span>
#include <vector>

namespace nordheim::program {

/// Mean-square displacement along e_1 on one shell, from ballistic flight to diffusion.
struct Displacement {
  double energy = 0.0;
  double velocity_squared = 0.0;  ///< ⟨v_1²⟩: at first ⟨x²⟩ = ⟨v_1²⟩t²
  double D = 0.0;                 ///< at last ⟨x²⟩ = 2Dt
  std::vector<double> times;
  std::vector<double> values;
  /// τ = D/⟨v_1²⟩, the transport time.
  [[nodiscard]] double transport_time() const { return D / velocity_squared; }
};

/// The times in units of the transport time: 10⁻² to 10⁴, ten a decade.
[[nodiscard]] std::vector<double> scaled_times();

/// For @p count energies of the curve, spread over it.
[[nodiscard]] std::vector<Displacement> displacements(const ElasticModel& model, std::span<const DiffusionPoint> curve,
                                                      int count);

}  // namespace nordheim::program
