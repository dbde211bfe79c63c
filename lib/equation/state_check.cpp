// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/state_check.hpp>

#include <cmath>
#include <limits>
#include <sstream>

namespace nordheim {

namespace {

/// The smaller one, and NaN if one of them is.
double smaller(double a, double b) { return a <= b || std::isnan(a) ? a : b; }

}  // namespace

StateCheck check_state(const Streaming& streaming, Statistics statistics, ConstState W) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  StateCheck check{.smallest = infinity, .room = infinity, .unresolved = streaming.unresolved(W)};
  double highest = -infinity;
  for (const double x : W) {
    check.smallest = smaller(check.smallest, x);
    highest = -smaller(-highest, -x);
  }
  const Ranks& ranks = streaming.slabs().ranks();
  check.smallest = ranks.smallest(check.smallest);
  highest = ranks.largest(highest);
  if (statistics == Statistics::fermion || std::isnan(highest)) check.room = 1.0 - highest;
  return check;
}

StateCheck worse(const StateCheck& a, const StateCheck& b) {
  return {smaller(a.smallest, b.smallest), smaller(a.room, b.room), -smaller(-a.unresolved, -b.unresolved)};
}

void require_resolved(const Streaming& streaming, ConstState W) {
  const double unresolved = streaming.unresolved(W);
  if (unresolved <= StateCheck::most_unresolved) return;
  std::ostringstream text;
  text << "the share " << unresolved << " of the state is in the last third of the modes in space; at most "
       << StateCheck::most_unresolved << " is resolved: take more positions or bounded streaming";
  throw InvalidArgument(text.str());
}

}  // namespace nordheim
