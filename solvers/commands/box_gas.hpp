// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include "case/case.hpp"
#include "commands/any_collisions.hpp"
#include "commands/gas.hpp"

#include <vector>

namespace nordheim::program {

/// What `evolve` starts from: a gas, or electrons in a phonon bath, in a periodic box.
struct BoxGas {
  Gas mean;               ///< the gas of the mean state; its collisions are used up in the equation
  std::vector<double> W;  ///< initial state at the positions of this rank, shape (n_r, n_k)
  InhomogeneousEquation<AnyCollisions> equation;
  std::vector<double> potential{};  ///< U(r) at all positions; empty: none
  /// What W tends to, of the shape of W: with the number and energy of the start; empty where there is no equilibrium,
  /// in a constant force.
  std::vector<double> equilibrium{};
  double error = 0.0;  ///< error_in_space() at first and, after a run, at last, if that is larger

  [[nodiscard]] const PeriodicBox& box() const { return equation.box(); }
  [[nodiscard]] const Slabs& slabs() const { return equation.slabs(); }
  [[nodiscard]] const Ranks& ranks() const { return equation.ranks(); }
  [[nodiscard]] const Case& input() const { return mean.input; }
  /// Streaming is that within bounds.
  [[nodiscard]] bool bounded() const { return input().space->streaming == "bounded"; }
  /// "fermions on 16^2 nodes, ..., 32 positions, Kn = 1"
  [[nodiscard]] std::string description() const;
};

/// @brief Estimated error of C(W), the largest at a few positions, the fullest and some that are spread over the box,
/// relative to max ν W there: what particles lose. NaN if it is not wanted.
///
/// Near a local equilibrium gain and loss balance, and an error relative to C would say nothing.
/// @param W       at all positions
/// @param memory  of the equation, local equilibria of all positions; empty: that of the operator
[[nodiscard]] double error_in_space(BoxGas& gas, ConstState W, ConstState memory);

/// @brief Makes all that a case with [space] describes; checks the memory first.
/// @param threads    0: all
/// @param directory  where the results will go; made here, by the first rank
/// @param ranks      share the positions; each makes the whole initial state and keeps its part
/// @throws InvalidArgument for anything wrong in the case, and if it needs more memory than there is
[[nodiscard]] BoxGas make_box_gas(Case input, int threads, const std::filesystem::path& directory,
                                  const Ranks& ranks = {});

}  // namespace nordheim::program
