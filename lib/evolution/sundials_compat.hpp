// SPDX-License-Identifier: GPL-3.0-or-later
// SUNDIALS 6.4 … 7.x behind one set of names: everything that changed its name or form between them is here.
#pragma once

#include <arkode/arkode_erkstep.h>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_config.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_spgmr.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <limits>

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
inline void silence_erkstep([[maybe_unused]] void* memory) {
#if SUNDIALS_VERSION_MAJOR < 7
  ERKStepSetErrFile(memory, nullptr);
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
  int set(void* memory, SUNContext context) {
    controller_ = SUNAdaptController_PI(context);
#if SUNDIALS_VERSION_MAJOR > 7 || (SUNDIALS_VERSION_MAJOR == 7 && SUNDIALS_VERSION_MINOR >= 1)
    return ARKodeSetAdaptController(memory, controller_);
#else
    return ERKStepSetAdaptController(memory, controller_);
#endif
  }

 private:
  SUNAdaptController controller_ = nullptr;
#else
  int set(void* memory, SUNContext) { return ERKStepSetAdaptivityMethod(memory, ARK_ADAPT_PI, 1, 0, nullptr); }
#endif
};

// From 7.1 on, ARKODE has one set of functions for all of its modules, and the old ones are deprecated.
#if SUNDIALS_VERSION_MAJOR > 7 || (SUNDIALS_VERSION_MAJOR == 7 && SUNDIALS_VERSION_MINOR >= 1)
inline int erk_tolerances(void* m, double rtol, double atol) { return ARKodeSStolerances(m, rtol, atol); }
inline int erk_user_data(void* m, void* data) { return ARKodeSetUserData(m, data); }
inline int erk_max_steps(void* m, long steps) { return ARKodeSetMaxNumSteps(m, steps); }
inline int erk_initial_step(void* m, double h) { return ARKodeSetInitStep(m, h); }
inline int erk_max_step(void* m, double h) { return ARKodeSetMaxStep(m, h); }
inline int erk_stop_time(void* m, double t) { return ARKodeSetStopTime(m, t); }
inline int erk_evolve(void* m, double to, N_Vector y, SundialsReal* t) {
  return ARKodeEvolve(m, to, y, t, ARK_ONE_STEP);
}
inline int erk_steps(void* m, long* n) { return ARKodeGetNumSteps(m, n); }
inline int erk_error_failures(void* m, long* n) { return ARKodeGetNumErrTestFails(m, n); }
inline int erk_reset(void* m, double t, N_Vector y) { return ARKodeReset(m, t, y); }
inline int erk_attempted_step(void* m, SundialsReal* h) { return ARKodeGetCurrentStep(m, h); }
inline char* erk_flag_name(int flag) { return ARKodeGetReturnFlagName(flag); }
inline void erk_free(void** m) { ARKodeFree(m); }
#else
inline int erk_tolerances(void* m, double rtol, double atol) { return ERKStepSStolerances(m, rtol, atol); }
inline int erk_user_data(void* m, void* data) { return ERKStepSetUserData(m, data); }
inline int erk_max_steps(void* m, long steps) { return ERKStepSetMaxNumSteps(m, steps); }
inline int erk_initial_step(void* m, double h) { return ERKStepSetInitStep(m, h); }
inline int erk_max_step(void* m, double h) { return ERKStepSetMaxStep(m, h); }
inline int erk_stop_time(void* m, double t) { return ERKStepSetStopTime(m, t); }
inline int erk_evolve(void* m, double to, N_Vector y, SundialsReal* t) {
  return ERKStepEvolve(m, to, y, t, ARK_ONE_STEP);
}
inline int erk_steps(void* m, long* n) { return ERKStepGetNumSteps(m, n); }
inline int erk_error_failures(void* m, long* n) { return ERKStepGetNumErrTestFails(m, n); }
inline int erk_reset(void* m, double t, N_Vector y) { return ERKStepReset(m, t, y); }
inline int erk_attempted_step(void* m, SundialsReal* h) { return ERKStepGetCurrentStep(m, h); }
inline char* erk_flag_name(int flag) { return ERKStepGetReturnFlagName(flag); }
inline void erk_free(void** m) { ERKStepFree(m); }
#endif

}  // namespace nordheim::detail
