// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/diffusion_estimate.hpp"

#include "commands/report.hpp"
#include "factories/elastic_factory.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace nordheim::program {

void estimate_diffusion(const RunOptions& options, const Case& input) {
  const ElasticModel model = make_elastic_model(input);
  const std::vector<double> energies = make_energies(input, model);
  const double middle = energies[energies.size() / 2];
  const auto start = std::chrono::steady_clock::now();
  const DiffusionPoint point = make_curve(input, model, {middle}, 1).front();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  const auto available = static_cast<std::size_t>(std::max(1U, std::thread::hardware_concurrency()));
  const std::size_t threads =
      std::min(options.threads > 0 ? static_cast<std::size_t>(options.threads) : available, energies.size());
  // A node has momentum, velocity, weight, energy and some vectors; the gain two factors of `rank` numbers each.
  constexpr std::size_t numbers_of_node = 24;
  const std::size_t memory = threads * point.nodes * (numbers_of_node + 2 * point.rank) * sizeof(double) +
                             energies.size() * sizeof(DiffusionPoint);
  const std::string shell = " on the shell of E = " + short_text(middle) + "; more near van Hove energies";
  const double all = seconds * static_cast<double>(energies.size()) / static_cast<double>(threads);

  const Json summary{{"memory_bytes", memory},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", seconds},
                     {"nodes", point.nodes},
                     {"rank", point.rank},
                     {"order", point.order},
                     {"measured_energy", middle},
                     {"energies", energies.size()},
                     {"threads", threads},
                     {"seconds", all}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"nodes", point.nodes > 0 ? std::to_string(point.nodes) + shell : "none, closed form"},
                {"memory", bytes_text(memory) + " of " + bytes_text(available_memory()) + " available"},
                {"one energy", short_text(seconds) + " s, measured"},
                {"the curve", std::to_string(energies.size()) + " energies on " + std::to_string(threads) +
                                  " threads: about " + short_text(all) + " s"}});
}

}  // namespace nordheim::program
