// SPDX-License-Identifier: GPL-3.0-or-later
// One step at a time through an integrator.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/evolution/evolution.hpp>

#include "evolution/callbacks.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

namespace nordheim::detail {

/// An integrator that has been given a problem. Failures of set-up are thrown as LibraryError.
class Integrator {
 public:
  virtual ~Integrator() = default;
  /// One internal step, not beyond the stop time.
  /// @return a code, of SUNDIALS or our own: negative for a failure
  virtual int step() = 0;
  /// The name of a code.
  [[nodiscard]] virtual std::string code_name(int code) const = 0;
  /// A step will end at t (if it comes so far).
  virtual void set_stop_time(double t) = 0;
  /// Whether output times must be stop times, because interpolate() would be less accurate than the steps.
  [[nodiscard]] virtual bool stops_at_outputs() const = 0;
  /// y(t) within the last step.
  virtual void interpolate(double t, State y) = 0;
  /// Adds the counters that only the integrator knows.
  virtual void count(EvolutionReport& report) const = 0;

  [[nodiscard]] virtual double time() const = 0;
  [[nodiscard]] virtual ConstState state() const = 0;
  [[nodiscard]] virtual long steps() const = 0;
};

/// A target for the first step. SUNDIALS takes the direction of time and bounds of the first step from it, the smallest
/// from its round-off: neither infinity nor a very distant end will do.
[[nodiscard]] inline double first_target(double t0, double t_end) {
  return std::min(t_end, t0 + std::max(1.0, std::abs(t0)));
}

/// Adams or BDF.
[[nodiscard]] std::unique_ptr<Integrator> make_cvode(const EvolutionOptions& options, Callbacks& callbacks,
                                                     ConstState y, double t0, double t_end);
/// Explicit Runge–Kutta.
[[nodiscard]] std::unique_ptr<Integrator> make_arkode(const EvolutionOptions& options, Callbacks& callbacks,
                                                      ConstState y, double t0, double t_end);

/// Implicit and explicit Runge–Kutta, for the two parts of a splitting.
[[nodiscard]] std::unique_ptr<Integrator> make_imex(const EvolutionOptions& options, Callbacks& callbacks, ConstState y,
                                                    double t0, double t_end);
/// Strang's splitting.
[[nodiscard]] std::unique_ptr<Integrator> make_strang(const EvolutionOptions& options, Callbacks& callbacks,
                                                      ConstState y, double t0, double t_end);
/// Lawson's Runge–Kutta method.
[[nodiscard]] std::unique_ptr<Integrator> make_lawson(const EvolutionOptions& options, Callbacks& callbacks,
                                                      ConstState y, double t0, double t_end);

}  // namespace nordheim::detail
