// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/error.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/evolution/evolution_options.hpp>
#include <nordheim/evolution/ode_system.hpp>

#include <functional>
#include <memory>
#include <span>

namespace nordheim {

/// The run was stopped from outside; says at what time and after how many steps.
class Interrupted : public IntegrationError {
 public:
  Interrupted(double time, long steps);
};

/// What an observer sees.
struct Observation {
  double time = 0.0;
  ConstState y;              ///< valid during the call only
  long steps = 0;            ///< internal steps so far
  long rhs_evaluations = 0;  ///< so far
  bool is_output = false;    ///< at a requested output time, else after an internal step
  bool is_last = false;      ///< the final state
};

/// What a run did.
struct EvolutionReport {
  double time = 0.0;                  ///< reached
  bool stopped_by_condition = false;  ///< else by the end time
  long steps = 0;                     ///< internal steps
  long rhs_evaluations = 0;           ///< of the right-hand side, those for difference quotients included
  long jacobian_actions = 0;          ///< bdf only
  long error_test_failures = 0;       ///< steps repeated because they were too inaccurate
  long nonlinear_failures = 0;        ///< steps repeated because an iteration did not converge
  /// lawson: the step that would have come next, to go on with as the initial step of another run; else 0.
  double next_step = 0.0;
};

/// @brief Integrates dy/dt = f(t, y) with SUNDIALS (Hindmarsh et al., ACM Trans. Math. Softw. 31, 363 (2005)).
///
/// Linear invariants of f (Σ c_a f_a = 0 for every y) are kept to round-off by all methods, that of Lawson if its
/// flow keeps them.
///
/// On several ranks (see OdeSystem::ranks) run() is collective. Observers, conditions and the question for an interrupt
/// are called on all ranks; what one of them throws is thrown on all, and a condition holds if it does on one.
class Evolution {
 public:
  /// @throws InvalidArgument if the system has no size or right-hand side, or an option is out of range
  explicit Evolution(OdeSystem system, EvolutionOptions options = {});
  Evolution(Evolution&&) noexcept;
  Evolution& operator=(Evolution&&) noexcept;
  ~Evolution();

  /// Called at the start, after every internal step and at every output time, in the order of time.
  void observe(std::function<void(const Observation&)> observer);
  /// Tested at the start and after every internal step: if true, the run ends there.
  void stop_when(std::function<bool(double time, ConstState y)> condition);
  /// Tested before every evaluation of the right-hand side: if true, run() throws Interrupted.
  void interrupt_when(std::function<bool()> asked);

  /// @brief From y at t0 to t_end, or to where the stop condition holds.
  /// @param y             initial state; overwritten by the final one, or on an error by the last accepted one
  /// @param t_end         may be infinite if there is a stop condition
  /// @param output_times  increasing, in [t0, t_end]; the integrator's own steps are not changed by them (adams, bdf:
  ///                      interpolated to the order of the method; explicit, lawson: a step ends there)
  /// @throws InvalidArgument  for impossible times, a state of the wrong size or not finite
  /// @throws IntegrationError if it cannot go on: why, at what time, after how many steps
  /// @throws Interrupted      see interrupt_when()
  EvolutionReport run(State y, double t0, double t_end, std::span<const double> output_times = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
