// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/dispersion.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "case/case.hpp"
#include "commands/any_collisions.hpp"
#include "commands/report.hpp"

#include <cstddef>
#include <vector>

namespace nordheim::program {

/// The collisions of a case on a lattice, and what they do to a state.
struct LatticeCollisionTerm {
  AnyCollisions collisions;         ///< with the reference set to the equilibrium
  Equilibrium equilibrium;          ///< that the state relaxes to
  bool conserves_number = true;     ///< else μ = 0
  std::vector<std::size_t> frozen;  ///< nodes that no collision touches
  Json facts;                       ///< members of a summary
};

/// @throws InvalidArgument if the case makes no operator, or the state has no equilibrium
[[nodiscard]] LatticeCollisionTerm make_collision_term(const Case& input, const LatticeGrid& grid, ConstState W,
                                                       int threads);

/// Its number of time nodes, without making it.
[[nodiscard]] int time_nodes(const Case& input, const Dispersion& dispersion, int threads);

/// Bytes that a command needs on a lattice which keeps @p vectors states beside the operator.
[[nodiscard]] std::size_t memory_needed(const Case& input, const Dispersion& dispersion, int threads, double vectors);

}  // namespace nordheim::program
