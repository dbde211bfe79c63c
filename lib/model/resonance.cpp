// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/resonance.hpp>

#include "core/words.hpp"
#include "model/torus_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <span>
#include <sstream>

namespace nordheim {

namespace {

constexpr double round_off = 1e-9;  // of max ω: what is known of bands that are only sampled

constexpr detail::Words<ResonanceArgument, 4> words{{{"sign change", ResonanceArgument::sign_change},
                                                     {"band", ResonanceArgument::band},
                                                     {"subadditive", ResonanceArgument::subadditive},
                                                     {"search", ResonanceArgument::search}}};

/// Values at n^d points of the torus that form a group under addition, the last axis fastest.
class GroupGrid {
 public:
  GroupGrid(const Dispersion& dispersion, int points) : dimension_(dispersion.dimension()), points_(points) {
    std::size_t total = 1;
    for (int j = 0; j < dimension_; ++j) total *= static_cast<std::size_t>(points);
    for (std::size_t a = 0; a < total; ++a) {
      indices_.push_back(index_of(a));
      values_.push_back(dispersion(momentum(a)));
    }
  }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }
  [[nodiscard]] Vector3 momentum(std::size_t a) const {
    Vector3 k{};
    for (std::size_t j = 0; j < 3; ++j) k[j] = static_cast<double>(indices_[a][j]) / points_;
    return wrap_to_torus(k);
  }
  /// The point k_a − k_b.
  [[nodiscard]] std::size_t difference(std::size_t a, std::size_t b) const {
    std::size_t result = 0;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension_); ++j) {
      const int i = indices_[a][j] - indices_[b][j];
      result = result * static_cast<std::size_t>(points_) + static_cast<std::size_t>(i < 0 ? i + points_ : i);
    }
    return result;
  }

 private:
  [[nodiscard]] std::array<int, 3> index_of(std::size_t a) const {
    const auto n = static_cast<std::size_t>(points_);
    std::array<int, 3> index{};
    for (auto j = static_cast<std::size_t>(dimension_); j-- > 0; a /= n) index[j] = static_cast<int>(a % n);
    return index;
  }
  int dimension_, points_;
  std::vector<std::array<int, 3>> indices_;
  std::vector<double> values_;
};

/// @brief Whether ω² = c + Σ_R t_R (1 − cos 2πk·R) with c ≥ 0 and t_R ≥ 0: then ω is the norm of the vector of all
/// √c and √(2t_R) sin πk·R, and |sin(a+b)| ≤ |sin a| + |sin b|. The coefficients are those of the samples; that they
/// are those of ω² is checked between the samples.
bool is_subadditive(const Dispersion& dispersion) {
  const int d = dispersion.dimension();
  const GroupGrid grid(dispersion, d == 1 ? 64 : d == 2 ? 16 : 8);
  const std::size_t n = grid.size();
  const double scale = dispersion.range().max * dispersion.range().max;
  const auto phase = [](const Vector3& k, const Vector3& R) {
    return std::cos(2.0 * std::numbers::pi * (k[0] * R[0] + k[1] * R[1] + k[2] * R[2]));
  };
  const int points = d == 1 ? 64 : d == 2 ? 16 : 8;
  std::vector<Vector3> R(n);
  std::vector<double> coefficient(n);
  for (std::size_t b = 0; b < n; ++b) {
    R[b] = grid.momentum(b);
    for (double& component : R[b]) component = std::round(component * points);
    for (std::size_t a = 0; a < n; ++a) {
      coefficient[b] += phase(grid.momentum(a), R[b]) * grid.values()[a] * grid.values()[a] / static_cast<double>(n);
    }
    if (b > 0 && coefficient[b] > round_off * scale) return false;
  }
  // Points that lie on no line of the grid.
  constexpr int probes = 40;
  for (int i = 1; i <= probes; ++i) {
    const Vector3 k = wrap_to_torus({i * std::numbers::sqrt2, i * std::numbers::sqrt3, i * std::numbers::phi});
    double sum = 0.0;
    for (std::size_t b = 0; b < n; ++b) sum += coefficient[b] * phase(k, R[b]);
    const double omega = dispersion(k);
    if (std::abs(sum - omega * omega) > round_off * scale) return false;
  }
  return true;
}

/// min over k2 (and k3) of Σ ω(k_j) with sum k, at every k of the grid, and where.
struct LeastSums {
  std::vector<double> values;
  std::vector<std::vector<std::size_t>> parts;  // all but the last, which momentum conservation gives
};

