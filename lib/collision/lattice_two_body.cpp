// SPDX-License-Identifier: GPL-3.0-or-later
// What LatticeTwoBody is made of, and what it refuses.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>

#include "collision/lattice_collisions.hpp"
#include "collision/lattice_options.hpp"
#include "collision/single_cosine.hpp"
#include "collision/two_body_products.hpp"
#include "model/particles.hpp"
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
  detail::require_positive_option("strength", options.strength);
  detail::require_threads(options.threads);
  detail::require_bandwidth(dispersion);
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

/// C(W) of the operator, with everything in it.
detail::LatticeCollisions make_collisions(const LatticeGrid& grid, Statistics statistics,
                                          const LatticeTwoBodyOptions& options, bool rectangles) {
  using Products = detail::LocalProducts<detail::TwoBodyProduct, detail::TwoBodyDerivative>;
  const int points = checked_engine_points(grid.points(), options);
  const LatticeGrid fine = points == grid.points() ? grid : grid.resampled(points);
  const detail::TimeGrid time =
      detail::wave_time_grid(grid.dispersion(), points, options.window, options.horizon, options.time_step,
                             detail::scattering_mismatch(grid.dispersion()));
  detail::SpaceTimeEngine engine(fine.dimension(), points, fine.energies(), time.step, time.nodes, options.threads);
  detail::LatticeKernel kernel(fine, statistics, {}, std::make_unique<Products>(std::move(engine), fine.size()));
  const auto delta = [=](double horizon_used) {
    EnergyDelta result{time.weights(options.window, horizon_used), nullptr};
    // One factor M^{−d} for each of the three propagated fields.
    const double scale = options.strength * std::pow(static_cast<double>(fine.size()), -3.0);
    for (double& w : result.weights) w *= scale;
    if (rectangles) {
      result.rectangles = std::make_unique<detail::RectangleCollisions>(
          fine, *grid.dispersion().cosine_amplitudes(), statistics, options.strength, horizon_used,
          window_tail(options.window, grid.dimension()), options.threads);
    }
    return result;
  };
  return {grid,
          std::move(kernel),
          {.statistics = statistics,
           .conserved = detail::Conserved::number_and_energy,
           .energy = options.energy,
           .window = options.window,
           .time = time,
           .delta = delta,
           .error = detail::error_rule_of_order(grid.dimension())}};
}

}  // namespace

struct LatticeTwoBody::Impl {
  Impl(const LatticeGrid& grid, Statistics statistics, const LatticeTwoBodyOptions& options)
      : rectangles(use_rectangles(checked(options, grid.dispersion()), grid.dispersion(),
                                  checked_engine_points(grid.points(), options))),
        collisions(make_collisions(grid, statistics, options, rectangles)) {}
  bool rectangles;
  detail::LatticeCollisions collisions;
};

LatticeTwoBody::LatticeTwoBody(const LatticeGrid& grid, Statistics statistics, const LatticeTwoBodyOptions& options) {
  detail::require_particles(statistics, "two-body collisions");
  impl_ = std::make_unique<Impl>(grid, statistics, options);
}
LatticeTwoBody::LatticeTwoBody(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody& LatticeTwoBody::operator=(LatticeTwoBody&&) noexcept = default;
LatticeTwoBody::~LatticeTwoBody() = default;

const LatticeGrid& LatticeTwoBody::space() const noexcept { return impl_->collisions.grid(); }
Statistics LatticeTwoBody::statistics() const noexcept { return impl_->collisions.settings().statistics; }
double LatticeTwoBody::horizon() const noexcept { return impl_->collisions.settings().time.horizon; }
double LatticeTwoBody::time_step() const noexcept { return impl_->collisions.settings().time.step; }
int LatticeTwoBody::time_nodes() const noexcept { return impl_->collisions.settings().time.nodes; }
int LatticeTwoBody::engine_points() const noexcept { return impl_->collisions.fine().points(); }
bool LatticeTwoBody::rectangle_correction() const noexcept { return impl_->rectangles; }
void LatticeTwoBody::set_reference(const Equilibrium& equilibrium) { impl_->collisions.set_reference(equilibrium); }
void LatticeTwoBody::start_search_at(const Equilibrium& guess) { impl_->collisions.start_search_at(guess); }
const Equilibrium& LatticeTwoBody::last_reference() const noexcept { return impl_->collisions.last_reference(); }
CollisionReport LatticeTwoBody::apply(ConstState W, State C) { return impl_->collisions.apply(W, C); }
void LatticeTwoBody::apply_linearised(ConstState W, ConstState dW, State dC) {
  impl_->collisions.apply_linearised(W, dW, dC);
}
void LatticeTwoBody::loss_rate(ConstState W, State nu) { impl_->collisions.loss_rate(W, nu); }
Invariants LatticeTwoBody::invariants() const { return impl_->collisions.invariants(); }
ErrorEstimate LatticeTwoBody::error_estimate(ConstState W) { return impl_->collisions.error_estimate(W); }

int LatticeTwoBody::time_nodes(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  (void)checked(options, dispersion);
  (void)detail::node_count(points, dispersion.dimension());
  const int engine = checked_engine_points(points, options);
  (void)detail::node_count(engine, dispersion.dimension());
  return detail::wave_time_grid(dispersion, engine, options.window, options.horizon, options.time_step,
                                detail::scattering_mismatch(dispersion))
      .nodes;
}

std::size_t LatticeTwoBody::memory(int points, const Dispersion& dispersion, const LatticeTwoBodyOptions& options) {
  const int nodes = time_nodes(points, dispersion, options);
  const int engine = checked_engine_points(points, options);
  const int d = dispersion.dimension();
  const double coarse = std::pow(points, d), fine = std::pow(engine, d);
  constexpr double kernel_arrays = 12.0, operator_arrays = 5.0, padding_arrays = 4.0;
  const double grid_arrays = 2.0 * d + 2.0;
  double numbers = coarse * (grid_arrays + operator_arrays) + fine * kernel_arrays;
  if (engine != points) numbers += coarse * 3.0 + fine * (2.0 + padding_arrays + grid_arrays);
  if (use_rectangles(options, dispersion, engine)) numbers += fine * (1.0 + 0.5 * std::pow(2.0, d));
  return static_cast<std::size_t>(8.0 * numbers) +
         detail::SpaceTimeEngine::memory(d, engine, nodes, options.threads, 2);
}

}  // namespace nordheim
