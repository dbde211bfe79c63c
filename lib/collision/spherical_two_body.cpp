// SPDX-License-Identifier: GPL-3.0-or-later
// How SphericalTwoBody is made: checks of what it is asked for, its reference equilibrium, its size.
#include <nordheim/core/error.hpp>

#include "collision/spherical_reference.hpp"
#include "collision/spherical_two_body_impl.hpp"
#include "model/particles.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

void check(const SphericalTwoBodyOptions& options) {
  std::ostringstream text;
  if (!(options.strength > 0.0) || !std::isfinite(options.strength)) {
    text << "strength = " << options.strength << ", it must be positive and finite";
    throw InvalidArgument(text.str());
  }
  constexpr int most_extra = 256;
  if (options.extra_degree < 2 || options.extra_degree > most_extra) {
    text << "extra_degree = " << options.extra_degree << ", allowed are 2 to " << most_extra;
    throw InvalidArgument(text.str());
  }
  if (options.threads < 0) {
    text << "threads = " << options.threads << ", allowed are 0 (all) and positive numbers";
    throw InvalidArgument(text.str());
  }
}

/// V̂², each value checked; empty for contact.
std::function<double(double)> squared(const std::function<double(double)>& potential) {
  if (!potential) return {};
  const auto square = [potential](double q) {
    const double V = potential(q);
    if (!std::isfinite(V * V)) {
      std::ostringstream text;
      text << "the potential is " << V << " at q = " << q << ", its square must be finite";
      throw InvalidArgument(text.str());
    }
    return V * V;
  };
  (void)square(0.0);  // no node lies there, and a pole would not be noticed
  return square;
}

}  // namespace

SphericalTwoBody::Impl::Impl(SphericalGrid grid_in, Statistics statistics_in, SphericalTwoBodyOptions options_in)
    : grid(std::move(grid_in)),
      statistics(statistics_in),
      options(std::move(options_in)),
      square(squared(options.potential)),
      lens(grid.tables(), grid.degree(), options.extra_degree, square, options.threads),
      used{Equilibrium(statistics, 0.0, 0.0, 1.0), {}},
      applied{{}, {}, used, {}} {
  for (auto* const state : {&falling, &rising, &evaluated, &P, &R, &G1, &G2, &dP, &dR, &dG1, &dG2, &weight, &C}) {
    state->resize(grid.size());
  }
}

SphericalTwoBody::SphericalTwoBody(SphericalGrid grid, Statistics statistics, SphericalTwoBodyOptions options) {
  detail::require_particles(statistics, "two-body collisions");
  check(options);
  impl_ = std::make_unique<Impl>(std::move(grid), statistics, std::move(options));
}
SphericalTwoBody::SphericalTwoBody(SphericalTwoBody&&) noexcept = default;
SphericalTwoBody& SphericalTwoBody::operator=(SphericalTwoBody&&) noexcept = default;
SphericalTwoBody::~SphericalTwoBody() = default;

const SphericalGrid& SphericalTwoBody::space() const noexcept { return impl_->grid; }
Statistics SphericalTwoBody::statistics() const noexcept { return impl_->statistics; }
std::size_t SphericalTwoBody::angles() const noexcept { return impl_->lens.engine().angles(); }

MovingEquilibrium SphericalTwoBody::equilibrium_of(ConstState W) const {
  return detail::reference_of(impl_->grid, impl_->statistics, W, impl_->guess ? &*impl_->guess : nullptr);
}

std::size_t SphericalTwoBody::memory(const SphericalGridOptions& grid, const SphericalTwoBodyOptions& options) {
  const std::size_t nodes = SphericalGrid::node_count(grid);
  check(options);
  const bool potential = static_cast<bool>(options.potential);
  const auto evaluation = [&](int degree, int extra_degree) {
    SphericalGridOptions there = grid;
    there.degree = std::clamp(degree, SphericalGrid::least_degree, SphericalGrid::largest_degree);
    if (there.lmax) there.lmax = std::min(*there.lmax, there.degree);
    return detail::LensEvaluation::memory(detail::basis_of(there), extra_degree, potential, options.threads);
  };
  const int K = grid.degree, extra = options.extra_degree;
  constexpr std::size_t of_grid = 12, of_operator = 16;
  return sizeof(double) * (of_grid + of_operator) * nodes + evaluation(K, extra) + evaluation(K - 4, extra) +
         evaluation(K - 8, extra) + evaluation(K + std::max(8, K / 2), extra + K / 2);
}

void SphericalTwoBody::Impl::require_of_these(const MovingEquilibrium& equilibrium) const {
  if (equilibrium.at_rest.statistics() == statistics) return;
  throw InvalidArgument("the reference is of " + name(equilibrium.at_rest.statistics()) +
                        " statistics, those of the operator are " + name(statistics));
}

void SphericalTwoBody::set_reference(const MovingEquilibrium& equilibrium) {
  impl_->require_of_these(equilibrium);
  impl_->reference = equilibrium;
  impl_->use(equilibrium);
}

void SphericalTwoBody::start_search_at(const MovingEquilibrium& guess) {
  impl_->require_of_these(guess);
  impl_->guess = guess;
  impl_->reference.reset();
}

const MovingEquilibrium& SphericalTwoBody::last_reference() const noexcept { return impl_->used; }

Invariants SphericalTwoBody::invariants() const {
  const SphericalGrid& grid = impl_->grid;
  Invariants all{{"number", std::vector<double>(grid.size(), 1.0)}};
  for (std::size_t j = 0; j < 3; ++j) {
    if (j < 2 ? grid.symmetry() != MomentumSymmetry::none : grid.symmetry() == MomentumSymmetry::isotropic) continue;
    std::vector<double> momentum(grid.size());
    for (std::size_t a = 0; a < grid.size(); ++a) momentum[a] = grid.velocities()[3 * a + j];
    all.push_back({"momentum_" + std::to_string(j + 1), std::move(momentum)});
  }
  all.push_back({"energy", {grid.energies().begin(), grid.energies().end()}});
  return all;
}

}  // namespace nordheim
