// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gain_memory.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>

namespace nordheim::detail {

namespace {

std::string with_digits(double value, int digits) {
  std::ostringstream text;
  text << std::setprecision(digits) << value;
  return text.str();
}

std::string gibibytes(double bytes) { return with_digits(bytes / std::exp2(30.0), 3) + " GiB"; }

}  // namespace

void require_memory(const EnergyShell& shell, const Correlator& correlator, std::size_t allowed) {
  const GainForecast forecast = ElasticScattering::forecast(shell, correlator);
  if (forecast.memory <= static_cast<double>(allowed)) return;
  throw InvalidArgument("the gain of the correlator (" + correlator.description() + ") has about " +
                        with_digits(forecast.rank, 2) + " functions on the shell of energy " +
                        shortest_text(shell.energy()) + " and needs " + gibibytes(forecast.memory) +
                        " of memory, of which " + gibibytes(static_cast<double>(allowed)) +
                        " are allowed; a correlator of shorter range, fewer threads or a larger max_memory is needed");
}

}  // namespace nordheim::detail
