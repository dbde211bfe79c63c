// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include <sstream>

namespace nordheim {

namespace {

std::string integration_message(const std::string& why, double time, long steps) {
  std::ostringstream text;
  text << "the time integration stopped at t = " << time << " after " << steps << " steps: " << why;
  return text.str();
}

}  // namespace

DimensionMismatch::DimensionMismatch(const std::string& what, std::size_t found, std::size_t expected)
    : InvalidArgument(what + " has " + std::to_string(found) + " values, but the momentum space has " +
                      std::to_string(expected) + " nodes") {}

IntegrationError::IntegrationError(const std::string& why, double time, long steps)
    : Error(integration_message(why, time, steps)), time_(time), steps_(steps) {}

}  // namespace nordheim
