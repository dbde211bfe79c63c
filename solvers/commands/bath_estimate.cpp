// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/bath_transport.hpp"
#include "commands/evaluation_time.hpp"
#include "commands/gas.hpp"
#include "commands/report.hpp"
#include "run/memory.hpp"

namespace nordheim::program {

void estimate_bath(const RunOptions& options, const Case& input) {
  const double vectors = vectors_of_relax(input);
  Gas gas = make_bath_gas(input, Occupations::any, vectors);
  const double seconds = seconds_per_evaluation(gas.collisions, gas.W);
  // The matrices are about as large as some states.
  constexpr double operator_states = 64.0;
  const auto memory = static_cast<std::size_t>(8.0 * (vectors + operator_states) * static_cast<double>(gas.W.size()));
  Json summary{{"memory_bytes", memory},
               {"available_bytes", available_memory()},
               {"seconds_per_evaluation", seconds},
               {"nodes", gas.W.size()}};
  summary.update(gas.collisions.resolution());
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"nodes", std::to_string(gas.W.size())},
                {"memory", bytes_text(memory) + " of " + bytes_text(available_memory()) + " available"},
                {"one evaluation", short_text(seconds) + " s"},
                {"a relaxation", "some 1000 to 10000 evaluations: " + short_text(1000 * seconds) + " to " +
                                     short_text(10000 * seconds) + " s"}});
}

}  // namespace nordheim::program
