// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "case/case.hpp"
#include "commands/command.hpp"
#include "factories/factories.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace nordheim::program {

/// What `collide` and `relax` start from: a lattice gas with two-body collisions.
struct LatticeGas {
  Case input;
  LatticeGrid grid;
  std::vector<double> W;    ///< initial state
  Moments moments;          ///< its number and energy per site
  Equilibrium equilibrium;  ///< that has these moments
  LatticeTwoBodyOptions options;

  /// "fermions on 16^3 nodes, nearest-neighbour: ..."
  [[nodiscard]] std::string description() const;
  /// The operator, with its reference set to the equilibrium.
  [[nodiscard]] LatticeTwoBody make_operator() const;
};

/// @brief Makes all of a case but the operator; checks memory and output directory first.
/// @param input      the case, as read
/// @param accepted   which initial states are
/// @param vectors    states of n numbers that the command keeps beside the operator
/// @param directory  where the results will go; made here, so that a run does not end before a locked door
/// @throws InvalidArgument for anything wrong in the case, and if it needs more memory than there is
[[nodiscard]] LatticeGas make_lattice_gas(Case input, int threads, Occupations accepted, double vectors,
                                          const std::filesystem::path& directory);

/// Bytes that a command needs which keeps @p vectors states beside the operator.
[[nodiscard]] std::size_t memory_needed(const Case& input, const Dispersion& dispersion,
                                        const LatticeTwoBodyOptions& options, double vectors);

/// States that it takes to write nodes, weights, energies, velocities and a few results: in the file, which is built in
/// memory, and in its image.
inline constexpr double vectors_of_result = 24.0;

/// States that `relax` keeps: those of the time integrator, and the snapshots.
[[nodiscard]] double vectors_of_relax(const Case& input);

/// --output, or a directory named after the case file, with @p suffix, in the current one.
[[nodiscard]] std::filesystem::path output_directory(const RunOptions& options, const std::string& suffix = "");

}  // namespace nordheim::program
