// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/shell_evolution.hpp>

#include "case/case.hpp"
#include "run/time_series.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace nordheim::program {

/// The nodes of all shells, one after the other.
struct StackNodes {
  std::vector<double> momenta, energies, weights, velocities;  ///< weights with those of the shells
  std::vector<std::int64_t> shell{};                           ///< of each node
};

/// @brief Half the slope of the variance, or the decay of a wave, against Kn D_11 of the shell.
///
/// Among impurities whose density n varies along the first axis only it is Kn D_11/⟨n⟩ for waves much longer than n
/// has: resistances add up. Of other densities nothing is predicted.
struct MeasuredDiffusion {
  double energy = 0.0;
  std::optional<double> measured{};
  std::optional<double> predicted{};
  double error = 0.0;  ///< estimated, of predicted, relative: against a finer surface rule
};

/// Electrons on energy shells in a box.
struct ShellRun {
  Case input;
  ElasticModel model;
  ShellEvolution evolution;
  StackNodes nodes;
  TimeSeries series, images;
  std::vector<double> image_velocities;  ///< v_1 of groups of nodes
  std::vector<double> density{};         ///< n(r) of the impurities; empty where it is 1 everywhere
  double mean_free_times = 0.0;          ///< see mean_free_times_of()
  std::optional<double> slowing{};       ///< of diffusion along the first axis by n(r): 1/⟨n⟩; empty: not known
  std::string method = "exponential";
  long steps = 0;  ///< of time, where impurities are not the same everywhere
  std::vector<MeasuredDiffusion> diffusion{};
  double smallest = 0.0, largest = 0.0;  ///< W, at the outputs
  double wall_seconds = 0.0;
};

/// [momentum] energies, with surface rules of an order.
/// @throws InvalidArgument, beginning with the place of the key
[[nodiscard]] std::vector<WeightedShell> make_shells(const Case& input, const ElasticModel& model, int order);

/// Length of the run of a case in units of the shortest mean free time of all shells, with the mean of n(r).
/// @param density  n(r); empty where it is 1 everywhere
[[nodiscard]] double mean_free_times_of(const Case& input, const std::vector<WeightedShell>& shells,
                                        const std::vector<double>& density);

/// @brief Makes the shells of a case, and evolves them as it says, with progress on the standard error stream.
/// @param directory  where the results will go; made here, and checkpoints go there
/// @param restart    the directory of the checkpoint to go on from
/// @throws InvalidArgument for anything wrong in the case; IntegrationError if it is interrupted
[[nodiscard]] ShellRun run_shells(const Case& input, int threads, const std::filesystem::path& directory,
                                  const std::optional<std::filesystem::path>& restart, bool quiet);

}  // namespace nordheim::program
