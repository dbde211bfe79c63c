// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/phase_space_function.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

namespace nordheim {

/// √(N/2π), the width [sites] of a window that is as wide in r/N as in k: its densities have the standard deviation
/// 1/√(4πN) in both.
[[nodiscard]] double balanced_width(const LatticeBox& box);

/// @brief The Husimi function  H(r,k) = ⟨g_rk, R g_rk⟩  with g_rk(x) = g(x−r) e^{i2πk·x}, g the gaussian_packet() of
/// the given width at rest about site 0.
///
/// H lies between the smallest and the largest eigenvalue of R. On all sites, n_r = N, it is the Wigner function
/// smeared with that of the window, H = N^{−d} Σ W(r',k') W_g(r−r',k−k'), and so are its marginals: the density is
/// R(x,x) smeared with g², the momentum distribution that of R smeared with N^{−d}|ĝ|², ĝ(k) = Σ_x e^{−i2πk·x} g(x).
///
/// Coarser nodes are every (N/n_r)-th site: densities there are those values, while sums over r, such as the number,
/// are wrong by 2d e^{−(πσ n_r/N)²} in relative terms.
///
/// @param mixture  wave functions
/// @param width    σ [sites], from 0.1 to N; balanced_width() is a good choice
/// @param nodes    n_r, a divisor of N; 0 stands for N
/// @return shape (n_r^d, N^d), no value below 0. Cost: n_r^d transforms of N^d points for each wave.
/// @throws InvalidArgument if the width or n_r is out of range or n_r^d N^d above 2³³
[[nodiscard]] PhaseSpaceFunction husimi_transform(const WaveMixture& mixture, double width, int nodes = 0);

/// @brief The same for a density matrix, at the cost of wigner_transform(): values between the smallest and largest
/// eigenvalue up to round-off, 1e-16 of the largest.
[[nodiscard]] PhaseSpaceFunction husimi_transform(const DensityMatrix& R, double width, int nodes = 0);

}  // namespace nordheim
