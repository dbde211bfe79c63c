// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/phonon_currents.hpp"

namespace nordheim::detail {

void require_occupations_in_range(const EnergyRange& band, double temperature, Statistics statistics) {
  constexpr double largest = 1e70;  // its fourth power, with room for two factors more
  if (statistics == Statistics::classical_wave || temperature <= largest * band.min) return;
  throw InvalidArgument("temperature = " + shortest_text(temperature) +
                        " is too high for this band: the fourth powers of the occupations leave the range of numbers; "
                        "statistics \"classical-wave\" is the limit of high temperatures");
}

void refuse_cold_band(double temperature) {
  throw InvalidArgument("temperature = " + shortest_text(temperature) +
                        " is too low for this band: the occupations of its modes span more than the digits of a "
                        "number; a higher temperature is needed");
}

void require_occupations_in_digits(const EnergyRange& band, double temperature, Statistics statistics) {
  constexpr double smallest = 1e-14;  // sums over modes have the rounding of their largest terms
  const PhononWeight weight(statistics, temperature, band.min);
  if (weight(band.max) < smallest * weight(band.min)) refuse_cold_band(temperature);
}

}  // namespace nordheim::detail
