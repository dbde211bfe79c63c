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

  /// An approximation of (1 − γ ∂f/∂y)⁻¹, for implicit methods; if empty they do without.
  struct Preconditioner {
    /// For a new γ > 0, near the state y.
    std::function<void(double t, ConstState y, double gamma)> set_up{};
    /// z ≈ (1 − γ ∂f/∂y)⁻¹ r.
    std::function<void(ConstState r, State z)> solve{};
  };
  Preconditioner preconditioner{};

  /// A linear part A with a flow that is known, f(t, y) = A y + g(t, y), for the method of Lawson.
  struct Splitting {
    /// y ← e^{hA} y.
    std::function<void(double h, State y)> flow{};
    /// g.
    RightHandSide remainder{};
  };
  Splitting splitting{};
};

/// The system of anything with size(), right_hand_side() and jacobian_action(), such as KineticEquation; it refers to
/// @p equation, which must outlive it.
/// If it has flow() and remainder(), such as InhomogeneousEquation, they are the splitting.
template <class Equation>
[[nodiscard]] OdeSystem ode_system(Equation& equation) {
  OdeSystem system{equation.size(), [&](double t, ConstState y, State dydt) { equation.right_hand_side(t, y, dydt); },
                   [&](double t, ConstState y, ConstState v, State Jv) { equation.jacobian_action(t, y, v, Jv); }};
  if constexpr (requires(double t, ConstState y, State z) {
                  equation.flow(t, z);
                  equation.remainder(t, y, z);
                }) {
    system.splitting = {[&](double h, State y) { equation.flow(h, y); },
                        [&](double t, ConstState y, State g) { equation.remainder(t, y, g); }};
  }
  return system;
}

}  // namespace nordheim
