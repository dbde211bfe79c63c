// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/box_run.hpp"

#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/model/statistics.hpp>

#include "commands/box_method.hpp"
#include "commands/box_record.hpp"
#include "commands/report.hpp"
#include "factories/factories.hpp"
#include "run/arrival.hpp"
#include "run/checkpoint.hpp"
#include "run/interrupt.hpp"
#include "run/output_times.hpp"
#include "run/progress.hpp"
#include "run/segments.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

namespace nordheim::program {

namespace {

using Equation = InhomogeneousEquation<AnyCollisions>;

/// ν(k) n(r)/Kn in the equilibrium of the mean state.
struct LossRates {
  std::vector<double> mean;  ///< over r
  double fastest;            ///< of all positions and momenta
};

LossRates loss_rates(BoxGas& gas) {
  std::vector<double> rates(gas.mean.nodes.size());
  gas.equation.collisions().loss_rate(gas.mean.equilibrium_W, rates);
  const ConstState factors = gas.equation.collision_rates();
  double mean = 0.0;
  for (const double factor : factors) mean += factor / static_cast<double>(gas.box().size());
  mean = gas.ranks().sum(mean);
  const double most = gas.ranks().largest(*std::max_element(factors.begin(), factors.end()));
  gas.ranks().broadcast(rates);  // decisions follow from them
  const double fastest = *std::max_element(rates.begin(), rates.end()) * most;
  for (double& rate : rates) rate *= mean;
  return {std::move(rates), fastest};
}

/// The model of what an implicit method inverts: collisions, and streaming unless the method takes it explicitly.
RelaxationPreconditioner preconditioner_of(BoxGas& gas, std::vector<double> rates, EvolutionMethod method) {
  RelaxationModel model;
  const Nodes& nodes = gas.mean.nodes;
  model.weights.assign(nodes.weights().begin(), nodes.weights().end());
  for (const double W : gas.mean.equilibrium_W) {
    model.fluctuation.push_back(fluctuation(gas.mean.input.collision.statistics, W));
  }
  model.rates = std::move(rates);
  model.invariants = gas.equation.collisions().invariants();
  const std::vector<double> at_rest(nodes.velocities().size(), 0.0);
  const ConstState velocities = method == EvolutionMethod::imex ? ConstState(at_rest) : nodes.velocities();
  return {gas.box(), velocities, nodes.dimension(), std::move(model), gas.equation.streaming().axes(), 0, gas.ranks()};
}

/// Sees every step of the run: keeps instants and images, shows progress.
class Watcher {
 public:
  Watcher(BoxGas& gas, BoxObserver& observer, BoxRun& run, const std::vector<double>& outputs, bool quiet)
      : gas_(gas),
        observer_(observer),
        run_(run),
        outputs_(outputs),
        at_outputs_(snapshot_outputs(outputs.size(), gas.input().output.snapshots)),
        progress_(quiet) {}

  void operator()(const Observation& now) {
    gas_.ranks().together([&] {
      require_occupations(gas_.input().collision.statistics, now, undershoot,
                          "space.points are too few for this state, or " + gas_.mean.units.leave_inside);
    });
    const bool follows_steps = outputs_.empty();
    const bool due = follows_steps ? now.steps % stride() == 0 : now.is_output;
    if (due || now.is_last) {
      if (run_.series.instants() == 0 || run_.series.values("time").back() < now.time) {
        observer_.append(run_.series, now.time, now.y);
      }
    }
    if ((due && wants_image(now.time)) || now.is_last || now.steps == 0) {
      if (run_.images.instants() == 0 || run_.images.values("snapshot_time").back() < now.time) {
        observer_.append_image(run_.images, now.time, now.y);
      }
    }
    if (gas_.ranks().any(progress_.due())) show(now);
  }

 private:
  /// Where outputs follow the steps, all of the first ones and then fewer.
  [[nodiscard]] long stride() const { return std::max(1L, static_cast<long>(run_.series.instants() / 25)); }

  [[nodiscard]] bool wants_image(double time) const {
    if (outputs_.empty()) return run_.series.instants() % 8 == 1;
    const auto found = std::lower_bound(outputs_.begin(), outputs_.end(), time);
    return found != outputs_.end() && at_outputs_[static_cast<std::size_t>(found - outputs_.begin())];
  }

  void show(const Observation& now) {
    const TimeCase& time = gas_.input().time;
    const double distance = observer_.distance(now.y);
    const double initial = run_.series.values("distance_to_equilibrium").front();
    const double by_distance =
        time.until_equilibrium ? std::log(distance / initial) / std::log(*time.until_equilibrium / initial) : 0.0;
    const double by_time = time.end ? now.time / *time.end : 0.0;
    progress_.show(std::max(by_distance, by_time),
                   "t = " + short_text(now.time) +
                       (std::isnan(distance) ? std::string() : ", distance to equilibrium " + short_text(distance)));
  }

