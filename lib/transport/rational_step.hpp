// SPDX-License-Identifier: GPL-3.0-or-later
// Steps of one spatial mode by rational functions of −iq·v + C.
#pragma once

#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/vector3.hpp>

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nordheim::detail {

/// r(A) = Σ residue (pole − A)⁻¹; a pole above the real axis stands for its complex conjugate, too.
struct PartialFraction {
  std::complex<double> pole;
  std::complex<double> residue;
};

/// @brief e^z on the negative real axis and around it: the inverse Laplace transform on the cotangent contour,
///
///     z(ϑ) = N (0.5017 ϑ cot 0.6407ϑ − 0.6122 + 0.2645 iϑ),
///
/// by the midpoint rule with N = 32 nodes (A. Talbot, J. Inst. Math. Appl. 23, 97 (1979); J. A. C. Weideman, SIAM J.
/// Numer. Anal. 44, 2342 (2006)). The error is 2·10⁻¹⁴ for |Im z| ≤ 1, and far to the left.
[[nodiscard]] const std::vector<PartialFraction>& talbot_fractions();
/// The same with N = 26 nodes: enough on the negative real axis, and rounding is 10⁻¹⁴ instead of 3·10⁻¹⁴.
[[nodiscard]] const std::vector<PartialFraction>& real_talbot_fractions();

/// @brief The stability function of Radau IIA with three stages, 1 + z bᵀ(1 − zA)⁻¹1, from its Butcher table (E. Hairer
/// and G. Wanner, Solving Ordinary Differential Equations II, table IV.5.6).
[[nodiscard]] const std::vector<PartialFraction>& radau_fractions();

/// Σ w |f|², summed in the order of the nodes.
[[nodiscard]] double squared_norm(const EnergyShell& shell, std::span<const std::complex<double>> f);

/// @brief W → r(h(−iq·v + C)) W.
///
/// The two resolvents of a pair of poles are one if k → −k leaves the shell unchanged, Π f(k) = f(−k):
/// (z̄ − A)⁻¹ = K Π (z − A)⁻¹ Π K with the complex conjugation K.
class RationalStep {
 public:
  RationalStep(const ElasticScattering& scattering, const Vector3& q, const std::vector<PartialFraction>& fractions,
               double h);

  /// @brief @p steps steps, at most: the norm √(Σ w |W|²) never grows, and where it is not above @p negligible, W
  /// becomes zero.
  void run(std::span<std::complex<double>> W, std::uint64_t steps, double negligible);

 private:
  using Complex = std::complex<double>;
  struct Term {
    Complex pole;
    Complex residue;
    bool paired = false;  ///< the conjugate is included by means of Π
  };

  void step(std::span<Complex> W, bool keep);
  void add(const ElasticScattering::Resolvent& resolvent, const Term& term, std::span<const Complex> W);
  [[nodiscard]] Complex average(std::span<const Complex> f) const;

  const ElasticScattering& scattering_;
  const EnergyShell& shell_;
  Vector3 q_;
  std::vector<Term> terms_;
  std::vector<std::size_t> mirrored_;                     ///< the node Πk_a
  std::vector<ElasticScattering::Resolvent> resolvents_;  ///< of the terms, if they are kept for the next step
  std::vector<Complex> u_;
  std::vector<Complex> sum_;
};

/// The node −k of each node; empty unless k → −k is among the reflections of the shell.
[[nodiscard]] std::vector<std::size_t> inverted_nodes(const EnergyShell& shell);

}  // namespace nordheim::detail
