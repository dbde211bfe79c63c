// SPDX-License-Identifier: GPL-3.0-or-later
// (z + i q·v − C)⁻¹ for a collision operator that is a diagonal plus few functions.
#pragma once

#include <nordheim/core/vector3.hpp>

#include "collision/sector_gain.hpp"
#include "collision/shell_sectors.hpp"

#include <Eigen/Dense>

#include <complex>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace nordheim::detail {

/// What of an elastic collision operator enters; all of it outlives the resolvent.
struct ElasticParts {
  const EnergyShell& shell;
  const ShellSectors& sectors;
  const std::vector<double>& rates;  ///< γ at all nodes
  std::function<const SectorGain&(std::size_t sector)> gain;
};

/// @brief u = (z + i q·v − C)⁻¹ b by the Sherman–Morrison–Woodbury formula with the constants split off.
///
/// With x = z + i q·v and D = x + γ, orthonormal functions ψ_r on the nodes and K = Σ σ_r ψ_r ⟨ψ_r, ·⟩ in Σ w,
///
///     u = D⁻¹(b + Σ a_r ψ_r),      M a = ⟨ψ, D⁻¹b⟩,      M_rs = σ_r δ_rs − ⟨ψ_r, D⁻¹ψ_s⟩.
///
/// ψ_0 = γ/√(Σwγ) has σ_0 = 1, and the others no component along the constants. Its row is small like x, a difference
/// of nearly equal numbers, which the identity γ/D = 1 − x/D removes:
///
///     M_00 = (Σ w x − Σ w x²/D)/Σwγ,  M_0r = ⟨1, ψ_r x/D⟩/√(Σwγ),  ⟨ψ_0, D⁻¹b⟩ = (Σ w b − Σ w b x/D)/√(Σwγ).
///
/// With 0 eliminated last no digits are lost as x → 0. Everything is done with sums over images of the nodes (see
/// ShellSectors), which couple the sectors A and B by the part of 1/D in the sector A·B.
class DeflatedResolvent {
 public:
  using Complex = std::complex<double>;

  /// @throws InvalidArgument if z or q is not finite, or z + i q·v + γ vanishes at a node
  DeflatedResolvent(ElasticParts parts, Complex z, const Vector3& q);

  /// @throws InvalidArgument if z is on the spectrum
  void apply(std::span<const Complex> b, std::span<Complex> u) const;

 private:
  using ComplexVector = std::vector<Complex>;
  /// Sectors that q·v couples; the functions in a row, ψ_0 at the end.
  struct System {
    std::vector<std::size_t> sectors;
    bool has_constants = false;
    std::once_flag made;
    Eigen::Index size = 0;
    Eigen::PartialPivLU<Eigen::MatrixXcd> factor;
  };

  [[nodiscard]] auto functions(std::size_t sector) const;
  void split(const ComplexVector& nodes, ComplexVector& parts) const;
  void factorise(System& system) const;
  [[nodiscard]] Eigen::MatrixXcd block(std::size_t A, std::size_t B) const;
  void add_constants(Eigen::MatrixXcd& M, const System& system) const;
  void check_pivots(const System& system) const;
  void solve(const System& system, ComplexVector& parts, Complex moment_of_constants) const;
  [[noreturn]] void refuse() const;

  ElasticParts parts_;
  Complex z_;
  ComplexVector inverse_;        // 1/D at the nodes
  ComplexVector flow_;           // x/D at the nodes
  ComplexVector inverse_parts_;  // both in the sectors
  ComplexVector flow_parts_;
  Complex constants_;            // M_00
  double constants_size_ = 0.0;  // of the numbers whose difference it is
  double root_sum_rates_ = 0.0;  // √(Σ w γ)
  mutable std::vector<System> systems_;
};

}  // namespace nordheim::detail
