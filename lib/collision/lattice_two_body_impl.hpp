// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of LatticeTwoBody, shared by the files that implement it.
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>

#include "collision/conservative_projection.hpp"
#include "collision/time_grid.hpp"
#include "collision/two_body_kernel.hpp"
#include "momentum/grid_transfer.hpp"

#include <optional>
#include <vector>

namespace nordheim {

struct LatticeTwoBody::Impl {
  Impl(LatticeGrid grid_in, Statistics statistics_in, const LatticeTwoBodyOptions& options_in);

  [[nodiscard]] const LatticeGrid& fine() const { return kernel.grid(); }

  /// The replacement of the energy delta function with a horizon T' ≤ T.
  [[nodiscard]] detail::EnergyDelta energy_delta(double horizon_used) const;
  /// Σ w ω v.
  [[nodiscard]] double energy_of(ConstState v) const;
  /// The equilibrium that was set, or that of W.
  [[nodiscard]] Equilibrium reference_for(ConstState W) const;
  /// C for a given reference, uncorrected.
  void bare(ConstState W, const Equilibrium& eq, const detail::EnergyDelta& with, State out);
  /// Its derivative for dW and a change dx(ω) of the exponent, at the state and reference of the last bare().
  void bare_linearised(ConstState W, ConstState dW, const detail::AffineInEnergy& dx, State out);
  /// The reference with β*(W); leaves C there.
  Equilibrium energy_conserving_reference(ConstState W, const Equilibrium& start, State out, CollisionReport& report);
  /// C before any projection, and the reference that was used.
  Equilibrium evaluate(ConstState W, State out, CollisionReport& report);
  /// out −= l(ω) g, so that number and energy are conserved; returns l, and leaves g in `weight`.
  detail::AffineInEnergy correct(ConstState W, State out);

  LatticeGrid grid;
  Statistics statistics;
  LatticeTwoBodyOptions options;
  detail::TimeGrid time;
  detail::TwoBodyKernel kernel;
  bool rectangles;
  detail::EnergyDelta delta;
  std::optional<detail::GridTransfer> transfer;
  std::optional<Equilibrium> reference;
  struct Root {
    double beta, slope;
  };
  std::optional<Root> last_root;  // β* of the previous call and dE/dβ there
  std::vector<double> C, weight, zero, dC_dx, dx_fine;
  long dC_dx_of = 0;                                            // the kernel's evaluation that dC_dx belongs to
  std::vector<double> exponent, exponent_fine, W_fine, C_fine;  // of the padded evaluation
};

}  // namespace nordheim
