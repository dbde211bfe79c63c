// SPDX-License-Identifier: GPL-3.0-or-later
// All that collision operators on a lattice grid have in common, whatever collides: the reference equilibrium and its
// temperature, what is conserved and how, the derivative, the estimate of the error.
#pragma once

#include <nordheim/collision/collision_report.hpp>
#include <nordheim/collision/energy_constraint.hpp>
#include <nordheim/collision/invariants.hpp>
#include <nordheim/collision/time_window.hpp>

#include "collision/conservative_projection.hpp"
#include "collision/energy_levels.hpp"
#include "collision/lattice_kernel.hpp"
#include "collision/time_grid.hpp"
#include "momentum/grid_transfer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace nordheim::detail {

/// How the error of a horizon T is estimated: the largest difference to C at the horizons T/ratio, times a factor.
struct ErrorRule {
  std::vector<double> ratios;
  double factor;
};

/// For an error A/T^p: it makes a difference of A/T^p (2^{p/2} − 1) to the horizon T/√2. In two dimensions p = 1, in
/// three p = 2 up to a logarithm for Σ cos bands, from the lines cos 2πk_j = 0; a lower order is the safer side.
[[nodiscard]] ErrorRule error_rule_of_order(int dimension);

/// For phonons, whose bands have no such law: C has van Hove singularities, at which it converges slowly, and a coarse
/// grid reaches a few oscillations only. Measured in d = 2, 3 on 8 to 32 points, of optical and bending bands: errors
/// up to 4.4 times the larger of the differences to T/√2 and T/2.
[[nodiscard]] ErrorRule error_rule_of_phonons();

/// What tells one kind of collisions from another.
struct LatticeCollisionSettings {
  Statistics statistics = Statistics::boson;
  Conserved conserved = Conserved::number_and_energy;
  EnergyConstraint energy = EnergyConstraint::projection;
  TimeWindow window = TimeWindow::flat;
  TimeGrid time{};
  /// The replacement of the energy delta function with a horizon T' ≤ T.
  std::function<EnergyDelta(double horizon_used)> delta{};
  ErrorRule error{};
  /// Modes that no collision touches, one flag a node, or empty for none.
  std::vector<bool> frozen{};
};

/// @brief C(W), C'(W), ν of a bare collision term, made to conserve what it should.
///
/// The meaning and the exceptions of the public functions are those of the public operators.
class LatticeCollisions {
 public:
  /// @param grid    of the states
  /// @param kernel  on this grid or a finer one
  LatticeCollisions(LatticeGrid grid, LatticeKernel kernel, LatticeCollisionSettings settings);

  [[nodiscard]] const LatticeGrid& grid() const noexcept { return grid_; }
  /// The grid that the transforms run on.
  [[nodiscard]] const LatticeGrid& fine() const noexcept { return kernel_.grid(); }
  [[nodiscard]] const LatticeCollisionSettings& settings() const noexcept { return settings_; }

  void set_reference(const Equilibrium& equilibrium);
  void start_search_at(const Equilibrium& guess);
  /// The reference of the last evaluation.
  [[nodiscard]] const Equilibrium& last_reference() const noexcept { return used_; }
  CollisionReport apply(ConstState W, State C);
  void apply_linearised(ConstState W, ConstState dW, State dC);
  void loss_rate(ConstState W, State nu);
  [[nodiscard]] Invariants invariants() const;
  [[nodiscard]] ErrorEstimate error_estimate(ConstState W);
  /// The equilibrium that was set, or that of W.
  [[nodiscard]] Equilibrium reference_for(ConstState W) const;

  /// Bytes that collisions on a grid of N^d nodes keep with their kernel, without its products.
  [[nodiscard]] static std::size_t memory(int dimension, int points);

 private:
  /// An energy and the exponent x there.
  struct Pivot {
    double energy = 0.0, exponent = 0.0;
  };

  void require_of_these(const Equilibrium& equilibrium, const char* what) const;
  void require_sizes(ConstState W, ConstState result, const char* what) const;
  /// Σ w (ω − centre) v; where number is conserved, that is the energy of a change v.
  [[nodiscard]] double energy_of(ConstState v) const;
  /// C for a given reference, uncorrected.
  void bare(ConstState W, const Equilibrium& eq, const EnergyDelta& with, State out);
  /// Its derivative for dW and a change dx(ω) of the exponent, at the state and reference of the last bare().
  void bare_linearised(ConstState W, ConstState dW, const AffineInEnergy& dx, State out);
  /// The exponent that stays put while β moves in search of β*.
  [[nodiscard]] Pivot pivot_of(ConstState W, const Equilibrium& start) const;
  /// The reference with β*(W); leaves C there.
  Equilibrium energy_conserving_reference(ConstState W, const Equilibrium& start, State out, CollisionReport& report);
  /// C before any projection, and the reference that was used.
  Equilibrium evaluate(ConstState W, State out, CollisionReport& report);
  /// out −= l(ω) g, so that what is conserved is; returns l, and leaves g in `weight_`.
  AffineInEnergy correct(ConstState W, State out);

  LatticeGrid grid_;
  LatticeKernel kernel_;
  LatticeCollisionSettings settings_;
  double centre_, energy_scale_;  // of the band, from which energies are measured, and max |ω − centre|
  std::vector<double> weights_;   // zero at frozen modes
  EnergyLevels levels_;           // of nodes with these weights
  EnergyDelta delta_;
  std::optional<GridTransfer> transfer_;
  std::optional<Equilibrium> reference_;
  std::optional<Equilibrium> guess_;  // near which it is looked for, if it is not set
  Equilibrium used_;                  // by the last evaluation
  struct Root {
    double beta, slope;
  };
  std::optional<Root> last_root_;  // β* of the previous call and dE/dβ there
  std::vector<double> C_, weight_, zero_, dC_dx_, dx_fine_;
  long dC_dx_of_ = 0;                                               // the kernel's evaluation that dC_dx_ belongs to
  std::vector<double> exponent_, exponent_fine_, W_fine_, C_fine_;  // of the padded evaluation
};

}  // namespace nordheim::detail
