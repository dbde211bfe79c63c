// SPDX-License-Identifier: GPL-3.0-or-later
// Initial states in a periodic box.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include "case/case.hpp"
#include "factories/factories.hpp"

#include <functional>
#include <vector>

namespace nordheim::program {

/// [space] box and points.
/// @throws InvalidArgument, beginning with the place of the key
[[nodiscard]] PeriodicBox make_box(const Case& input);

/// @brief [space] density, n(r) at the nodes, shape (n_r).
/// @throws InvalidArgument, beginning with the place of the key, if it is negative or not finite somewhere, or zero
///         everywhere
[[nodiscard]] std::vector<double> make_collision_factor(const Case& input, const PeriodicBox& box);

/// @brief [space] potential, U(r) at the nodes, shape (n_r); empty if there is none.
/// @throws InvalidArgument, beginning with the place of the key, if it is not finite somewhere
[[nodiscard]] std::vector<double> make_potential(const Case& input, const PeriodicBox& box);

/// W as a function of position r along the axes of the box, momentum k and energy ω(k).
using OccupationInSpace = std::function<double(const Vector3& r, const Vector3& k, double omega)>;

/// @brief [initial] of a case with [space]; empty if it comes from a file.
///
/// In a formula x, y and z are the components of r. Where a box has one axis, along e_3 (axial symmetry), z is x.
[[nodiscard]] OccupationInSpace make_occupation_in_space(const Case& input);

/// The mean of W over the nodes of the box, as a function of k; ω = k²/2.
[[nodiscard]] std::function<double(const Vector3&)> mean_over(const PeriodicBox& box, const OccupationInSpace& W);

/// Nodes of momenta: k of shape (n_k, d) and ω of shape (n_k).
struct MomentumNodes {
  ConstState momenta, energies;
};

/// @brief [initial] at all nodes, shape (n_r, n_k).
/// @param W      as make_occupation_in_space()
/// @param nodes  in words, for a message about a file with others
/// @throws InvalidArgument naming position and momentum where a value is not finite or no occupation, if all are zero,
/// or
///         if a file has other nodes; a file without positions is a state that is the same everywhere
[[nodiscard]] std::vector<double> sample_in_space(const Case& input, const PeriodicBox& box, const OccupationInSpace& W,
                                                  const MomentumNodes& momenta, const std::string& nodes);

/// Σ_r W(r, k)/n_r, shape (n_k).
[[nodiscard]] std::vector<double> mean_state(ConstState W, std::size_t positions);

}  // namespace nordheim::program
