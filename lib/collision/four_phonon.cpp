// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/core/error.hpp>

#include "collision/lattice_collisions.hpp"
#include "collision/lattice_options.hpp"
#include "collision/two_body_products.hpp"
#include "collision/wave_products.hpp"
#include "momentum/node_count.hpp"

#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

/// @throws InvalidArgument for what FourPhonon refuses
void check(const Dispersion& dispersion, const FourPhononOptions& options) {
  detail::require_positive_option("lambda", options.lambda);
  detail::require_moderate_vertex("lambda", options.lambda);
  detail::require_threads(options.threads);
  const EnergyRange range = dispersion.range();
  if (!(range.min > 1e-9 * range.max)) {
    std::ostringstream text;
    text << "four-phonon collisions need frequencies that are positive everywhere: their rate has the factors "
            "1/(2 omega); found "
         << range.min << " as the lowest of " << dispersion.description();
    throw InvalidArgument(text.str());
  }
  detail::require_bandwidth(dispersion);
}

Resonance decay_of(const Dispersion& dispersion, const FourPhononOptions& options) {
  check(dispersion, options);
  return decay_resonance(dispersion, 3);
}

bool has_decays(const Resonance& decay, const FourPhononOptions& options) {
  return decay.found && options.processes == FourPhononProcesses::resonant;
}

detail::TimeGrid time_grid(const Dispersion& dispersion, int points, const FourPhononOptions& options, bool decays) {
  return detail::wave_time_grid(
      dispersion, points, options.window, options.horizon, options.time_step,
      decays ? detail::decay_mismatch(dispersion, 3) : detail::scattering_mismatch(dispersion));
}

std::unique_ptr<detail::SpaceTimeProducts> products(detail::SpaceTimeEngine engine, std::size_t size,
                                                    Statistics statistics, bool decays) {
  using detail::FormulaDerivative, detail::FormulaProduct;
  const auto of = [&]<class Formula>(Formula) {
    using Products = detail::LocalProducts<FormulaProduct<Formula>, FormulaDerivative<Formula>>;
    return std::unique_ptr<detail::SpaceTimeProducts>(std::make_unique<Products>(std::move(engine), size));
  };
  if (statistics == Statistics::classical_wave) {
    return decays ? of(detail::WaveScatteringAndDecay{}) : of(detail::WaveScattering{});
  }
  if (decays) return of(detail::ScatteringAndDecay{});
  using Scattering = detail::LocalProducts<detail::TwoBodyProduct, detail::TwoBodyDerivative>;
  return std::make_unique<Scattering>(std::move(engine), size);
}

detail::LatticeCollisions make_collisions(const LatticeGrid& grid, Statistics statistics,
                                          const FourPhononOptions& options, bool decays) {
  const detail::TimeGrid time = time_grid(grid.dispersion(), grid.points(), options, decays);
  detail::SpaceTimeEngine engine(grid.dimension(), grid.points(), grid.energies(), time.step, time.nodes,
                                 options.threads);
  std::vector<double> vertex;
  for (const double omega : grid.energies()) vertex.push_back(0.5 / omega);
  detail::LatticeKernel kernel(grid, statistics, std::move(vertex),
                               products(std::move(engine), grid.size(), statistics, decays));
  // By the golden rule, and one factor n⁻¹ for each of the three propagated fields.
  const double scale =
      576.0 * std::numbers::pi * options.lambda * options.lambda * std::pow(static_cast<double>(grid.size()), -3.0);
  const auto delta = [time, scale, window = options.window](double horizon_used) {
    detail::EnergyDelta result{time.weights(window, horizon_used), nullptr};
    for (double& w : result.weights) w *= scale;
    return result;
  };
  return {grid,
          std::move(kernel),
          {.statistics = statistics,
           .conserved = decays ? detail::Conserved::energy : detail::Conserved::number_and_energy,
           .energy = options.energy,
           .window = options.window,
           .time = time,
           .delta = delta,
           .error = detail::error_rule_of_phonons()}};
}

}  // namespace

struct FourPhonon::Impl {
  Impl(const LatticeGrid& grid, Statistics statistics, const FourPhononOptions& options)
      : decay(decay_of(grid.dispersion(), options)),
        decays(has_decays(decay, options)),
        collisions(make_collisions(grid, statistics, options, decays)) {}
  Resonance decay;
  bool decays;
  detail::LatticeCollisions collisions;
};

FourPhonon::FourPhonon(const LatticeGrid& grid, Statistics statistics, const FourPhononOptions& options) {
  if (statistics != Statistics::boson && statistics != Statistics::classical_wave) {
    throw InvalidArgument("phonons have the statistics boson or classical-wave (found " + name(statistics) + ")");
  }
  impl_ = std::make_unique<Impl>(grid, statistics, options);
}
FourPhonon::FourPhonon(FourPhonon&&) noexcept = default;
FourPhonon& FourPhonon::operator=(FourPhonon&&) noexcept = default;
FourPhonon::~FourPhonon() = default;

const LatticeGrid& FourPhonon::space() const noexcept { return impl_->collisions.grid(); }
Statistics FourPhonon::statistics() const noexcept { return impl_->collisions.settings().statistics; }
const Resonance& FourPhonon::decay() const noexcept { return impl_->decay; }
bool FourPhonon::decays() const noexcept { return impl_->decays; }
double FourPhonon::horizon() const noexcept { return impl_->collisions.settings().time.horizon; }
double FourPhonon::time_step() const noexcept { return impl_->collisions.settings().time.step; }
int FourPhonon::time_nodes() const noexcept { return impl_->collisions.settings().time.nodes; }
void FourPhonon::set_reference(const Equilibrium& equilibrium) { impl_->collisions.set_reference(equilibrium); }
void FourPhonon::start_search_at(const Equilibrium& guess) { impl_->collisions.start_search_at(guess); }
const Equilibrium& FourPhonon::last_reference() const noexcept { return impl_->collisions.last_reference(); }
Equilibrium FourPhonon::reference_for(ConstState W) const { return impl_->collisions.reference_for(W); }
CollisionReport FourPhonon::apply(ConstState W, State C) { return impl_->collisions.apply(W, C); }
void FourPhonon::apply_linearised(ConstState W, ConstState dW, State dC) {
  impl_->collisions.apply_linearised(W, dW, dC);
}
void FourPhonon::loss_rate(ConstState W, State nu) { impl_->collisions.loss_rate(W, nu); }
Invariants FourPhonon::invariants() const { return impl_->collisions.invariants(); }
ErrorEstimate FourPhonon::error_estimate(ConstState W) { return impl_->collisions.error_estimate(W); }

int FourPhonon::time_nodes(int points, const Dispersion& dispersion, const FourPhononOptions& options) {
  const bool decays = has_decays(decay_of(dispersion, options), options);
  (void)detail::node_count(points, dispersion.dimension());
  return time_grid(dispersion, points, options, decays).nodes;
}

std::size_t FourPhonon::memory(int points, const Dispersion& dispersion, const FourPhononOptions& options) {
  const int nodes = time_nodes(points, dispersion, options);
  return detail::LatticeCollisions::memory(dispersion.dimension(), points) +
         detail::SpaceTimeEngine::memory(dispersion.dimension(), points, nodes, options.threads, 2);
}

}  // namespace nordheim
