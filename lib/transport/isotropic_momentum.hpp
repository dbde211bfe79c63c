// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/elastic_model_impl.hpp"

namespace nordheim::detail {

/// @brief The k > 0 where the given ω(k) of the continuum has the value E, to rounding.
/// @throws InvalidArgument if there is none; NotIncreasing if ω does not increase up to there and, by up to a factor of
///         two, beyond: by bounds of the derivative where ω is a formula, else as far as samples can tell
[[nodiscard]] double momentum_at(const ElasticModel::Impl& model, double E);

/// What rounding of ω leaves of k, relative: a bound for a formula, else by a unit in the last place of ω.
[[nodiscard]] double momentum_error(const ElasticModel::Impl& model, double k, double velocity);

}  // namespace nordheim::detail
