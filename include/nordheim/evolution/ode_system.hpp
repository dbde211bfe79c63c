// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>
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

  std::size_t size = 0;  ///< of this rank
  RightHandSide right_hand_side;
  /// Jv = (∂f/∂y)·v, for implicit methods; if empty they form difference quotients of f.
  JacobianAction jacobian_action{};

  /// An approximation of (1 − γ ∂f/∂y)⁻¹, for imex of (1 − γ ∂g/∂y)⁻¹; if empty the implicit methods do without.
  struct Preconditioner {
    /// For a new γ > 0, near the state y.
    std::function<void(double t, ConstState y, double gamma)> set_up{};
    /// z ≈ (1 − γ ∂f/∂y)⁻¹ r.
    std::function<void(ConstState r, State z)> solve{};
  };
  Preconditioner preconditioner{};

  /// A part A with a flow that is known, f(t, y) = A y + g(t, y), for the methods that treat it apart.
  struct Splitting {
    /// y ← e^{hA} y.
    std::function<void(double h, State y)> flow{};
    /// g.
    RightHandSide remainder{};
    /// A y, for imex.
    RightHandSide rate{};
    /// Jv = (∂g/∂y)·v, for imex; if empty it forms difference quotients of g.
    JacobianAction remainder_jacobian{};
    /// Whether the flow is e^{hA} with a linear A, so that steps may be composed; false: a scheme for one step at a
    /// time, which only strang can use.
    bool flow_is_exact = true;
  };
  Splitting splitting{};

  /// The processes that share the equations, each having some components of every vector. Norms are those of the whole,
  /// so that all ranks take the same steps. The functions are called on all of them at the same time, and must fail on
  /// all if they use the ranks themselves.
  Ranks ranks{};
};

/// The system of anything with size(), right_hand_side() and jacobian_action(), such as KineticEquation; it refers to
/// @p equation, which must outlive it.
/// If it has the functions of a splitting, such as InhomogeneousEquation, that is there too.
template <class Equation>
[[nodiscard]] OdeSystem ode_system(Equation& equation) {
  OdeSystem system{equation.size(), [&](double t, ConstState y, State dydt) { equation.right_hand_side(t, y, dydt); },
                   [&](double t, ConstState y, ConstState v, State Jv) { equation.jacobian_action(t, y, v, Jv); }};
  if constexpr (requires { equation.flow_is_exact(); }) {
    system.splitting = {
        [&](double h, State y) { equation.flow(h, y); },
        [&](double t, ConstState y, State g) { equation.remainder(t, y, g); },
        [&](double t, ConstState y, State rate) { equation.flight_rate(t, y, rate); },
        [&](double t, ConstState y, ConstState v, State Jv) { equation.remainder_jacobian(t, y, v, Jv); },
        equation.flow_is_exact()};
    system.ranks = equation.ranks();
  }
  return system;
}

}  // namespace nordheim
