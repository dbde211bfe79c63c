// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>

#include <cstddef>
#include <functional>

namespace nordheim {

/// @brief A system of ordinary differential equations  dy/dt = f(t, y).
///
/// The functions may throw: RecoverableError makes the integrator try a smaller step, anything else ends the run and
/// reaches its caller unchanged.
struct OdeSystem {
  using RightHandSide = std::function<void(double t, ConstState y, State dydt)>;
  using JacobianAction = std::function<void(double t, ConstState y, ConstState v, State Jv)>;

  std::size_t size = 0;
  RightHandSide right_hand_side;
  /// Jv = (∂f/∂y)·v, for implicit methods; if empty they form difference quotients of f.
  JacobianAction jacobian_action{};
};

/// The system of anything with size(), right_hand_side() and jacobian_action(), such as KineticEquation; it refers to
/// @p equation, which must outlive it.
template <class Equation>
[[nodiscard]] OdeSystem ode_system(Equation& equation) {
  return {equation.size(), [&](double t, ConstState y, State dydt) { equation.right_hand_side(t, y, dydt); },
          [&](double t, ConstState y, ConstState v, State Jv) { equation.jacobian_action(t, y, v, Jv); }};
}

}  // namespace nordheim
