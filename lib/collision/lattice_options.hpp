// SPDX-License-Identifier: GPL-3.0-or-later
// What collision operators on a lattice ask of their options and of the band.
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/model/dispersion.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

namespace nordheim::detail {

/// @throws InvalidArgument if it is negative
inline void require_threads(int threads) {
  if (threads >= 0) return;
  throw InvalidArgument("threads = " + std::to_string(threads) + "; 0 (all) or a positive number is needed");
}

/// @throws InvalidArgument if all energies are the same: the collision rate is infinite
inline void require_bandwidth(const Dispersion& dispersion) {
  const EnergyRange range = dispersion.range();
  if (range.width() > 1e-12 * std::max(std::abs(range.min), std::abs(range.max))) return;
  throw InvalidArgument("the band " + dispersion.description() +
                        " is flat: every collision conserves energy, and the collision rate is infinite");
}

/// @throws InvalidArgument if a number is not positive
inline void require_positive_option(const char* what, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  std::ostringstream text;
  text << what << " = " << value << "; a positive number is needed";
  throw InvalidArgument(text.str());
}

/// Rates go with the square of a vertex: beyond these limits they leave no room in the range of numbers.
inline void require_moderate_vertex(const std::string& what, double value) {
  constexpr double smallest = 1e-100, largest = 1e100;
  if (std::abs(value) >= smallest && std::abs(value) <= largest) return;
  std::ostringstream text;
  text << what << " = " << value << "; its absolute value must be from " << smallest << " to " << largest;
  throw InvalidArgument(text.str());
}

}  // namespace nordheim::detail