LeastSums least_sums(const GroupGrid& grid, int parts) {
  LeastSums least{grid.values(), std::vector<std::vector<std::size_t>>(grid.size())};
  for (int round = 1; round < parts; ++round) {
    LeastSums next{std::vector<double>(grid.size(), HUGE_VAL), std::vector<std::vector<std::size_t>>(grid.size())};
    for (std::size_t k = 0; k < grid.size(); ++k) {
      std::size_t best = 0;
      for (std::size_t p = 0; p < grid.size(); ++p) {
        const double sum = grid.values()[p] + least.values[grid.difference(k, p)];
        if (sum < next.values[k]) {
          next.values[k] = sum;
          best = p;
        }
      }
      next.parts[k] = least.parts[grid.difference(k, best)];
      next.parts[k].push_back(best);
    }
    least = std::move(next);
  }
  return least;
}

/// The momenta k1, k2, … of coordinates that leave the last one out.
std::vector<Vector3> momenta_of(std::span<const double> x, int dimension, int parts) {
  std::vector<Vector3> k(static_cast<std::size_t>(parts) + 1, Vector3{});
  const auto d = static_cast<std::size_t>(dimension);
  for (std::size_t i = 0; i + 1 < k.size(); ++i) {
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(i * d), d, k[i].begin());
  }
  for (std::size_t j = 0; j < d; ++j) {
    k.back()[j] = k.front()[j];
    for (std::size_t i = 1; i + 1 < k.size(); ++i) k.back()[j] -= k[i][j];
  }
  for (Vector3& momentum : k) momentum = wrap_to_torus(momentum);
  return k;
}

double surplus(const Dispersion& dispersion, const std::vector<Vector3>& k) {
  double result = dispersion(k.front());
  for (std::size_t i = 1; i < k.size(); ++i) result -= dispersion(k[i]);
  return result;
}

/// The largest surplus, from the grid and from simplex searches at its best points.
Resonance searched(const Dispersion& dispersion, int parts) {
  const int d = dispersion.dimension();
  const int points = d == 1 ? 128 : d == 2 ? 24 : 8;
  const GroupGrid grid(dispersion, points);
  const LeastSums least = least_sums(grid, parts);
  std::vector<std::size_t> order(grid.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto gain = [&](std::size_t k) { return grid.values()[k] - least.values[k]; };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return gain(a) > gain(b); });
  constexpr std::size_t starts = 24;
  order.resize(std::min(order.size(), starts));

  const double enough = round_off * dispersion.range().max;
  Resonance best{.found = false, .argument = ResonanceArgument::search, .largest_surplus = -HUGE_VAL, .momenta = {}};
  for (const std::size_t k : order) {
    std::vector<double> x;
    const auto append = [&](std::size_t node) {
      const Vector3 momentum = grid.momentum(node);
      x.insert(x.end(), momentum.begin(), momentum.begin() + d);
    };
    append(k);
    for (const std::size_t part : least.parts[k]) append(part);
    const auto deficit = [&](std::span<const double> at) { return -surplus(dispersion, momenta_of(at, d, parts)); };
    const detail::LowPoint low = detail::simplex_minimum(deficit, std::move(x), 0.5 / points);
    if (-low.value <= best.largest_surplus) continue;
    best.largest_surplus = -low.value;
    best.momenta = momenta_of(low.x, d, parts);
  }
  best.found = best.largest_surplus > enough;
  if (best.found) best.argument = ResonanceArgument::sign_change;
  return best;
}

}  // namespace

std::string name(ResonanceArgument argument) { return detail::word_for(words, argument, "argument"); }

Resonance decay_resonance(const Dispersion& dispersion, int parts) {
  if (parts != 2 && parts != 3) {
    throw InvalidArgument("parts = " + std::to_string(parts) + "; a resonance is looked for with 2 or 3");
  }
  const EnergyRange range = dispersion.range();
  if (range.min < -round_off * range.max || !(range.max > 0.0)) {
    std::ostringstream text;
    text << "the band " << dispersion.description() << " reaches from " << range.min << " to " << range.max
         << "; frequencies of phonons must not be negative, and not all zero";
    throw InvalidArgument(text.str());
  }
  if (parts * range.min > range.max * (1.0 + round_off)) {
    return {.found = false,
            .argument = ResonanceArgument::band,
            .largest_surplus = range.max - parts * range.min,
            .momenta = {}};
  }
  if (is_subadditive(dispersion)) {
    return {.found = false, .argument = ResonanceArgument::subadditive, .largest_surplus = 0.0, .momenta = {}};
  }
  return searched(dispersion, parts);
}

}  // namespace nordheim
