// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/phase_space_function.hpp>

#include <vector>

namespace nordheim {

/// What becomes of W(r,k) = Σ_z e^{−i2πk·z} c_r(z) at fewer momenta than the box has.
enum class FewerMomenta {
  resolved,  ///< only |z_j| < M/2 is kept, what they resolve: the density stays exact, the range of values does not
  sampled    ///< the values at these momenta: the range stays, and the density has the terms of all z ∈ MZ^d
};

/// @brief W(r,·) at M momenta per axis instead of the N of its box, by the trigonometric polynomial in k; for even N
/// its term of alternating signs is half at either end.
///
/// A Husimi function of the width σ has c_r(z) below e^{−z²/4σ²}: sampled(), its density is wrong by 2d e^{−M²/4σ²} in
/// relative terms.
///
/// @param points  M, from 2 on
/// @param fewer   means nothing if M ≥ N
/// @return shape (n_r^d, M^d) in the order of LatticeGrid with M points. Two transforms for each r.
/// @throws InvalidArgument if M < 2 or n_r^d M^d is above 2³³
[[nodiscard]] std::vector<double> at_momenta(const PhaseSpaceFunction& W, int points, FewerMomenta fewer);

}  // namespace nordheim
