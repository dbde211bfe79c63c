// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/segments.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include <algorithm>
#include <chrono>
#include <vector>

namespace nordheim::program {

namespace {

/// Steps between new beginnings where checkpoints follow the clock. Multistep methods begin with some 15 short steps.
long steps_of_segment(const CheckpointCase& policy, EvolutionMethod method) {
  if (policy.steps) return *policy.steps;
  const bool multistep = method == EvolutionMethod::adams || method == EvolutionMethod::bdf;
  return multistep ? 200 : 20;
}

EvolutionReport sum_of(const EvolutionReport& before, EvolutionReport now) {
  now.steps += before.steps;
  now.rhs_evaluations += before.rhs_evaluations;
  now.jacobian_actions += before.jacobian_actions;
  now.error_test_failures += before.error_test_failures;
  now.nonlinear_failures += before.nonlinear_failures;
  return now;
}

}  // namespace

void save_progress(Hdf5Writer& file, const Progressed& now, ConstState y) {
  const EvolutionReport& report = now.report;
  file.write("time", now.time, {"1 / energy", "time of the state"});
  file.write("state", y, {"1", "what the integrator goes on with"});
  file.write("next_step", report.next_step, {"1 / energy", "the step to go on with"});
  const std::vector<std::int64_t> counts{report.steps, report.rhs_evaluations, report.jacobian_actions,
                                         report.error_test_failures, report.nonlinear_failures};
  file.write_integers("counts", counts, {"1", "steps, evaluations, Jacobian actions, failed steps of two kinds"});
}

Progressed restore_progress(const Hdf5Reader& file, State y) {
  const std::vector<double> state = file.numbers("state");
  if (state.size() != y.size()) throw DimensionMismatch("the state of the checkpoint", state.size(), y.size());
  std::copy(state.begin(), state.end(), y.begin());
  const std::vector<std::int64_t> counts = file.integers("counts");
  Progressed start{file.numbers("time").front()};
  start.report.next_step = file.numbers("next_step").front();
  start.report.steps = counts.at(0);
  start.report.rhs_evaluations = counts.at(1);
  start.report.jacobian_actions = counts.at(2);
  start.report.error_test_failures = counts.at(3);
  start.report.nonlinear_failures = counts.at(4);
  return start;
}

void require_later_end(const Case& input, const Progressed& start) {
  if (!input.time.end || *input.time.end > start.time) return;
  throw InvalidArgument(input.at("time.end") + "the checkpoint stands at t = " + shortest_text(start.time) +
                        " (found " + shortest_text(*input.time.end) + ", allowed later times)");
}

EvolutionReport run_in_segments(const OdeSystem& system, const EvolutionOptions& options,
                                const std::optional<CheckpointCase>& policy, const Progressed& start, State y,
                                double end, std::span<const double> outputs, const RunEvents& events) {
  using Clock = std::chrono::steady_clock;
  auto written = Clock::now();
  Progressed now = start;
  while (true) {
    std::vector<double> left;
    for (const double t : outputs) {
      if (t > now.time || (t == now.time && now.report.steps == 0)) left.push_back(t);
    }
    EvolutionOptions segment = options;
    segment.max_steps = std::max(1L, options.max_steps - now.report.steps);
    segment.initial_step = now.report.next_step;
    Evolution evolution(system, segment);
    bool paused = false;
    long tested = -1;  // the start is tested, too
    evolution.stop_when([&](double t, ConstState state) {
      ++tested;
      if (events.stop && events.stop(t, state)) return true;
      paused = policy && t < end && tested > 0 && tested % steps_of_segment(*policy, options.method) == 0;
      return paused;
    });
    evolution.observe([&](Observation observation) {
      if (observation.steps == 0 && now.report.steps > 0) return;  // seen at the end of the segment before
      observation.steps += now.report.steps;
      observation.rhs_evaluations += now.report.rhs_evaluations;
      observation.is_last = observation.is_last && !paused;
      events.observe(observation);
    });
    if (events.interrupt) evolution.interrupt_when(events.interrupt);
    const EvolutionReport report = evolution.run(y, now.time, end, left);
    now = {report.time, sum_of(now.report, report)};
    if (!paused) return now.report;
    const double seconds = std::chrono::duration<double>(Clock::now() - written).count();
    if (policy->steps || system.ranks.any(seconds >= *policy->seconds)) {
      events.checkpoint(now, y);
      written = Clock::now();
    }
  }
}

}  // namespace nordheim::program
