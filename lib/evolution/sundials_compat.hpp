// SPDX-License-Identifier: GPL-3.0-or-later
// SUNDIALS 6.4 … 7.x behind one set of names: everything that changed its name or form between them is here.
#pragma once

#include "core/ranks_access.hpp"

#include <arkode/arkode_arkstep.h>
#include <arkode/arkode_erkstep.h>
#include <arkode/arkode_ls.h>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_config.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_spgmr.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <limits>

#if NORDHEIM_HAS_MPI
#include <nvector/nvector_mpiplusx.h>
#endif

#if SUNDIALS_VERSION_MAJOR > 6 || (SUNDIALS_VERSION_MAJOR == 6 && SUNDIALS_VERSION_MINOR >= 7)
#define NORDHEIM_SUNDIALS_HAS_CONTROLLERS
#include <sunadaptcontroller/sunadaptcontroller_soderlind.h>
#endif

namespace nordheim::detail {

#if SUNDIALS_VERSION_MAJOR >= 7
using SundialsReal = sunrealtype;
using SundialsBool = sunbooleantype;
#else
using SundialsReal = realtype;
using SundialsBool = booleantype;
#endif

#if NORDHEIM_HAS_MPI
/// The vector of the numbers of this rank.
inline N_Vector own_part(N_Vector v) {
  return N_VGetVectorID(v) == SUNDIALS_NVEC_MPIPLUSX ? N_VGetLocalVector_MPIPlusX(v) : v;
}
/// A vector over all ranks, of which this is the part of this one; null if that fails.
inline N_Vector over_ranks(const Ranks& ranks, N_Vector part, SUNContext context) {
  return N_VMake_MPIPlusX(RanksAccess::communicator(ranks), part, context);
}
#else
inline N_Vector own_part(N_Vector v) { return v; }
/// There is one rank.
inline N_Vector over_ranks(const Ranks& /*ranks*/, N_Vector part, SUNContext /*context*/) { return part; }
#endif

inline int create_context(SUNContext* context) {
#if SUNDIALS_VERSION_MAJOR >= 7
  return SUNContext_Create(SUN_COMM_NULL, context);
#else
  return SUNContext_Create(nullptr, context);
#endif
}

/// Errors are translated into exceptions; the library itself must not print them.
inline void silence_context([[maybe_unused]] SUNContext context) {
#if SUNDIALS_VERSION_MAJOR >= 7
  SUNContext_ClearErrHandlers(context);
#endif
}
inline void silence_cvode([[maybe_unused]] void* memory) {
#if SUNDIALS_VERSION_MAJOR < 7
  CVodeSetErrFile(memory, nullptr);
#endif
}

/// Modules of ARKODE: explicit methods, and pairs of an implicit and an explicit one.
enum class ArkModule { explicit_only, imex };

inline void silence_arkode([[maybe_unused]] ArkModule module, [[maybe_unused]] void* memory) {
#if SUNDIALS_VERSION_MAJOR < 7
  module == ArkModule::imex ? ARKStepSetErrFile(memory, nullptr) : ERKStepSetErrFile(memory, nullptr);
#endif
}

/// @brief A proportional–integral step controller, set explicitly: the defaults changed from version to version.
///
/// Owns what newer versions want to have owned.
class StepController {
 public:
  StepController() = default;
  StepController(const StepController&) = delete;
  StepController& operator=(const StepController&) = delete;
#ifdef NORDHEIM_SUNDIALS_HAS_CONTROLLERS
  ~StepController() {
    if (controller_ != nullptr) SUNAdaptController_Destroy(controller_);
  }
  int set([[maybe_unused]] ArkModule module, void* memory, SUNContext context) {
    controller_ = SUNAdaptController_PI(context);
#if SUNDIALS_VERSION_MAJOR > 7 || (SUNDIALS_VERSION_MAJOR == 7 && SUNDIALS_VERSION_MINOR >= 1)
    return ARKodeSetAdaptController(memory, controller_);
#else
    return module == ArkModule::imex ? ARKStepSetAdaptController(memory, controller_)
                                     : ERKStepSetAdaptController(memory, controller_);
#endif
  }

