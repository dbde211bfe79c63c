// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/model/electron_phonon.hpp>
#include <nordheim/momentum/radial_grid.hpp>

#include <cstddef>
#include <memory>
#include <optional>

namespace nordheim {

/// How fine the grid of an electron in a phonon bath is; the defaults need no tuning.
struct PhononBathGridOptions {
  int order = 12;  ///< nodes of an element, 2 to 64
  int lmax = 0;    ///< largest angular momentum, 0 to 64
  /// |k| up to which there are nodes, at least [momentum]; by default where e^{−βω} has fallen below 10^{−19}.
  std::optional<double> largest_momentum{};
};

/// @brief The grid on which PhononBath converges geometrically.
///
/// Optical: ladders of spacing ω0. Acoustic: elements with the boundaries 0, c, 3c, 5c, …: rates have a second
/// derivative that jumps at |k| = c, where slow electrons cease to be able to emit, and every collision carries that on
/// to radii 2c away; elements that are wide beside the thermal momentum are cut further.
/// @throws InvalidArgument if a number is out of range
[[nodiscard]] RadialGrid phonon_bath_grid(const Phonons& phonons, double temperature,
                                          const PhononBathGridOptions& options = {});

/// @brief One electron in R³ among phonons in thermal equilibrium, a linear operator:
///
///     C(W)(k) = ∫dk' [rate(k'→k) W(k') − rate(k→k') W(k)],
///
/// with the golden-rule rates of model/electron_phonon.hpp. Legendre polynomials in cos ϑ diagonalise the angles; for
/// each l the rest is
///
///     dW_i/dt = −√(M_i/m_i) Σ_j S_ij √(m_j/M_j) W_j,      M = e^{−βω},  m_i the weight of ∫dk k² at a radius,
///
/// with a symmetric positive matrix S: detailed balance is exact. For acoustic phonons S is the form
/// ½∬Q_l(φ−φ')² of φ = W/M over pairs of radii k' > k (Galerkin's method, integrals by Gauss on the pieces where the
/// integrand is smooth), for optical ones S couples neighbouring rungs of a ladder. At any resolution the number of
/// electrons is conserved, e^{−βω} is stationary and Σ w W²/M never grows.
///
/// Optical phonons of a single frequency change ω by multiples of ω0 only: the number of electrons on each ladder
/// {ε + mω0} is conserved, and the stationary state is a family, see stationary_state() and docs/collision_bath.md.
///
/// Const functions but error_estimate() use no work space; one object serves one thread at a time.
/// References: J. Bardeen, W. Shockley, Phys. Rev. 80, 72 (1950); H. Fröhlich, Adv. Phys. 3, 325 (1954); H. Spohn,
/// J. Stat. Phys. 17, 385 (1977) for the kinetic limit.
class PhononBath {
 public:
  /// @param grid  as phonon_bath_grid() makes it; for acoustic phonons any elements will do, with slower convergence
  /// @throws InvalidArgument if a number is not positive, if the grid has no ladders of spacing ω0 for optical phonons,
  ///         or reaches energies where e^{−βω} is no normal number
  PhononBath(RadialGrid grid, double temperature, Phonons phonons);
  PhononBath(PhononBath&&) noexcept;
  PhononBath& operator=(PhononBath&&) noexcept;
  ~PhononBath();

  [[nodiscard]] const RadialGrid& space() const noexcept;
  [[nodiscard]] double temperature() const noexcept;
  [[nodiscard]] const Phonons& phonons() const noexcept;

  /// @brief C = C(W), shapes (n). The energy defect of the report is the exchange with the bath: energy is no
  /// invariant.
  /// @throws DimensionMismatch
  CollisionReport apply(ConstState W, State C);
  /// The same: the operator is linear, its derivative does not depend on W.
  /// @throws DimensionMismatch
  void apply_linearised(ConstState W, ConstState dW, State dC);
  /// Γ(|k|), which does not depend on W.
  /// @throws DimensionMismatch
  void loss_rate(ConstState W, State nu);

  /// Number; for optical phonons also the electrons on each of the ladders, which add up to it.
  [[nodiscard]] Invariants invariants() const;

  /// @brief Where W goes to: e^{−βω} times a factor that conserves the number, for optical phonons on each ladder.
  /// @param out  shape (n)
  /// @throws DimensionMismatch
  void stationary_state(ConstState W, State out) const;

  /// @brief Estimates max |C − exact C| over the nodes by comparing with three nodes less an element, and what the
  /// electrons at the outermost radii would lose to larger ones.
  ///
  /// The error of the coarser grid bounds that of this one as far as W is resolved by it.
  /// @throws DimensionMismatch
  /// @throws InvalidArgument if elements have fewer than 5 nodes
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);

  struct Impl;
  /// For the transport coefficients of this library: the matrices.
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

static_assert(CollisionOperator<PhononBath>);

}  // namespace nordheim
