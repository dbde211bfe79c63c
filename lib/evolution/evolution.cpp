// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/evolution/evolution.hpp>

#include "evolution/integrator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

using detail::Callbacks;
using detail::Integrator;

template <class... Words>
[[noreturn]] void refuse(const Words&... words) {
  std::ostringstream text;
  (text << ... << words);
  throw InvalidArgument(text.str());
}

EvolutionOptions checked(EvolutionOptions options) {
  if (!(options.rtol > 1e-15 && options.rtol < 1.0)) {
    refuse("rtol = ", options.rtol, "; a number between 1e-15 and 1 is needed");
  }
  const auto non_negative = [](const char* what, double value) {
    if (!(value >= 0.0 && std::isfinite(value))) refuse(what, " = ", value, "; 0 or a positive number is needed");
  };
  non_negative("atol", options.atol);
  non_negative("initial_step", options.initial_step);
  non_negative("max_step", options.max_step);
  if (options.max_steps < 1) refuse("max_steps = ", options.max_steps, "; a positive number is needed");
  if (options.atol == 0.0) options.atol = 1e-2 * options.rtol;
  return options;
}

void check_times(double t0, double t_end, std::span<const double> outputs, bool has_condition) {
  if (!std::isfinite(t0)) refuse("the initial time is ", t0, "; a finite number is needed");
  if (!(t_end > t0)) refuse("the end time ", t_end, " is not after the initial time ", t0);
  if (std::isinf(t_end) && !has_condition) refuse("the end time is infinite, and no condition stops the run");
  double before = -std::numeric_limits<double>::infinity();
  for (const double t : outputs) {
    if (!(t >= t0 && t <= t_end)) refuse("the output time ", t, " is not between ", t0, " and ", t_end);
    if (!(t > before)) refuse("the output time ", t, " is not after the one before it, ", before);
    before = t;
  }
}

void check_state(ConstState y, std::size_t size) {
  if (y.size() != size) throw DimensionMismatch("the initial state", y.size(), size);
  for (std::size_t a = 0; a < y.size(); ++a) {
    if (!std::isfinite(y[a])) refuse("the initial state is ", y[a], " in component ", a, "; it must be finite");
  }
}

using Maker = std::unique_ptr<Integrator> (*)(const EvolutionOptions&, Callbacks&, ConstState, double, double);
Maker maker_of(EvolutionMethod method) {
  switch (method) {
    case EvolutionMethod::explicit_runge_kutta:
      return detail::make_arkode;
    case EvolutionMethod::lawson:
      return detail::make_lawson;
    case EvolutionMethod::strang:
      return detail::make_strang;
    case EvolutionMethod::imex:
      return detail::make_imex;
    default:
      return detail::make_cvode;
  }
}

/// Whether the method finds what it needs.
void check_splitting(const OdeSystem::Splitting& splitting, const EvolutionOptions& options) {
  const auto method = options.method;
  const std::string method_is = "method = \"" + name(method) + "\" needs ";
  if (method == EvolutionMethod::lawson || method == EvolutionMethod::strang) {
    if (!(splitting.flow && splitting.remainder)) {
      refuse(method_is, "a system with a splitting, a flow and a remainder; this has none");
    }
  }
  if (method == EvolutionMethod::imex && !(splitting.rate && splitting.remainder)) {
    refuse(method_is, "a system with a splitting, a rate and a remainder; this has none");
  }
  if (method == EvolutionMethod::lawson && !splitting.flow_is_exact) {
    refuse(method_is, "an exact flow; that of this system is a scheme for single steps: use \"strang\"");
  }
  if (method == EvolutionMethod::strang && options.max_step == 0.0) {
    refuse(method_is, "max_step: all steps have that length");
  }
}

}  // namespace

Interrupted::Interrupted(double time, long steps) : IntegrationError("interrupted", time, steps) {}

struct Evolution::Impl {
  OdeSystem system;
  EvolutionOptions options;
  std::function<void(const Observation&)> observer;
  std::function<bool(double, ConstState)> condition;
  std::function<bool()> interrupt_asked;

  [[nodiscard]] bool stops(double t, ConstState y) const {
    bool stop = false;
    if (condition) system.ranks.together([&] { stop = condition(t, y); });
    return system.ranks.any(stop);
  }
  void notify(const Observation& observation) const {
    if (observer) system.ranks.together([&] { observer(observation); });
  }
  void integrate(Integrator& integrator, const Callbacks& callbacks, double t0, double t_end,
                 std::span<const double> outputs, EvolutionReport& report) const;
  void fail(const Integrator& integrator, const Callbacks& callbacks, std::string why) const;
};

