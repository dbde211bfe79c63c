// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/relaxation.hpp"

#include <nordheim/equation/kinetic_equation.hpp>

#include "commands/deviation.hpp"
#include "commands/pictures.hpp"
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
#include <variant>

namespace nordheim::program {

namespace {

/// Sees every step of the run: keeps instants and snapshots, shows progress.
class Watcher {
 public:
  Watcher(const Gas& gas, KineticEquation<AnyCollisions>& equation, const Deviation& deviation, double largest_rate,
          const std::vector<double>& outputs, bool quiet)
      : gas_(gas),
        equation_(equation),
        deviation_(deviation),
        largest_rate_(largest_rate),
        follows_steps_(outputs.empty()),
        at_outputs_(snapshot_outputs(outputs.size(), gas.input.output.snapshots)),
        record_{ThinnedSeries<Instant>(instants_to_keep(gas.input), follows_steps_),
                SnapshotsByDistance(gas.input.output.snapshots)},
        progress_(quiet),
        W_(gas.W),
        C_(gas.nodes.size()) {}

  /// @param observation  of the deviation
  void operator()(Observation observation) {
    // At the start, the initial state without the rounding of two sums.
    if (observation.steps > 0) deviation_.to_state(observation.y, W_);
    observation.y = W_;
    require_occupations(gas_.input.collision.statistics, observation, 1e-3, gas_.units.leave_inside);
    const bool due = follows_steps_ || observation.is_output;
    const bool keep_instant = (due && record_.instants.wants_next()) || observation.is_last || observation.steps == 0;
    const bool keep_snapshot = follows_steps_
                                   ? record_.by_distance.wants(max_difference(observation.y, gas_.equilibrium_W))
                                   : observation.is_output && at_outputs_[record_.outputs++];
    if (keep_instant) record_.instants.keep(instant(observation));
    if (keep_snapshot || observation.is_last) {
      record_.snapshots.push_back({observation.time, {observation.y.begin(), observation.y.end()}});
    }
    if (progress_.due()) show(observation);
  }

  [[nodiscard]] RelaxationRecord& record() noexcept { return record_; }

 private:
  static std::size_t instants_to_keep(const Case& input) {
    const auto* times = std::get_if<int>(&input.output.times);
    return times != nullptr ? static_cast<std::size_t>(*times) : 50;
  }

  Instant instant(const Observation& observation) {
    Instant result;
    result.time = observation.time;
    const Nodes& nodes = gas_.nodes;
    const Statistics statistics = gas_.input.collision.statistics;
    result.observables =
        observe(statistics, gas_.equilibrium_W, observation.y, nodes.energies(), nodes.weights(), nodes.velocities());
    const CollisionReport report = equation_.collisions().apply(observation.y, C_);
    // An occupation that has left its range by a rounding has no entropy: the node is left out. In a bath the deviation
    // from equilibrium is integrated, so that what is below the rounding of the equilibrium is not known.
    const double rounding =
        gas_.bath_beta && observation.steps > 0 ? 4.0 * std::numeric_limits<double>::epsilon() : 0.0;
    std::vector<double> inside(observation.y.begin(), observation.y.end());
    for (std::size_t a = 0; a < inside.size(); ++a) {
      const double least = rounding * gas_.equilibrium_W[a];
      if (inside[a] >= least && (statistics != Statistics::fermion || inside[a] <= 1.0)) continue;
      inside[a] = C_[a] = 0.0;
    }
    if (gas_.bath_beta) {
      // S − βE differs from its value in equilibrium by the relative entropy, a sum of terms of one sign.
      const ConstState target = gas_.equilibrium_W;
      result.observables.entropy = entropy(statistics, target, nodes.weights()) -
                                   *gas_.bath_beta * moments_of(target, nodes.energies(), nodes.weights()).energy -
                                   relative_entropy(inside, target, nodes.weights());
      result.entropy_production = -relative_entropy_rate(inside, C_, target, nodes.weights());
    } else {
      result.observables.entropy = entropy(statistics, inside, nodes.weights());
      result.entropy_production = nordheim::entropy_production(statistics, inside, C_, nodes.weights());
    }
    if (gas_.sphere()) result.angular_moments = angular_moments(*gas_.sphere(), observation.y, gas_.equilibrium_W);
    result.reference_beta = report.reference_beta;
    result.correction = largest_rate_ > 0.0 ? report.correction / largest_rate_ : 0.0;
    return result;
  }

