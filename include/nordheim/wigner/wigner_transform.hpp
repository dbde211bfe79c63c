// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/phase_space_function.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

namespace nordheim {

/// @brief The Wigner function of a one-particle density matrix on the box Z_N^d,
///
///     W(r,k) = N^{−d} Σ_z e^{−i2πk·z} Σ_p e^{i2πp·r} e^{−iπp·z} Σ_y e^{−i2πp·y} R(y+z, y),
///
/// z and Np between −N/2 and N/2: in Fourier space W_p(k) = R̂(k+p/2, k−p/2) with the half shift by a signed p, because
/// midpoints of two sites need not be sites. For even N the terms with z_j or Np_j = ±N/2 are the mean of both signs.
/// W is real and in general takes both signs; its density is R(x,x), its momentum distribution
/// n(k) = Σ_xy e^{−i2πk·(x−y)} R(x,y).
///
/// @param R      density matrix
/// @param nodes  n_r ≤ N positions per axis. Below N, only |Np_j| < n_r/2 are kept: W(·,k) is the trigonometric
///               polynomial that n_r nodes resolve, and the momentum distribution is still exact. 0 stands for N.
/// @return shape (n_r^d, N^d). Cost: N^d/2 fast Fourier transforms of N^d points, as many of n_r^d points, and n_r^d/2
///         of N^d points; 3/2 N^d in all for n_r = N. Memory beside R: 8 n_r^d N^d bytes, the result, and some vectors.
/// @throws InvalidArgument if n_r is out of range or n_r^d N^d above 2³³
[[nodiscard]] PhaseSpaceFunction wigner_transform(const DensityMatrix& R, int nodes = 0);

/// The same for wave functions; N^d products for each of them, and the matrix is never made.
[[nodiscard]] PhaseSpaceFunction wigner_transform(const WaveMixture& mixture, int nodes = 0);

}  // namespace nordheim
