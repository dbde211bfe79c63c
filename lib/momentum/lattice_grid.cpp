// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "momentum/node_count.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

/// Coordinate of index i: i/N, from ⌈N/2⌉ on i/N − 1.
double coordinate(int i, int points) {
  const int shifted = i < points - i ? i : i - points;
  return static_cast<double>(shifted) / points;
}

[[noreturn]] void refuse_node(const Vector3& k, double energy, const Vector3& v) {
  std::ostringstream text;
  text << "at k = (" << k[0] << ", " << k[1] << ", " << k[2] << ") the dispersion is " << energy << ", its velocity ("
       << v[0] << ", " << v[1] << ", " << v[2] << "); both must be finite at every node";
  throw InvalidArgument(text.str());
}

}  // namespace

std::size_t detail::node_count(int points, int dimension) {
  if (points < 2) {
    throw InvalidArgument("points = " + std::to_string(points) + " per direction, at least 2 are needed");
  }
  double total = 1.0;
  for (int j = 0; j < dimension; ++j) total *= points;
  if (total > std::numeric_limits<int>::max()) {
    std::ostringstream text;
    text.precision(15);
    text << "points = " << points << " per direction in dimension " << dimension << " makes " << total
         << " nodes; at most 2147483647 are allowed";
    throw InvalidArgument(text.str());
  }
  return static_cast<std::size_t>(total);
}

struct LatticeGrid::Tables {
  int points;
  Dispersion dispersion;
  std::vector<double> momenta, weights, energies, velocities;
};

LatticeGrid::LatticeGrid(int points, Dispersion dispersion) {
  const int d = dispersion.dimension();
  const std::size_t n = detail::node_count(points, d);
  const auto axes = static_cast<std::size_t>(d);
  Tables tables{points,
                std::move(dispersion),
                std::vector<double>(n * axes),
                std::vector<double>(n),
                std::vector<double>(n),
                std::vector<double>(n * axes)};
  std::fill(tables.weights.begin(), tables.weights.end(), 1.0 / static_cast<double>(n));
  for (std::size_t a = 0; a < n; ++a) {
    Vector3 k{};
    std::size_t rest = a;
    for (std::size_t j = axes; j-- > 0; rest /= static_cast<std::size_t>(points)) {
      k[j] = coordinate(static_cast<int>(rest % static_cast<std::size_t>(points)), points);
    }
    const Vector3 v = tables.dispersion.velocity(k);
    tables.energies[a] = tables.dispersion(k);
    if (!std::isfinite(tables.energies[a]) || !std::isfinite(v[0] + v[1] + v[2])) refuse_node(k, tables.energies[a], v);
    std::copy_n(k.begin(), axes, tables.momenta.begin() + static_cast<std::ptrdiff_t>(a * axes));
    std::copy_n(v.begin(), axes, tables.velocities.begin() + static_cast<std::ptrdiff_t>(a * axes));
  }
  tables_ = std::make_shared<const Tables>(std::move(tables));
}

std::size_t LatticeGrid::size() const noexcept { return tables_->weights.size(); }
int LatticeGrid::dimension() const noexcept { return tables_->dispersion.dimension(); }
int LatticeGrid::points() const noexcept { return tables_->points; }
const Dispersion& LatticeGrid::dispersion() const noexcept { return tables_->dispersion; }
ConstState LatticeGrid::momenta() const noexcept { return tables_->momenta; }
ConstState LatticeGrid::weights() const noexcept { return tables_->weights; }
ConstState LatticeGrid::energies() const noexcept { return tables_->energies; }
ConstState LatticeGrid::velocities() const noexcept { return tables_->velocities; }

Vector3 LatticeGrid::momentum(std::size_t node) const {
  const auto axes = static_cast<std::size_t>(dimension());
  Vector3 k{};
  std::copy_n(tables_->momenta.begin() + static_cast<std::ptrdiff_t>(node * axes), axes, k.begin());
  return k;
}

std::size_t LatticeGrid::node(const std::array<int, 3>& index) const noexcept {
  std::size_t a = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension()); ++j) {
    const int remainder = index[j] % points();
    const int wrapped = remainder < 0 ? remainder + points() : remainder;
    a = a * static_cast<std::size_t>(points()) + static_cast<std::size_t>(wrapped);
  }
  return a;
}

double LatticeGrid::interpolate(ConstState W, const Vector3& k) const { return FourierSeries(*this, W)(k); }

int LatticeGrid::good_points(int points) {
  constexpr int largest = 1 << 30;  // a good number itself, beyond every grid
  if (points > largest) {
    throw InvalidArgument("points = " + std::to_string(points) + ", allowed are numbers up to " +
                          std::to_string(largest));
  }
  for (int candidate = std::max(2, points + points % 2);; candidate += 2) {
    int rest = candidate;
    for (const int prime : {2, 3, 5, 7}) {
      while (rest % prime == 0) rest /= prime;
    }
    if (rest == 1) return candidate;
  }
}

}  // namespace nordheim