/// Ends the run with the exception that says why, of all ranks.
void Evolution::Impl::fail(const Integrator& integrator, const Callbacks& callbacks, std::string why) const {
  system.ranks.together([&] {
    if (callbacks.interrupted) throw Interrupted(integrator.time(), integrator.steps());
    if (callbacks.error) std::rethrow_exception(callbacks.error);
    if (!callbacks.recoverable.empty()) why += ": " + callbacks.recoverable;
    throw IntegrationError(why, integrator.time(), integrator.steps());
  });
}

void Evolution::Impl::integrate(Integrator& integrator, const Callbacks& callbacks, double t0, double t_end,
                                std::span<const double> outputs, EvolutionReport& report) const {
  auto output = outputs.begin();
  const auto stop_at_next_output = [&] {
    if (integrator.stops_at_outputs()) integrator.set_stop_time(output == outputs.end() ? t_end : *output);
  };
  std::vector<double> between(system.size);

  const bool first_is_output = output != outputs.end() && *output == t0;
  if (first_is_output) ++output;
  report.time = t0;
  report.stopped_by_condition = stops(t0, integrator.state());
  notify({t0, integrator.state(), 0, 0, first_is_output, report.stopped_by_condition});
  if (report.stopped_by_condition) return;
  if (output != outputs.end()) stop_at_next_output();

  while (true) {
    if (integrator.steps() >= options.max_steps) {
      fail(integrator, callbacks, "more than max_steps = " + std::to_string(options.max_steps) + " steps are needed");
    }
    const double before = integrator.time();
    const int code = integrator.step();
    if (code < 0) fail(integrator, callbacks, "the time integrator gave up (" + integrator.code_name(code) + ")");
    const double t = integrator.time();
    if (t == before) fail(integrator, callbacks, "the step has become so small that time stands still");
    const long steps = integrator.steps(), evaluations = callbacks.rhs_evaluations;
    for (; output != outputs.end() && *output < t; ++output) {
      integrator.interpolate(*output, between);
      notify({*output, between, steps, evaluations, true, false});
    }
    const bool is_output = output != outputs.end() && *output == t;
    if (is_output) {
      ++output;
      stop_at_next_output();
    }
    report.time = t;
    report.stopped_by_condition = stops(t, integrator.state());
    const bool last = report.stopped_by_condition || t >= t_end;
    notify({t, integrator.state(), steps, evaluations, is_output, last});
    if (last) return;
  }
}

Evolution::Evolution(OdeSystem system, EvolutionOptions options)
    : impl_(std::make_unique<Impl>(Impl{std::move(system), checked(options), {}, {}, {}})) {
  if (impl_->system.size == 0) throw InvalidArgument("a system of no equations cannot be integrated");
  if (!impl_->system.right_hand_side) throw InvalidArgument("the system has no right-hand side");
  check_splitting(impl_->system.splitting, impl_->options);
}
Evolution::Evolution(Evolution&&) noexcept = default;
Evolution& Evolution::operator=(Evolution&&) noexcept = default;
Evolution::~Evolution() = default;

void Evolution::observe(std::function<void(const Observation&)> observer) { impl_->observer = std::move(observer); }
void Evolution::stop_when(std::function<bool(double, ConstState)> condition) {
  impl_->condition = std::move(condition);
}
void Evolution::interrupt_when(std::function<bool()> asked) { impl_->interrupt_asked = std::move(asked); }

EvolutionReport Evolution::run(State y, double t0, double t_end, std::span<const double> output_times) {
  impl_->system.ranks.together([&] {
    check_times(t0, t_end, output_times, static_cast<bool>(impl_->condition));
    check_state(y, impl_->system.size);
  });
  Callbacks callbacks{impl_->system, impl_->interrupt_asked};
  const auto integrator = maker_of(impl_->options.method)(impl_->options, callbacks, y, t0, t_end);
  EvolutionReport report;
  const auto take_state = [&] { std::copy(integrator->state().begin(), integrator->state().end(), y.begin()); };
  try {
    impl_->integrate(*integrator, callbacks, t0, t_end, output_times, report);
  } catch (...) {
    take_state();
    throw;
  }
  take_state();
  report.steps = integrator->steps();
  report.rhs_evaluations = callbacks.rhs_evaluations;
  report.jacobian_actions = callbacks.jacobian_actions;
  integrator->count(report);
  return report;
}

}  // namespace nordheim
