// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/shell_run.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/io/output_directory.hpp>
#include <nordheim/transport/elastic_transport.hpp>
#include <nordheim/transport/shell_stack.hpp>

#include "commands/box_record.hpp"
#include "commands/placed.hpp"
#include "commands/report.hpp"
#include "commands/shell_steps.hpp"
#include "factories/elastic_factory.hpp"
#include "factories/state_in_space.hpp"
#include "run/checkpoint.hpp"
#include "run/interrupt.hpp"
#include "run/memory.hpp"
#include "run/output_times.hpp"
#include "run/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <complex>
#include <limits>
#include <memory>
#include <numbers>
#include <numeric>
#include <utility>

namespace nordheim::program {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
/// Groups of velocities of an image.
constexpr std::size_t image_columns = 32;

StackNodes nodes_of(const std::vector<WeightedShell>& shells) {
  StackNodes nodes;
  const auto append = [](std::vector<double>& to, ConstState from) { to.insert(to.end(), from.begin(), from.end()); };
  for (std::size_t s = 0; s < shells.size(); ++s) {
    const EnergyShell& shell = shells[s].scattering->space();
    append(nodes.momenta, shell.momenta());
    append(nodes.energies, shell.energies());
    append(nodes.velocities, shell.velocities());
    for (const double w : shell.weights()) nodes.weights.push_back(w * shells[s].weight);
    nodes.shell.insert(nodes.shell.end(), shell.size(), static_cast<std::int64_t>(s));
  }
  return nodes;
}

/// Nodes in groups of about the same weight by their velocity along the first axis.
struct VelocityGroups {
  std::vector<std::size_t> group;  ///< of each node
  std::vector<double> velocity;    ///< mean of each group

  explicit VelocityGroups(const StackNodes& nodes) : group(nodes.energies.size()) {
    const std::size_t count = nodes.energies.size(), d = nodes.momenta.size() / count;
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    const auto v = [&](std::size_t a) { return nodes.velocities[a * d]; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return v(a) < v(b); });
    const double all = std::accumulate(nodes.weights.begin(), nodes.weights.end(), 0.0);
    double before = 0.0, in_group = 0.0, sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t a = order[i];
      group[a] = velocity.size();
      in_group += nodes.weights[a];
      sum += nodes.weights[a] * v(a);
      const bool full = before + in_group >= all * static_cast<double>(velocity.size() + 1) / image_columns;
      const bool same_next = i + 1 < count && v(order[i + 1]) - v(a) < 1e-9 * (1.0 + std::abs(v(a)));
      if ((!full || same_next) && i + 1 < count) continue;
      velocity.push_back(sum / in_group);
      before += in_group;
      in_group = sum = 0.0;
    }
  }
};

TimeSeries empty_series(const Case& input, std::size_t positions, std::size_t axes, std::size_t shells, bool uniform) {
  const bool continuum = input.momentum.space == "continuum";
  const std::string length = continuum ? "length" : "sites", area = length + "^2";
  const std::string unit = continuum ? "momentum^3" : "1 / site";
  TimeSeries series("time", "1 / energy", "time");
  const std::vector<std::size_t> here{positions}, vector{axes};
  const std::vector<std::string> at{"position"}, of{"box_axis"};
  series.add({"density", unit, "number density rho(r)", here, at});
  series.add({"energy_density", unit + " energy", "energy density e(r)", here, at});
  series.add(
      {"current", unit + " " + length + " energy", "particle current", {positions, axes}, {"position", "box_axis"}});
  if (uniform) {
    series.add(
        {"diffused_density", unit, "density by the diffusion equation with D_kin, from the same start", here, at});
  }
  series.add({"number", unit + " volume", "number of particles in the box"});
  series.add({"energy", unit + " volume energy", "energy in the box"});
  series.add({"mean", length, "centre of the number density in [0, L)", vector, of});
  series.add({"variance", area, "variance of the number density in [0, L)", vector, of});
  series.add({"spreading", area + " energy", "half the rate of change of the variance, at this time", vector, of});
  series.add({"exponent", "1", "d log(variance - variance at the start)/d log t", vector, of});
  series.add({"distance_to_local_equilibrium", "1", "int dr dk |W - rho(r)/rho(E)| / N"});
  series.add({"distance_to_equilibrium", "1", "the same for the mean of each shell"});
  if (uniform) series.add({"distance_to_diffusion", "1", "int dr |rho - rho by the diffusion equation| / N"});
  series.add({"min_W", "1", "smallest W"});
  series.add({"max_W", "1", "largest W"});
  series.add({"number_law_defect", "1", "max over r of |d rho/dt + div J|, relative"});
  series.add({"unresolved", "1", "share of W in the last third of the Fourier modes in space"});
  series.add({"shell_number", unit + " volume", "number of particles of a shell", {shells}, {"shell_E"}});
  series.add({"shell_variance", area, "variance along the first axis", {shells}, {"shell_E"}});
  series.add({"shell_decay", "energy", "decay rate of the first mode along the first axis", {shells}, {"shell_E"}});
  return series;
}

