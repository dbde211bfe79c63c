// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/phase_space_function.hpp>

#include <functional>

namespace nordheim {

/// @brief The density matrix whose Wigner function is given,
///
///     R(y+z, y) = N^{−d} Σ_k e^{i2πk·z} W(y+z/2, k),
///
/// z_j between −N/2 and N/2, between nodes by the trigonometric polynomial in r; for even N the mean of both signs
/// where z_j = ±N/2. The inverse of wigner_transform(); for even N = n_r but for the mode of alternating signs in r or
/// z, on which that averages. Cost and memory as there. Whether R is a state, spectrum() tells.
[[nodiscard]] DensityMatrix weyl_quantisation(const PhaseSpaceFunction& W);

/// @brief The same for a function that is known at all midpoints.
///
/// @param box  N^d sites; ε = 1/N
/// @param W    W(εx, k) of the position in units of the box, 0 ≤ r_j < 1, with period 1, and of k ∈ [−½, ½)^d; called
/// at
///             the (2N)^d midpoints and N^d momenta
/// @throws InvalidArgument if W is not finite somewhere or N^{2d} is above 2³³
[[nodiscard]] DensityMatrix weyl_quantisation(const LatticeBox& box,
                                              const std::function<double(const Vector3& r, const Vector3& k)>& W);

}  // namespace nordheim
