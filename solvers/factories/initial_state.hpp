// SPDX-License-Identifier: GPL-3.0-or-later
// What the initial states of all momentum spaces have in common.
#pragma once

#include <nordheim/core/state.hpp>

#include "case/case.hpp"
#include "factories/factories.hpp"

#include <string>
#include <vector>

namespace nordheim::program {

/// @brief The last state of a result, shape (n).
/// @param momenta  of the case, shape (n, d); @param nodes  their words for a message
/// @throws InvalidArgument if the file has other momenta, or no such state
[[nodiscard]] std::vector<double> state_in_file(const StateFile& initial, ConstState momenta, const std::string& nodes);

/// Values outside the range of occupations by less than 1e-12 are round-off of a formula and are set to its bound.
/// @param momenta  shape (n, d)
/// @throws InvalidArgument naming the momentum where a value is not finite or not accepted
void check_occupation_range(std::vector<double>& W, ConstState momenta, Statistics statistics, Occupations accepted);

/// The same, and that W is not zero everywhere.
void check_occupations(std::vector<double>& W, ConstState momenta, Statistics statistics, Occupations accepted);

}  // namespace nordheim::program
