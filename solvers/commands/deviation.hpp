// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/ode_system.hpp>

#include "commands/any_collisions.hpp"
#include "commands/gas.hpp"

#include <vector>

namespace nordheim::program {

/// @brief What a relaxation integrates, z = (W − W_eq)/u: its relative accuracy lasts to the end.
///
/// In a bath u = e^{−βω/2}, 1 at the lowest energy, elsewhere u = 1. Where W_eq is tiny an error of W that is small
/// beside 1 is large beside W_eq, and the entropy would see it: near W_eq it is lower than at its end by
/// ½Σ w (W − W_eq)²/W_eq, the norm in which C of a bath is symmetric. As C is linear there, z obeys the equation
/// without W_eq, whose rounding would otherwise add up to a drift of the number.
class Deviation {
 public:
  explicit Deviation(const Gas& gas);

  /// dz/dt; refers to @p equation, which must outlive it.
  [[nodiscard]] OdeSystem system(KineticEquation<AnyCollisions>& equation) const;
  [[nodiscard]] std::vector<double> from_state(ConstState W) const;
  /// W = W_eq + u z
  void to_state(ConstState z, State W) const;
  /// max |W − W_eq|
  [[nodiscard]] double distance(ConstState z) const;

 private:
  std::vector<double> equilibrium_, unit_;
  bool linear_;
};

}  // namespace nordheim::program
