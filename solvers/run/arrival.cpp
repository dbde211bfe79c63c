// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/arrival.hpp"

#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <utility>

namespace nordheim::program {

Arrival::Arrival(std::function<double(ConstState)> distance, double bound)
    : distance_(std::move(distance)), bound_(bound) {}

bool Arrival::operator()(double time, ConstState y) {
  constexpr long patience = 1000;  // steps without progress; a slow relaxation makes some in every step
  const double distance = distance_(y);
  ++steps_;
  if (distance < nearest_) {
    nearest_ = distance;
    nearest_step_ = steps_;
  }
  if (distance > bound_ && steps_ - nearest_step_ > patience) {
    throw IntegrationError("the distance to equilibrium has stopped falling at " + short_text(nearest_) +
                               ", above until_equilibrium = " + short_text(bound_),
                           time, steps_);
  }
  return distance <= bound_;
}

void require_occupations(Statistics statistics, const Observation& now, double margin, const std::string& advice) {
  const auto [least, most] = std::minmax_element(now.y.begin(), now.y.end());
  const double allowed = margin * std::max(1.0, *most);
  if (*least >= -allowed && (statistics != Statistics::fermion || *most <= 1.0 + allowed)) return;
  throw IntegrationError("occupations have left their range, they are from " + short_text(*least) + " to " +
                             short_text(*most) + " (" + advice + ")",
                         now.time, now.steps);
}

}  // namespace nordheim::program
