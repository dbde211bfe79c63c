// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/model/statistics.hpp>

namespace nordheim {

/// @brief Whether a state in a box is what it should be: nothing makes it so, as nothing is clipped.
///
/// An observer of Evolution can look after every step: one pass over W and one transform in space.
struct StateCheck {
  double smallest = 0.0;    ///< min W; negative: out of range
  double room = 0.0;        ///< of fermions, 1 − max W, negative: out of range; infinity for others
  double unresolved = 0.0;  ///< Streaming::unresolved(): 1e-16 if the nodes resolve W

  /// The share from which on streaming in Fourier space makes W overshoot.
  static constexpr double most_unresolved = 1e-6;

  /// False for a NaN, as is_resolved().
  [[nodiscard]] bool is_in_range() const noexcept { return smallest >= 0.0 && room >= 0.0; }
  [[nodiscard]] bool is_resolved() const noexcept { return unresolved <= most_unresolved; }
};

/// Collective among the ranks of the streaming, as is require_resolved(): all get what is said of the whole box.
/// @param W  shape (n_r, n_k); a NaN in it is one in all numbers of the result
/// @throws DimensionMismatch
[[nodiscard]] StateCheck check_state(const Streaming& streaming, Statistics statistics, ConstState W);

/// The worse of each number, NaN if one is: of a whole run.
[[nodiscard]] StateCheck worse(const StateCheck& a, const StateCheck& b);

/// @brief Refuses a state that the nodes do not resolve, before a run with StreamingScheme::spectral.
/// @throws InvalidArgument if more than StateCheck::most_unresolved is in the last third of the modes;
/// DimensionMismatch
void require_resolved(const Streaming& streaming, ConstState W);

}  // namespace nordheim
