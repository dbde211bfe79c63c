// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/core/vector3.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace nordheim {

/// @brief The positions r of an inhomogeneous state: a periodic box [0, L_1) × … × [0, L_d), d = 1, 2, 3, with
/// equidistant nodes x = jL/n, the last axis fastest, and the Fourier modes of real functions on it,
///
///     f(r) = Σ_q f̂_q e^{iq·r},      q_j = 2π m_j/L_j,      |m_j| ≤ n_j/2.
///
/// As f is real, modes with m_d < 0 are the complex conjugates of others; only the rest is kept, in the order of the
/// real fast Fourier transform. The component of q of a mode at the limit m_j = n_j/2, which stands for both signs, is
/// taken as zero: its derivative and its displacement cannot be represented on the nodes.
/// A state W(r, k) has shape (n_r, n_k), the momentum fastest.
/// A value type whose tables are shared: copies are cheap, and const use from several threads is safe.
class PeriodicBox {
 public:
  /// @param lengths  L_j > 0 [length; on a lattice, sites], one for each of 1 to 3 axes
  /// @param points   n_j ≥ 1, one for each axis
  /// @throws InvalidArgument if a number is out of range or the numbers of axes differ
  PeriodicBox(std::vector<double> lengths, std::vector<int> points);

  /// d, number of axes.
  [[nodiscard]] int dimension() const noexcept;
  /// Number of nodes, Π n_j.
  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] const std::vector<double>& lengths() const noexcept;
  [[nodiscard]] const std::vector<int>& points() const noexcept;
  /// Π L_j.
  [[nodiscard]] double volume() const noexcept;
  /// x of all nodes, shape (n, d), row-major.
  [[nodiscard]] ConstState positions() const noexcept;
  /// x of one node.
  [[nodiscard]] Vector3 position(std::size_t node) const;

  /// Number of modes that are kept, n_1 … n_{d−1} (n_d/2 + 1).
  [[nodiscard]] std::size_t modes() const noexcept;
  /// q of a mode [1/length].
  [[nodiscard]] Vector3 wavevector(std::size_t mode) const;
  /// How many terms of the series a mode stands for: 2 if its complex conjugate is left out, or 1.
  [[nodiscard]] int multiplicity(std::size_t mode) const;
  /// The largest |m_j|/(n_j/2) of a mode, between 0 and 1: how close it is to what the nodes resolve.
  [[nodiscard]] double fineness(std::size_t mode) const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace nordheim
