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

#include <omp.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>

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

/// Files and the last words are those of the first rank.
void evolve_gas(const RunOptions& options, const Case& input, const std::filesystem::path& directory) {
  const Ranks& ranks = options.ranks;
  std::optional<BoxGas> made;
  ranks.together([&] { made.emplace(make_box_gas(input, options.threads, directory, ranks)); });
  BoxGas& gas = *made;
  const BoxRun run = run_in_box(gas, directory, options.restart, options.quiet || !ranks.is_first());
  ranks.together([&] {
    if (!ranks.is_first()) return;
    const Json summary = box_summary(gas, run);
    write_box_result(directory, gas, run);
    write_summary(directory, input, summary);
    remove_checkpoints(directory);
    if (!options.quiet) warn(gas, run, summary);
    print_report(options, summary, "Evolution of " + gas.description(), box_table(gas, run, summary, directory));
  });
}

/// Processes of one machine share its threads, unless the user has said how many each is to have.
void share_threads(RunOptions& options) {
  if (options.ranks.size() == 1 || options.threads > 0 || std::getenv("OMP_NUM_THREADS") != nullptr) return;
  options.threads = std::max(1, omp_get_max_threads() / options.ranks.on_this_machine());
  omp_set_num_threads(options.threads);
}

Case case_in_space(const RunOptions& options) {
  Case input = read_case(options.case_file, options.overrides);
  if (!input.space) {
    throw InvalidArgument(options.case_file.string() +
                          ": evolve needs a case with the section [space]; for a homogeneous state use relax");
  }
  if (input.shells && options.ranks.size() > 1) {
    throw InvalidArgument(options.case_file.string() + ": electrons on energy shells run in one process (found " +
                          std::to_string(options.ranks.size()) +
                          "); every mode in space has its own exact solution, so start it without mpirun");
  }
  return input;
}

}  // namespace

void evolve(const RunOptions& asked) {
  RunOptions options = asked;
  share_threads(options);
  const std::filesystem::path directory = output_directory(options);
  Case input;
  options.ranks.together([&] { input = case_in_space(options); });
  if (input.shells) {
    evolve_shells(options, input, directory);
  } else {
    evolve_gas(options, input, directory);
  }
}

}  // namespace nordheim::program
