// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/shell_steps.hpp"

#include <nordheim/evolution/evolution.hpp>

#include "commands/box_method.hpp"
#include "factories/state_in_space.hpp"
#include "run/interrupt.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nordheim::program {

namespace {

RelaxationPreconditioner preconditioner_of(const PeriodicBox& box, InhomogeneousEquation<ElasticScattering>& equation,
                                           int threads) {
  const ElasticScattering& collisions = equation.collisions();
  const EnergyShell& shell = collisions.space();
  RelaxationModel model{.weights = {shell.weights().begin(), shell.weights().end()},
                        .rates = {collisions.rates().begin(), collisions.rates().end()},
                        .fluctuation = std::vector<double>(shell.size(), 1.0),
                        .invariants = collisions.invariants()};
  const double mean = mean_state(equation.collision_rates(), box.size()).front();
  for (double& rate : model.rates) rate *= mean;
  return {box, shell.velocities(), shell.dimension(), std::move(model), {}, threads};
}

}  // namespace

std::vector<double> impurity_density(const Case& input, const PeriodicBox& box) {
  std::vector<double> n = make_collision_factor(input, box);
  if (std::all_of(n.begin(), n.end(), [](double x) { return x == 1.0; })) n.clear();
  return n;
}

std::size_t bytes_of_steps(std::size_t numbers, double mean_free_times) {
  const double vectors = vectors_of_evolve(automatic_method(mean_free_times));
  return static_cast<std::size_t>(8.0 * vectors * static_cast<double>(numbers));
}

ShellSteps::ShellSteps(const Case& input, const ElasticModel& model, const std::vector<WeightedShell>& shells,
                       const PeriodicBox& box, const std::vector<double>& density, double mean_free_times, int threads)
    : method_(automatic_method(mean_free_times)) {
  const int workers = std::min(threads > 0 ? threads : omp_get_max_threads(), static_cast<int>(box.size()));
  for (const WeightedShell& shell : shells) {
    std::vector<ElasticScattering> operators;
    operators.reserve(static_cast<std::size_t>(workers));
    for (int i = 0; i < workers; ++i) {
      operators.push_back(model.scattering(shell.scattering->space().energy(), input.shells->order));
    }
    InhomogeneousEquation<ElasticScattering> equation(box, std::move(operators),
                                                      {.knudsen = input.space->knudsen, .collision_factor = density});
    RelaxationPreconditioner preconditioner = preconditioner_of(box, equation, workers);
    const ConstState factors = equation.collision_rates(), rates = shell.scattering->rates();
    const double fastest =
        *std::max_element(factors.begin(), factors.end()) * *std::max_element(rates.begin(), rates.end());
    layers_.push_back({std::move(equation), std::move(preconditioner), longest_lawson_step(fastest)});
  }
}

long ShellSteps::advance(ShellEvolution& evolution, double t, const std::function<void(double)>& watch) {
  const double start = evolution.time();
  if (t <= start) return 0;
  long steps = 0;
  for (std::size_t s = 0; s < layers_.size(); ++s) {
    ShellCheckpoint checkpoint = evolution.checkpoint(s);
    std::vector<double> W = evolution.state(s);
    double largest = 0.0;
    for (const double value : W) largest = std::max(largest, std::abs(value));
    if (largest > 0.0) {
      // So that a run of a thousand mean free times is known to about 1e-8.
      EvolutionOptions options{.method = method_, .rtol = 1e-10, .atol = 1e-12 * largest};
      OdeSystem system = ode_system(layers_[s].equation);
      if (method_ == EvolutionMethod::bdf) system.preconditioner = layers_[s].preconditioner.for_ode();
      if (method_ == EvolutionMethod::lawson) options.max_step = layers_[s].longest_step;
      Evolution stepping(system, options);
      stepping.interrupt_when(interrupted);
      if (watch && s + 1 == layers_.size()) stepping.observe([&](const Observation& now) { watch(now.time); });
      steps += stepping.run(W, start, t).steps;
    }
    evolution.set_state(s, W);
    const auto modes = evolution.modes(s);
    checkpoint.modes.assign(modes.begin(), modes.end());
    checkpoint.time = t;
    evolution.restore(s, std::move(checkpoint));
  }
  return steps;
}

}  // namespace nordheim::program
