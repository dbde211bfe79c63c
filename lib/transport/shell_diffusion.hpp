// SPDX-License-Identifier: GPL-3.0-or-later
// One point of a diffusion curve.
#pragma once

#include <nordheim/transport/diffusion_curve.hpp>

#include <optional>

namespace nordheim::detail {

/// Gauss points per dimension at which refinement begins, and by how many it goes on.
inline constexpr int first_order = 5;
inline constexpr int order_step = 3;

/// B is a sum of terms that go with the third and lower powers of the relaxation time and fourth of the velocity: its
/// error relative to the size of these terms, in units of that of D.
inline constexpr double burnett_sensitivity = 4.0;

/// @throws InvalidArgument if the rate is not positive
void require_scattering(double rate, double energy);

/// @brief D on shells of increasing order, until the tolerance is met or a limit reached.
/// @param rounding  shell_rounding() at this energy
[[nodiscard]] DiffusionPoint shell_diffusion(const ElasticModel& model, double energy, const DiffusionOptions& options,
                                             double rounding);

/// @brief D in closed form, if the band is cubic (or the root of a cubic one), the energy inside of it and the
/// potential uncorrelated; else nothing.
/// @throws InvalidArgument if ρ is infinite there
[[nodiscard]] std::optional<DiffusionPoint> closed_form_diffusion(const ElasticModel& model, double energy,
                                                                  const DiffusionOptions& options);

/// Whether the energy is so near a van Hove energy that there is no shell.
[[nodiscard]] bool too_near_for_a_shell(const ElasticModel& model, double energy);

/// D in R³, from relaxation rates.
[[nodiscard]] DiffusionPoint isotropic_diffusion(const ElasticModel& model, double energy,
                                                 const DiffusionOptions& options);

}  // namespace nordheim::detail
