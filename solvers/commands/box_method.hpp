// SPDX-License-Identifier: GPL-3.0-or-later
// How `evolve` goes through time in a box, which decides what it needs.
#pragma once

#include <nordheim/evolution/evolution_options.hpp>

#include "case/case.hpp"
#include "commands/gas.hpp"

#include <optional>

namespace nordheim::program {

/// Lawson's method up to 50 mean free times, of which each takes some two steps, however smooth the state; BDF, which
/// follows the state, beyond.
[[nodiscard]] EvolutionMethod automatic_method(double mean_free_times);

/// @brief time.method. "auto" is automatic_method(), or for streaming within bounds that of equal steps.
/// @param mean_free_times  length of the run in units of the shortest mean free time of the mean state
[[nodiscard]] EvolutionMethod box_method(const Case& input, double mean_free_times);

/// @brief What box_method() wants to know, without the state at all positions; infinite if the run has no end.
///
/// Large grids of momenta are replaced by smaller ones, see on_smaller_grid().
/// @return nothing where the initial state does not come from a formula
/// @throws InvalidArgument as make_box_gas(), for what is wrong with the mean state
[[nodiscard]] std::optional<double> mean_free_times_ahead(const Case& input);

/// @brief Up to which Lawson's method is stable: 2.8 mean free times, less a margin, as rates are higher far from
/// equilibrium. Its estimate of the error does not see how a few nodes of fast particles, far out and hardly occupied,
/// begin to grow.
/// @param fastest  the largest loss rate; 0: no limit, which is 0
[[nodiscard]] double longest_lawson_step(double fastest);

/// States of n_r n_k numbers that `evolve` keeps: those of the time integrator and the equation.
[[nodiscard]] double vectors_of_evolve(EvolutionMethod method);

}  // namespace nordheim::program
