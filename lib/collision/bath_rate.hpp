// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the collisions of an electron in a phonon bath may be.
#pragma once

#include <nordheim/core/error.hpp>

#include <sstream>

namespace nordheim::detail {

/// @param rate  a large scattering rate of the bath
/// @throws InvalidArgument if it leaves no room in the range of numbers for what is computed from it
inline void require_moderate_rate(double coupling, double temperature, double rate) {
  constexpr double smallest = 1e-100, largest = 1e100;
  if (rate >= smallest && rate <= largest) return;
  std::ostringstream text;
  text << "coupling = " << coupling << " and temperature = " << temperature << " make a scattering rate of " << rate
       << "; allowed are rates from " << smallest << " to " << largest;
  throw InvalidArgument(text.str());
}

}  // namespace nordheim::detail
