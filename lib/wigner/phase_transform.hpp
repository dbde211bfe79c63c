// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/phase_space_function.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

#include "momentum/fft.hpp"
#include "wigner/phase_modes.hpp"

#include <cstddef>
#include <functional>
#include <span>

namespace nordheim::detail {

/// Writes R(y+z, y) for all y, given the sites y+z.
using Diagonal = std::function<void(std::span<const std::size_t> sums, std::span<Complex> values)>;

/// The functions refer to their argument.
[[nodiscard]] Diagonal diagonal_of(const DensityMatrix& R);
[[nodiscard]] Diagonal diagonal_of(const WaveMixture& mixture);

/// @return n_r, 0 standing for N
/// @throws InvalidArgument if n_r is not from 0 to N, or n_r^d N^d above 2³³
[[nodiscard]] int checked_nodes(const LatticeBox& box, int nodes);

/// @return their product
/// @throws InvalidArgument if it is above 2³³
[[nodiscard]] std::size_t checked_size(std::size_t positions, std::size_t momenta);

/// @brief N^{−d} Σ_z e^{−i2πk·z} Σ_p e^{i2πp·r} T(z,p) Σ_y e^{−i2πp·y} R(y+z, y),  T the factors of the modes.
///
/// R is hermitian and T such that the sum is real: half of the displacements are enough.
[[nodiscard]] PhaseSpaceFunction phase_transform(const LatticeBox& box, int nodes, ModeProduct& modes,
                                                 const Diagonal& diagonal);

}  // namespace nordheim::detail
