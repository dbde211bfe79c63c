// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/critical_points.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "momentum/axis_flips.hpp"
#include "momentum/dimension_reduction.hpp"
#include "momentum/energy_shell_tables.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace nordheim {

namespace {

void check_range(const char* what, int value, int largest) {
  if (value >= 1 && value <= largest) return;
  throw InvalidArgument(std::string(what) + " = " + std::to_string(value) + ", allowed are 1 to " +
                        std::to_string(largest));
}

/// Refuses energies where there is no shell, or none that a quadrature resolves.
void check_energy(const Dispersion& dispersion, double energy, std::vector<double> singular) {
  const auto range = dispersion.range();
  if (!(energy >= range.min && energy <= range.max)) {
    throw InvalidArgument("energy = " + shortest_text(energy) + " is outside the band, which reaches from " +
                          shortest_text(range.min) + " to " + shortest_text(range.max));
  }
  singular.insert(singular.end(), {range.min, range.max});
  const double closest = EnergyShell::closest_van_hove * range.width();
  for (const double van_hove : singular) {
    if (std::abs(energy - van_hove) >= closest) continue;
    throw InvalidArgument("energy = " + shortest_text(energy) + " is at the van Hove energy " +
                          shortest_text(van_hove) + ", where the shell is singular; it must be at least 1e-8 " +
                          "bandwidths away");
  }
}

/// A function with the level set ω = E, and what turns its quadrature into one for δ(ω − E).
struct LevelSet {
  SmoothFunction F;
  double level;
  double slope;  ///< dF/dω at the level
};

LevelSet level_set(const SmoothFunction& omega, double energy) {
  if (auto squared = omega.squared()) return {std::move(*squared), energy * energy, 2.0 * energy};
  return {omega, energy, 1.0};
}

/// The part of the torus that the reflections copy. An axis that is not halved is cut open where no symmetry is
/// expected, as a face that is tangent to the shell cannot be resolved.
detail::Box fundamental_box(int dimension, const std::vector<int>& halved) {
  constexpr double cut = -0.5 + 0.0419821;
  detail::Box box;
  for (int axis = 0; axis < dimension; ++axis) {
    const auto j = static_cast<std::size_t>(axis);
    const bool half = std::find(halved.begin(), halved.end(), axis) != halved.end();
    box.lower[j] = half ? 0.0 : cut;
    box.upper[j] = half ? 0.5 : cut + 1.0;
  }
  return box;
}

}  // namespace

EnergyShell::EnergyShell(const Dispersion& dispersion, double energy, const EnergyShellOptions& options) {
  const SmoothFunction* omega = dispersion.formula();
  if (omega == nullptr) {
    throw InvalidArgument(
        "the dispersion (" + dispersion.description() +
        ") has no formula, which an energy shell needs for certain bounds; use Dispersion::from_formula");
  }
  check_range("order", options.order, 64);
  check_range("depth", options.depth, 100);
  check_energy(dispersion, energy, options.van_hove ? *options.van_hove : van_hove_energies(dispersion));

  auto tables = std::make_shared<Tables>();
  tables->dimension = dispersion.dimension();
  tables->order = options.order;
  tables->energy = energy;
  tables->reflections = options.reflections ? detail::generated_flips(dispersion, *options.reflections)
                                            : detail::symmetric_flips(dispersion);
  tables->axes_equivalent = detail::equivalent_axes(dispersion);
  const LevelSet shell = level_set(*omega, energy);
  detail::DimensionReduction reduction(shell.F, shell.level, options.order, options.depth);
  reduction.add(fundamental_box(tables->dimension, detail::halved_axes(tables->dimension, tables->reflections)));

  tables->cells = reduction.cells();
  tables->fallback_cells = reduction.fallback_cells();
  tables->reserve(reduction.points().size());
  const double to_velocity = 1.0 / (2.0 * std::numbers::pi * shell.slope);
  for (std::size_t i = 0; i < reduction.points().size(); ++i) {
    Vector3 velocity = reduction.gradients()[i];
    for (double& component : velocity) component *= to_velocity;
    tables->add(wrap_to_torus(reduction.points()[i]), velocity, shell.slope * reduction.weights()[i]);
  }
  tables->reflect();
  tables_ = std::move(tables);
}

EnergyShell::EnergyShell(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}

std::size_t EnergyShell::size() const noexcept { return tables_->weights.size(); }
int EnergyShell::dimension() const noexcept { return tables_->dimension; }
bool EnergyShell::on_lattice() const noexcept { return tables_->on_lattice; }
double EnergyShell::energy() const noexcept { return tables_->energy; }
ConstState EnergyShell::momenta() const noexcept { return tables_->momenta; }
ConstState EnergyShell::weights() const noexcept { return tables_->weights; }
ConstState EnergyShell::energies() const noexcept { return tables_->energies; }
ConstState EnergyShell::velocities() const noexcept { return tables_->velocities; }

Vector3 EnergyShell::momentum(std::size_t node) const {
  assert(node < size());
  const auto d = static_cast<std::size_t>(dimension());
  Vector3 k{};
  std::copy_n(tables_->momenta.begin() + static_cast<std::ptrdiff_t>(node * d), d, k.begin());
  return k;
}

const std::vector<AxisFlip>& EnergyShell::reflections() const noexcept { return tables_->reflections; }
bool EnergyShell::axes_equivalent() const noexcept { return tables_->axes_equivalent; }
std::size_t EnergyShell::fundamental_size() const noexcept { return size() / reflections().size(); }
double EnergyShell::density_of_states() const noexcept { return tables_->density_of_states; }
Vector3 EnergyShell::mean_velocity() const noexcept { return tables_->mean_velocity; }
std::size_t EnergyShell::fallback_cells() const noexcept { return tables_->fallback_cells; }
std::size_t EnergyShell::cells() const noexcept { return tables_->cells; }
int EnergyShell::order() const noexcept { return tables_->order; }

}  // namespace nordheim
