// SPDX-License-Identifier: GPL-3.0-or-later
// One factory a noun: what a case file says, made into objects of the library.
#pragma once

#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/isotropic_two_body.hpp>
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/evolution/evolution_options.hpp>
#include <nordheim/model/dispersion.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include "case/case.hpp"

#include <functional>
#include <vector>

namespace nordheim::program {

/// [dispersion] in the dimension of [momentum].
/// @throws InvalidArgument if a formula is not finite somewhere, or parameters make no band
[[nodiscard]] Dispersion make_dispersion(const Case& input);

/// [momentum] of the lattice with a dispersion.
[[nodiscard]] LatticeGrid make_grid(const Case& input, const Dispersion& dispersion);

/// The grid of a case in the continuum, at the scale 1 and about the origin.
[[nodiscard]] SphericalGridOptions grid_options(const SphericalCase& spherical);

/// [momentum] of the continuum; W is the initial state, empty if it comes from a file. A scale and a centre that are
/// not given are fitted to it, or are those of the file.
/// @throws InvalidArgument if they contradict the symmetry, or nothing can be fitted to W
[[nodiscard]] SphericalGridOptions spherical_options(const Case& input, const std::function<double(const Vector3&)>& W);

/// Whether the cross term of exchange is asked for, which IsotropicTwoBody has and SphericalTwoBody has not.
[[nodiscard]] bool has_exchange(const CollisionCase& collision);

/// [collision] of kind "two-body" in the continuum, with exchange.
[[nodiscard]] IsotropicTwoBodyOptions isotropic_two_body_options(const Case& input, int threads);

/// [collision] of kind "two-body" in the continuum, without exchange.
[[nodiscard]] SphericalTwoBodyOptions spherical_two_body_options(const Case& input, int threads);

/// [collision] of kind "two-body" on the lattice.
[[nodiscard]] LatticeTwoBodyOptions two_body_options(const Case& input, int threads);

/// [collision] of kind "four-phonon".
[[nodiscard]] FourPhononOptions four_phonon_options(const Case& input, int threads);

/// [collision] of kind "three-phonon".
[[nodiscard]] ThreePhononOptions three_phonon_options(const Case& input, int threads);

/// Which initial states are accepted.
enum class Occupations {
  physical,  ///< from 0 on, for fermions up to 1: what can evolve
  any        ///< any finite numbers: C(W) is a polynomial of W
};

/// @brief [initial]: occupations at the nodes, shape (n).
///
/// Values outside the range of occupations by less than 1e-12 are round-off of a formula and are set to its bound.
/// @throws InvalidArgument naming the momentum where a value is not finite or not accepted; if a state file has other
///                         momenta
[[nodiscard]] std::vector<double> make_initial_state(const Case& input, const LatticeGrid& grid, Occupations accepted);

/// [initial] in R³ as a function of k; empty if it comes from a file.
[[nodiscard]] std::function<double(const Vector3&)> make_initial_occupation(const Case& input);

/// [time].
[[nodiscard]] EvolutionOptions evolution_options(const Case& input);

}  // namespace nordheim::program
