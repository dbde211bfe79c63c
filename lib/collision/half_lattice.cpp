// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/half_lattice.hpp"

#include <cassert>
#include <cmath>

namespace nordheim::detail {

HalfLattice::HalfLattice(int points, const Dispersion& dispersion)
    : dimension_(dispersion.dimension()), points_(points) {
  assert(points > 0 && points % 4 == 0);
  std::size_t size = 1;
  for (int i = 0; i < dimension_; ++i) size *= side();
  for (auto* array : {&energies_, &velocities_, &weights_}) array->reserve(size);
  const double volume = std::pow(points, dimension_);
  const std::size_t edge = side() - 1;
  for (std::size_t a = 0; a < size; ++a) {
    const Vector3 k = momentum(a);
    energies_.push_back(dispersion(k));
    velocities_.push_back(dispersion.velocity(k)[0]);
    const std::array<std::size_t, 3> j = index(a);
    double copies = 1.0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(dimension_); ++i) {
      // The image of the edge, k = ½, is the same momentum, too.
      if (j[i] != 0 && j[i] != edge) copies *= 2.0;
    }
    weights_.push_back(copies / volume);
  }
}

std::array<std::size_t, 3> HalfLattice::index(std::size_t node) const noexcept {
  std::array<std::size_t, 3> j{};
  for (auto i = static_cast<std::size_t>(dimension_); i-- > 0;) {
    j[i] = node % side();
    node /= side();
  }
  return j;
}

Vector3 HalfLattice::momentum(std::size_t node) const noexcept {
  const std::array<std::size_t, 3> j = index(node);
  Vector3 k{};
  for (std::size_t i = 0; i < 3; ++i) k[i] = static_cast<double>(j[i]) / points_;
  return k;
}

}  // namespace nordheim::detail
