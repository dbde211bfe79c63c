// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>
#include <nordheim/wigner/lattice_box.hpp>

#include <cstddef>
#include <vector>

namespace nordheim {

/// @brief W(r,k): real values at n_r equidistant positions per axis of a LatticeBox and at its N^d momenta.
///
/// Positions r = (j_1, …, j_d) N/n_r [sites], 0 ≤ j < n_r ≤ N, the last axis running fastest; momenta in the order of
/// LatticeGrid with N points. Shape (n_r^d, N^d), r slow, k fast. A value type.
class PhaseSpaceFunction {
 public:
  /// @param nodes   n_r, from 1 to N
  /// @param values  W(r,k), shape (n_r^d, N^d)
  /// @throws InvalidArgument if n_r is out of range, the shape another, or a value not finite
  PhaseSpaceFunction(LatticeBox box, int nodes, std::vector<double> values);

  [[nodiscard]] const LatticeBox& box() const noexcept { return box_; }
  /// n_r, positions per axis.
  [[nodiscard]] int nodes() const noexcept { return nodes_; }
  /// n_r^d.
  [[nodiscard]] std::size_t positions() const noexcept { return positions_; }
  /// r [sites], 0 ≤ r_j < N.
  [[nodiscard]] Vector3 position(std::size_t r) const noexcept;

  /// W(r,k), shape (n_r^d, N^d).
  [[nodiscard]] ConstState values() const noexcept { return values_; }
  /// W(r,·), shape (N^d).
  [[nodiscard]] ConstState at(std::size_t r) const noexcept { return values().subspan(r * box_.size(), box_.size()); }

  /// ρ(r) = N^{−d} Σ_k W(r,k) [particles per site], shape (n_r^d).
  [[nodiscard]] std::vector<double> density() const;
  /// n(k) = Σ_r (N/n_r)^d W(r,k), shape (N^d); N^{−d} Σ_k n(k) is the number of particles.
  [[nodiscard]] std::vector<double> momentum_distribution() const;
  /// (N/n_r)^d Σ_r ρ(r), the number of particles.
  [[nodiscard]] double number() const;
  /// (N/n_r)^d Σ_r N^{−d} Σ_k W², which is tr R² for the Wigner function on an odd N = n_r.
  [[nodiscard]] double square() const;

 private:
  LatticeBox box_;
  int nodes_;
  std::size_t positions_;
  std::vector<double> values_;
};

}  // namespace nordheim
