// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_differences.hpp"

#include <algorithm>
#include <cstdlib>

namespace nordheim::detail {

namespace {

constexpr std::size_t vector_length = 4;  // doubles

std::size_t round_up(std::size_t n, std::size_t unit) { return (n + unit - 1) / unit * unit; }

/// x modulo N, from −N/2 to N/2.
std::ptrdiff_t nearest(int x, int N) {
  const int rest = ((x % N) + N) % N;
  return 2 * rest > N ? rest - N : rest;
}

/// (i + x) mod n for 0 ≤ i < n and |x| ≤ n.
std::size_t moved(std::size_t i, std::ptrdiff_t x, std::size_t n) {
  const auto there = static_cast<std::ptrdiff_t>(i) + x, size = static_cast<std::ptrdiff_t>(n);
  return static_cast<std::size_t>(there < 0 ? there + size : there >= size ? there - size : there);
}

}  // namespace

SpringDifferences::SpringDifferences(int dimension, int points, const std::vector<CubicBond>& bonds, std::size_t fields)
    : slabs_(dimension == 1 ? 1 : static_cast<std::size_t>(points)),
      rows_(dimension == 3 ? static_cast<std::size_t>(points) : 1),
      row_(static_cast<std::size_t>(points)),
      fields_(fields) {
  for (const CubicBond& bond : bonds) {
    bonds_.push_back({{dimension == 1 ? 0 : nearest(bond.x[1], points), dimension == 3 ? nearest(bond.x[2], points) : 0,
                       nearest(bond.x[0], points)},
                      bond.alpha});
    const auto& x = bonds_.back().x;
    reach_ = std::max(reach_, static_cast<std::size_t>(std::abs(x[0])));
    halo_ = std::max(halo_, static_cast<std::size_t>(std::abs(x[2])));
  }
  for (const Bond& bond : bonds_) {
    if (static_cast<std::size_t>(std::abs(bond.x[0])) == reach_ && bond.x[1] != 0) straight_ = false;
  }
  lead_ = round_up(halo_, vector_length);
  part_ = round_up(row_ + 2 * halo_, vector_length);
  distance_ = 2 * fields_ * part_;
  ring_ = 2 * reach_ * rows_ + rows_at_a_time();
}

template <std::size_t count, bool add>
void SpringDifferences::add_bonds(const Bond* bonds, const double* ring, std::size_t row_of_ring, std::size_t r,
                                  double* out) const noexcept {
  std::array<const double*, count> up, down;
  std::array<double, count> alpha;
  const auto neighbour = [&](std::ptrdiff_t over_slabs, std::ptrdiff_t over_rows) {
    const auto rows = over_slabs * static_cast<std::ptrdiff_t>(rows_) +
                      static_cast<std::ptrdiff_t>(moved(r, over_rows, rows_)) - static_cast<std::ptrdiff_t>(r);
    return ring + place(moved(row_of_ring, rows, ring_));
  };
  for (std::size_t b = 0; b < count; ++b) {
    const auto& x = bonds[b].x;
    up[b] = neighbour(x[0], x[1]) + x[2];
    down[b] = neighbour(-x[0], -x[1]) - x[2];
    alpha[b] = bonds[b].alpha;
  }
  // All parts in one loop, over the halos between them. Without `add`, what is there need not be a number.
  const std::size_t n = row_size();
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    double sum = add ? out[i] : 0.0;
    for (std::size_t b = 0; b < count; ++b) sum += alpha[b] * (up[b][i] - down[b][i]);
    out[i] = sum;
  }
}

void SpringDifferences::operator()(const double* ring, std::size_t row_of_ring, std::size_t r,
                                   double* out) const noexcept {
  switch (bonds_.size()) {
    case 1:
      add_bonds<1, false>(bonds_.data(), ring, row_of_ring, r, out);
      break;
    case 2:
      add_bonds<2, false>(bonds_.data(), ring, row_of_ring, r, out);
      break;
    default:
      add_bonds<3, false>(bonds_.data(), ring, row_of_ring, r, out);
  }
  for (std::size_t b = 3; b < bonds_.size(); ++b) add_bonds<1, true>(bonds_.data() + b, ring, row_of_ring, r, out);
}

}  // namespace nordheim::detail
