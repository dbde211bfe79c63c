// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim {

/// M[a][b], a and b number or energy, in this order.
using ConservedMatrix = std::array<std::array<double, 2>, 2>;

/// A matrix for each pair of axes, [i][j][a][b]; of axes that there are not it is zero.
using ConservedTensor = std::array<std::array<ConservedMatrix, 3>, 3>;

/// W(1+θW) must be larger at all momenta: collision rates go with products of three.
inline constexpr double least_onsager_fluctuation = 1e-90;

/// Estimated errors, relative, upper bounds in practice.
struct OnsagerErrors {
  double number = 0.0;               ///< of n, against itself
  double energy = 0.0;               ///< of e, against √χ_ee
  ConservedMatrix susceptibility{};  ///< of χ_ab, against √(χ_aa χ_bb)
  ConservedTensor onsager{};         ///< of L_ab between axes i and j, against √(L_aa L_bb)
  ConservedTensor diffusion{};       ///< of D_ab, against the larger diffusivities, √(χ_aa/χ_bb)
  std::array<std::array<double, 2>, 3> diffusivities{};  ///< each against itself
  std::array<ConservedMatrix, 3> modes{};                ///< against √χ_aa; large where diffusivities are close
  Vector3 heat_conductivity{};                           ///< against itself
};

/// @brief What onsager_coefficients() finds: linear transport of number n and energy e of a lattice gas,
///
///     ∂_t (n, e) = ∇·D∇(n, e),      D = L χ⁻¹,      j_n = −L_nn ∇α + L_ne ∇β,      j_e = −L_en ∇α + L_ee ∇β,
///
/// of a state W = 1/(e^{βω − α} − θ) with slowly varying α and β.
struct OnsagerCoefficients {
  double number = 0.0;               ///< n per site
  double energy = 0.0;               ///< e per site [energy]
  ConservedMatrix susceptibility{};  ///< χ_ab = ⟨a, g b⟩ [1, energy, energy²]
  /// L_ab between two axes: ⟨v_i a g, (−C')⁻¹ v_j b g⟩ [sites²/time times 1, energy, energy²].
  ConservedTensor onsager{};
  /// D = L χ⁻¹; its eigenvalues are positive, it is neither symmetric nor positive entry by entry.
  ConservedTensor diffusion{};
  /// Of D along each axis, increasing: e^{iqx} decays in two steps, with these times q² [sites²/time].
  std::array<std::array<double, 2>, 3> diffusivities{};
  /// The eigenvectors (n, e) of D along each axis, [i][mode][a], in the order of the diffusivities: what decays as one
  /// exponential. Orthonormal in χ⁻¹, so that Σ over modes of (n, e)(n, e)ᵀ = χ; n > 0, where n vanishes e > 0.
  std::array<ConservedMatrix, 3> modes{};
  /// β² (L_ee − L_ne²/L_nn) along each axis: j_e = −κ∂T where no particles flow.
  Vector3 heat_conductivity{};
  OnsagerErrors errors{};
  double error = 0.0;        ///< the largest of these but for those of modes
  double reciprocity = 0.0;  ///< largest |L_ab − L_ba|, against √(L_aa L_bb), of the last grid; exactly it is zero
  double solving = 0.0;      ///< the part of the error that solving and rounding have on the last grid
  int points = 0;            ///< N, nodes per direction
  double horizon = 0.0;      ///< of the time integral
  bool converged = false;    ///< error ≤ tolerance
};

/// @brief The coefficients of one discretisation of the collisions: those to which the long waves of a numerical
/// solution with the same options tend. The error is that of solving, not that of the grid; converged is true.
///
/// With C' the linearisation of LatticeTwoBody at the equilibrium, g = W(1+θW) and ⟨f, h⟩ = ∫dk f h. The currents v a g
/// are orthogonal to what is conserved, as they are derivatives along k. Conjugate gradients, 15 to 20 applications
/// of C' for each axis, number and energy; for a band with the symmetry of the cube one axis is enough.
/// @throws InvalidArgument if the operator refuses its options, or is not to conserve energy, or an occupation is out
///         of range
/// @throws Error           if −C' of the discretised collisions is not positive
[[nodiscard]] OnsagerCoefficients onsager_coefficients(const LatticeGrid& grid, const Equilibrium& equilibrium,
                                                       const LatticeTwoBodyOptions& options = {});

/// How the limit of fine grids is found.
struct OnsagerOptions {
  double strength = 1.0;                       ///< Φ > 0
  TimeWindow window = TimeWindow::flat;        ///< cut-off of the time integral
  std::optional<bool> rectangle_correction{};  ///< as in LatticeTwoBodyOptions
  double tolerance = 1e-3;                     ///< wanted relative error, 1e-10 to 1
  int most_points = 0;                         ///< nodes per direction at which it ends, from 32; 0: 128 and 48
  int threads = 0;                             ///< 0: all that OpenMP has
};

/// @brief The coefficients themselves, in d = 2 and 3: grids of 16, 24, 32, 48, … nodes per direction, whose horizons
/// grow with them, extrapolated with the observed order of convergence, until the error is within the tolerance. Grids
/// too coarse for −C' to be positive are passed over.
/// @throws as above; InvalidArgument in d = 1 or if an option is out of range; Error if no grid is fine enough
/// Reference: docs/transport.md. L. Onsager, Phys. Rev. 37, 405 (1931).
[[nodiscard]] OnsagerCoefficients onsager_coefficients(const Dispersion& dispersion, const Equilibrium& equilibrium,
                                                       const OnsagerOptions& options = {});

/// Bytes that the coefficients of one discretisation need.
/// @throws InvalidArgument if the operator refuses its options
[[nodiscard]] std::size_t onsager_memory(int points, const Dispersion& dispersion,
                                         const LatticeTwoBodyOptions& options = {});

/// Nodes per direction of the grids that the limit may take, increasing.
/// @throws InvalidArgument as above
[[nodiscard]] std::vector<int> onsager_grids(const Dispersion& dispersion, const OnsagerOptions& options = {});

/// Bytes that the limit needs at most.
/// @throws InvalidArgument as above
[[nodiscard]] std::size_t onsager_memory(const Dispersion& dispersion, const OnsagerOptions& options = {});

}  // namespace nordheim
