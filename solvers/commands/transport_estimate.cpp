// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/transport_estimate.hpp"

#include "commands/report.hpp"
#include "commands/transport_run.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace nordheim::program {

void estimate_transport(const RunOptions& options, const Case& input) {
  const std::vector<GasPoint> points = transport_points(input.transport.value());
  const auto available = static_cast<std::size_t>(std::max(1U, std::thread::hardware_concurrency()));
  const std::size_t threads =
      std::min(options.threads > 0 ? static_cast<std::size_t>(options.threads) : available, points.size());
  // The last one is the most degenerate of increasing fugacities, which takes longest.
  const GasPoint& last = points.back();
  const auto start = std::chrono::steady_clock::now();
  const GasTransport gas =
      gas_transport(input.collision.statistics, last.temperature, last.fugacity, transport_options(input, 1));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  // A slice of pairs with their functions, one for each thread, twice; and the table with its files.
  constexpr double slice = 10e6;
  constexpr double row = 4000.0;
  const double memory = static_cast<double>(threads) * slice + row * static_cast<double>(points.size());
  const double all = seconds * static_cast<double>(points.size()) / static_cast<double>(threads);
  const Json summary{{"memory_bytes", memory},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", seconds},
                     {"nodes", gas.functions},
                     {"points", points.size()},
                     {"threads", threads},
                     {"seconds", all}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"trial functions", std::to_string(gas.functions) + " at T = " + short_text(last.temperature) +
                                        ", z = " + short_text(last.fugacity)},
                {"memory",
                 bytes_text(static_cast<std::size_t>(memory)) + " of " + bytes_text(available_memory()) + " available"},
                {"one point", short_text(seconds) + " s, measured at the last one"},
                {"the table", std::to_string(points.size()) + " points on " + std::to_string(threads) +
                                  " threads: at most about " + short_text(all) + " s"}});
}

}  // namespace nordheim::program
