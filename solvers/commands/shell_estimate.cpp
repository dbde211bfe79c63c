// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/shell_estimate.hpp"

#include <nordheim/transport/shell_evolution.hpp>

#include "commands/placed.hpp"
#include "commands/report.hpp"
#include "commands/shell_run.hpp"
#include "commands/shell_steps.hpp"
#include "factories/elastic_factory.hpp"
#include "factories/state_in_space.hpp"
#include "run/memory.hpp"
#include "run/output_times.hpp"

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace nordheim::program {

namespace {

double nodes_of(const std::vector<WeightedShell>& shells) {
  double nodes = 0.0;
  for (const WeightedShell& shell : shells) nodes += static_cast<double>(shell.scattering->space().size());
  return nodes;
}

/// Of the operators, and of the finer ones that the error of D_kin takes.
double bytes_of_operators(const std::vector<WeightedShell>& shells, const Case& input) {
  constexpr double numbers_of_node = 24.0;  // momentum, velocity, weight, energy and some vectors
  const double order = input.shells->order;
  const double finer = std::pow((order + 2.0) / order, input.momentum.dimension - 1);
  double numbers = 0.0;
  for (const WeightedShell& shell : shells) {
    const auto rank = static_cast<double>(shell.scattering->rank());
    numbers += static_cast<double>(shell.scattering->space().size()) * (numbers_of_node + 2.0 * rank);
  }
  return 8.0 * (1.0 + finer) * numbers;
}

/// What a run holds when it writes its file, as measured.
double bytes_of_states(const Case& input, double nodes, std::size_t outputs) {
  double positions = 1.0;
  for (const int n : input.space->points) positions *= n;
  // The modes, the file with the final state, which is built in memory, and its image.
  constexpr double states = 3.0;
  // The record of density, its energy, currents, and what the diffusion equation says; the same three, and what
  // allocations leave unused.
  constexpr double copies = 3.4;
  constexpr double image_columns = 32.0;
  const double axes = static_cast<double>(input.space->points.size());
  const double record = copies * static_cast<double>(outputs) * (3.0 + axes);
  const double pictures =
      static_cast<double>(std::min<std::size_t>(outputs, static_cast<std::size_t>(input.output.snapshots)));
  // Positions, and blocks of momenta at all of them.
  constexpr double of_transforms = 85.0;
  return 8.0 * (positions * (states * nodes + record + of_transforms) +
                copies * pictures * image_columns * input.space->points.front());
}

/// A box with the same distance of positions, so of the same shortest wave, but fewer of them.
PeriodicBox smaller_box(const Case& input, double nodes) {
  constexpr double most = 1e5;  // values
  std::vector<double> lengths = input.space->box;
  std::vector<int> points = input.space->points;
  const auto values = [&] {
    double product = nodes;
    for (const int n : points) product *= n;
    return product;
  };
  while (values() > most) {
    const auto largest = static_cast<std::size_t>(std::max_element(points.begin(), points.end()) - points.begin());
    if (points[largest] < 16) break;
    lengths[largest] *= 0.5;
    points[largest] /= 2;
  }
  return {lengths, points};
}

/// From the start to the first output, with what is recorded there: a state all of whose waves are there.
double seconds_to_output(const Case& input, const ElasticModel& model, const std::vector<WeightedShell>& shells,
                         const PeriodicBox& box, const std::vector<double>& density, double mean_free_times,
                         double interval, int threads) {
  using Clock = std::chrono::steady_clock;
  ShellEvolution evolution(shells, box, input.space->knudsen, threads);
  std::vector<double> f(box.size(), 0.0);
  f.front() = 1.0;
  for (std::size_t s = 0; s < shells.size(); ++s) {
    evolution.set_packet(s, f, std::vector<double>(shells[s].scattering->space().size(), 1.0));
  }
  std::optional<ShellSteps> steps;
  if (!density.empty()) steps.emplace(input, model, shells, box, density, mean_free_times, threads);
  const auto start = Clock::now();
  if (steps) {
    (void)steps->advance(evolution, interval);
  } else {
    evolution.advance(interval);
  }
  (void)evolution.observe();
  for (std::size_t s = 0; s < shells.size(); ++s) {
    (void)evolution.observe(s);
    (void)evolution.state(s);
  }
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

void estimate_shells(const RunOptions& options, const Case& input) {
  const ElasticModel model = make_elastic_model(input);
  const PeriodicBox box = make_box(input);
  const std::vector<WeightedShell> shells = make_shells(input, model, input.shells->order);
  const double nodes = nodes_of(shells);
  const std::vector<double> times = output_times(input);
  const std::size_t outputs = std::max<std::size_t>(times.size(), 2);
  std::vector<double> density = impurity_density(input, box);
  const double mean_free_times = mean_free_times_of(input, shells, density);
  double memory = bytes_of_states(input, nodes, outputs) + bytes_of_operators(shells, input);
  if (!density.empty()) {
    std::size_t most = 0;
    for (const WeightedShell& shell : shells) most = std::max(most, shell.scattering->space().size());
    memory += static_cast<double>(bytes_of_steps(most * box.size(), mean_free_times));
    const int threads = options.threads > 0 ? options.threads : omp_get_max_threads();
    memory += threads * bytes_of_operators(shells, input);  // one for each of them
  }
  const PeriodicBox timed = smaller_box(input, nodes);
  const double larger = static_cast<double>(box.size()) / static_cast<double>(timed.size());
  // As dense as somewhere in each part of the box.
  const auto stride = static_cast<std::ptrdiff_t>(box.size() / timed.size());
  for (std::size_t i = 0; i < timed.size() && !density.empty(); ++i) {
    const auto part = density.begin() + static_cast<std::ptrdiff_t>(i) * stride;
    density[i] = *std::max_element(part, part + stride);
  }
  density.resize(density.empty() ? 0 : timed.size());
  const double interval = *input.time.end / static_cast<double>(outputs - 1);
  const double seconds =
      larger * placed(input, "space.box", [&] {
        return seconds_to_output(input, model, shells, timed, density, mean_free_times, interval, options.threads);
      });
  const Json summary{{"memory_bytes", static_cast<std::size_t>(memory)},
                     {"state_bytes", static_cast<std::size_t>(8.0 * nodes * static_cast<double>(box.size()))},
                     {"available_bytes", available_memory()},
                     {"seconds_per_evaluation", seconds},
                     {"nodes", static_cast<std::size_t>(nodes)},
                     {"shells", shells.size()},
                     {"positions", box.size()},
                     {"measured_positions", timed.size()},
                     {"outputs", outputs},
                     {"seconds", seconds * static_cast<double>(outputs)}};
  print_report(options, summary, "Estimate for " + options.case_file.string(),
               {{"nodes", short_text(nodes) + " on " + std::to_string(shells.size()) +
                              (shells.size() == 1 ? " shell" : " shells")},
                {"memory", bytes_text(static_cast<std::size_t>(memory)) + " of " + bytes_text(available_memory()) +
                               " available, a state " +
                               bytes_text(static_cast<std::size_t>(8.0 * nodes * static_cast<double>(box.size())))},
                {"one output", "at most about " + short_text(seconds) + " s, measured with " +
                                   std::to_string(timed.size()) + " positions"},
                {"a run", std::to_string(outputs) + " outputs: at most about " +
                              short_text(seconds * static_cast<double>(outputs)) + " s"}});
}

}  // namespace nordheim::program
