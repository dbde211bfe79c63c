// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/radial_grid.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include "case/case.hpp"
#include "commands/any_collisions.hpp"
#include "commands/command.hpp"
#include "commands/gas_units.hpp"
#include "factories/factories.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nordheim::program {

/// What `collide` and `relax` start from: a gas with two-body collisions, or electrons in a phonon bath, on a lattice
/// or in the continuum.
struct Gas {
  Case input;
  std::variant<LatticeGrid, SphericalGrid, RadialGrid> space;
  Nodes nodes;  ///< of this space
  GasUnits units;
  std::string place;                  ///< "on 16^3 nodes, nearest-neighbour: ..."
  std::vector<double> W;              ///< initial state
  OccupationAt W_at;                  ///< the initial state at any k
  Moments moments;                    ///< its number and energy per site or volume
  Equilibrium equilibrium;            ///< that has its moments, in the frame that moves with it
  Vector3 velocity;                   ///< of that frame; zero on a lattice
  std::vector<double> equilibrium_W;  ///< its occupations
  AnyCollisions collisions;           ///< with the reference set to the equilibrium
  bool conserves_number = true;       ///< phonons may not
  Json facts = Json::object();        ///< more members of a summary: what was found out about the collisions
  /// Inverse temperature of a bath that takes and gives energy: then −S + βE is what falls, and energy is no invariant.
  std::optional<double> bath_beta{};
  std::vector<std::size_t> frozen{};  ///< nodes that no collision touches

  /// The grid of a gas in the continuum; null for others.
  [[nodiscard]] const SphericalGrid* sphere() const { return std::get_if<SphericalGrid>(&space); }
  /// "fermions on 16^3 nodes, nearest-neighbour: ..."
  [[nodiscard]] std::string description() const;
};

/// @brief Makes all that a case describes; checks the memory first.
/// @param input      the case, as read
/// @param accepted   which initial states are
/// @param vectors    states of n numbers that the command keeps beside the operator
/// @param directory  where the results will go; made here, so that a run does not end before a locked door
/// @throws InvalidArgument for anything wrong in the case, and if it needs more memory than there is
[[nodiscard]] Gas make_gas(Case input, int threads, Occupations accepted, double vectors,
                           const std::filesystem::path& directory);

/// Momentum.space = "lattice" of make_gas().
[[nodiscard]] Gas make_lattice_gas(Case input, int threads, Occupations accepted, double vectors);

/// Collision.kind = "phonon-bath" of make_gas().
[[nodiscard]] Gas make_bath_gas(Case input, Occupations accepted, double vectors);

/// Momentum.space = "continuum" of make_gas().
[[nodiscard]] Gas make_continuum_gas(Case input, int threads, Occupations accepted, double vectors);

/// Bytes of the collisions with a phonon bath in R³: blocks of three neighbouring elements, the form and the action,
/// for each l.
[[nodiscard]] double bath_operator_bytes(const RadialGrid& grid);

// The same for a state that is known already, on its grid.
[[nodiscard]] Gas lattice_gas_of(Case input, const LatticeGrid& grid, std::vector<double> W, int threads);
/// @param W_at  may be empty: what the nodes say
[[nodiscard]] Gas continuum_gas_of(Case input, const SphericalGrid& grid, std::vector<double> W, OccupationAt W_at,
                                   int threads);
[[nodiscard]] Gas lattice_bath_of(Case input, const LatticeGrid& grid, std::vector<double> W);
[[nodiscard]] Gas continuum_bath_of(Case input, const RadialGrid& grid, std::vector<double> W,
                                    const OccupationAt& W_at);
/// The nodes of an electron in a phonon bath in R³, for an initial state, or (empty) the file it comes from.
[[nodiscard]] RadialGrid bath_grid_of(const Case& input, const OccupationAt& W);

/// @brief The estimated error of C at the initial state, relative to max |C|; NaN where the case wants none.
/// @param op  the collisions of the gas, wherever they are now
[[nodiscard]] double estimated_error(const Gas& gas, AnyCollisions& op);

/// States that it takes to write nodes, weights, energies, velocities and a few results: in the file, which is built in
/// memory, and in its image.
inline constexpr double vectors_of_result = 24.0;

/// States that `relax` keeps: those of the time integrator, and the snapshots.
[[nodiscard]] double vectors_of_relax(const Case& input);

/// --output, or a directory named after the case file, with @p suffix, in the current one.
[[nodiscard]] std::filesystem::path output_directory(const RunOptions& options, const std::string& suffix = "");

}  // namespace nordheim::program
