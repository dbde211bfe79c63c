// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/statistics.hpp>
#include <nordheim/wigner/density_matrix.hpp>
#include <nordheim/wigner/lattice_box.hpp>
#include <nordheim/wigner/phase_space_function.hpp>

#include <array>
#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace nordheim {

/// Mean and variance of an observable.
struct MeanAndVariance {
  double mean = 0.0;
  double variance = 0.0;
};

/// @brief Wick's theorem: ⟨a*_{x_1} … a*_{x_m} a_{y_m} … a_{y_1}⟩ of a quasifree state that conserves the number,
/// Σ_π θ^{sign π} Π_i ⟨a*_{x_i} a_{y_π(i)}⟩: a determinant for fermions, a permanent for bosons and classical waves.
/// For classical particles, Poisson fields, it is the product of the diagonal.
///
/// @param coherences  ⟨a*_{x_i} a_{y_j}⟩, shape (m, m), row-major; m² values
/// @throws InvalidArgument if their number is not m² with m ≤ 16. Cost m 2^m.
[[nodiscard]] std::complex<double> wick_expectation(std::span<const std::complex<double>> coherences,
                                                    Statistics statistics);

/// @brief Particles per time on the bond from site x to site y, J = 2 Im(h ⟨a*_y a_x⟩), for the amplitude h of the hop
/// in the Hamiltonian Σ h(y−x) a*_y a_x, ω(k) = Σ_z h(z) e^{−i2πk·z}; so d⟨n_y⟩/dt = Σ_x J.
[[nodiscard]] double bond_current(std::complex<double> amplitude, std::complex<double> coherence) noexcept;

/// @brief A quasifree state on a LatticeBox: all expectations follow from R(x,y) = ⟨a*_y a_x⟩.
///
/// Sites are numbers in the order of the box. That R is a state is for spectrum() to check.
class QuasifreeState {
 public:
  QuasifreeState(DensityMatrix R, Statistics statistics);

  [[nodiscard]] const DensityMatrix& matrix() const noexcept { return R_; }
  /// ⟨a*_x a_y⟩ = R(y,x).
  [[nodiscard]] std::complex<double> coherence(std::size_t x, std::size_t y) const noexcept { return R_(y, x); }
  /// ⟨n_x⟩ = R(x,x).
  [[nodiscard]] double density(std::size_t x) const noexcept { return R_(x, x).real(); }
  /// ⟨n_x n_y⟩ − ⟨n_x⟩⟨n_y⟩ = δ_xy R(x,x) + θ |R(x,y)|²; without the first term for classical waves.
  [[nodiscard]] double density_correlation(std::size_t x, std::size_t y) const noexcept;
  /// @brief Mean and variance of Σ_x f(x) n_x, for instance ε^d Σ_x φ(εx) n_x with a test function φ.
  /// @param weights  f, shape (N^d)
  /// @throws InvalidArgument if f has another length
  [[nodiscard]] MeanAndVariance sum_of_densities(std::span<const double> weights) const;
  /// @brief Mean tr AR and variance tr A²R + θ tr ARAR of Σ_xy A(x,y) a*_x a_y, without the term of A² for classical
  /// waves.
  ///
  /// A is the hermitian matrix of any observable of one particle, for instance weyl_quantisation() of its symbol
  /// a(r,k).
  /// @throws InvalidArgument if A is on another box. Cost O(N^{3d}).
  [[nodiscard]] MeanAndVariance sum_over_particles(const DensityMatrix& A) const;

 private:
  DensityMatrix R_;
  Statistics statistics_;
};

/// @brief What the law of large numbers says of N^{−d} Σ_xy A(x,y) a*_x a_y, A the Weyl quantisation of a(r,k):
///
///     mean = ∫dr∫dk a W,      variance = N^{−d} ∫dr∫dk a² W(1 + θW),
///
/// r in units of the box; without the 1 for classical waves. For smooth a and W both differ by O(ε²), ε = 1/N, from
/// QuasifreeState::sum_over_particles() of the Weyl quantisation of W.
/// @param a  values at the nodes of W
/// @throws InvalidArgument if boxes or nodes differ
[[nodiscard]] MeanAndVariance kinetic_average(const PhaseSpaceFunction& a, const PhaseSpaceFunction& W,
                                              Statistics statistics);

/// @brief The translation invariant quasifree state that local observables near r see, by W(r,·) alone:
///
///     ⟨a*_x a_{x+z}⟩ = ∫dk e^{i2πk·z} W(r,k).
///
/// Displacements z are taken modulo N. Its current density is ∫dk v W.
class LocalState {
 public:
  /// @param box  the box of the momenta
  /// @param W    W(r,·) at the momenta of the box, shape (N^d)
  /// @throws InvalidArgument if W has another length, is not finite, or is no occupation: below 0, or for fermions
  /// above
  ///         1, by more than 1e-12 (a Wigner function may be; its Husimi function is not)
  LocalState(const LatticeBox& box, ConstState W, Statistics statistics);

  /// ⟨a*_x a_{x+z}⟩.
  [[nodiscard]] std::complex<double> coherence(const std::array<int, 3>& z) const noexcept;
  /// ⟨n_x⟩ = ∫dk W.
  [[nodiscard]] double density() const noexcept { return coherences_[0].real(); }
  /// ⟨n_x n_{x+z}⟩ − ⟨n_x⟩² = δ_z0 ρ + θ |⟨a*_x a_{x+z}⟩|²; its sum over z is ∫dk W(1 + θW).
  [[nodiscard]] double density_correlation(const std::array<int, 3>& z) const noexcept;
  /// @brief Mean and variance of ℓ^{−d} Σ n_x over a cube of ℓ^d sites,
  ///
  ///     variance = ℓ^{−2d} Σ_z Π_j (ℓ − |z_j|)_+ (⟨n_x n_{x+z}⟩ − ⟨n_x⟩²)  →  ℓ^{−d} ∫dk W(1 + θW).
  ///
  /// @param side  ℓ, from 1 to N
  /// @throws InvalidArgument if ℓ is out of range. Cost (2ℓ)^d.
  [[nodiscard]] MeanAndVariance box_average(int side) const;

 private:
  LatticeBox box_;
  Statistics statistics_;
  std::vector<std::complex<double>> coherences_;  // of z, in the order of the sites
};

}  // namespace nordheim
