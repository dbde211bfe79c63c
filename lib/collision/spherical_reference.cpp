// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spherical_reference.hpp"

#include <nordheim/core/error.hpp>

#include "model/equilibrium_near.hpp"
#include "momentum/spherical_grid_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <sstream>
#include <string>

namespace nordheim::detail {

namespace {

std::string text_of(const Vector3& k) {
  std::ostringstream text;
  text.precision(6);
  text << "k = (" << k[0] << ", " << k[1] << ", " << k[2] << ")";
  return text.str();
}

/// @throws InvalidArgument if W is not finite
void check_finite(const SphericalGrid& grid, ConstState W) {
  for (std::size_t a = 0; a < W.size(); ++a) {
    if (std::isfinite(W[a])) continue;
    std::ostringstream text;
    text << "the occupation is " << W[a] << " at " << text_of(grid.momentum(a)) << ", it must be finite";
    throw InvalidArgument(text.str());
  }
}

/// @throws InvalidArgument if the functions of the grid are much wider or narrower than the equilibrium, if the state
///         goes on where the nodes end, or if its factors e^{±x/2} are beyond double precision
void check_fit(const SphericalGrid& grid, const MovingEquilibrium& equilibrium, ConstState W) {
  std::ostringstream text;
  text.precision(6);
  const double T = 1.0 / equilibrium.at_rest.beta(), ratio = 0.5 * grid.scale() * grid.scale() / T;
  constexpr double narrowest = 0.05, widest = 10.0;
  if (!(ratio >= narrowest && ratio <= widest)) {
    text << "scale = " << grid.scale() << " does not fit an equilibrium of temperature " << T << ", allowed are "
         << std::sqrt(2.0 * narrowest * T) << " to " << std::sqrt(2.0 * widest * T);
    throw InvalidArgument(text.str());
  }
  constexpr double most_degenerate = 60.0;  // e^{30} times the rounding of 1 − W is 1e-3 of what it is added to
  if (-equilibrium.at_rest.exponent(0.0) > most_degenerate) {
    text << "the state relaxes to mu/T = " << -equilibrium.at_rest.exponent(0.0)
         << ", allowed are degenerate fermions up to " << most_degenerate
         << ": beyond, the hole occupations below the Fermi momentum are lost in rounding";
    throw InvalidArgument(text.str());
  }
  const auto radii = static_cast<std::size_t>(grid.radial_points());
  double number = 0.0, energy = 0.0, outer_number = 0.0, outer_energy = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) {
    const double part = grid.weights()[a] * std::abs(W[a]), moved = part * equilibrium.energy(grid.momentum(a));
    number += part;
    energy += moved;
    if (a % radii != radii - 1) continue;
    outer_number += part;
    outer_energy += moved;
  }
  constexpr double most = 0.05;
  if (!(outer_number <= most * number) || !(outer_energy <= most * energy)) {
    text << "the nodes end within the state: the outermost have " << outer_number / number << " of the number and "
         << outer_energy / energy << " of the energy, allowed is " << most
         << " (a larger scale or degree reaches further)";
    throw InvalidArgument(text.str());
  }
}

/// @throws InvalidArgument if R = We^{x/2} does not decay
void check_tail(const SphericalGrid& grid, const MovingEquilibrium& equilibrium, ConstState W) {
  const double T = 1.0 / equilibrium.at_rest.beta();
  const auto R = [&](std::size_t a) {
    return W[a] == 0.0 ? 0.0 : std::abs(W[a]) * std::exp(0.5 * equilibrium.exponent(grid.momentum(a)));
  };
  double largest = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) largest = std::max(largest, R(a));
  const auto radii = static_cast<std::size_t>(grid.radial_points());
  for (std::size_t outer = radii - 1; outer < grid.size(); outer += radii) {
    // A tail that is small beside the rest does little harm, however it decays; the estimate of the error tells.
    constexpr double harmless = 1e-3;
    if (!(R(outer) > harmless * largest) || !(W[outer] > 0.0) || !(W[outer - 1] > 0.0)) continue;
    const double step = equilibrium.energy(grid.momentum(outer)) - equilibrium.energy(grid.momentum(outer - 1));
    const double fall = std::log(W[outer - 1] / W[outer]);
    if (fall > 0.5 * step / T) continue;
    std::ostringstream text;
    text.precision(6);
    text << "the tail of the occupation near " << text_of(grid.momentum(outer));
    if (fall > 0.0) {
      text << " has the temperature " << step / fall;
    } else {
      text << " does not fall";
    }
    text << ", it must be colder than twice the equilibrium, " << 2.0 * T
         << ": W e^{x/2} could not be expanded (a larger scale or degree reaches further out)";
    throw InvalidArgument(text.str());
  }
}

}  // namespace

MovingEquilibrium reference_of(const SphericalGrid& grid, Statistics statistics, ConstState W,
                               const MovingEquilibrium* guess) {
  if (W.size() != grid.size()) throw DimensionMismatch("the state W", W.size(), grid.size());
  check_finite(grid, W);
  const ConstState v = grid.tables().centred_velocities, omega = grid.tables().centred_energies;
  const MovingMoments moments = moving_moments_of(W, v, omega, grid.weights());
  std::optional<MovingEquilibrium> near;
  if (guess != nullptr) {
    MovingEquilibrium centred = *guess;
    for (std::size_t j = 0; j < 3; ++j) centred.velocity[j] -= grid.centre()[j];
    near = moving_equilibrium_near(centred, moments, v, omega, grid.weights());
  }
  MovingEquilibrium equilibrium = near ? *near : moving_equilibrium_of(statistics, moments, v, omega, grid.weights());
  for (std::size_t j = 0; j < 3; ++j) equilibrium.velocity[j] += grid.centre()[j];
  check_fit(grid, equilibrium, W);
  check_tail(grid, equilibrium, W);
  return equilibrium;
}

}  // namespace nordheim::detail
