// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_report.hpp>
#include <nordheim/collision/invariants.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/momentum/momentum_space.hpp>

#include <concepts>
#include <type_traits>

namespace nordheim {

/// @brief A collision operator C on a momentum space: nothing more is asked of a user's own.
///
/// All states have shape (n), n = space().size(). The functions may keep work space in the object: one object serves
/// one thread at a time.
template <class Operator>
concept CollisionOperator = requires(Operator& op, ConstState W, ConstState dW, State out) {
  requires MomentumSpace<std::remove_cvref_t<decltype(op.space())>>;
  { op.apply(W, out) } -> std::same_as<CollisionReport>;  // out = C(W)
  op.apply_linearised(W, dW, out);                        // out = C'(W)·dW
  op.loss_rate(W, out);                                   // out = ν(k), C = gain − ν W
  { op.invariants() } -> std::convertible_to<Invariants>;
};

}  // namespace nordheim