 private:
  SUNAdaptController controller_ = nullptr;
#else
  int set(ArkModule module, void* memory, SUNContext) {
    return module == ArkModule::imex ? ARKStepSetAdaptivityMethod(memory, ARK_ADAPT_PI, 1, 0, nullptr)
                                     : ERKStepSetAdaptivityMethod(memory, ARK_ADAPT_PI, 1, 0, nullptr);
  }
#endif
};

// From 7.1 on, ARKODE has one set of functions for all of its modules, and the old ones are deprecated.
#if SUNDIALS_VERSION_MAJOR > 7 || (SUNDIALS_VERSION_MAJOR == 7 && SUNDIALS_VERSION_MINOR >= 1)
inline int ark_tolerances(ArkModule /*module*/, void* m, double rtol, double atol) {
  return ARKodeSStolerances(m, rtol, atol);
}
inline int ark_user_data(ArkModule /*module*/, void* m, void* data) { return ARKodeSetUserData(m, data); }
inline int ark_max_steps(ArkModule /*module*/, void* m, long steps) { return ARKodeSetMaxNumSteps(m, steps); }
inline int ark_initial_step(ArkModule /*module*/, void* m, double h) { return ARKodeSetInitStep(m, h); }
inline int ark_max_step(ArkModule /*module*/, void* m, double h) { return ARKodeSetMaxStep(m, h); }
inline int ark_stop_time(ArkModule /*module*/, void* m, double t) { return ARKodeSetStopTime(m, t); }
inline int ark_evolve(ArkModule /*module*/, void* m, double to, N_Vector y, SundialsReal* t) {
  return ARKodeEvolve(m, to, y, t, ARK_ONE_STEP);
}
inline int ark_steps(ArkModule /*module*/, void* m, long* n) { return ARKodeGetNumSteps(m, n); }
inline int ark_error_failures(ArkModule /*module*/, void* m, long* n) { return ARKodeGetNumErrTestFails(m, n); }
inline int ark_reset(ArkModule /*module*/, void* m, double t, N_Vector y) { return ARKodeReset(m, t, y); }
inline int ark_attempted_step(ArkModule /*module*/, void* m, SundialsReal* h) { return ARKodeGetCurrentStep(m, h); }
inline char* ark_flag_name(int flag) { return ARKodeGetReturnFlagName(flag); }
inline void ark_free(ArkModule /*module*/, void** m) { ARKodeFree(m); }
inline int imex_linear_solver(void* m, SUNLinearSolver solver) { return ARKodeSetLinearSolver(m, solver, nullptr); }
inline int imex_jacobian_action(void* m, ARKLsJacTimesVecFn action) { return ARKodeSetJacTimes(m, nullptr, action); }
inline int imex_preconditioner(void* m, ARKLsPrecSetupFn set_up, ARKLsPrecSolveFn solve) {
  return ARKodeSetPreconditioner(m, set_up, solve);
}
inline int imex_nonlinear_failures(void* m, long* n) { return ARKodeGetNumNonlinSolvConvFails(m, n); }
#else
inline int ark_tolerances(ArkModule module, void* m, double rtol, double atol) {
  return module == ArkModule::imex ? ARKStepSStolerances(m, rtol, atol) : ERKStepSStolerances(m, rtol, atol);
}
inline int ark_user_data(ArkModule module, void* m, void* data) {
  return module == ArkModule::imex ? ARKStepSetUserData(m, data) : ERKStepSetUserData(m, data);
}
inline int ark_max_steps(ArkModule module, void* m, long steps) {
  return module == ArkModule::imex ? ARKStepSetMaxNumSteps(m, steps) : ERKStepSetMaxNumSteps(m, steps);
}
inline int ark_initial_step(ArkModule module, void* m, double h) {
  return module == ArkModule::imex ? ARKStepSetInitStep(m, h) : ERKStepSetInitStep(m, h);
}
inline int ark_max_step(ArkModule module, void* m, double h) {
  return module == ArkModule::imex ? ARKStepSetMaxStep(m, h) : ERKStepSetMaxStep(m, h);
}
inline int ark_stop_time(ArkModule module, void* m, double t) {
  return module == ArkModule::imex ? ARKStepSetStopTime(m, t) : ERKStepSetStopTime(m, t);
}
inline int ark_evolve(ArkModule module, void* m, double to, N_Vector y, SundialsReal* t) {
  return module == ArkModule::imex ? ARKStepEvolve(m, to, y, t, ARK_ONE_STEP)
                                   : ERKStepEvolve(m, to, y, t, ARK_ONE_STEP);
}
inline int ark_steps(ArkModule module, void* m, long* n) {
  return module == ArkModule::imex ? ARKStepGetNumSteps(m, n) : ERKStepGetNumSteps(m, n);
}
inline int ark_error_failures(ArkModule module, void* m, long* n) {
  return module == ArkModule::imex ? ARKStepGetNumErrTestFails(m, n) : ERKStepGetNumErrTestFails(m, n);
}
inline int ark_reset(ArkModule module, void* m, double t, N_Vector y) {
  return module == ArkModule::imex ? ARKStepReset(m, t, y) : ERKStepReset(m, t, y);
}
inline int ark_attempted_step(ArkModule module, void* m, SundialsReal* h) {
  return module == ArkModule::imex ? ARKStepGetCurrentStep(m, h) : ERKStepGetCurrentStep(m, h);
}
inline char* ark_flag_name(int flag) { return ERKStepGetReturnFlagName(flag); }
inline void ark_free(ArkModule module, void** m) { module == ArkModule::imex ? ARKStepFree(m) : ERKStepFree(m); }
inline int imex_linear_solver(void* m, SUNLinearSolver solver) { return ARKStepSetLinearSolver(m, solver, nullptr); }
inline int imex_jacobian_action(void* m, ARKLsJacTimesVecFn action) { return ARKStepSetJacTimes(m, nullptr, action); }
inline int imex_preconditioner(void* m, ARKLsPrecSetupFn set_up, ARKLsPrecSolveFn solve) {
  return ARKStepSetPreconditioner(m, set_up, solve);
}
inline int imex_nonlinear_failures(void* m, long* n) { return ARKStepGetNumNonlinSolvConvFails(m, n); }
#endif

}  // namespace nordheim::detail
