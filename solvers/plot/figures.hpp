// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/figure.hpp"
#include "plot/result_data.hpp"
#include "plot/summary.hpp"

#include <vector>

namespace nordheim::program {

// Each makes one figure, or a Figure::missing that says which datasets it lacks.

/// W of the nodes against their energy ω at the snapshot times, with the equilibrium.
[[nodiscard]] Figure occupation_figure(const ResultData& result, const Summary& summary);
/// S(t) and dS/dt.
[[nodiscard]] Figure entropy_figure(const ResultData& result);
/// Distance to equilibrium with an exponential fitted to its tail.
[[nodiscard]] Figure distance_figure(const ResultData& result);
/// Relative drift of number and energy, and the size of the correction.
[[nodiscard]] Figure invariants_figure(const ResultData& result);
/// Number, energy, current, smallest and largest occupation.
[[nodiscard]] Figure moments_figure(const ResultData& result);
/// W(k) on a line (d = 1), the torus (d = 2) or the plane k_z = 0 (d = 3) at three times.
[[nodiscard]] Figure momentum_plane_figure(const ResultData& result);
/// Mean of W over shells |k − centre| at the snapshot times (continuum).
[[nodiscard]] Figure shell_figure(const ResultData& result);
/// The parts of W with angular momentum l = 1, 2, … over time (continuum).
[[nodiscard]] Figure angular_moments_figure(const ResultData& result);
/// C against ω and against W.
[[nodiscard]] Figure collision_figure(const ResultData& result);
/// C(k) on a line, the torus or the plane k_z = 0.
[[nodiscard]] Figure collision_plane_figure(const ResultData& result);
/// D_kin (a number, or the diagonal of a tensor), ρ, γ, B and the error of D against the energy, with the van Hove
/// energies marked.
[[nodiscard]] Figure diffusion_figure(const ResultData& result);
[[nodiscard]] Figure density_of_states_figure(const ResultData& result);
[[nodiscard]] Figure rate_figure(const ResultData& result);
[[nodiscard]] Figure super_burnett_figure(const ResultData& result);
[[nodiscard]] Figure error_figure(const ResultData& result);
/// Mean-square displacement from ballistic flight to diffusion.
[[nodiscard]] Figure displacement_figure(const ResultData& result);

/// Viscosity, heat conductivity, the spectral gap and the errors against the fugacity, a line for each temperature.
[[nodiscard]] Figure viscosity_figure(const ResultData& result);
/// Mobility of an electron in a phonon bath against the temperature.
[[nodiscard]] Figure mobility_figure(const ResultData& result);
/// Its rates of relaxation against the temperature.
[[nodiscard]] Figure bath_rates_figure(const ResultData& result);
/// D(ε) of the ladders of optical phonons.
[[nodiscard]] Figure ladder_figure(const ResultData& result);
[[nodiscard]] Figure heat_conductivity_figure(const ResultData& result);
[[nodiscard]] Figure relaxation_rate_figure(const ResultData& result);
[[nodiscard]] Figure transport_error_figure(const ResultData& result);

/// Of a lattice gas, against the temperature or the fugacity: eigenvalues of the diffusion matrix, heat conductivity,
/// current per force, and the errors.
[[nodiscard]] Figure diffusivities_figure(const ResultData& result);
[[nodiscard]] Figure lattice_heat_figure(const ResultData& result);
[[nodiscard]] Figure lattice_conductivity_figure(const ResultData& result);
[[nodiscard]] Figure lattice_error_figure(const ResultData& result);

/// Heat conductivity of phonons, its approximations, the rates behind it and the errors against the temperature.
[[nodiscard]] Figure phonon_conductivity_figure(const ResultData& result);
[[nodiscard]] Figure phonon_rate_figure(const ResultData& result);
[[nodiscard]] Figure phonon_error_figure(const ResultData& result);

// Of a state in a box.

/// Profiles along the first axis at up to eight times, of density, energy and local temperature.
[[nodiscard]] Figure density_figure(const ResultData& result);
[[nodiscard]] Figure energy_density_figure(const ResultData& result);
[[nodiscard]] Figure temperature_figure(const ResultData& result);
/// The same as maps of position and time.
[[nodiscard]] Figure density_in_time_figure(const ResultData& result);
[[nodiscard]] Figure temperature_in_time_figure(const ResultData& result);
/// The density over the first two axes at the beginning, in the middle and at the end.
[[nodiscard]] Figure density_map_figure(const ResultData& result);
/// W over position and momentum along the first axis at three snapshots.
[[nodiscard]] Figure phase_space_figure(const ResultData& result);
/// Electrons on shells: the variance of a packet from ballistic flight to diffusion; of other states the first mode.
[[nodiscard]] Figure spreading_figure(const ResultData& result);
/// Distances to local and global equilibrium, and to the diffusion equation.
[[nodiscard]] Figure distances_figure(const ResultData& result);
/// Drift of number and energy, defects of their local laws.
[[nodiscard]] Figure conservation_figure(const ResultData& result, const Summary& summary);

/// All figures of the command that made the result, in the order of the page.
[[nodiscard]] std::vector<Figure> all_figures(const ResultData& result, const Summary& summary);

}  // namespace nordheim::program
