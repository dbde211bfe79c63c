// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/vector3.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include <functional>

namespace nordheim {

/// @brief Centre and scale of a SphericalGrid for the relaxation of W(k), k ∈ R³: options with both chosen anew.
///
/// The centre is the mean velocity u. The scale follows the temperature T of the equilibrium that W relaxes to,
///
///     a = 0.78 (16/K)^{1/6} √(2T)     (bosons: 0.71 instead of 0.78),
///
/// which balances the Gaussian tails of the functions against the poles of P and R at complex momenta; it is larger
/// where the outermost node would otherwise not lie beyond the energy μ + 8T of degenerate fermions.
/// Moments are integrals over all of R³ by a quadrature whose length adapts to W; they need not be accurate.
///
/// @param W        occupation, finite, decaying faster than |k|^{−5}
/// @param options  degree, lmax and symmetry; for axial symmetry W must be unchanged by rotations about e_3, for
///                 isotropic states by all
/// @throws InvalidArgument if W is not finite, has no finite positive number and energy, or not the symmetry; if it is
///                         too narrow for its moments to be found; if an option is out of range
/// @throws NoEquilibrium   if there is no equilibrium with these; bosons above the critical number are left to the
///                         operator
[[nodiscard]] SphericalGridOptions fitted_to(const std::function<double(const Vector3&)>& W, Statistics statistics,
                                             SphericalGridOptions options = {});

}  // namespace nordheim
