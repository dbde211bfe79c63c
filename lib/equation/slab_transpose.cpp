// SPDX-License-Identifier: GPL-3.0-or-later
#include "equation/slab_transpose.hpp"

#include <nordheim/core/error.hpp>

#include "core/ranks_access.hpp"

#include <algorithm>
#include <utility>

namespace nordheim::detail {

SlabTranspose::SlabTranspose(Ranks ranks, std::size_t nodes, std::size_t momenta)
    : positions_(ranks, nodes), momenta_(std::move(ranks), momenta, "momenta") {
  const int count = this->ranks().size();
  if (count == 1) return;
  for (int p = 0; p < count; ++p) {
    by_momenta_.push_back(positions_.count() * momenta_.count_of(p));
    by_positions_.push_back(positions_.count_of(p) * momenta_.count());
  }
  packed_.resize(size());
  turned_.resize(nodes * momenta_.count());
}

void SlabTranspose::require_size(ConstState W, const char* what) const {
  ranks().together([&] {
    if (W.size() != size()) throw DimensionMismatch(what, W.size(), size());
  });
}

ConstState SlabTranspose::turn(ConstState W) {
  if (ranks().size() == 1) return W;
  pack(W);
  exchange(ranks(), packed_, by_momenta_, turned_, by_positions_);
  return turned_;
}

void SlabTranspose::turn_back(State W) {
  if (ranks().size() == 1) return;
  exchange(ranks(), turned_, by_positions_, packed_, by_momenta_);
  unpack(W);
}

void SlabTranspose::pack(ConstState W) {
  auto to = packed_.begin();
  for (int p = 0; p < ranks().size(); ++p) {
    for (std::size_t r = 0; r < positions_.count(); ++r) {
      const ConstState row = W.subspan(r * momenta_.nodes() + momenta_.first_of(p), momenta_.count_of(p));
      to = std::copy(row.begin(), row.end(), to);
    }
  }
}

void SlabTranspose::unpack(State W) const {
  auto from = packed_.begin();
  for (int p = 0; p < ranks().size(); ++p) {
    for (std::size_t r = 0; r < positions_.count(); ++r) {
      const State row = W.subspan(r * momenta_.nodes() + momenta_.first_of(p), momenta_.count_of(p));
      std::copy_n(from, row.size(), row.begin());
      from += static_cast<std::ptrdiff_t>(row.size());
    }
  }
}

}  // namespace nordheim::detail
