// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/wigner/phase_space_function.hpp>

#include "wigner/box_index.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

std::size_t positions_of(const LatticeBox& box, int nodes) {
  if (nodes < 1 || nodes > box.points()) {
    throw InvalidArgument("a phase-space function with " + std::to_string(nodes) +
                          " positions per axis, allowed is 1 to the " + std::to_string(box.points()) +
                          " sites of the box");
  }
  const detail::Extents n = detail::extents(box.dimension(), nodes);
  return n[0] * n[1] * n[2];
}

/// Sites of the box for each of its positions.
double sites_per_position(const PhaseSpaceFunction& W) {
  return static_cast<double>(W.box().size()) / static_cast<double>(W.positions());
}

}  // namespace

PhaseSpaceFunction::PhaseSpaceFunction(LatticeBox box, int nodes, std::vector<double> values)
    : box_(box), nodes_(nodes), positions_(positions_of(box, nodes)), values_(std::move(values)) {
  if (values_.size() != positions_ * box_.size()) {
    throw InvalidArgument("a phase-space function of " + std::to_string(values_.size()) + " values; " +
                          std::to_string(positions_) + " positions and " + std::to_string(box_.size()) +
                          " momenta need " + std::to_string(positions_ * box_.size()));
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (!std::isfinite(values_[i])) {
      throw InvalidArgument("a phase-space function is not finite at position " + std::to_string(i / box_.size()) +
                            ", momentum " + std::to_string(i % box_.size()));
    }
  }
}

Vector3 PhaseSpaceFunction::position(std::size_t r) const noexcept {
  const auto axes = static_cast<std::size_t>(box_.dimension());
  const detail::Extents i = detail::indices(r, detail::extents(box_.dimension(), nodes_));
  Vector3 x{};
  for (std::size_t j = 0; j < axes; ++j) {
    x[j] = static_cast<double>(i[3 - axes + j]) * box_.points() / static_cast<double>(nodes_);
  }
  return x;
}

std::vector<double> PhaseSpaceFunction::density() const {
  std::vector<double> rho(positions_);
  for (std::size_t r = 0; r < positions_; ++r) {
    for (const double value : at(r)) rho[r] += value;
    rho[r] /= static_cast<double>(box_.size());
  }
  return rho;
}

std::vector<double> PhaseSpaceFunction::momentum_distribution() const {
  std::vector<double> n(box_.size());
  for (std::size_t r = 0; r < positions_; ++r) {
    const ConstState row = at(r);
    for (std::size_t k = 0; k < n.size(); ++k) n[k] += row[k];
  }
  for (double& value : n) value *= sites_per_position(*this);
  return n;
}

double PhaseSpaceFunction::number() const {
  double sum = 0.0;
  for (const double rho : density()) sum += rho;
  return sum * sites_per_position(*this);
}

double PhaseSpaceFunction::square() const {
  double sum = 0.0;
  for (std::size_t r = 0; r < positions_; ++r) {
    double row = 0.0;
    for (const double value : at(r)) row += value * value;
    sum += row;
  }
  return sum / static_cast<double>(positions_);
}

}  // namespace nordheim
