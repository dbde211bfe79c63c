// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/lattice_box.hpp>

#include "momentum/node_count.hpp"

#include <string>

namespace nordheim {

namespace {

int checked_dimension(int dimension) {
  if (dimension < 1 || dimension > 3) {
    throw InvalidArgument("a box of dimension " + std::to_string(dimension) + ", allowed are 1, 2 and 3");
  }
  return dimension;
}

}  // namespace

LatticeBox::LatticeBox(int dimension, int points)
    : dimension_(checked_dimension(dimension)), points_(points), size_(detail::node_count(points, dimension)) {}

}  // namespace nordheim
