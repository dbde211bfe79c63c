// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>
#include <nordheim/core/state.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include <memory>
#include <vector>

namespace nordheim {

/// @brief Free motion in a periodic box that keeps bounds, W(r, k) ← W(r − vt, k) with 0 ≤ W ≤ M: the positive and
/// flux-conservative scheme of order 3 for states that Fourier modes do not resolve.
///
/// Nodal values are averages over cells. In each cell W is the parabola through its own average and those of the
/// neighbours, whose differences are limited so that it stays between 0 and M; where they already let it, nothing is
/// limited. It moves by vt, over any number of cells, and is averaged again, for one axis after the other (these
/// motions commute). Nothing is clipped: what enters a cell has left its neighbour, so that the sum over r of every
/// momentum is kept to rounding, as are the bounds. Values that are out of bounds at the start are moved by the scheme
/// of order 1.
/// F. Filbet, E. Sonnendrücker, P. Bertrand, J. Comput. Phys. 172, 166 (2001).
///
/// One object serves one thread at a time, and uses several inside; results do not depend on their number.
class BoundedStreaming {
 public:
  /// @param velocities, dimension, axes, threads, ranks  as Streaming
  /// @param largest  M > 0: 1 for fermions; infinity: no upper bound
  /// @throws InvalidArgument if M is not positive, or as Streaming
  BoundedStreaming(PeriodicBox box, ConstState velocities, int dimension, double largest, std::vector<int> axes = {},
                   int threads = 0, Ranks ranks = {});
  BoundedStreaming(BoundedStreaming&&) noexcept;
  BoundedStreaming& operator=(BoundedStreaming&&) noexcept;
  ~BoundedStreaming();

  [[nodiscard]] const PeriodicBox& box() const noexcept;

  /// W(r, k) ← W(r − vt, k) approximately, shape (n_r, n_k).
  /// @throws DimensionMismatch
  void flow(double t, State W) const;

  /// @brief The same along one axis of the box only, with what crosses the cells' faces.
  /// @param axis     from 0
  /// @param crossed  P(r, k), shape (n_r, n_k), in units of W times a cell: W(r) becomes W(r) − P(r) + P(r⁻), r⁻ being
  ///                 the node before r along the axis. Divided by t it is the current in units of cells per time.
  /// @throws InvalidArgument if there is no such axis; DimensionMismatch
  void flow_along(int axis, double t, State W, State crossed) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nordheim
