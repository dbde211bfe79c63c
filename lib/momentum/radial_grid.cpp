// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/radial_grid.hpp>

#include "momentum/gauss_rule.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <sstream>
#include <string>

namespace nordheim {

struct RadialGrid::Tables {
  std::optional<double> spacing;
  int lmax = 0;
  std::vector<double> boundaries;
  std::vector<double> nodes, barycentric;  // of an element
  std::vector<double> cosines, polar_weights, polar_barycentric;
  std::vector<double> radii, radial_weights;
  std::vector<double> momenta, weights, energies, velocities;

  Tables(std::optional<double> spacing_in, std::vector<double> boundaries_in, int order, int lmax_in);
  void add_angles();
};

namespace {

/// Weights of the barycentric formula.
std::vector<double> barycentric_weights(const std::vector<double>& nodes) {
  std::vector<double> weights(nodes.size(), 1.0);
  // The scale keeps products of many differences representable; it cancels.
  const double scale = 4.0 / (nodes.back() - nodes.front() + 1e-300);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < nodes.size(); ++j) {
      if (j != i) weights[i] /= (nodes[i] - nodes[j]) * scale;
    }
  }
  return weights;
}

/// Values of the Lagrange polynomials of some nodes at x.
void lagrange(const std::vector<double>& nodes, const std::vector<double>& weights, double x, State values) {
  double sum = 0.0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const double distance = x - nodes[i];
    if (distance == 0.0) {
      std::fill(values.begin(), values.end(), 0.0);
      values[i] = 1.0;
      return;
    }
    values[i] = weights[i] / distance;
    sum += values[i];
  }
  for (double& value : values) value /= sum;
}

void check(int order, int lmax, std::size_t elements) {
  std::ostringstream text;
  const auto refuse = [&text] { throw InvalidArgument(text.str()); };
  if (order < 2 || order > RadialGrid::most_order) {
    text << "order = " << order << ", allowed are 2 to " << RadialGrid::most_order << " nodes of an element";
    refuse();
  }
  if (lmax < 0 || lmax > RadialGrid::most_lmax) {
    text << "lmax = " << lmax << ", allowed are 0 to " << RadialGrid::most_lmax;
    refuse();
  }
  const auto angles = static_cast<std::size_t>(lmax) + 1;
  if (elements > RadialGrid::most_nodes / (static_cast<std::size_t>(order) * angles)) {
    text << elements << " elements of " << order << " nodes with " << angles << " angles are more than the "
         << RadialGrid::most_nodes << " nodes that are allowed";
    refuse();
  }
}

}  // namespace

RadialGrid::Tables::Tables(std::optional<double> spacing_in, std::vector<double> boundaries_in, int order, int lmax_in)
    : spacing(spacing_in), lmax(lmax_in), boundaries(std::move(boundaries_in)) {
  const detail::QuadratureRule rule = detail::gauss_legendre(order, 0.0, 1.0);
  nodes = rule.nodes;
  barycentric = barycentric_weights(nodes);
  for (std::size_t e = 0; e + 1 < boundaries.size(); ++e) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (spacing) {
        const double k = std::sqrt(2.0 * *spacing * (static_cast<double>(e) + nodes[i] * nodes[i]));
        radii.push_back(k);
        radial_weights.push_back(2.0 * *spacing * nodes[i] * rule.weights[i] / k);  // dk = dω/k
      } else {
        const double width = boundaries[e + 1] - boundaries[e];
        radii.push_back(boundaries[e] + width * nodes[i]);
        radial_weights.push_back(width * rule.weights[i]);
      }
    }
  }
  add_angles();
}

void RadialGrid::Tables::add_angles() {
  const detail::QuadratureRule polar = detail::gauss_legendre(lmax + 1, -1.0, 1.0);
  cosines = polar.nodes;
  polar_weights = polar.weights;
  polar_barycentric = barycentric_weights(cosines);
  for (std::size_t j = 0; j < cosines.size(); ++j) {
    const double x = cosines[j], sine = std::sqrt((1.0 - x) * (1.0 + x));
    for (std::size_t i = 0; i < radii.size(); ++i) {
      const double k = radii[i];
      const std::array<double, 3> momentum = lmax == 0 ? std::array{0.0, 0.0, k} : std::array{k * sine, 0.0, k * x};
      momenta.insert(momenta.end(), momentum.begin(), momentum.end());
      velocities.insert(velocities.end(), {0.0, 0.0, lmax == 0 ? 0.0 : k * x});
      energies.push_back(0.5 * k * k);
      weights.push_back(2.0 * std::numbers::pi * k * k * radial_weights[i] * polar_weights[j]);
    }
  }
}

