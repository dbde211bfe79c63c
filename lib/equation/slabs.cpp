// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/slabs.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace nordheim {

Slabs::Slabs(Ranks ranks, std::size_t nodes, const char* what) : ranks_(std::move(ranks)), nodes_(nodes) {
  if (nodes_ < static_cast<std::size_t>(ranks_.size())) {
    throw InvalidArgument(std::to_string(ranks_.size()) + " ranks are to share " + std::to_string(nodes_) + " " + what +
                          "; there must not be more ranks than that");
  }
}

std::size_t Slabs::first_of(int rank) const noexcept {
  return nodes_ * static_cast<std::size_t>(rank) / static_cast<std::size_t>(ranks_.size());
}

ConstState Slabs::part(ConstState all) const {
  const std::size_t each = all.size() / nodes_;
  if (all.size() != each * nodes_) {
    throw DimensionMismatch("what ranks share", all.size(), std::max<std::size_t>(each, 1) * nodes_);
  }
  return all.subspan(first() * each, count() * each);
}

}  // namespace nordheim
