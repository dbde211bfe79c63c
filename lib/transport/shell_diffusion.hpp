// SPDX-License-Identifier: GPL-3.0-or-later
// One point of a diffusion curve.
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include <optional>

namespace nordheim::detail {

/// Gauss points per dimension at which refinement begins, and by how many it goes on.
inline constexpr int first_order = 5;
inline constexpr int order_step = 3;

/// D on shells of increasing order, until the tolerance is met or a limit reached.
[[nodiscard]] DiffusionPoint shell_diffusion(const ElasticModel& model, double energy, const DiffusionOptions& options);

/// D in closed form, if the energy is at (or too near for a shell) a van Hove energy inside the nearest-neighbour band
/// and the potential is uncorrelated; else nothing.
/// @throws InvalidArgument if ρ is infinite there
[[nodiscard]] std::optional<DiffusionPoint> van_hove_diffusion(const ElasticModel& model, double energy,
                                                               const DiffusionOptions& options);

/// D in R³, from relaxation rates.
[[nodiscard]] DiffusionPoint isotropic_diffusion(const ElasticModel& model, double energy,
                                                 const DiffusionOptions& options);

}  // namespace nordheim::detail
