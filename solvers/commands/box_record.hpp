// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commands/box_gas.hpp"
#include "run/time_series.hpp"

#include <vector>

namespace nordheim::program {

/// Looks at states of a gas in a box. Of several ranks each gives the state at its positions, and all get what is said
/// of the whole box: the functions that take a state are collective.
class BoxObserver {
 public:
  explicit BoxObserver(BoxGas& gas);

  /// An empty series of all that append() keeps; its scales are the datasets x and box_axis.
  [[nodiscard]] TimeSeries series() const;
  /// @brief Keeps one instant: density, currents, local equilibria, distances to them, and so on.
  ///
  /// Streaming within bounds has no derivative in time: the local laws are then those of the collisions alone.
  /// It leaves the search for local equilibria as it was, so that looking does not change a run.
  void append(TimeSeries& series, double time, ConstState W);
  /// max |W − W_eq| from the global equilibrium.
  [[nodiscard]] double distance(ConstState W) const;
  /// Positions of momentum along the first axis of the box, for images.
  [[nodiscard]] const std::vector<double>& image_momenta() const noexcept { return image_momenta_; }
  /// An empty series of images W(x_1, p).
  [[nodiscard]] TimeSeries images() const;
  void append_image(TimeSeries& images, double time, ConstState W) const;

 private:
  /// What sums over k say at each position.
  struct Profiles {
    std::vector<double> density, energy, temperature;  // shape (n_r)
    std::vector<double> current, energy_current;       // shape (n_r, axes of the box)
    std::vector<double> momentum;                      // Σ w v W, shape (n_r, 3)
    std::vector<double> density_rate, energy_rate;     // of change, the latter less the power of the force
    std::vector<double> density_gross, energy_gross;   // what would change if each momentum were by itself
    std::vector<double> entropy, potential_energy;     // shape (n_r)
    double from_local = 0.0;                           // max |W − W_local|
  };
  /// Of the whole box.
  [[nodiscard]] Profiles profiles(double time, ConstState W);
  /// Of the positions of this rank; the rate of change is in rate_.
  [[nodiscard]] Profiles local_profiles(ConstState W, ConstState references);
  /// Adds the sums over k at one position; uses local_ as room.
  void add_moments(std::size_t r, ConstState here, Profiles& profiles);
  /// max_r |change + ∇·J| over max_r gross.
  [[nodiscard]] double law_defect(ConstState J, const std::vector<double>& change,
                                  const std::vector<double>& gross) const;

  BoxGas& gas_;
  std::vector<double> rate_, local_;
  std::vector<double> largest_rates_;  // of change of each momentum by itself, shape (n_k)
  std::vector<double> image_momenta_;
};

/// Σ_j π n_j/L_j |v_j|: the rate of flight over the shortest wave that the positions of a box resolve.
/// @param axes  of the momenta, along those of the box
[[nodiscard]] double flight_rate(const PeriodicBox& box, ConstState velocity, const std::vector<int>& axes);

}  // namespace nordheim::program