RadialGrid RadialGrid::elements(std::vector<double> boundaries, int order, int lmax) {
  const bool increasing = std::adjacent_find(boundaries.begin(), boundaries.end(),
                                             [](double a, double b) { return !(a < b); }) == boundaries.end();
  if (boundaries.size() < 2 || boundaries.front() != 0.0 || !increasing || !std::isfinite(boundaries.back())) {
    std::ostringstream text;
    text << "boundaries of elements must be at least two finite numbers that increase from 0 (found "
         << boundaries.size() << " numbers";
    if (!boundaries.empty()) text << " from " << boundaries.front() << " to " << boundaries.back();
    text << ")";
    throw InvalidArgument(text.str());
  }
  check(order, lmax, boundaries.size() - 1);
  return RadialGrid(std::make_shared<const Tables>(std::nullopt, std::move(boundaries), order, lmax));
}

RadialGrid RadialGrid::ladders(double spacing, int rungs, int order, int lmax) {
  if (!std::isfinite(spacing) || spacing <= 0.0 || rungs < 2) {
    std::ostringstream text;
    text << "ladders need a positive spacing and at least 2 rungs (found spacing = " << spacing << " and " << rungs
         << " rungs)";
    throw InvalidArgument(text.str());
  }
  check(order, lmax, static_cast<std::size_t>(rungs));
  std::vector<double> boundaries;
  for (int m = 0; m <= rungs; ++m) boundaries.push_back(std::sqrt(2.0 * spacing * m));
  return RadialGrid(std::make_shared<const Tables>(spacing, std::move(boundaries), order, lmax));
}

std::size_t RadialGrid::size() const noexcept { return tables_->weights.size(); }
int RadialGrid::lmax() const noexcept { return tables_->lmax; }
int RadialGrid::order() const noexcept { return static_cast<int>(tables_->nodes.size()); }
std::size_t RadialGrid::element_count() const noexcept { return tables_->boundaries.size() - 1; }
std::size_t RadialGrid::radial_points() const noexcept { return tables_->radii.size(); }
int RadialGrid::polar_points() const noexcept { return static_cast<int>(tables_->cosines.size()); }
ConstState RadialGrid::boundaries() const noexcept { return tables_->boundaries; }
std::optional<double> RadialGrid::spacing() const noexcept { return tables_->spacing; }
ConstState RadialGrid::element_nodes() const noexcept { return tables_->nodes; }
ConstState RadialGrid::radii() const noexcept { return tables_->radii; }
ConstState RadialGrid::radial_weights() const noexcept { return tables_->radial_weights; }
ConstState RadialGrid::cosines() const noexcept { return tables_->cosines; }
ConstState RadialGrid::polar_weights() const noexcept { return tables_->polar_weights; }
ConstState RadialGrid::momenta() const noexcept { return tables_->momenta; }
ConstState RadialGrid::weights() const noexcept { return tables_->weights; }
ConstState RadialGrid::energies() const noexcept { return tables_->energies; }
ConstState RadialGrid::velocities() const noexcept { return tables_->velocities; }

Vector3 RadialGrid::momentum(std::size_t node) const {
  const auto& k = tables_->momenta;
  return {k[3 * node], k[3 * node + 1], k[3 * node + 2]};
}

void RadialGrid::element_functions(double u, State values) const {
  lagrange(tables_->nodes, tables_->barycentric, u, values);
}

double RadialGrid::interpolate(ConstState W, const Vector3& k) const {
  if (W.size() != size()) throw DimensionMismatch("the state W", W.size(), size());
  const Tables& t = *tables_;
  const double r = std::hypot(k[0], k[1], k[2]);
  if (!(r < t.boundaries.back())) return 0.0;
  const auto above = std::upper_bound(t.boundaries.begin(), t.boundaries.end(), r);
  const auto e = static_cast<std::size_t>(above - t.boundaries.begin()) - 1;
  const double u = t.spacing ? std::sqrt(std::max(0.0, 0.5 * r * r / *t.spacing - static_cast<double>(e)))
                             : (r - t.boundaries[e]) / (t.boundaries[e + 1] - t.boundaries[e]);
  std::vector<double> radial(t.nodes.size()), polar(t.cosines.size());
  lagrange(t.nodes, t.barycentric, u, radial);
  lagrange(t.cosines, t.polar_barycentric, r > 0.0 ? k[2] / r : 0.0, polar);
  double sum = 0.0;
  for (std::size_t j = 0; j < polar.size(); ++j) {
    for (std::size_t i = 0; i < radial.size(); ++i) {
      sum += polar[j] * radial[i] * W[j * t.radii.size() + e * radial.size() + i];
    }
  }
  return sum;
}

}  // namespace nordheim
