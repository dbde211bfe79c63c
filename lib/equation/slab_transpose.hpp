// SPDX-License-Identifier: GPL-3.0-or-later
// From some positions and all momenta on each rank to all positions and some momenta, and back.
#pragma once

#include <nordheim/core/state.hpp>
#include <nordheim/equation/slabs.hpp>

#include <cstddef>
#include <vector>

namespace nordheim::detail {

/// @brief The exchange between slabs of r-nodes, where collisions are local, and slabs of momenta, where motion is.
///
/// Both have the momentum as the fast index. On one rank nothing is copied. The work space belongs to the object.
class SlabTranspose {
 public:
  /// @throws InvalidArgument if there are more ranks than positions or than momenta
  SlabTranspose(Ranks ranks, std::size_t nodes, std::size_t momenta);

  [[nodiscard]] const Ranks& ranks() const noexcept { return positions_.ranks(); }
  [[nodiscard]] const Slabs& positions() const noexcept { return positions_; }
  [[nodiscard]] const Slabs& momenta() const noexcept { return momenta_; }
  /// Numbers of a state that this rank has: its positions times all momenta.
  [[nodiscard]] std::size_t size() const noexcept { return positions_.count() * momenta_.nodes(); }
  /// @throws DimensionMismatch on all ranks if a state has not as many on one
  void require_size(ConstState W, const char* what) const;

  /// W at all positions, for this rank's momenta: on one rank W itself, else valid until the next call.
  ConstState turn(ConstState W);
  /// Where to write what turn_back() is to bring to W: on one rank W itself, else the place of what turn() gave.
  [[nodiscard]] State turned(State W) { return ranks().size() == 1 ? W : State(turned_); }
  /// From there to W.
  void turn_back(State W);

 private:
  /// Of the block of this rank's positions and each rank's momenta, or the reverse.
  void pack(ConstState W);
  void unpack(State W) const;

  Slabs positions_, momenta_;
  std::vector<std::size_t> by_momenta_, by_positions_;  // numbers for each rank, with its momenta or positions
  std::vector<double> packed_, turned_;
};

}  // namespace nordheim::detail