/// Σ over shells of what the densities of all say: see shell_run.hpp.
class ShellObserver {
 public:
  ShellObserver(ShellRun& run, const VelocityGroups& groups) : run_(run), groups_(groups) {
    const auto d = static_cast<std::size_t>(run.model.dimension());
    const PeriodicBox& box = run.evolution.box();
    std::vector<int> axes(box.lengths().size());
    std::iota(axes.begin(), axes.end(), 0);
    for (std::size_t a = 0; a < run.nodes.energies.size(); ++a) {
      fastest_ = std::max(fastest_, flight_rate(box, ConstState(run.nodes.velocities).subspan(a * d, d), axes));
    }
    fastest_ += run.mean_free_times / *run.input.time.end;
  }

  void append() {
    const ShellEvolution& evolution = run_.evolution;
    const PeriodicBox& box = evolution.box();
    const std::size_t n = box.size(), axes = static_cast<std::size_t>(box.dimension());
    const double cell = box.volume() / static_cast<double>(n);
    const ShellObservables all = evolution.observe();
    const ShellProfiles profiles = evolution.profiles();
    std::vector<double> energy(n, 0.0), current(n * axes), numbers, variances, decays;
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (std::size_t s = 0; s < evolution.shells(); ++s) {
      const WeightedShell& shell = evolution.shell(s);
      const std::vector<double> density = evolution.profiles(s).density;
      for (std::size_t r = 0; r < n; ++r) {
        energy[r] += shell.weight * shell.scattering->space().energy() * density[r];
      }
      const double number = std::accumulate(density.begin(), density.end(), 0.0);
      numbers.push_back(shell.weight * cell * number);
      const std::optional<ShellObservables> seen = number > 0.0 ? std::optional(evolution.observe(s)) : std::nullopt;
      variances.push_back(seen ? seen->variance[0] : none);
      decays.push_back(seen ? seen->decay[0].value_or(none) : none);
      const std::vector<double> W = evolution.state(s);
      const auto [low, high] = std::minmax_element(W.begin(), W.end());
      least = std::min(least, *low);
      most = std::max(most, *high);
    }
    for (std::size_t j = 0; j < axes; ++j) {
      for (std::size_t r = 0; r < n; ++r) current[r * axes + j] = profiles.current[j][r];
    }
    const auto along_axes = [axes](const auto& value) {
      std::vector<double> result;
      for (std::size_t j = 0; j < axes; ++j) result.push_back(value(j));
      return result;
    };
    TimeSeries& series = run_.series;
    series.append("time", evolution.time());
    series.append("density", profiles.density);
    series.append("energy_density", energy);
    series.append("current", current);
    if (run_.density.empty()) series.append("diffused_density", evolution.diffused_density());
    series.append("number", all.number);
    series.append("energy", cell * std::accumulate(energy.begin(), energy.end(), 0.0));
    series.append("mean", along_axes([&](std::size_t j) { return all.mean[j]; }));
    series.append("variance", along_axes([&](std::size_t j) { return all.variance[j]; }));
    series.append("spreading", along_axes([&](std::size_t j) { return all.spreading[j]; }));
    series.append("exponent", along_axes([&](std::size_t j) { return all.exponent[j].value_or(none); }));
    series.append("distance_to_local_equilibrium", all.from_local);
    series.append("distance_to_equilibrium", all.from_global);
    if (run_.density.empty()) series.append("distance_to_diffusion", all.from_diffusion);
    series.append("min_W", least);
    series.append("max_W", most);
    const double scale = *std::max_element(profiles.density.begin(), profiles.density.end()) * fastest_;
    series.append("number_law_defect", scale > 0.0 ? all.continuity_error / scale : 0.0);
    series.append("unresolved", all.unresolved);
    series.append("shell_number", numbers);
    series.append("shell_variance", variances);
    series.append("shell_decay", decays);
  }