  static constexpr double undershoot = 0.05;  // that a Fourier series of a front may have for a while
  BoxGas& gas_;
  BoxObserver& observer_;
  BoxRun& run_;
  const std::vector<double>& outputs_;
  std::vector<bool> at_outputs_;
  Progress progress_;
};

/// Beside the progress: record, and what the search for local equilibria remembers.
void save(Hdf5Writer& file, const BoxRun& run, const Equation& equation, ConstState memory) {
  file.write("memory", memory, {"1", "local equilibria of the last evaluation"});
  file.write("correction", equation.largest_correction(), {"1 / time", "largest correction so far"});
  file.write("largest_rate", equation.largest_rate(), {"1 / time", "largest collision rate so far"});
  file.write("wall_seconds", run.wall_seconds, {"s", "computing time so far"});
  run.series.save(file, "series_");
  run.images.save(file, "images_");
}

void restore(const Hdf5Reader& file, BoxRun& run, Equation& equation) {
  const std::vector<double> memory = file.numbers("memory");
  equation.restore_local(equation.slabs().part(memory));
  equation.restore_largest(file.numbers("correction").front(), file.numbers("largest_rate").front());
  run.wall_seconds = file.numbers("wall_seconds").front();
  run.series.restore(file, "series_");
  run.images.restore(file, "images_");
}

}  // namespace

BoxRun run_in_box(BoxGas& gas, const std::filesystem::path& directory,
                  const std::optional<std::filesystem::path>& restart, bool quiet) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  const Case& input = gas.input();
  BoxObserver observer(gas);
  BoxRun run{.series = observer.series(), .images = observer.images(), .image_momenta = observer.image_momenta()};
  run.W = gas.W;
  Progressed start;
  const Slabs& slabs = gas.slabs();
  // Every rank reads the file and takes its part: how many have written it does not matter.
  const auto go_on = [&] {
    const Hdf5Reader file = open_checkpoint(*restart, "evolve", input);
    std::vector<double> whole(slabs.nodes() * gas.mean.nodes.size());
    start = restore_progress(file, whole);
    const ConstState part = slabs.part(whole);
    std::copy(part.begin(), part.end(), run.W.begin());
    require_later_end(input, start);
    restore(file, run, gas.equation);
  };
  if (restart) gas.ranks().together(go_on);
  const double before = run.wall_seconds;
  const auto wall_seconds = [&] { return before + std::chrono::duration<double>(Clock::now() - begun).count(); };

  const LossRates rates = loss_rates(gas);
  const double fastest = *std::max_element(rates.mean.begin(), rates.mean.end());
  const double end = input.time.end.value_or(std::numeric_limits<double>::infinity());
  run.mean_free_times = fastest * end;
  EvolutionOptions options;
  options.method = run.method = box_method(input, run.mean_free_times);
  options.rtol = input.time.rtol;
  options.atol = input.time.atol;
  options.max_steps = input.time.max_steps;
  RelaxationPreconditioner preconditioner = preconditioner_of(gas, rates.mean, run.method);
  OdeSystem system = ode_system(gas.equation);
  if (run.method == EvolutionMethod::bdf || run.method == EvolutionMethod::imex) {
    system.preconditioner = preconditioner.for_ode();
  }
  if (run.method == EvolutionMethod::strang) {
    constexpr double share = 0.3;  // of a mean free time, for the error of the splitting
    options.max_step = input.time.step.value_or(share / fastest);
  }
  if (run.method == EvolutionMethod::lawson) options.max_step = longest_lawson_step(rates.fastest);

  const std::vector<double> outputs = output_times(input);
  Watcher watcher(gas, observer, run, outputs, quiet);
  RunEvents events;
  events.observe = [&](const Observation& now) { watcher(now); };
  events.interrupt = interrupted;
  if (const auto bound = input.time.until_equilibrium) {
    options.atol = std::min(options.atol, 1e-2 * *bound);
    events.stop = Arrival([&](ConstState W) { return observer.distance(W); }, *bound);
  }
  events.checkpoint = [&](const Progressed& now, ConstState W) {
    run.wall_seconds = wall_seconds();
    const std::vector<double> memory = gas.equation.memory();
    const std::vector<double> gathered = gas.ranks().size() > 1 ? slabs.gather(W) : std::vector<double>();
    gas.ranks().together([&] {
      if (!gas.ranks().is_first()) return;
      write_checkpoint(directory, "evolve", input, [&](Hdf5Writer& file) {
        save_progress(file, now, gas.ranks().size() > 1 ? ConstState(gathered) : W);
        save(file, run, gas.equation, memory);
      });
    });
  };
  run.report = run_in_segments(system, options, input.output.checkpoint, start, run.W, end, outputs, events);
  run.correction = gas.equation.relative_correction();
  if (!std::isfinite(run.mean_free_times)) run.mean_free_times = fastest * run.report.time;
  run.wall_seconds = wall_seconds();
  if (gas.ranks().size() > 1) {
    run.W = slabs.gather(run.W);
    run.equilibrium = slabs.gather(gas.equilibrium);
  } else {
    run.equilibrium = std::move(gas.equilibrium);
  }
  // A start in local equilibrium has no collisions to be wrong about.
  const std::vector<double> memory = gas.equation.memory();
  if (gas.ranks().is_first()) {
    try {
      gas.error = std::max(gas.error, error_in_space(gas, run.W, memory));
    } catch (const Error&) {
      // That of the start remains: a run that has come to its end is not lost for an estimate.
    }
  }
  return run;
}

}  // namespace nordheim::program
