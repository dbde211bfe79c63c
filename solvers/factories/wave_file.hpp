// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/wave_mixture.hpp>

#include <filesystem>
#include <variant>

namespace nordheim::program {

/// A state of one particle as its waves or its matrix.
using OneParticleState = std::variant<WaveMixture, DensityMatrix>;

/// @brief Waves or a density matrix in an HDF5 file, on a box of n = N^d sites, the last axis fastest:
///
///   - R: R(x,y), n² numbers, x the row; or
///   - psi: ψ(x), n numbers, whose |ψ|² sum up to the number of particles; or m n numbers, m waves one after the other,
///     with a dataset occupations of their m occupations, by which |ψ|² is multiplied.
///
/// Numbers are complex, or pairs of real and imaginary part, or real.
/// @throws InvalidArgument if the file has neither or both, or another number of values; if a value is not finite, or
/// R is not hermitian
[[nodiscard]] OneParticleState read_waves(const std::filesystem::path& path, const LatticeBox& sites);

}  // namespace nordheim::program
