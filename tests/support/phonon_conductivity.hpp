// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of the heat conductivity of phonons have in common.
#pragma once

#include <nordheim/transport/phonon_conductivity.hpp>

#include "support/catch.hpp"

#include <cmath>

namespace nordheim::test {

inline PhononConductivityOptions classical(double tolerance) {
  PhononConductivityOptions options;
  options.statistics = Statistics::classical_wave;
  options.tolerance = tolerance;
  options.spectral_gap = false;
  return options;
}

inline PhononConductivityOptions quantum(double tolerance) {
  PhononConductivityOptions options = classical(tolerance);
  options.statistics = Statistics::boson;
  return options;
}

/// The estimate bounds what is known of the true error; @p digits is the relative uncertainty of the reference.
inline void check_value(const BoundedValue& found, double reference, double digits) {
  CAPTURE(found.value, reference, found.error);
  CHECK(std::abs(found.value / reference - 1.0) <= found.error + digits);
}

}  // namespace nordheim::test
