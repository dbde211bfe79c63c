// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/evolution/evolution_options.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/shell_evolution.hpp>

#include "case/case.hpp"

#include <cstddef>
#include <functional>
#include <vector>

namespace nordheim::program {

/// @brief [space] density of impurities n(r), empty where it is the same everywhere and 1.
/// @throws InvalidArgument as make_collision_factor()
[[nodiscard]] std::vector<double> impurity_density(const Case& input, const PeriodicBox& box);

/// Bytes that steps of a state with so many numbers need beside it.
[[nodiscard]] std::size_t bytes_of_steps(std::size_t numbers, double mean_free_times);

/// @brief Electrons on energy shells among impurities of density n(r), which couples the modes in space: evolved in
/// steps of time, by automatic_method().
class ShellSteps {
 public:
  /// @param density  n(r) ≥ 0, shape (n_r)
  /// @param mean_free_times  length of the run
  ShellSteps(const Case& input, const ElasticModel& model, const std::vector<WeightedShell>& shells,
             const PeriodicBox& box, const std::vector<double>& density, double mean_free_times, int threads);

  /// The states of all shells become those at the later time @p t.
  /// @param watch  is told times that have been reached, by the last shell
  /// @return the number of steps
  /// @throws IntegrationError if it cannot go on, or is interrupted (SIGINT, SIGTERM)
  long advance(ShellEvolution& evolution, double t, const std::function<void(double)>& watch = {});

  [[nodiscard]] EvolutionMethod method() const noexcept { return method_; }

 private:
  struct Layer {
    InhomogeneousEquation<ElasticScattering> equation;
    RelaxationPreconditioner preconditioner;
    double longest_step;  ///< of Lawson's method
  };
  EvolutionMethod method_;
  std::vector<Layer> layers_{};
};

}  // namespace nordheim::program
