// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/collision/collision_operator.hpp>
#include <nordheim/core/state.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace nordheim {

/// @brief The spatially homogeneous kinetic equation  ∂W/∂t = C(W)  at the nodes of a momentum space, as a right-hand
/// side with Jacobian action for a time integrator.
///
/// Remembers the report of the last evaluation, and the largest correction and rate since it was made. One object
/// serves one thread at a time.
template <CollisionOperator Operator>
class KineticEquation {
 public:
  explicit KineticEquation(Operator collisions) : collisions_(std::move(collisions)) {}

  [[nodiscard]] std::size_t size() const { return collisions_.space().size(); }
  [[nodiscard]] const auto& space() const { return collisions_.space(); }
  [[nodiscard]] Operator& collisions() noexcept { return collisions_; }

  /// dWdt = C(W), shapes (n). The equation is autonomous: t is not used.
  /// @throws what the operator throws
  void right_hand_side(double /*t*/, ConstState W, State dWdt) {
    report_ = collisions_.apply(W, dWdt);
    largest_correction_ = std::max(largest_correction_, report_.correction);
    largest_rate_ = std::max(largest_rate_, report_.largest_rate);
  }

  /// Jv = C'(W)·v, shapes (n).
  /// @throws what the operator throws
  void jacobian_action(double /*t*/, ConstState W, ConstState v, State Jv) { collisions_.apply_linearised(W, v, Jv); }

  /// Of the last evaluation.
  [[nodiscard]] const CollisionReport& report() const noexcept { return report_; }
  /// The largest correction and the largest rate of all evaluations so far [1/time]; a run that goes on from a
  /// checkpoint begins with those of the part before.
  [[nodiscard]] double largest_correction() const noexcept { return largest_correction_; }
  [[nodiscard]] double largest_rate() const noexcept { return largest_rate_; }
  void restore_largest(double correction, double rate) noexcept {
    largest_correction_ = correction;
    largest_rate_ = rate;
  }
  /// The largest correction of all evaluations so far, relative to the largest rate [1].
  [[nodiscard]] double relative_correction() const noexcept {
    return largest_rate_ > 0.0 ? largest_correction_ / largest_rate_ : 0.0;
  }

 private:
  Operator collisions_;
  CollisionReport report_;
  double largest_correction_ = 0.0;
  double largest_rate_ = 0.0;
};

}  // namespace nordheim
