// SPDX-License-Identifier: GPL-3.0-or-later
// Linearised collisions of phonons, whatever the anharmonicity is.
#pragma once

#include <nordheim/core/state.hpp>

#include <cstddef>

namespace nordheim::detail {

/// @brief A symmetric operator A on functions h of the modes, W = W_0 + g² h, whose collision term is −A h up to a
/// factor. Symmetries of the lattice make it fall into sectors, the even numbers of which hold functions that are even
/// under k → −k, the odd numbers odd ones; only one of the modes that a symmetry turns into each other is kept.
///
/// Number 0 holds the functions with all symmetries, number 1 the current along the first axis.
class LinearisedCollisions {
 public:
  LinearisedCollisions() = default;
  LinearisedCollisions(const LinearisedCollisions&) = delete;
  LinearisedCollisions& operator=(const LinearisedCollisions&) = delete;
  virtual ~LinearisedCollisions() = default;

  /// out = A h, both of shape (n), h in the sector.
  virtual void apply(int sector, ConstState h, State out) = 0;
  /// Γ, the diagonal part: the rate at which a mode is left, shape (n).
  [[nodiscard]] virtual ConstState loss() const noexcept = 0;
  /// Nodes per direction.
  [[nodiscard]] virtual int points() const noexcept = 0;
  /// ω, shape (n).
  [[nodiscard]] virtual ConstState energies() const noexcept = 0;
  /// v along the first axis, shape (n).
  [[nodiscard]] virtual ConstState velocities() const noexcept = 0;
  /// M^{−d} times the number of copies of a mode, shape (n).
  [[nodiscard]] virtual ConstState weights() const noexcept = 0;
  [[nodiscard]] virtual int sectors() const noexcept = 0;
  /// Whether A 1 = 0; A ω = 0 up to the error of the time window in any case.
  [[nodiscard]] virtual bool conserves_number() const noexcept = 0;
  /// Whether all functions of the sector are zero at a node.
  [[nodiscard]] virtual bool vanishes(int sector, std::size_t node) const noexcept = 0;
  /// A smooth function of the sector with no other symmetry, at a node; others for other numbers.
  [[nodiscard]] virtual double trial(int sector, int number, std::size_t node) const = 0;
};

}  // namespace nordheim::detail
