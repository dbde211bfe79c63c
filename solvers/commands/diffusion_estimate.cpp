// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/diffusion_estimate.hpp"

#include <nordheim/core/error.hpp>

#include "commands/report.hpp"
#include "factories/elastic_factory.hpp"
#include "run/clock.hpp"
#include "run/memory.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <thread>

namespace nordheim::program {

namespace {

/// What one energy takes.
struct Work {
  double rank = 1.0, nodes = 0.0, bytes = 0.0, seconds = 0.0;
  int order = 0;
  bool measured = true;  ///< else foretold from a coarse shell
};

// A node has momentum, velocity, weight, energy and some vectors.
constexpr double numbers_of_node = 24.0;

/// Computes D at the energy.
Work measured_work(const Case& input, const ElasticModel& model, double energy) {
  const auto start = Clock::now();
  const DiffusionPoint point = make_curve(input, model, {energy}, 1).front();
  Work work;
  work.seconds = seconds_since(start);
  work.rank = static_cast<double>(point.rank);
  work.nodes = static_cast<double>(point.nodes);
  work.order = point.order;
  // The gain has two factors of `rank` numbers each.
  work.bytes = work.nodes * (numbers_of_node + 2.0 * work.rank) * sizeof(double);
  return work;
}

/// Times the gain of a coarse shell, on which the rank is at most the number of nodes, and scales it up.
Work foretold_work(const ElasticModel& model, double energy, const GainForecast& forecast) {
  constexpr std::size_t coarse = 8000;
  constexpr double shells = 2.0;  // of the finest one and all coarser ones together
  int order = 5;
  while (order > 1 && model.shell(energy, order).size() > coarse) --order;
  const auto start = Clock::now();
  const ElasticScattering gain = model.scattering(energy, order);
  try {
    (void)diffusion_tensor(gain);
  } catch (const InvalidArgument&) {
    // A shell too coarse for the correlator is in parts that no scattering connects; that shows after the work.
  }
  const double seconds = seconds_since(start);
  const double rank_ratio = forecast.rank_used / static_cast<double>(gain.rank_in_use());
  const double node_ratio = forecast.nodes / static_cast<double>(gain.space().size());
  Work work;
  work.measured = false;
  work.rank = forecast.rank;
  work.nodes = forecast.nodes;
  work.bytes = forecast.memory + forecast.nodes * numbers_of_node * sizeof(double);
  work.seconds = shells * seconds * rank_ratio * rank_ratio * node_ratio;
  return work;
}

/// The forecast, for a model in which the gain is much of the work.
std::optional<GainForecast> gain_forecast(const ElasticModel& model, double energy) {
  if (!model.on_lattice()) return {};
  const Correlator correlator = model.correlator(energy);
  if (correlator.is_constant()) return {};
  constexpr int order = 5;
  return ElasticScattering::forecast(model.shell(energy, order), correlator);
}

Work work_at(const Case& input, const ElasticModel& model, double energy, std::size_t threads) {
  constexpr double some_seconds = 1e10;  // operations
  const std::optional<GainForecast> forecast = gain_forecast(model, energy);
  const double allowed = static_cast<double>(available_memory()) / static_cast<double>(threads);
  if (forecast && (forecast->operations > some_seconds || forecast->memory > allowed)) {
    return foretold_work(model, energy, *forecast);
  }
  return measured_work(input, model, energy);
}

/// About as many bytes, also if there are more than can be counted.
std::string many_bytes_text(double bytes) {
  constexpr double countable = 9e18;
  return bytes < countable ? bytes_text(static_cast<std::size_t>(bytes)) : short_text(bytes) + " B";
}

/// A whole number, or where there are too many to be counted, about as many.
Json whole(double value) {
  constexpr double countable = 9e15;
  if (value < countable) return std::llround(value);
  return value;
}

std::string rounded(double value) { return short_text(std::round(value)); }

}  // namespace

void estimate_diffusion(const RunOptions& options, const Case& input) {
  const ElasticModel model = make_elastic_model(input);
  const std::vector<double> energies = make_energies(input, model);
  const double middle = energies[energies.size() / 2];
  const auto available = static_cast<std::size_t>(std::max(1U, std::thread::hardware_concurrency()));
  const std::size_t threads =
      std::min(options.threads > 0 ? static_cast<std::size_t>(options.threads) : available, energies.size());
  const Work work = work_at(input, model, middle, threads);
  const double memory =
      static_cast<double>(threads) * work.bytes + static_cast<double>(energies.size() * sizeof(DiffusionPoint));
  const std::string shell = " on the shell of E = " + short_text(middle) + "; more near van Hove energies";
  const double all = work.seconds * static_cast<double>(energies.size()) / static_cast<double>(threads);
  const bool fits = memory <= static_cast<double>(available_memory());

  const Json summary{{"memory_bytes", whole(memory)},
                     {"available_bytes", available_memory()},
                     {"fits", fits},
                     {"seconds_per_evaluation", work.seconds},
                     {"measured", work.measured},
                     {"nodes", whole(work.nodes)},
                     {"rank", whole(work.rank)},
                     {"order", work.order},
                     {"measured_energy", middle},
                     {"energies", energies.size()},
                     {"threads", threads},
                     {"seconds", all}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"nodes", work.nodes > 0.0 ? rounded(work.nodes) + shell : "none, closed form"},
                {"rank", rounded(work.rank) + (work.measured ? " functions of the gain that D needs"
                                                             : " functions of the gain, foretold")},
                {"memory", many_bytes_text(memory) + " of " + bytes_text(available_memory()) + " available" +
                               (fits ? "" : ": this case is refused")},
                {"one energy",
                 short_text(work.seconds) + (work.measured ? " s, measured" : " s, scaled up from a coarse shell")},
                {"the curve", std::to_string(energies.size()) + " energies on " + std::to_string(threads) +
                                  " threads: about " + short_text(all) + " s"}});
}

}  // namespace nordheim::program
