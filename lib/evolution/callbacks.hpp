// SPDX-License-Identifier: GPL-3.0-or-later
// The way from the C functions that SUNDIALS calls to the functions of the user, and of exceptions back.
#pragma once

#include <nordheim/evolution/evolution.hpp>

#include "evolution/sundials_compat.hpp"

#include <exception>
#include <functional>
#include <string>

namespace nordheim::detail {

/// @brief The user's functions as SUNDIALS wants them. No exception leaves them: a C frame cannot be unwound.
///
/// RecoverableError and values that are not finite become the code +1, at which SUNDIALS tries a smaller step; the
/// sentence is kept in case none helps. Anything else becomes −1, and is kept to be thrown again. The codes of all
/// ranks are equal.
struct Callbacks {
  OdeSystem system;
  std::function<bool()> interrupt_asked{};
  long rhs_evaluations = 0;
  long jacobian_actions = 0;
  bool interrupted = false;
  std::exception_ptr error{};
  std::string recoverable{};

  static int right_hand_side(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept;
  /// The two parts of a splitting; the remainder counts as a right-hand side.
  static int rate(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept;
  static int remainder(SundialsReal t, N_Vector y, N_Vector dydt, void* callbacks) noexcept;
  static int jacobian_action(N_Vector v, N_Vector Jv, SundialsReal t, N_Vector y, N_Vector f, void* callbacks,
                             N_Vector work) noexcept;
  static int set_up_preconditioner(SundialsReal t, N_Vector y, N_Vector f, SundialsBool jacobian_is_current,
                                   SundialsBool* jacobian_is_new, SundialsReal gamma, void* callbacks) noexcept;
  static int precondition(SundialsReal t, N_Vector y, N_Vector f, N_Vector r, N_Vector z, SundialsReal gamma,
                          SundialsReal delta, int side, void* callbacks) noexcept;
  /// As the static one.
  int remainder(double t, ConstState y, State g) noexcept;

 private:
  int evaluate(const OdeSystem::RightHandSide& f, double t, ConstState y, State result) noexcept;
  template <class Function>
  int guarded(Function function) noexcept;
};

/// The numbers of a vector, those of this rank.
[[nodiscard]] State numbers(N_Vector v) noexcept;

}  // namespace nordheim::detail
