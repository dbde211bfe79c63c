// SPDX-License-Identifier: GPL-3.0-or-later
// The collisions on a lattice whose conductivity is asked for, on grids of any size.
#pragma once

#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/linearised_collisions.hpp"
#include "collision/time_grid.hpp"
#include "transport/phonon_weight.hpp"

#include <cstddef>
#include <memory>
#include <vector>

namespace nordheim::detail {

/// Time nodes up to a horizon under a flat window, h = 0.85 of what the sampled delta function allows for two to two
/// collisions, or decays into three as well, or a little less, so that T/h is an integer.
[[nodiscard]] TimeGrid phonon_time_grid(const Dispersion& dispersion, int points, double horizon,
                                        FourPhononProcesses processes = FourPhononProcesses::scattering);

/// A of four-phonon collisions on M^d nodes.
/// @param processes  decays are in if resonant, whatever the band
[[nodiscard]] std::unique_ptr<LinearisedCollisions> linearised_quartic(int points, const Dispersion& dispersion,
                                                                       const TimeGrid& time, const PhononWeight& weight,
                                                                       FourPhononProcesses processes, int threads);

/// @brief A of the collisions that options ask for, in two or three dimensions.
///
/// Quartic: any band with ω > 0 that is the same along all axes and under reflections; collisions are −36πλ² A. Cubic
/// springs: any band with ω(−k) = ω(k) in which, if ω(0) > 0, every mode takes part in some resonant process;
/// collisions are −½πa² A, a the largest |α|, with bonds in units of it.
class PhononLattice {
 public:
  /// @throws InvalidArgument if the band is none of those
  PhononLattice(const Dispersion& dispersion, const PhononConductivityOptions& options);

  /// Nodes per direction: multiples of 8, each about 1.4 times the one before.
  [[nodiscard]] std::vector<int> sizes() const;
  /// Quartic: horizon M/(2.15 v_max), before waves that went around the lattice meet. Springs: M/(1.25 v_max).
  [[nodiscard]] TimeGrid time_grid(int points) const;
  [[nodiscard]] std::unique_ptr<LinearisedCollisions> collisions(int points, const PhononWeight& weight) const;
  /// Bytes that they need.
  [[nodiscard]] std::size_t memory(int points) const;

  [[nodiscard]] bool has_springs() const noexcept { return !options_.bonds.empty(); }
  /// Whether the rates at which modes are left are finite. Not in three-phonon collisions with a band that begins like
  /// k²: each mode meets soft phonons, ∫d^dq q⁻² δ(v·q) of them, which turn it by nothing.
  [[nodiscard]] bool has_loss_rates() const;
  /// The factor in front of A.
  [[nodiscard]] double rate() const;

 private:
  void check_quartic();
  void check_springs() const;
  [[nodiscard]] std::vector<CubicBond> unit_bonds() const;

  Dispersion dispersion_;
  PhononConductivityOptions options_;
  FourPhononProcesses processes_ = FourPhononProcesses::scattering;  ///< those that there are
};

}  // namespace nordheim::detail
