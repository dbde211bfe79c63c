// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/shifted_system.hpp>

#include <memory>
#include <utility>

namespace nordheim {

namespace {

struct Shifted {
  OdeSystem system;
  std::vector<double> origin, y;

  ConstState moved(ConstState z) {
    for (std::size_t a = 0; a < y.size(); ++a) y[a] = origin[a] + z[a];
    return y;
  }
};

}  // namespace

OdeSystem shifted(OdeSystem system, std::vector<double> origin) {
  if (origin.size() != system.size) throw DimensionMismatch("the origin", origin.size(), system.size);
  std::vector<double> y(origin.size());
  const auto shift = std::make_shared<Shifted>(Shifted{std::move(system), std::move(origin), std::move(y)});
  OdeSystem result;
  result.size = shift->system.size;
  result.right_hand_side = [shift](double t, ConstState z, State dzdt) {
    shift->system.right_hand_side(t, shift->moved(z), dzdt);
  };
  if (shift->system.jacobian_action) {
    result.jacobian_action = [shift](double t, ConstState z, ConstState v, State Jv) {
      shift->system.jacobian_action(t, shift->moved(z), v, Jv);
    };
  }
  return result;
}

}  // namespace nordheim
