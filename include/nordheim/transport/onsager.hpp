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

namespace nordheim {

/// M[a][b], a and b number or energy, in this order.
using ConservedMatrix = std::array<std::array<double, 2>, 2>;

/// @brief What onsager_coefficients() finds: linear transport of number n and energy e of a lattice gas,
///
///     ∂_t (n, e) = ∇·D∇(n, e),      D = L χ⁻¹,      j_n = −L_nn ∇α + L_ne ∇β,      j_e = −L_en ∇α + L_ee ∇β,
///
/// of a state W = 1/(e^{βω − α} − θ) with slowly varying α and β.
struct OnsagerCoefficients {
  double number = 0.0;               ///< n per site
  double energy = 0.0;               ///< e per site [energy]
  ConservedMatrix susceptibility{};  ///< χ_ab = ⟨a, g b⟩ [1, energy, energy²]
  /// L_ab between two axes, [i][j][a][b]: ⟨v_i a g, (−C')⁻¹ v_j b g⟩ [sites²/time times 1, energy, energy²]; of axes
  /// that there are not it is zero.
  std::array<std::array<ConservedMatrix, 3>, 3> onsager{};
  /// D = L χ⁻¹, [i][j][a][b]; its eigenvalues are positive, it is neither symmetric nor positive entry by entry.
  std::array<std::array<ConservedMatrix, 3>, 3> diffusion{};
  /// Of D along each axis, increasing: e^{iqx} decays in two steps, with these times q² [sites²/time].
  std::array<std::array<double, 2>, 3> diffusivities{};
  /// β² (L_ee − L_ne²/L_nn) along each axis: j_e = −κ∂T where no particles flow.
  Vector3 heat_conductivity{};
  /// Estimated, relative, an upper bound in practice: of L_ab against √(L_aa L_bb), of χ_ab alike, of diffusivities and
  /// heat conductivities.
  double error = 0.0;
  int points = 0;          ///< N, nodes per direction
  double horizon = 0.0;    ///< of the time integral
  bool converged = false;  ///< error ≤ tolerance
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
/// grow with them, extrapolated with the observed order of convergence, until the error is within the tolerance.
/// @throws as above; InvalidArgument in d = 1 or if an option is out of range
/// Reference: docs/transport.md. L. Onsager, Phys. Rev. 37, 405 (1931).
[[nodiscard]] OnsagerCoefficients onsager_coefficients(const Dispersion& dispersion, const Equilibrium& equilibrium,
                                                       const OnsagerOptions& options = {});

/// Bytes that it needs at most.
/// @throws InvalidArgument as above
[[nodiscard]] std::size_t onsager_memory(const Dispersion& dispersion, const OnsagerOptions& options = {});

}  // namespace nordheim
