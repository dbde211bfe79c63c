// SPDX-License-Identifier: GPL-3.0-or-later
// What LatticeTwoBody is made of, and what it refuses.
#include <nordheim/core/error.hpp>

#include "collision/lattice_two_body_impl.hpp"
#include "collision/single_cosine.hpp"
#include "momentum/node_count.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <utility>

namespace nordheim {

using detail::EnergyDelta;

namespace {

int checked_engine_points(int points, const LatticeTwoBodyOptions& options) {
  const int engine = options.engine_points.value_or(points);
  if (engine < points) {
    throw InvalidArgument("engine_points = " + std::to_string(engine) + " is less than the " + std::to_string(points) +
                          " points of the grid; it must be at least as many");
  }
  return engine;
}

const LatticeTwoBodyOptions& checked(const LatticeTwoBodyOptions& options, const Dispersion& dispersion) {
  if (!std::isfinite(options.strength) || options.strength <= 0.0) {
    std::ostringstream text;
    text << "strength = " << options.strength << "; a positive number is needed";
    throw InvalidArgument(text.str());
  }
  if (options.threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(options.threads) + "; 0 (all) or a positive number is needed");
  }
  const EnergyRange range = dispersion.range();
  if (range.width() <= 1e-12 * std::max(std::abs(range.min), std::abs(range.max))) {
    throw InvalidArgument("the band " + dispersion.description() +
                          " is flat: every collision conserves energy, and the collision rate is infinite");
  }
  if (detail::is_single_cosine(dispersion)) {
    throw InvalidArgument(
        "two-body collisions do not exist for the band " + dispersion.description() +
        ", a single cosine: their rate diverges logarithmically and infinitely many functions of k are conserved; "
        "use dimension 2 or 3 with hopping in every direction, or a band with further harmonics");
  }
  return options;
}

/// Whether the rectangle correction is used.
/// @throws InvalidArgument if it is asked for and not known
bool use_rectangles(const LatticeTwoBodyOptions& options, const Dispersion& dispersion, int engine_points) {
  const bool tail_known = std::isfinite(dispersion.dimension() > 1 ? window_tail(options.window, dispersion.dimension())
                                                                   : std::numeric_limits<double>::infinity());
  const bool known = tail_known && dispersion.cosine_amplitudes() && engine_points % 2 == 0;
  if (options.rectangle_correction.value_or(false) && !known) {
    throw InvalidArgument(
        "rectangle_correction: it is known for dispersions Σ t_j (1 − cos 2πk_j) with every t_j ≠ 0, an even number of "
        "points, in dimension 2 with every window and in dimension 3 with the window \"flat\"; found " +
        dispersion.description() + ", " + std::to_string(engine_points) + " points, dimension " +
        std::to_string(dispersion.dimension()) + ", window \"" + name(options.window) + "\"");
  }
  return options.rectangle_correction.value_or(known);
}

}  // namespace

LatticeTwoBody::Impl::Impl(LatticeGrid grid_in, Statistics statistics_in, const LatticeTwoBodyOptions& options_in)
    : grid(std::move(grid_in)),
      statistics(statistics_in),
      options(checked(options_in, grid.dispersion())),
      time(detail::four_wave_time_grid(grid.dispersion(), checked_engine_points(grid.points(), options), options.window,
                                       options.horizon, options.time_step)),
      kernel(options.engine_points && *options.engine_points != grid.points() ? grid.resampled(*options.engine_points)
                                                                              : grid,
             statistics, time, options.threads),
      rectangles(use_rectangles(options, grid.dispersion(), fine().points())),
      delta(energy_delta(time.horizon)) {
  const std::size_t n = grid.size();
  for (auto* array : {&C, &weight, &zero, &dC_dx}) array->resize(n);
  dx_fine.resize(fine().size());
  if (fine().points() != grid.points()) {
    transfer.emplace(grid.dimension(), grid.points(), fine().points());
    exponent.resize(n);
    for (auto* array : {&W_fine, &C_fine, &exponent_fine}) array->resize(fine().size());
  }
}

EnergyDelta LatticeTwoBody::Impl::energy_delta(double horizon_used) const {
  const LatticeGrid& engine_grid = kernel.grid();
  EnergyDelta result{time.weights(options.window, horizon_used), nullptr};
  // One factor M^{−d} for each of the three propagated fields.
  const double scale = options.strength * std::pow(static_cast<double>(engine_grid.size()), -3.0);
  for (double& w : result.weights) w *= scale;
  if (rectangles) {
    result.rectangles = std::make_unique<detail::RectangleCollisions>(
        engine_grid, *grid.dispersion().cosine_amplitudes(), statistics, options.strength, horizon_used,
        window_tail(options.window, grid.dimension()), options.threads);
  }
  return result;
}

LatticeTwoBody::LatticeTwoBody(LatticeGrid grid, Statistics statistics, LatticeTwoBodyOptions options)
    : impl_(std::make_unique<Impl>(std::move(grid), statistics, options)) {}
LatticeTwoBody::LatticeTwoBody(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody& LatticeTwoBody::operator=(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody::~LatticeTwoBody() = default;

const LatticeGrid& LatticeTwoBody::space() const noexcept { return impl_->grid; }
Statistics LatticeTwoBody::statistics() const noexcept { return impl_->statistics; }
double LatticeTwoBody::horizon() const noexcept { return impl_->time.horizon; }
double LatticeTwoBody::time_step() const noexcept { return impl_->time.step; }
int LatticeTwoBody::time_nodes() const noexcept { return impl_->time.nodes; }
int LatticeTwoBody::engine_points() const noexcept { return impl_->fine().points(); }
bool LatticeTwoBody::rectangle_correction() const noexcept { return impl_->rectangles; }

void LatticeTwoBody::set_reference(const Equilibrium& equilibrium) {
  if (equilibrium.statistics() != impl_->statistics) {
    throw InvalidArgument("the reference equilibrium is one of " + name(equilibrium.statistics()) +
                          "s, the collisions are those of " + name(impl_->statistics) + "s");
  }
  impl_->reference = equilibrium;
  impl_->last_root.reset();
}

Invariants LatticeTwoBody::invariants() const {
  const ConstState energies = impl_->grid.energies();
  return {{"number", std::vector<double>(energies.size(), 1.0)},
          {"energy", std::vector<double>(energies.begin(), energies.end())}};
}

int LatticeTwoBody::time_nodes(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  (void)checked(options, dispersion);
  (void)detail::node_count(points, dispersion.dimension());
  const int engine = checked_engine_points(points, options);
  (void)detail::node_count(engine, dispersion.dimension());
  return detail::four_wave_time_grid(dispersion, engine, options.window, options.horizon, options.time_step).nodes;
}

std::size_t LatticeTwoBody::memory(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  const int nodes = time_nodes(points, dispersion, options);
  const int engine = checked_engine_points(points, options);
  const int d = dispersion.dimension();
  const double coarse = std::pow(points, d), fine = std::pow(engine, d);
  constexpr double kernel_arrays = 11.0, operator_arrays = 5.0, padding_arrays = 4.0;
  const double grid_arrays = 2.0 * d + 2.0;
  double numbers = coarse * (grid_arrays + operator_arrays) + fine * kernel_arrays;
  if (engine != points) numbers += coarse * 3.0 + fine * (2.0 + padding_arrays + grid_arrays);
  if (use_rectangles(options, dispersion, engine)) numbers += fine * (1.0 + 0.5 * std::pow(2.0, d));
  return static_cast<std::size_t>(8.0 * numbers) +
         detail::SpaceTimeEngine::memory(d, engine, nodes, options.threads, 2);
}

}  // namespace nordheim
