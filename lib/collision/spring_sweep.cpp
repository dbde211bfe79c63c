// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/spring_sweep.hpp"

#include "collision/spring_rows.hpp"

#include <algorithm>

namespace nordheim::detail {

namespace {

/// Slabs that are worth a batch of transforms, else all.
std::size_t group_of(const SpringDifferences& differences) {
  constexpr std::size_t least_columns = 16;
  return differences.rows() >= least_columns ? 1 : differences.slabs();
}

/// A sweep begins with slab 0, ends with the products of slab 2·reach − 1, and so needs the first 4·reach slabs twice.
std::size_t kept_of(const SpringDifferences& differences) {
  const std::size_t slabs = differences.slabs();
  return group_of(differences) == 1 ? std::min(4 * differences.reach(), slabs) : slabs;
}

}  // namespace

template <class Value>
SpringSweep<Value>::SpringSweep(int dimension, int points, const std::vector<CubicBond>& bonds)
    : differences_(dimension, points, bonds, inputs + 2),
      group_(group_of(differences_)),
      kept_(kept_of(differences_)),
      zeroth_(differences_.ring_size()),
      first_(differences_.ring_size()),
      second_(differences_.row_size()) {
  const std::size_t numbers = differences_.rows() * differences_.row();
  for (std::size_t i = 0; i < inputs; ++i) columns_.emplace_back((kept_ + 1) * numbers);
  for (std::size_t j = 0; j < 2; ++j) products_.emplace_back(group_ * numbers);
}

template <class Value>
std::size_t SpringSweep<Value>::memory(int dimension, int points, const std::vector<CubicBond>& bonds) {
  const SpringDifferences differences(dimension, points, bonds, inputs + 2);
  const std::size_t slabs = inputs * (kept_of(differences) + 1) + 2 * group_of(differences);
  return 2 * differences.ring_size() * sizeof(double) +
         slabs * differences.rows() * differences.row() * sizeof(Complex);
}

template <class Value>
std::size_t SpringSweep<Value>::place_of_columns(std::size_t t) const noexcept {
  return std::min(t % differences_.slabs(), kept_) * differences_.rows() * differences_.row();
}

template <class Value>
void SpringSweep<Value>::begin(std::size_t t, std::size_t r) noexcept {
  const std::size_t n = differences_.row(), place = place_of_columns(t) + r * n;
  const auto pairs = [&](std::size_t i) { return reinterpret_cast<const double*>(columns_[i].data() + place); };
  double* const row = zeroth_.data() + differences_.place(differences_.row_of_ring(t, r));
  const SpringRows<Value> rows(row, differences_.part());
  if constexpr (inputs == 2) {
    zeroth_products(n, Pairs<Value>{pairs(0), pairs(1)}, rows);
  } else {
    zeroth_products(n, Pairs<Value>{pairs(0), pairs(1), pairs(2), pairs(3)}, rows);
  }
  differences_.fill_halo(row);
}

template <class Value>
void SpringSweep<Value>::differentiate(std::size_t t, std::size_t r) noexcept {
  const std::size_t row = differences_.row_of_ring(t, r), place = differences_.place(row), part = differences_.part();
  double* const first = first_.data() + place;
  differences_(zeroth_.data(), row, r, first);
  subtract_first_products(differences_.row(), SpringRows<Value>(zeroth_.data() + place, part),
                          SpringRows<Value>(first, part));
  differences_.fill_halo(first);
}

template <class Value>
void SpringSweep<Value>::finish(std::size_t t, std::size_t r) noexcept {
  const std::size_t row = differences_.row_of_ring(t, r), place = differences_.place(row), part = differences_.part();
  const std::size_t n = differences_.row();
  differences_(first_.data(), row, r, second_.data());
  const std::size_t out = (t % differences_.slabs() % group_ * differences_.rows() + r) * n;
  add_second_products(n, SpringRows<Value>(zeroth_.data() + place, part),
                      SpringRows<Value>(first_.data() + place, part), SpringRows<Value>(second_.data(), part),
                      products_[0].data() + out, products_[1].data() + out);
}

template <class Value>
void SpringSweep<Value>::operator()(const SpaceTimeEngine::Columns& columns) {
  const std::size_t slabs = differences_.slabs(), rows = differences_.rows(), reach = differences_.reach();
  const std::size_t step = differences_.rows_at_a_time();
  for (std::size_t t = 0; t < slabs + 4 * reach; ++t) {
    for (std::size_t i = 0; i < inputs && t < slabs && t % group_ == 0; ++i) {
      columns.take(i, t * rows, columns_[i].data() + place_of_columns(t));
    }
    for (std::size_t first = 0; first < rows; first += step) {
      const std::size_t last = first + step;
      for (std::size_t r = first; r < last; ++r) begin(t, r);
      for (std::size_t r = first; r < last && t >= 2 * reach; ++r) differentiate(t - reach, r);
      for (std::size_t r = first; r < last && t >= 4 * reach; ++r) finish(t - 2 * reach, r);
    }
    if (group_ > 1 || t < 4 * reach) continue;
    for (std::size_t j = 0; j < 2; ++j) columns.put(j, (t - 2 * reach) % slabs * rows, products_[j].data());
  }
  if (group_ == 1) return;
  for (std::size_t j = 0; j < 2; ++j) columns.put(j, 0, products_[j].data());
}

template class SpringSweep<Wave>;
template class SpringSweep<VariedWave>;

}  // namespace nordheim::detail
