// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/phonon_lattice.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/resonance.hpp>

#include "collision/linearised_phonons.hpp"
#include "collision/linearised_springs.hpp"
#include "collision/spring_requirements.hpp"
#include "transport/band_symmetry.hpp"
#include "transport/collisionless_modes.hpp"
#include "transport/horizon_limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace nordheim::detail {

namespace {

/// Non-negative, so that A is positive: loss rates of three-phonon collisions have singularities that a flat window
/// turns into negative ones.
constexpr TimeWindow spring_window = TimeWindow::bohman;

int default_points(int dimension, bool springs) {
  // Some tens of seconds, and a fifth of a gigabyte.
  if (springs) return dimension == 2 ? 192 : 48;
  return dimension == 2 ? 384 : 64;
}

}  // namespace

TimeGrid phonon_time_grid(const Dispersion& dispersion, int points, double horizon, FourPhononProcesses processes) {
  constexpr double fraction = 0.85;
  const EnergyMismatch mismatch =
      processes == FourPhononProcesses::resonant ? decay_mismatch(dispersion, 3) : scattering_mismatch(dispersion);
  const double longest = fraction * 2.0 * std::numbers::pi / mismatch.largest;
  return wave_time_grid(dispersion, points, TimeWindow::flat, horizon, horizon / std::ceil(horizon / longest),
                        mismatch);
}

std::unique_ptr<LinearisedCollisions> linearised_quartic(int points, const Dispersion& dispersion, const TimeGrid& time,
                                                         const PhononWeight& weight, FourPhononProcesses processes,
                                                         int threads) {
  HalfLattice lattice(points, dispersion);
  std::vector<double> u;
  u.reserve(lattice.size());
  for (const double omega : lattice.energies()) u.push_back(weight(omega) / omega);
  return std::make_unique<LinearisedPhonons>(std::move(lattice), time, u, processes, threads);
}

PhononLattice::PhononLattice(const Dispersion& dispersion, const PhononConductivityOptions& options)
    : dispersion_(dispersion), options_(options) {
  const EnergyRange range = dispersion.range();
  if (range.width() <= 1e-12 * range.max) {
    throw InvalidArgument("the band " + dispersion.description() + " is flat: phonons that stand still carry no heat");
  }
  if (has_springs()) {
    check_springs();
  } else {
    check_quartic();
  }
}

void PhononLattice::check_quartic() {
  const EnergyRange range = dispersion_.range();
  constexpr double least = 1e-6;
  if (!(range.min > least * range.max)) {
    throw InvalidArgument("the collisions of phonons have factors 1/omega and need omega > 0 everywhere (found " +
                          dispersion_.description() + ", which comes down to " + std::to_string(range.min) + ")");
  }
  if (!is_cubic(dispersion_)) {
    throw InvalidArgument(
        "the heat conductivity is computed for bands that are the same along every axis and under "
        "reflections, where it is a number (found " +
        dispersion_.description() + ")");
  }
  if (options_.processes == FourPhononProcesses::resonant && decay_resonance(dispersion_, 3).found) {
    processes_ = FourPhononProcesses::resonant;
  }
}

void PhononLattice::check_springs() const {
  (void)require_decay_into_two(dispersion_, options_.bonds);
  if (!is_even(dispersion_)) {
    throw InvalidArgument("the heat conductivity is computed for bands with omega(-k) = omega(k) (found " +
                          dispersion_.description() + ")");
  }
  if (const auto mode = collisionless_mode(dispersion_)) {
    std::string text;
    for (int i = 0; i < dispersion_.dimension(); ++i) {
      text += (i == 0 ? "" : ", ") + shortest_text((*mode)[static_cast<std::size_t>(i)]);
    }
    throw InvalidArgument("the heat conductivity is infinite with three-phonon collisions alone: in the band " +
                          dispersion_.description() + " phonons around k = (" + text +
                          ") can neither decay into two nor merge with another one, and carry energy without ever "
                          "colliding");
  }
}

bool PhononLattice::has_loss_rates() const {
  if (!has_springs() || dispersion_.range().min > 0.0) return true;
  constexpr double near = 1e-4, soft = 1e-2;
  const double slope = dispersion_({near, 0.0, 0.0}) / (2.0 * std::numbers::pi * near);
  return slope > soft * dispersion_.max_velocity();
}

std::vector<int> PhononLattice::sizes() const {
  const int d = dispersion_.dimension();
  const int most = options_.most_points != 0 ? options_.most_points : default_points(d, has_springs());
  constexpr int plane = 32, space = 16;
  return growing_sizes(d == 2 && most >= plane ? plane : space, most);
}

TimeGrid PhononLattice::time_grid(int points) const {
  if (has_springs()) {
    return wave_time_grid(dispersion_, points, spring_window, {}, {}, decay_mismatch(dispersion_, 2));
  }
  constexpr double periods = 2.15;
  return phonon_time_grid(dispersion_, points, points / (periods * dispersion_.max_velocity()), processes_);
}

std::vector<CubicBond> PhononLattice::unit_bonds() const {
  std::vector<CubicBond> bonds = options_.bonds;
  double largest = 0.0;
  for (const CubicBond& bond : bonds) largest = std::max(largest, std::abs(bond.alpha));
  for (CubicBond& bond : bonds) bond.alpha /= largest;
  return bonds;
}

double PhononLattice::rate() const {
  constexpr double pi = std::numbers::pi;
  if (!has_springs()) return 36.0 * pi * options_.lambda * options_.lambda;
  double largest = 0.0;
  for (const CubicBond& bond : options_.bonds) largest = std::max(largest, std::abs(bond.alpha));
  return 0.5 * pi * largest * largest;
}

std::unique_ptr<LinearisedCollisions> PhononLattice::collisions(int points, const PhononWeight& weight) const {
  const TimeGrid time = time_grid(points);
  if (!has_springs()) return linearised_quartic(points, dispersion_, time, weight, processes_, options_.threads);
  const auto leg = [&](double omega) { return weight(omega) / omega; };
  return std::make_unique<LinearisedSprings>(LatticeGrid(points, dispersion_), unit_bonds(), time, spring_window, leg,
                                             options_.threads);
}

std::size_t PhononLattice::memory(int points) const {
  const int d = dispersion_.dimension(), nodes = time_grid(points).nodes;
  return has_springs() ? LinearisedSprings::memory(d, points, nodes, options_.bonds, options_.threads)
                       : LinearisedPhonons::memory(d, points, nodes, options_.threads);
}

}  // namespace nordheim::detail
