// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>

#include "commands/box_gas.hpp"
#include "commands/box_result.hpp"
#include "commands/box_run.hpp"
#include "commands/command.hpp"
#include "commands/gas.hpp"
#include "commands/report.hpp"
#include "commands/result_files.hpp"
#include "commands/shell_box.hpp"
#include "run/checkpoint.hpp"

#include <iostream>

namespace nordheim::program {

namespace {

/// Says what is not as it should be, on the standard error stream: never silently.
void warn(const BoxGas& gas, const BoxRun& run, const Json& summary) {
  const auto say = [](const std::string& sentence) { std::cerr << "nordheim: warning: " << sentence << '\n'; };
  const double tolerance = 100.0 * gas.input().time.rtol;
  const bool fermions = gas.input().collision.statistics == Statistics::fermion;
  if (summary["min_W"] < -tolerance || (fermions && summary["max_W"] > 1.0 + tolerance)) {
    say("occupations leave their range: " + short_text(summary["min_W"]) + " to " + short_text(summary["max_W"]) +
        "; use more space.points, a smoother initial state, or " + gas.mean.units.stay_inside);
  }
  warn_unresolved(summary["unresolved"].get<double>());
  if (gas.input().time.until_equilibrium && !run.report.stopped_by_condition) {
    say("time.end = " + short_text(run.report.time) +
        " was reached before time.until_equilibrium = " + short_text(*gas.input().time.until_equilibrium));
  }
  constexpr double large = 0.1;
  if (gas.error > large) {
    say("the collision term is known to about " + short_text(100.0 * gas.error) + " % only; " + gas.mean.units.refine);
  }
}

void evolve_gas(const RunOptions& options, const Case& input, const std::filesystem::path& directory) {
  BoxGas gas = make_box_gas(input, options.threads, directory);
  const BoxRun run = run_in_box(gas, directory, options.restart, options.quiet);
  const Json summary = box_summary(gas, run);
  write_box_result(directory, gas, run);
  write_summary(directory, input, summary);
  remove_checkpoints(directory);
  if (!options.quiet) warn(gas, run, summary);
  print_report(options, summary, "Evolution of " + gas.description(), box_table(gas, run, summary, directory));
}

}  // namespace

void evolve(const RunOptions& options) {
  const std::filesystem::path directory = output_directory(options);
  const Case input = read_case(options.case_file, options.overrides);
  if (!input.space) {
    throw InvalidArgument(options.case_file.string() +
                          ": evolve needs a case with the section [space]; for a homogeneous state use relax");
  }
  if (input.shells) {
    evolve_shells(options, input, directory);
  } else {
    evolve_gas(options, input, directory);
  }
}

}  // namespace nordheim::program
