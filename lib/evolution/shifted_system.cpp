// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/shifted_system.hpp>

#include <cmath>
#include <memory>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

struct Shifted {
  OdeSystem system;
  std::vector<double> origin, unit, y, direction;

  ConstState state(ConstState z) {
    for (std::size_t a = 0; a < y.size(); ++a) y[a] = origin[a] + unit[a] * z[a];
    return y;
  }
  ConstState scaled(ConstState v) {
    for (std::size_t a = 0; a < direction.size(); ++a) direction[a] = unit[a] * v[a];
    return direction;
  }
  void divide(State rates) const {
    for (std::size_t a = 0; a < rates.size(); ++a) rates[a] /= unit[a];
  }
};

std::vector<double> checked_units(std::vector<double> unit, std::size_t size) {
  if (unit.empty()) return std::vector<double>(size, 1.0);
  if (unit.size() != size) throw DimensionMismatch("the units", unit.size(), size);
  for (std::size_t a = 0; a < size; ++a) {
    if (unit[a] > 0.0 && std::isfinite(unit[a])) continue;
    std::ostringstream text;
    text << "the unit of component " << a << " is " << unit[a] << "; a positive number is needed";
    throw InvalidArgument(text.str());
  }
  return unit;
}

}  // namespace

OdeSystem shifted(OdeSystem system, std::vector<double> origin, std::vector<double> unit) {
  const std::size_t size = system.size;
  if (origin.size() != size) throw DimensionMismatch("the origin", origin.size(), size);
  const std::vector<double> room(size);
  const auto shift = std::make_shared<Shifted>(
      Shifted{std::move(system), std::move(origin), checked_units(std::move(unit), size), room, room});
  OdeSystem result;
  result.size = size;
  result.ranks = shift->system.ranks;
  result.right_hand_side = [shift](double t, ConstState z, State dzdt) {
    shift->system.right_hand_side(t, shift->state(z), dzdt);
    shift->divide(dzdt);
  };
  if (shift->system.jacobian_action) {
    result.jacobian_action = [shift](double t, ConstState z, ConstState v, State Jv) {
      shift->system.jacobian_action(t, shift->state(z), shift->scaled(v), Jv);
      shift->divide(Jv);
    };
  }
  return result;
}

}  // namespace nordheim
