// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/elastic_model.hpp>

namespace nordheim::detail {

/// @brief What rounding of nodes leaves in averages over a shell, relative to them, whatever the order.
///
/// Where ω(k) is good to ε (the width of its certain bounds at the point k) and k to η, a node is displaced by
/// ε/|∇ω| + η, and its weight changes relative to itself by that times ‖∇∇ω‖/|∇ω|. The result is the mean over the
/// shell: near a van Hove energy, at the distance δ, about ε/δ, in three dimensions ε/√δ if it is that of a saddle. ε
/// grows with what is added to ω. Infinite if no node is found at all.
/// @throws InvalidArgument as EnergyShell
[[nodiscard]] double shell_rounding(const ElasticModel& model, double energy);

}  // namespace nordheim::detail
