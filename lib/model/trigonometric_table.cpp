// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/trigonometric_table.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "model/torus_search.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numbers>

namespace nordheim::detail {

namespace {

using LatticeVector = std::array<int, 3>;
using Table = std::map<LatticeVector, double>;

/// Four samples a period of the fastest wave, so that torus_minimum() sees every basin.
int allowed_reach(int dimension) { return samples_per_axis(dimension) / 4; }

LatticeVector opposite(const LatticeVector& x) { return {-x[0], -x[1], -x[2]}; }

void check_entry(int dimension, const CorrelatorEntry& entry) {
  const std::string where = "correlator table: theta" + lattice_vector_text(dimension, entry.x);
  if (!std::isfinite(entry.value)) {
    throw InvalidArgument(where + " = " + shortest_text(entry.value) + " must be finite");
  }
  const int reach = allowed_reach(dimension);
  for (const int component : entry.x) {
    if (component < -reach || component > reach) {
      throw InvalidArgument(where + ": x has the component " + std::to_string(component) + ", allowed are " +
                            std::to_string(-reach) + " to " + std::to_string(reach) + " in dimension " +
                            std::to_string(dimension));
    }
  }
  if (std::any_of(entry.x.begin() + dimension, entry.x.end(), [](int c) { return c != 0; })) {
    throw InvalidArgument("correlator table: theta" + lattice_vector_text(3, entry.x) +
                          ": x has a component beyond dimension " + std::to_string(dimension));
  }
}

void check_images(int dimension, const Table& table) {
  for (const auto& [x, value] : table) {
    if (value == 0.0) continue;
    const auto image = table.find(opposite(x));
    if (image != table.end() && image->second == value) continue;
    const std::string found = image == table.end() ? " is missing" : " = " + shortest_text(image->second);
    throw InvalidArgument("correlator table: theta" + lattice_vector_text(dimension, x) + " = " + shortest_text(value) +
                          " but theta" + lattice_vector_text(dimension, opposite(x)) + found +
                          "; both must be there and equal");
  }
}

Table checked(int dimension, const std::vector<CorrelatorEntry>& entries) {
  if (entries.empty()) throw InvalidArgument("correlator table: empty; theta(0) at least must be there");
  Table table;
  for (const auto& entry : entries) {
    check_entry(dimension, entry);
    if (!table.emplace(entry.x, entry.value).second) {
      throw InvalidArgument("correlator table: theta" + lattice_vector_text(dimension, entry.x) +
                            " comes twice; each x comes once");
    }
  }
  check_images(dimension, table);
  return table;
}

/// cos 2πqm and sin 2πqm for m = 0 … n, filled as far as is needed.
template <std::size_t size>
struct Waves {
  std::array<double, size> cosines;
  std::array<double, size> sines;

  Waves(double q, int n) {
    const double angle = 2.0 * std::numbers::pi * q;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    cosines[0] = 1.0;
    sines[0] = 0.0;
    for (std::size_t m = 1; m <= static_cast<std::size_t>(n); ++m) {
      cosines[m] = cosines[m - 1] * c - sines[m - 1] * s;
      sines[m] = cosines[m - 1] * s + sines[m - 1] * c;
    }
  }
  [[nodiscard]] double cosine(int m) const { return cosines[static_cast<std::size_t>(std::abs(m))]; }
  [[nodiscard]] double sine(int m) const {
    const double s = sines[static_cast<std::size_t>(std::abs(m))];
    return m < 0 ? -s : s;
  }
};

template <int dimension>
using WavesOfReach = Waves<samples_per_axis(dimension) / 4 + 1>;

}  // namespace

std::string lattice_vector_text(int dimension, const std::array<int, 3>& x) {
  std::string text = "(" + std::to_string(x[0]);
  for (std::size_t j = 1; j < static_cast<std::size_t>(dimension); ++j) text += ", " + std::to_string(x[j]);
  return text + ")";
}

TrigonometricTable::TrigonometricTable(int dimension, const std::vector<CorrelatorEntry>& entries) {
  for (const auto& [x, value] : checked(dimension, entries)) {
    absolute_sum_ += std::abs(value);
    if (x == LatticeVector{}) at_origin_ = value;
    if (value == 0.0 || x <= LatticeVector{}) continue;
    pairs_.push_back({x, value});
    for (std::size_t j = 0; j < 3; ++j) reach_[j] = std::max(reach_[j], std::abs(x[j]));
  }
}

double TrigonometricTable::operator()(const Vector3& q) const {
  const WavesOfReach<1> first(q[0], reach_[0]);
  const WavesOfReach<2> second(q[1], reach_[1]);
  const WavesOfReach<3> third(q[2], reach_[2]);
  double sum = 0.0;
  for (const auto& [x, value] : pairs_) {
    const double re = second.cosine(x[1]) * third.cosine(x[2]) - second.sine(x[1]) * third.sine(x[2]);
    const double im = second.cosine(x[1]) * third.sine(x[2]) + second.sine(x[1]) * third.cosine(x[2]);
    sum += value * (first.cosine(x[0]) * re - first.sine(x[0]) * im);
  }
  return at_origin_ + 2.0 * sum;
}

}  // namespace nordheim::detail
