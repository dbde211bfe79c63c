// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/shell_evolution.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim::test {

/// A packet after ten thousand mean free times.
struct LateSpreading {
  ShellObservables seen{};
  double slope = 0.0;  ///< half that of the variance over the last five thousand
  double drift = 0.0;  ///< of the number, relative, at half of the time and at the end
};

/// @param rate  the inverse of a mean free time
inline LateSpreading late_spreading(ShellEvolution& evolution, double rate) {
  const double number = evolution.observe().number;
  evolution.advance(5e3 / rate);
  const ShellObservables half = evolution.observe();
  evolution.advance(1e4 / rate);
  LateSpreading late{.seen = evolution.observe()};
  late.slope = 0.5 * (late.seen.variance[0] - half.variance[0]) / (late.seen.time - half.time);
  late.drift = std::max(std::abs(half.number / number - 1.0), std::abs(late.seen.number / number - 1.0));
  return late;
}

}  // namespace nordheim::test
