// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/equation/slabs.hpp>
#include <nordheim/momentum/momentum_space.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace nordheim {

/// @brief Free motion in a periodic box,  ∂W/∂t = −v(k)·∇_r W,  exact for what the nodes resolve: each momentum is a
/// Fourier series in r, whose mode q turns with e^{−iq·vt}.
///
/// The sum over r of every momentum is kept to rounding. const use from several threads is not meant: the work space
/// belongs to the object, which uses several threads inside; results do not depend on their number.
class Streaming {
 public:
  /// @param velocities  v at the nodes of the momentum space, shape (n_k, dimension), row-major
  /// @param axes        which component of v each axis of the box has, counted from 0; empty: 0, 1, … in order
  /// @param threads     0: all that OpenMP has
  /// @param ranks       share the positions, as Slabs: states are those of this rank's; all functions but box(), axes()
  ///                    and divergence() are collective
  /// @throws InvalidArgument if the box has more axes than v has components, or an axis is named that does not exist or
  ///         twice, or there are more ranks than positions or momenta
  Streaming(PeriodicBox box, ConstState velocities, int dimension, std::vector<int> axes = {}, int threads = 0,
            Ranks ranks = {});
  Streaming(Streaming&&) noexcept;
  Streaming& operator=(Streaming&&) noexcept;
  ~Streaming();

  [[nodiscard]] const PeriodicBox& box() const noexcept;
  /// The component of v along each axis of the box.
  [[nodiscard]] const std::vector<int>& axes() const noexcept;
  /// How ranks share the positions.
  [[nodiscard]] const Slabs& slabs() const noexcept;

  /// dWdt = −v·∇_r W, shapes (n_r, n_k).
  /// @throws DimensionMismatch
  void rate(ConstState W, State dWdt) const;

  /// W(r, k) ← W(r − v t, k), shape (n_r, n_k).
  /// @throws DimensionMismatch
  void flow(double t, State W) const;

  /// W(r, k) ← W(r − d(k), k), shape (n_r, n_k), for any displacements d, of the shape of the velocities.
  /// @throws DimensionMismatch
  void displace(ConstState d, State W) const;

  /// ∇·J with the same derivative, J of shape (n_r, axes of the box), shape (n_r): of all positions on any rank.
  /// @throws DimensionMismatch
  void divergence(ConstState J, State result) const;

  /// The share of Σ_q |Ŵ_q| over all k that lies in modes of a fineness (see PeriodicBox) above 2/3: 1e-16 if the nodes
  /// resolve W, more than 1e-6 where steps make it overshoot. NaN if W has one.
  /// @throws DimensionMismatch
  [[nodiscard]] double unresolved(ConstState W) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
