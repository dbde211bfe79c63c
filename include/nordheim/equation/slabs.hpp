// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nordheim/core/ranks.hpp>
#include <nordheim/core/state.hpp>

#include <cstddef>
#include <vector>

namespace nordheim {

/// @brief How ranks share the positions of a box: each has a slab of consecutive r-nodes, with all of their numbers.
///
/// Rank p of n has the nodes  n_r p/n … n_r (p + 1)/n − 1,  rounded down: slabs differ by one node at most. A number of
/// numbers for each node, such as a state of shape (n_r, n_k), is shared out in the same way.
class Slabs {
 public:
  /// @param what  the nodes in words, for the message
  /// @throws InvalidArgument if there are more ranks than nodes: each needs one
  Slabs(Ranks ranks, std::size_t nodes, const char* what = "positions");

  [[nodiscard]] const Ranks& ranks() const noexcept { return ranks_; }
  /// n_r, of all ranks.
  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_; }
  /// The first node of this rank, and how many it has.
  [[nodiscard]] std::size_t first() const noexcept { return first_of(ranks_.rank()); }
  [[nodiscard]] std::size_t count() const noexcept { return count_of(ranks_.rank()); }
  /// Those of any rank.
  [[nodiscard]] std::size_t first_of(int rank) const noexcept;
  [[nodiscard]] std::size_t count_of(int rank) const noexcept { return first_of(rank + 1) - first_of(rank); }

  /// The part of this rank, of numbers for all nodes.
  /// @throws DimensionMismatch if there are not as many for each node
  [[nodiscard]] ConstState part(ConstState all) const;
  /// Collective: the numbers for all nodes, on the first rank; nothing on the others.
  [[nodiscard]] std::vector<double> gather(ConstState mine) const { return ranks_.gather(mine); }
  /// Collective: the same on all ranks.
  [[nodiscard]] std::vector<double> gather_for_all(ConstState mine) const { return ranks_.gather_for_all(mine); }
  /// Collective: the reverse of gather().
  /// @param all  on the first rank; not looked at on others
  /// @throws DimensionMismatch as Ranks::scatter()
  void scatter(ConstState all, State mine) const { ranks_.scatter(all, mine); }

 private:
  Ranks ranks_;
  std::size_t nodes_;
};

}  // namespace nordheim
