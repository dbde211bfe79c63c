// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/collision/time_window.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include <memory>
#include <optional>

namespace nordheim {

/// Phonons of one frequency on every site, coupled to the electron there, and how the operator is discretised.
struct LatticePhononBathOptions {
  double temperature = 1.0;              ///< of the bath, positive
  double omega0 = 1.0;                   ///< ω0 [energy], positive and below the bandwidth
  double coupling = 1.0;                 ///< g, positive
  TimeWindow window = TimeWindow::flat;  ///< cut-off of the time integral
  std::optional<double> horizon{};       ///< T [1/energy]; by default from points and dispersion
};

/// @brief One electron on the lattice Z^d, any band ω, among optical phonons in thermal equilibrium:
///
///     C(W)(k) = ∫dk' [R(k'→k) W(k') − R(k→k') W(k)],   R(k→k') = 2πg² [(n+1) δ(ω−ω'−ω0) + n δ(ω−ω'+ω0)].
///
/// Golden rule as a product in space and time: with b(x,t) = g² δ_x0 [(n+1)e^{−iω0t} + n e^{iω0t}] the correlation of
/// the bath, the gain is ∫dt Σ_x e^{−i(2πk·x−ωt)} b(x,t) F(x,t), one product a time node; because the phonons of
/// different sites are independent, only the site x = 0 counts and no transform is needed. Symmetrised,
///
///     C = e^{−βω/2} S[e^{βω/2}W] − e^{βω/2} W S[e^{−βω/2}],   S = 2πg² √(n(n+1)) [δ_T(ω−ω'−ω0) + δ_T(ω−ω'+ω0)],
///
/// number is conserved and e^{−βω} stationary to round-off for every window of the time integral. Its horizon T smooths
/// the density of states: with it the error of C at a node, O(T^{−1/2}) in d = 3 beside van Hove energies shifted by
/// ±ω0 and not small there in d = 1, 2. It also blurs the ladders of energies ε + mω0, between which the exact operator
/// has no exchange: what relaxes at rates that fall with T is the window's doing, see docs/collision_bath.md.
///
/// apply() costs one complex product for each time node and each different energy of the grid. One object serves one
/// thread at a time.
class LatticePhononBath {
 public:
  /// @throws InvalidArgument if a number is not positive, if ω0 is not below the bandwidth (nothing could happen then),
  ///         if fewer than exp(−250) phonons are there, or if the largest rate Γ is not within 1e-100 … 1e100
  LatticePhononBath(LatticeGrid grid, LatticePhononBathOptions options);
  LatticePhononBath(LatticePhononBath&&) noexcept;
  LatticePhononBath& operator=(LatticePhononBath&&) noexcept;
  ~LatticePhononBath();

  [[nodiscard]] const LatticeGrid& space() const noexcept;
  [[nodiscard]] const LatticePhononBathOptions& options() const noexcept;
  /// T and h [1/energy], and the number of time nodes.
  [[nodiscard]] double horizon() const noexcept;
  [[nodiscard]] double time_step() const noexcept;
  [[nodiscard]] int time_nodes() const noexcept;

  /// @brief C = C(W), shapes (n). The energy defect of the report is the exchange with the bath: energy is no
  /// invariant.
  /// @throws DimensionMismatch
  CollisionReport apply(ConstState W, State C);
  /// The same: the operator is linear.
  /// @throws DimensionMismatch
  void apply_linearised(ConstState W, ConstState dW, State dC);
  /// Γ(k) = ∫dk' R(k→k'), which does not depend on W.
  /// @throws DimensionMismatch
  void loss_rate(ConstState W, State nu);
  /// Number.
  [[nodiscard]] Invariants invariants() const;
  /// e^{−βω} with the number of W.
  /// @throws DimensionMismatch
  void stationary_state(ConstState W, State out) const;

  /// @brief Estimates max |C − exact C| of a W that the grid resolves: 7 times the largest of the changes with horizons
  /// T/r, r = √2, 2, 2√2 and 4, each divided by √r − 1, as if the error fell as T^{−1/2}.
  ///
  /// In d = 1, 2 the exact C diverges at van Hove energies shifted by ±ω0, and nodes at a distance Δω < 1/T count
  /// (TΔω)^{−1/2} and 1 + log(1/TΔω) times; the estimate is huge where a node is there.
  /// @throws DimensionMismatch
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<LatticePhononBath>);

/// Diffusion of a lattice electron.
struct LatticeBathTransport {
  double diffusion = 0.0;        ///< D = Σ_j ⟨v_j²/Γ⟩/d in thermal equilibrium [sites²/time]
  double diffusion_error = 0.0;  ///< estimated, relative
  double mobility = 0.0;         ///< βD
  double slowest_rate = 0.0;     ///< min Γ: the slowest decay of odd functions of k [1/time]
};

/// @brief D of the operator: the gain of a function that is odd in k vanishes, so v decays at the rate Γ exactly. By
/// default for the mean over directions, ⟨v²⟩/d.
///
/// The error is the largest of the changes of D with horizons T/r, r = √2, 2, 2√2 and 4, each times 2.5/(√r − 1), and
/// of those with other windows, times 5.
/// @throws InvalidArgument if states in the middle of the band are never scattered, ω0 above half of the bandwidth
[[nodiscard]] LatticeBathTransport lattice_bath_transport(const LatticeGrid& grid,
                                                          const LatticePhononBathOptions& options);

}  // namespace nordheim