  void append_image() {
    const ShellEvolution& evolution = run_.evolution;
    const PeriodicBox& box = evolution.box();
    const std::size_t first = static_cast<std::size_t>(box.points().front()), others = box.size() / first;
    const std::size_t columns = groups_.velocity.size();
    std::vector<double> image(first * columns, 0.0), weights(columns, 0.0);
    std::size_t begin = 0;
    for (std::size_t s = 0; s < evolution.shells(); ++s) {
      const std::vector<double> W = evolution.state(s);
      const std::size_t count = W.size() / box.size();
      for (std::size_t i = 0; i < W.size(); ++i) {
        const std::size_t node = begin + i % count, x = i / count / others;
        image[x * columns + groups_.group[node]] += run_.nodes.weights[node] * W[i];
      }
      begin += count;
    }
    for (std::size_t a = 0; a < groups_.group.size(); ++a) weights[groups_.group[a]] += run_.nodes.weights[a];
    for (std::size_t i = 0; i < image.size(); ++i) image[i] /= weights[i % columns] * static_cast<double>(others);
    run_.images.append("snapshot_time", evolution.time());
    run_.images.append("image", image);
  }

 private:
  ShellRun& run_;
  const VelocityGroups& groups_;
  double fastest_ = 0.0;  // rate of flight over the shortest wave that the positions resolve, and of collisions
};

/// A packet, of which little is at the faces of the box across the first axis.
bool is_packet(const TimeSeries& series, const PeriodicBox& box) {
  constexpr double little = 1e-6;
  const auto density = series.at("density", series.instants() - 1);
  const std::size_t others = box.size() / static_cast<std::size_t>(box.points().front());
  const double most = *std::max_element(density.begin(), density.end());
  return std::all_of(density.begin(), density.begin() + static_cast<std::ptrdiff_t>(others),
                     [&](double rho) { return std::abs(rho) < little * most; });
}

void measure_diffusion(ShellRun& run) {
  const TimeSeries& series = run.series;
  const PeriodicBox& box = run.evolution.box();
  const std::size_t shells = run.evolution.shells(), last = series.instants() - 1;
  const bool packet = is_packet(series, box);
  const double q = 2.0 * std::numbers::pi / box.lengths().front();
  constexpr int finer = 2;
  const std::vector<WeightedShell> check = make_shells(run.input, run.model, run.input.shells->order + finer);
  for (std::size_t s = 0; s < shells; ++s) {
    MeasuredDiffusion entry{run.evolution.shell(s).scattering->space().energy()};
    const double D = run.evolution.diffusion(s)[0][0];
    if (run.slowing) entry.predicted = run.evolution.knudsen() * D * *run.slowing;
    entry.error = std::abs(diffusion_tensor(*check[s].scattering)[0][0] / D - 1.0);
    if (packet && last > 0) {
      const double rise = series.at("shell_variance", last)[s] - series.at("shell_variance", last - 1)[s];
      entry.measured = 0.5 * rise / (series.values("time")[last] - series.values("time")[last - 1]);
    } else if (const double rate = series.at("shell_decay", last)[s]; !packet && std::isfinite(rate)) {
      entry.measured = rate / (q * q);
    }
    if (entry.measured && !std::isfinite(*entry.measured)) entry.measured.reset();
    run.diffusion.push_back(entry);
  }
}

void save(Hdf5Writer& file, const ShellRun& run) {
  const DatasetDescription plain{"1", "state of a shell, see the conventions of the program"};
  file.write("wall_seconds", run.wall_seconds, plain);
  file.write("steps", static_cast<double>(run.steps), plain);
  for (std::size_t s = 0; s < run.evolution.shells(); ++s) {
    const ShellCheckpoint checkpoint = run.evolution.checkpoint(s);
    const std::string prefix = "shell_" + std::to_string(s) + "_";
    const auto write = [&](const char* name, const std::vector<std::complex<double>>& values) {
      std::vector<double> parts;
      for (const auto& z : values) parts.insert(parts.end(), {z.real(), z.imag()});
      file.write(prefix + name, parts, 2, plain);
    };
    write("modes", checkpoint.modes);
    write("start", checkpoint.start);
    const std::vector<double> numbers{checkpoint.time, checkpoint.start_time, checkpoint.largest};
    file.write(prefix + "numbers", numbers, plain);
  }
  run.series.save(file, "series_");
  run.images.save(file, "images_");
}

