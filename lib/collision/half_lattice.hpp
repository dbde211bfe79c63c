// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a lattice of momenta that reflections of single axes copy.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/model/dispersion.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief Nodes k_i = j_i/M, j_i = 0 … M/2, of the torus with M nodes per direction, for a band that reflections
/// k_i → −k_i leave as it is, and functions on it that are even or odd in every k_i: (M/2 + 1)^d numbers instead of
/// M^d, row-major.
class HalfLattice {
 public:
  /// @param points  M, a multiple of 4
  HalfLattice(int points, const Dispersion& dispersion);

  [[nodiscard]] int dimension() const noexcept { return dimension_; }
  /// M.
  [[nodiscard]] int points() const noexcept { return points_; }
  /// M/2 + 1.
  [[nodiscard]] std::size_t side() const noexcept { return static_cast<std::size_t>(points_) / 2 + 1; }
  [[nodiscard]] std::size_t size() const noexcept { return energies_.size(); }

  /// ω, shape (n).
  [[nodiscard]] ConstState energies() const noexcept { return energies_; }
  /// v along the first axis, shape (n).
  [[nodiscard]] ConstState velocities() const noexcept { return velocities_; }
  /// M^{−d} times the number of copies, of sum 1, shape (n).
  [[nodiscard]] ConstState weights() const noexcept { return weights_; }
  [[nodiscard]] std::array<std::size_t, 3> index(std::size_t node) const noexcept;
  [[nodiscard]] Vector3 momentum(std::size_t node) const noexcept;

 private:
  int dimension_, points_;
  std::vector<double> energies_, velocities_, weights_;
};

}  // namespace nordheim::detail
