// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/shell_evolution.hpp>

#include <vector>

namespace nordheim {

/// @brief Shells E_1 < E_2 < … for an integral over energies,  ∫_{from}^{to} dE g(E) ≈ Σ_s weight_s g(E_s).
///
/// Gauss–Legendre points between neighbouring van Hove energies, where g is smooth, as many in each interval as its
/// length deserves, and at least one.
/// @param count  number of shells
/// @param order  of the surface rule, as ElasticModel::scattering()
/// @throws InvalidArgument if from < to does not hold, there are fewer shells than intervals, or a shell is refused
[[nodiscard]] std::vector<WeightedShell> shell_stack(const ElasticModel& model, double from, double to, int count,
                                                     int order);

}  // namespace nordheim