  void show(const Observation& observation) {
    const TimeCase& time = gas_.input.time;
    const double now = max_difference(observation.y, gas_.equilibrium_W);
    const double initial = record_.instants.items().front().observables.distance;
    // By the logarithm of the distance, which falls evenly in the end, or by the time.
    const double by_distance =
        time.until_equilibrium ? std::log(now / initial) / std::log(*time.until_equilibrium / initial) : 0.0;
    const double by_time = time.end ? observation.time / *time.end : 0.0;
    const Moments moments = moments_of(observation.y, gas_.nodes.energies(), gas_.nodes.weights());
    progress_.show(std::max(by_distance, by_time),
                   "t = " + short_text(observation.time) + ", distance " + short_text(now) +
                       (gas_.conserves_number ? ", drift" : ", change") + " of the number " +
                       short_text(moments.number / gas_.moments.number - 1.0));
  }

  const Gas& gas_;
  KineticEquation<AnyCollisions>& equation_;
  const Deviation& deviation_;
  double largest_rate_;
  bool follows_steps_;
  std::vector<bool> at_outputs_;
  RelaxationRecord record_;
  Progress progress_;
  std::vector<double> W_, C_;
};

/// The equilibrium of the gas, which is the reference of its collisions.
AnyReference reference_of(const Gas& gas) {
  AnyReference reference;
  const auto set = [&](const auto& numbers) { std::copy(numbers.begin(), numbers.end(), reference.numbers.begin()); };
  if (gas.sphere()) {
    set(numbers_of(MovingEquilibrium{gas.equilibrium, gas.velocity}));
  } else {
    set(numbers_of(gas.equilibrium));
  }
  return reference;
}

}  // namespace

Relaxation run_relaxation(Gas& gas, const std::filesystem::path& directory,
                          const std::optional<std::filesystem::path>& restart, bool quiet) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  Relaxation result;
  for (std::size_t a = 0; a < gas.W.size(); ++a) {
    const Vector3 k = gas.nodes.momentum(a);
    result.energy_scale += gas.nodes.weights()[a] * std::abs(gas.nodes.energies()[a]) * gas.W[a];
    result.momentum_scale += gas.nodes.weights()[a] * std::hypot(k[0], k[1], k[2]) * gas.W[a];
  }
  KineticEquation equation(std::move(gas.collisions));
  std::vector<double> C(gas.W.size());
  const CollisionReport first = equation.collisions().apply(gas.W, C);
  result.error = estimated_error(gas, equation.collisions());

  const std::vector<double> outputs = output_times(gas.input);
  const Deviation deviation(gas);
  Watcher watcher(gas, equation, deviation, first.largest_rate, outputs, quiet);
  EvolutionOptions how = evolution_options(gas.input);
  if (const auto bound = gas.input.time.until_equilibrium) how.atol = std::min(how.atol, 1e-2 * *bound);
  std::vector<double> z = deviation.from_state(gas.W);
  Progressed start;
  if (restart) {
    const Hdf5Reader file = open_checkpoint(*restart, "relax", gas.input);
    start = restore_progress(file, z);
    require_later_end(gas.input, start);
    watcher.record().restore(file);
    equation.restore_largest(file.numbers("correction").front(), file.numbers("largest_rate").front());
    result.wall_seconds = file.numbers("wall_seconds").front();
    equation.collisions().fix_reference(reference_of(gas));
  }
  const double before = result.wall_seconds;
  const auto wall_seconds = [&] { return before + std::chrono::duration<double>(Clock::now() - begun).count(); };

  RunEvents events;
  events.observe = [&](const Observation& observation) { watcher(observation); };
  if (const auto bound = gas.input.time.until_equilibrium) {
    events.stop = Arrival([&](ConstState y) { return deviation.distance(y); }, *bound);
  }
  events.interrupt = interrupted;
  events.checkpoint = [&](const Progressed& now, ConstState state) {
    write_checkpoint(directory, "relax", gas.input, [&](Hdf5Writer& file) {
      save_progress(file, now, state);
      watcher.record().save(file);
      file.write("correction", equation.largest_correction(), {"1 / time", "largest correction so far"});
      file.write("largest_rate", equation.largest_rate(), {"1 / time", "largest collision rate so far"});
      file.write("wall_seconds", wall_seconds(), {"s", "computing time so far"});
    });
    // A run that goes on from here knows nothing of earlier evaluations.
    equation.collisions().fix_reference(reference_of(gas));
  };
  const double end = gas.input.time.end.value_or(std::numeric_limits<double>::infinity());
  result.report =
      run_in_segments(deviation.system(equation), how, gas.input.output.checkpoint, start, z, end, outputs, events);
  result.instants = watcher.record().instants.items();
  result.snapshots = std::move(watcher.record().snapshots);
  result.correction = equation.relative_correction();
  result.wall_seconds = wall_seconds();
  return result;
}

}  // namespace nordheim::program
