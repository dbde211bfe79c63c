// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/cubic_band_energies.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <cmath>
#include <numbers>
#include <string>

namespace nordheim::detail {

void check_cubic_band(int dimension, double energy) {
  if (dimension < 1 || dimension > 3) {
    throw InvalidArgument("dimension = " + std::to_string(dimension) + ", allowed are 1, 2 and 3");
  }
  if (!std::isfinite(energy)) throw InvalidArgument("energy = " + shortest_text(energy) + " must be finite");
}

void refuse_infinite(const char* quantity, int dimension, double energy) {
  throw InvalidArgument(std::string(quantity) + " of the cubic band in dimension " + std::to_string(dimension) +
                        " is infinite at the van Hove energy " + shortest_text(energy) +
                        "; any other energy is allowed");
}

double layer_edge(double energy) {
  return energy < 1.0 ? 2.0 * std::asin(std::sqrt(0.5 * energy))
                      : std::numbers::pi - 2.0 * std::asin(std::sqrt(0.5 * (2.0 - energy)));
}

double layer_middle(double energy) { return 2.0 * std::asin(std::sqrt(0.5 * (energy - 2.0))); }

}  // namespace nordheim::detail
