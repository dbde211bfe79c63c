// SPDX-License-Identifier: GPL-3.0-or-later
#include "evolution/callbacks.hpp"

#include <cmath>
#include <sstream>

namespace nordheim::detail {

namespace {

constexpr int recoverable_code = 1;
constexpr int fatal_code = -1;

void require_finite(const char* what, double t, ConstState values) {
  for (std::size_t a = 0; a < values.size(); ++a) {
    if (std::isfinite(values[a])) continue;
    std::ostringstream text;
    text << what << " is " << values[a] << " in component " << a << " at a trial state near t = " << t;
    throw RecoverableError(text.str());
  }
}

}  // namespace

State numbers(N_Vector v) noexcept {
  const N_Vector mine = own_part(v);
  return {N_VGetArrayPointer(mine), static_cast<std::size_t>(N_VGetLength(mine))};
}

template <class Function>
int Callbacks::guarded(Function function) noexcept {
  // CVODE retries the fixed-point iteration even after a fatal code: every further call must fail as well.
  if (error || interrupted) return fatal_code;
  try {
    int code = 0;
    system.ranks.together([&] { code = function(); });
    return code;
  } catch (const RecoverableError& exception) {
    recoverable = exception.what();
    return recoverable_code;
  } catch (...) {
    error = std::current_exception();
    return fatal_code;
  }
}

int Callbacks::evaluate(const OdeSystem::RightHandSide& f, double t, ConstState y, State result) noexcept {
  return guarded([&] {
    // Processes hear of an interrupt at different times.
    if (interrupt_asked && system.ranks.any(interrupt_asked())) {
      interrupted = true;
      return fatal_code;
    }
    f(t, y, result);
    require_finite("the right-hand side", t, result);
    return 0;
  });
}

int Callbacks::right_hand_side(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept {
  auto& self = *static_cast<Callbacks*>(callbacks);
  ++self.rhs_evaluations;
  return self.evaluate(self.system.right_hand_side, t, numbers(y), numbers(dydt));
}

int Callbacks::rate(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept {
  auto& self = *static_cast<Callbacks*>(callbacks);
  return self.evaluate(self.system.splitting.rate, t, numbers(y), numbers(dydt));
}

int Callbacks::remainder(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept {
  return static_cast<Callbacks*>(callbacks)->remainder(t, numbers(y), numbers(dydt));
}

int Callbacks::remainder(double t, ConstState y, State g) noexcept {
  ++rhs_evaluations;
  return evaluate(system.splitting.remainder, t, y, g);
}

int Callbacks::jacobian_action(N_Vector v, N_Vector Jv, SundialsReal t, N_Vector y, N_Vector /*f*/, void* callbacks,
                               N_Vector /*work*/) noexcept {
  auto& self = *static_cast<Callbacks*>(callbacks);
  ++self.jacobian_actions;
  return self.guarded([&] {
    self.system.jacobian_action(t, numbers(y), numbers(v), numbers(Jv));
    require_finite("the Jacobian action", t, numbers(Jv));
    return 0;
  });
}

int Callbacks::set_up_preconditioner(SundialsReal t, N_Vector y, N_Vector /*f*/, SundialsBool /*jacobian_is_current*/,
                                     SundialsBool* jacobian_is_new, SundialsReal gamma, void* callbacks) noexcept {
  auto& self = *static_cast<Callbacks*>(callbacks);
  *jacobian_is_new = 1;
  return self.guarded([&] {
    self.system.preconditioner.set_up(t, numbers(y), gamma);
    return 0;
  });
}

int Callbacks::precondition(SundialsReal t, N_Vector /*y*/, N_Vector /*f*/, N_Vector r, N_Vector z,
                            SundialsReal /*gamma*/, SundialsReal /*delta*/, int /*side*/, void* callbacks) noexcept {
  auto& self = *static_cast<Callbacks*>(callbacks);
  return self.guarded([&] {
    self.system.preconditioner.solve(numbers(r), numbers(z));
    require_finite("the preconditioner", t, numbers(z));
    return 0;
  });
}

}  // namespace nordheim::detail
