// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

/// @file
/// One electron, ω = k²/2 in R³, among phonons in thermal equilibrium at inverse temperature β. The golden rule gives
///
///     rate k → k' = 2π |g(k−k')|² [(n+1) δ(ω−ω'−ω_ph) + n δ(ω−ω'+ω_ph)],      n = 1/(e^{βω_ph} − 1),
///
/// per dk' (plain measure). Its l-th Legendre moment S_l(k→k') = 2π∫_{−1}^{1}dμ P_l(μ) rate, μ the cosine between k and
/// k', acts on the part of W with angular momentum l:
///
///     C_l(k) = ∫dk' k'² S_l(k'→k) W_l(k') − Γ(k) W_l(k),      Γ(k) = ∫dk' k'² S_0(k→k').
///
/// Detailed balance: e^{−βk²/2} S_l(k→k') is symmetric in k and k'.
namespace nordheim {

/// How the coupling to optical phonons depends on the momentum q that is exchanged.
enum class OpticalCoupling {
  constant,  ///< |g|² = coupling²: deformation of the cell
  froehlich  ///< |g|² = coupling/q²: polar crystals (H. Fröhlich, Adv. Phys. 3, 325 (1954))
};

/// Phonons of one frequency.
struct OpticalPhonons {
  double omega0 = 1.0;    ///< ω0 [energy], positive
  double coupling = 1.0;  ///< g, or G of Fröhlich's coupling; positive
  OpticalCoupling kind = OpticalCoupling::constant;
};

/// Sound, ω_ph = c q, with the deformation potential |g|² = coupling·q (J. Bardeen, W. Shockley, Phys. Rev. 80, 72
/// (1950)).
struct AcousticPhonons {
  double sound_speed = 1.0;  ///< c, positive
  double coupling = 1.0;     ///< G, positive
};

using Phonons = std::variant<OpticalPhonons, AcousticPhonons>;

/// @throws InvalidArgument if a number is not positive and finite, or @p beta is not
void check(const Phonons& phonons, double beta);

/// "optical phonons of frequency 1, constant coupling 1"
[[nodiscard]] std::string description(const Phonons& phonons);

/// Rates at which an electron jumps to the energies ω + ω0 and ω − ω0: ∫dk' k'² S_l over each of the two.
struct JumpRates {
  double absorption = 0.0;
  double emission = 0.0;  ///< zero below ω0
};

/// @brief Legendre moments of the jumps from the energy ω, l = 0 … lmax:
///
///     4π² k' n ∫dμ |g|² P_l = 8π² g² k' n δ_l0   (constant)   or   4π² G n Q_l((k²+k'²)/(2kk'))/k   (Fröhlich),
///
/// with k' = √(2(ω+ω0)); for emission n+1 and k' = √(2(ω−ω0)). Q_l is the Legendre function of the second kind.
/// @param energy  ω ≥ 0
[[nodiscard]] std::vector<JumpRates> jump_rates(const OpticalPhonons& phonons, double beta, int lmax, double energy);

/// @brief Cosine of the deflection k → k', which the conservation of energy fixes: q = |k²−k'²|/(2c),
/// μ = (k² + k'² − q²)/(2kk'). The jump is possible where |μ| ≤ 1, that is k + k' ≥ 2c and |k−k'| ≤ 2c.
[[nodiscard]] double deflection_cosine(const AcousticPhonons& phonons, double k, double k1);

/// @brief S_l(k→k') = (4π² G q²/(c k k')) N P_l(μ), N = n(cq) + 1 for k' < k and n(cq) for k' > k; zero where the jump
/// is impossible.
/// @param k, k1  positive
[[nodiscard]] double scattering_moment(const AcousticPhonons& phonons, double beta, int l, double k, double k1);

/// @brief Γ(k), the rate at which an electron of momentum k ≥ 0 is scattered [1/time].
///
/// Acoustic: (4π²G/k) [∫_0^{2(k−c)} q²(n+1)dq + ∫_{2(c−k)}^{2(k+c)} q² n dq], lower ends not below 0; at k = 0
/// 64π² G c² n(2c²).
[[nodiscard]] double scattering_rate(const Phonons& phonons, double beta, double k);

}  // namespace nordheim
