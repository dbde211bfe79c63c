// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace nordheim {

/// How to step in time.
enum class EvolutionMethod {
  adams,                 ///< CVODE, variable order 1–12, fixed-point iteration: the default, for smooth problems
  bdf,                   ///< CVODE, variable order 1–5, Newton–Krylov: for stiff problems
  explicit_runge_kutta,  ///< ARKODE, order 5 or 8
  lawson,                ///< Runge–Kutta of order 4 about the exact flow of a linear part: needs OdeSystem::splitting
  strang,                ///< Strang's splitting, order 2, in equal steps of max_step: needs OdeSystem::splitting
  imex                   ///< ARKODE, order 5, the splitting's remainder implicit and its rate explicit
};

/// "adams", "bdf", "explicit", "lawson", "strang" or "imex".
[[nodiscard]] std::string name(EvolutionMethod method);

/// @throws InvalidArgument if @p word is none of the names
[[nodiscard]] EvolutionMethod evolution_method_from_name(std::string_view word);

/// Accuracy and limits of an integration; the error of a step is kept below rtol·|y_a| + atol, in the root mean square.
/// strang has no estimate of its error: its steps are max_step, which it needs, or a little less.
struct EvolutionOptions {
  EvolutionMethod method = EvolutionMethod::adams;
  double rtol = 1e-10;         ///< relative tolerance, 1e-15 < rtol < 1
  double atol = 0.0;           ///< absolute tolerance; 0: rtol/100
  double initial_step = 0.0;   ///< 0: chosen by the integrator
  double max_step = 0.0;       ///< 0: no limit; the step of strang
  long max_steps = 1'000'000;  ///< internal steps until the run is given up
};

}  // namespace nordheim
