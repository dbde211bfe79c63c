// SPDX-License-Identifier: GPL-3.0-or-later
// The symmetric matrices S_l of an electron in a phonon bath on radial nodes.
#pragma once

#include <nordheim/model/electron_phonon.hpp>
#include <nordheim/momentum/radial_grid.hpp>

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include <vector>

namespace nordheim::detail {

/// P_l(x), l = 0 … values.size() − 1.
void legendre_values(double x, Eigen::Ref<Eigen::VectorXd> values);

using SparseMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// @brief S_l, l = 0 … lmax, shape (radii, radii): −C_l in the variable √(m/M) W_l, with m = (weight of dk) k² and
/// M = e^{−βω}, so that symmetric and positive.
///
/// Galerkin in φ = W/M with the element polynomials of the grid and the mass matrix of its nodes:
///
///     φᵀAφ = ∫dk∫_{k'>k}dk' Q [φ² + φ'² − 2P_l(μ)φφ'],   Q = k²k'² M S_0 = (4π²G/c³) kk' x²/(1−e^{−β|x|}) e^{−βω'},
///
/// x = (k²−k'²)/2, where |k−2c| ≤ k' ≤ k+2c. The integrand is smooth between the boundaries of the elements, those
/// shifted by ±2c and their mirror images 2c − k.
[[nodiscard]] std::vector<SparseMatrix> bath_forms(const RadialGrid& grid, double beta, const AcousticPhonons& phonons);

/// The same for the ladders of optical phonons: what would jump beyond the last rung stays.
[[nodiscard]] std::vector<SparseMatrix> bath_forms(const RadialGrid& grid, double beta, const OpticalPhonons& phonons);

}  // namespace nordheim::detail