void restore(const Hdf5Reader& file, ShellRun& run) {
  run.wall_seconds = file.numbers("wall_seconds").front();
  run.steps = std::lround(file.numbers("steps").front());
  for (std::size_t s = 0; s < run.evolution.shells(); ++s) {
    const std::string prefix = "shell_" + std::to_string(s) + "_";
    const auto read = [&](const char* name) {
      const std::vector<double> parts = file.numbers(prefix + name);
      std::vector<std::complex<double>> values;
      for (std::size_t i = 0; i + 1 < parts.size(); i += 2) values.emplace_back(parts[i], parts[i + 1]);
      return values;
    };
    const std::vector<double> numbers = file.numbers(prefix + "numbers");
    run.evolution.restore(s, {numbers.at(0), read("modes"), numbers.at(1), read("start"), numbers.at(2)});
  }
  run.series.restore(file, "series_");
  run.images.restore(file, "images_");
}

void set_initial_state(ShellRun& run) {
  const PeriodicBox& box = run.evolution.box();
  const std::vector<double> W = placed(run.input, initial_key(run.input), [&] {
    return sample_in_space(run.input, box, make_occupation_in_space(run.input), {run.nodes.momenta, run.nodes.energies},
                           "order " + std::to_string(run.input.shells->order));
  });
  const std::size_t all = run.nodes.energies.size();
  std::size_t begin = 0;
  for (std::size_t s = 0; s < run.evolution.shells(); ++s) {
    const std::size_t count = run.evolution.shell(s).scattering->space().size();
    std::vector<double> part;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const auto from = W.begin() + static_cast<std::ptrdiff_t>(r * all + begin);
      part.insert(part.end(), from, from + static_cast<std::ptrdiff_t>(count));
    }
    run.evolution.set_state(s, part);
    begin += count;
  }
}

/// 1/⟨n⟩ if n depends on the first coordinate only.
std::optional<double> slowing_by(const std::vector<double>& density, const PeriodicBox& box) {
  if (density.empty()) return 1.0;
  const std::size_t others = box.size() / static_cast<std::size_t>(box.points().front());
  for (std::size_t r = 0; r < density.size(); ++r) {
    if (density[r] != density[r / others * others]) return {};
  }
  return 1.0 / mean_state(density, density.size()).front();
}

/// The modes as complex numbers, the states of a step, and the states as real numbers at an output.
void require_shell_memory(const Case& input, const std::vector<WeightedShell>& shells, const PeriodicBox& box,
                          const std::vector<double>& density, double mean_free_times) {
  std::size_t nodes = 0, most = 0;
  for (const WeightedShell& shell : shells) {
    nodes += shell.scattering->space().size();
    most = std::max(most, shell.scattering->space().size());
  }
  constexpr std::size_t copies = 5, bytes = 8;
  const std::size_t of_steps = density.empty() ? 0 : bytes_of_steps(most * box.size(), mean_free_times);
  require_memory(copies * bytes * nodes * box.size() + of_steps,
                 "space.points with " + std::to_string(nodes) + " nodes on shells at " +
                     "momentum.order = " + std::to_string(input.shells->order));
}

}  // namespace

std::vector<WeightedShell> make_shells(const Case& input, const ElasticModel& model, int order) {
  const ShellsCase& shells = *input.shells;
  return placed(input, "momentum.energies", [&] {
    if (const auto* grid = std::get_if<EnergyGridCase>(&shells.energies)) {
      return shell_stack(model, grid->from, grid->to, grid->count, order);
    }
    std::vector<WeightedShell> list;
    for (const double energy : std::get<std::vector<double>>(shells.energies)) {
      list.push_back({std::make_shared<const ElasticScattering>(model.scattering(energy, order))});
    }
    return list;
  });
}

