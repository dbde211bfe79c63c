// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/core/error.hpp>

#include "collision/lattice_collisions.hpp"
#include "collision/lattice_options.hpp"
#include "collision/spring_products.hpp"
#include "collision/spring_requirements.hpp"
#include "momentum/node_count.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace nordheim {

namespace {

Resonance resonance_of(const Dispersion& dispersion, const ThreePhononOptions& options) {
  detail::require_threads(options.threads);
  return detail::require_decay_into_two(dispersion, options.bonds);
}

detail::TimeGrid time_grid(const Dispersion& dispersion, int points, const ThreePhononOptions& options) {
  return detail::wave_time_grid(dispersion, points, options.window, options.horizon, options.time_step,
                                detail::decay_mismatch(dispersion, 2));
}

/// 1/(2ω), zero at frozen modes.
std::vector<double> vertex(const LatticeGrid& grid, const std::vector<bool>& frozen) {
  detail::require_positive_frequencies(grid, frozen);
  std::vector<double> v(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) v[a] = frozen[a] ? 0.0 : 0.5 / grid.energies()[a];
  return v;
}

detail::LatticeCollisions make_collisions(const LatticeGrid& grid, const ThreePhononOptions& options) {
  const detail::TimeGrid time = time_grid(grid.dispersion(), grid.points(), options);
  detail::SpaceTimeEngine engine(grid.dimension(), grid.points(), grid.energies(), time.step, time.nodes,
                                 options.threads);
  std::vector<bool> frozen = detail::frozen_modes(grid, options.bonds);
  detail::LatticeKernel kernel(
      grid, Statistics::boson, vertex(grid, frozen),
      std::make_unique<detail::SpringProducts>(std::move(engine), grid.dimension(), grid.points(), options.bonds));
  // By the golden rule, and one factor n⁻¹ for each of the two propagated fields.
  const double scale = 4.0 * std::numbers::pi * std::pow(static_cast<double>(grid.size()), -2.0);
  const auto delta = [time, scale, window = options.window](double horizon_used) {
    detail::EnergyDelta result{time.weights(window, horizon_used), nullptr};
    for (double& w : result.weights) w *= scale;
    return result;
  };
  return {grid,
          std::move(kernel),
          {.statistics = Statistics::boson,
           .conserved = detail::Conserved::energy,
           .energy = options.energy,
           .window = options.window,
           .time = time,
           .delta = delta,
           .error = detail::error_rule_of_phonons(),
           .frozen = std::move(frozen)}};
}

}  // namespace

struct ThreePhonon::Impl {
  Impl(const LatticeGrid& grid, const ThreePhononOptions& options)
      : resonance(resonance_of(grid.dispersion(), options)), collisions(make_collisions(grid, options)) {
    const std::vector<bool>& flags = collisions.settings().frozen;
    for (std::size_t a = 0; a < flags.size(); ++a) {
      if (flags[a]) frozen.push_back(a);
    }
  }
  Resonance resonance;
  detail::LatticeCollisions collisions;
  std::vector<std::size_t> frozen;
};

ThreePhonon::ThreePhonon(const LatticeGrid& grid, const ThreePhononOptions& options)
    : impl_(std::make_unique<Impl>(grid, options)) {}
ThreePhonon::ThreePhonon(ThreePhonon&&) noexcept = default;
ThreePhonon& ThreePhonon::operator=(ThreePhonon&&) noexcept = default;
ThreePhonon::~ThreePhonon() = default;

const LatticeGrid& ThreePhonon::space() const noexcept { return impl_->collisions.grid(); }
Statistics ThreePhonon::statistics() const noexcept { return Statistics::boson; }
const Resonance& ThreePhonon::resonance() const noexcept { return impl_->resonance; }
const std::vector<std::size_t>& ThreePhonon::frozen() const noexcept { return impl_->frozen; }
double ThreePhonon::horizon() const noexcept { return impl_->collisions.settings().time.horizon; }
double ThreePhonon::time_step() const noexcept { return impl_->collisions.settings().time.step; }
int ThreePhonon::time_nodes() const noexcept { return impl_->collisions.settings().time.nodes; }
void ThreePhonon::set_reference(const Equilibrium& equilibrium) { impl_->collisions.set_reference(equilibrium); }
void ThreePhonon::start_search_at(const Equilibrium& guess) { impl_->collisions.start_search_at(guess); }
const Equilibrium& ThreePhonon::last_reference() const noexcept { return impl_->collisions.last_reference(); }
Equilibrium ThreePhonon::reference_for(ConstState W) const { return impl_->collisions.reference_for(W); }
CollisionReport ThreePhonon::apply(ConstState W, State C) { return impl_->collisions.apply(W, C); }
void ThreePhonon::apply_linearised(ConstState W, ConstState dW, State dC) {
  impl_->collisions.apply_linearised(W, dW, dC);
}
void ThreePhonon::loss_rate(ConstState W, State nu) { impl_->collisions.loss_rate(W, nu); }
Invariants ThreePhonon::invariants() const { return impl_->collisions.invariants(); }
ErrorEstimate ThreePhonon::error_estimate(ConstState W) { return impl_->collisions.error_estimate(W); }

int ThreePhonon::time_nodes(int points, const Dispersion& dispersion, const ThreePhononOptions& options) {
  (void)resonance_of(dispersion, options);
  (void)detail::node_count(points, dispersion.dimension());
  return time_grid(dispersion, points, options).nodes;
}

std::size_t ThreePhonon::memory(int points, const Dispersion& dispersion, const ThreePhononOptions& options) {
  const int nodes = time_nodes(points, dispersion, options);
  return detail::LatticeCollisions::memory(dispersion.dimension(), points) +
         detail::SpaceTimeEngine::memory(dispersion.dimension(), points, nodes, options.threads, 2) +
         detail::SpringProducts::memory(dispersion.dimension(), points, options.bonds, options.threads);
}

}  // namespace nordheim
