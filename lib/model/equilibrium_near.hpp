// SPDX-License-Identifier: GPL-3.0-or-later
// The equilibrium with given moments, close to a known one: what a state that changes little needs again and again.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/model/moving_equilibrium.hpp>

#include <optional>

namespace nordheim::detail {

/// @brief equilibrium_of() by Newton's method from a guess: one exponential for each node and step, no memory is asked
/// for.
/// @param guess  of the statistics wanted
/// @return nothing if it does not converge at once: the guess is too far away, or there is no such equilibrium
[[nodiscard]] std::optional<Equilibrium> equilibrium_near(const Equilibrium& guess, const Moments& moments,
                                                          ConstState energies, ConstState weights);

/// The same for equilibrium_of_energy(), μ = 0.
[[nodiscard]] std::optional<Equilibrium> equilibrium_of_energy_near(const Equilibrium& guess, double energy,
                                                                    ConstState energies, ConstState weights);

/// The same for moving_equilibrium_of().
[[nodiscard]] std::optional<MovingEquilibrium> moving_equilibrium_near(const MovingEquilibrium& guess,
                                                                       const MovingMoments& moments,
                                                                       ConstState velocities, ConstState energies,
                                                                       ConstState weights);

}  // namespace nordheim::detail