double mean_free_times_of(const Case& input, const std::vector<WeightedShell>& shells,
                          const std::vector<double>& density) {
  double rate = 0.0;
  for (const WeightedShell& shell : shells) {
    const ConstState gamma = shell.scattering->rates();
    rate = std::max(rate, *std::max_element(gamma.begin(), gamma.end()));
  }
  const double mean = density.empty() ? 1.0 : mean_state(density, density.size()).front();
  return mean * rate * *input.time.end / input.space->knudsen;
}

ShellRun run_shells(const Case& input, int threads, const std::filesystem::path& directory,
                    const std::optional<std::filesystem::path>& restart, bool quiet) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  const ElasticModel model = make_elastic_model(input);
  const PeriodicBox box = make_box(input);
  std::vector<double> density = impurity_density(input, box);
  const bool uniform = density.empty();
  const std::vector<WeightedShell> shells = make_shells(input, model, input.shells->order);
  const double mean_free_times = mean_free_times_of(input, shells, density);
  require_shell_memory(input, shells, box, density, mean_free_times);
  StackNodes nodes = nodes_of(shells);
  const VelocityGroups groups(nodes);
  TimeSeries images("snapshot_time", "1 / energy", "time of the image");
  images.add({"image",
              "1",
              "W(x, v_x), mean over other positions and all k of this v_x",
              {static_cast<std::size_t>(box.points().front()), groups.velocity.size()},
              {"image_position", "image_momentum"}});
  const auto axes = static_cast<std::size_t>(box.dimension());
  ShellRun run{.input = input,
               .model = model,
               .evolution = placed(input, "space.box",
                                   [&] { return ShellEvolution(shells, box, input.space->knudsen, threads); }),
               .nodes = std::move(nodes),
               .series = empty_series(input, box.size(), axes, shells.size(), uniform),
               .images = std::move(images),
               .image_velocities = groups.velocity,
               .density = std::move(density),
               .mean_free_times = mean_free_times};
  run.slowing = slowing_by(run.density, box);
  ShellObserver observer(run, groups);
  if (restart) {
    restore(open_checkpoint(*restart, "evolve", input), run);
  } else {
    set_initial_state(run);
  }
  make_output_directory(directory);
  const double before = run.wall_seconds;
  const auto wall_seconds = [&] { return before + std::chrono::duration<double>(Clock::now() - begun).count(); };

  std::optional<ShellSteps> steps;
  if (!uniform) {
    steps.emplace(input, model, shells, box, run.density, run.mean_free_times, threads);
    run.method = name(steps->method());
  }

  std::vector<double> outputs = output_times(input);
  if (outputs.empty() || outputs.back() < *input.time.end) outputs.push_back(*input.time.end);
  const std::vector<bool> pictures = snapshot_outputs(outputs.size(), input.output.snapshots);
  Progress progress(quiet);
  auto written = Clock::now();
  long since = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (run.series.instants() > 0 && outputs[i] <= run.evolution.time()) continue;
    if (interrupted()) throw Interrupted(run.evolution.time(), static_cast<long>(run.series.instants()));
    if (steps) {
      run.steps += steps->advance(run.evolution, outputs[i], [&](double t) {
        if (progress.due()) progress.show(t / outputs.back(), "t = " + short_text(t));
      });
    } else {
      run.evolution.advance(outputs[i]);
    }
    observer.append();
    if (pictures[i]) observer.append_image();
    if (progress.due()) progress.show(outputs[i] / outputs.back(), "t = " + short_text(outputs[i]));
    ++since;
    const auto& policy = input.output.checkpoint;
    const double seconds = std::chrono::duration<double>(Clock::now() - written).count();
    if (i + 1 == outputs.size() || !policy || (policy->steps ? since < *policy->steps : seconds < *policy->seconds)) {
      continue;
    }
    run.wall_seconds = wall_seconds();
    write_checkpoint(directory, "evolve", input, [&](Hdf5Writer& file) { save(file, run); });
    since = 0;
    written = Clock::now();
  }
  measure_diffusion(run);
  run.smallest = *std::min_element(run.series.values("min_W").begin(), run.series.values("min_W").end());
  run.largest = *std::max_element(run.series.values("max_W").begin(), run.series.values("max_W").end());
  run.wall_seconds = wall_seconds();
  return run;
}

}  // namespace nordheim::program
