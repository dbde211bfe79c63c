// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/statistics.hpp>

namespace nordheim {

/// Number and energy per unit volume (continuum) or per site (lattice): Σ_a w_a W_a and Σ_a w_a ω_a W_a.
struct Moments {
  double number = 0.0;  ///< Σ w W
  double energy = 0.0;  ///< Σ w ω W
};

/// @brief Bose–Einstein, Fermi–Dirac or Maxwell–Boltzmann occupation W(ω) = 1/(e^{x(ω)} − θ), or that of Rayleigh and
/// Jeans for classical waves, W(ω) = 1/x(ω) = T/(ω − μ);  x = β(ω − μ).
///
/// The exponent is kept as x = β(ω − ω_ref) + x_ref with ω_ref an energy of the system. That is exact where β and μ are
/// not good numbers: at β = 0 (all modes equally filled, μ infinite), and for bosons close to condensation, where
/// x_ref is the small distance of the lowest mode from the pole and would be lost in β(ω − μ).
/// β < 0 (more particles at high energies) is an equilibrium too where the energies are bounded above.
/// Reference: L. W. Nordheim, Proc. R. Soc. A 119, 689 (1928), the zeros of the quantum collision term.
class Equilibrium {
 public:
  /// @param beta   inverse temperature [1/energy], any sign
  /// @param mu     chemical potential [energy]
  /// @throws InvalidArgument if a number is not finite
  static Equilibrium from_chemical_potential(Statistics statistics, double beta, double mu);

  /// @param temperature  T = 1/β [energy], any sign but not zero
  /// @param fugacity     z = e^{βμ} > 0
  /// @throws InvalidArgument if a number is out of range
  static Equilibrium from_temperature(Statistics statistics, double temperature, double fugacity);

  /// x(ω) = beta (ω − reference_energy) + reference_exponent.
  /// @throws InvalidArgument if a number is not finite
  Equilibrium(Statistics statistics, double beta, double reference_energy, double reference_exponent);

  [[nodiscard]] Statistics statistics() const noexcept { return statistics_; }
  /// Inverse temperature [1/energy].
  [[nodiscard]] double beta() const noexcept { return beta_; }
  /// Chemical potential [energy]; infinite at β = 0, but reference_energy() where x is zero there.
  [[nodiscard]] double mu() const noexcept;
  /// The energy that exponent() measures from [energy].
  [[nodiscard]] double reference_energy() const noexcept { return reference_energy_; }
  /// x at the reference energy, dimensionless.
  [[nodiscard]] double reference_exponent() const noexcept { return reference_exponent_; }

  /// x(ω) = β(ω − μ).
  [[nodiscard]] double exponent(double omega) const noexcept {
    return beta_ * (omega - reference_energy_) + reference_exponent_;
  }
  /// W(ω) = 1/(e^x − θ), 1/x for classical waves.
  /// @throws InvalidArgument for bosons and waves where x ≤ 0: no mode can lie at or below the pole
  [[nodiscard]] double occupation(double omega) const;

 private:
  Statistics statistics_;
  double beta_;
  double reference_energy_;
  double reference_exponent_;
};

/// Number and energy of a state on given nodes.
/// @param W         occupations, shape (n)
/// @param energies  ω_a [energy], shape (n)
/// @param weights   w_a, shape (n)
[[nodiscard]] Moments moments_of(ConstState W, ConstState energies, ConstState weights);

/// @brief The equilibrium on given nodes that has given number and energy: Σ w W = n, Σ w ω W = e.
///
/// Newton's method with damping on the convex dual function Σ w log Z(βω + γ) + γ n + β e, whose gradient is the
/// defect of the two moments; starts at β = 0, so it converges for every pair of moments that has an equilibrium:
/// negative temperatures, degenerate fermions, bosons with all but a fraction of the particles in the lowest mode.
/// The moments of the *nodes* are met (to about 1e-15 relative), not those of the continuum that the nodes stand for.
/// @param moments   number > 0 and energy, as from moments_of()
/// @param energies  ω_a [energy], shape (n)
/// @param weights   w_a > 0, shape (n)
/// @throws NoEquilibrium  if no equilibrium on these nodes has the moments; the sentence gives the range that has
/// @throws InvalidArgument if the input itself makes no sense
[[nodiscard]] Equilibrium equilibrium_of(Statistics statistics, const Moments& moments, ConstState energies,
                                         ConstState weights);

/// @brief The equilibrium with μ = 0 that has a given energy, Σ w ω W = e: that of phonons whose number is not
/// conserved.
///
/// The energy is a convex, increasing function of T = 1/β: Newton's method from a T that is too high, to round-off.
/// @param statistics  boson or classical_wave
/// @param energy      e > 0
/// @param energies    ω_a > 0 [energy] where w_a > 0, shape (n)
/// @param weights     w_a ≥ 0, zero for nodes that take no part, shape (n)
/// @throws NoEquilibrium   if e ≤ 0, or beyond what β in double precision reaches
/// @throws InvalidArgument if the input itself makes no sense
[[nodiscard]] Equilibrium equilibrium_of_energy(Statistics statistics, double energy, ConstState energies,
                                                ConstState weights);

}  // namespace nordheim
