// SPDX-License-Identifier: GPL-3.0-or-later
// How SphericalTwoBody is made: checks of what it is asked for, its reference equilibrium, its size.
#include <nordheim/core/error.hpp>

#include "collision/spherical_two_body_impl.hpp"

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
}

/// V̂², each value checked; empty for contact.
std::function<double(double)> squared(const std::function<double(double)>& potential) {
  if (!potential) return {};
  return [potential](double q) {
    const double square = potential(q) * potential(q);
    if (!std::isfinite(square)) {
      std::ostringstream text;
      text << "the potential is " << potential(q) << " at q = " << q << ", its square must be finite";
      throw InvalidArgument(text.str());
    }
    return square;
  };
}

}  // namespace

SphericalTwoBody::Impl::Impl(SphericalGrid grid_in, Statistics statistics_in, SphericalTwoBodyOptions options_in)
    : grid(std::move(grid_in)),
      statistics(statistics_in),
      options(std::move(options_in)),
      square(squared(options.potential)),
      lens(grid.tables(), grid.degree(), options.extra_degree, square, options.threads),
      used{Equilibrium(statistics, 0.0, 0.0, 1.0), {}} {
  for (auto* const state : {&falling, &rising, &evaluated, &P, &R, &G1, &G2, &dP, &dR, &dG1, &dG2, &weight, &C}) {
    state->resize(grid.size());
  }
}

SphericalTwoBody::SphericalTwoBody(SphericalGrid grid, Statistics statistics, SphericalTwoBodyOptions options) {
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
  const SphericalGrid& grid = impl_->grid;
  if (W.size() != grid.size()) throw DimensionMismatch("the state W", W.size(), grid.size());
  const MovingMoments moments = moving_moments_of(W, grid.velocities(), grid.energies(), grid.weights());
  MovingEquilibrium equilibrium =
      moving_equilibrium_of(impl_->statistics, moments, grid.velocities(), grid.energies(), grid.weights());

  const double temperature = 1.0 / equilibrium.at_rest.beta();
  const auto R = [&](std::size_t a) { return std::abs(W[a]) * std::exp(0.5 * equilibrium.exponent(grid.momentum(a))); };
  double largest = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) largest = std::max(largest, R(a));
  const auto radii = static_cast<std::size_t>(grid.radial_points());
  for (std::size_t outer = radii - 1; outer < grid.size(); outer += radii) {
    // A tail that is small beside the rest does no harm, however it decays.
    constexpr double harmless = 1e-3;
    if (!(R(outer) > harmless * largest) || !(W[outer] > 0.0) || !(W[outer - 1] > 0.0)) continue;
    const double step = equilibrium.energy(grid.momentum(outer)) - equilibrium.energy(grid.momentum(outer - 1));
    const double fall = std::log(W[outer - 1] / W[outer]);
    if (fall > 0.5 * step / temperature) continue;
    const Vector3 k = grid.momentum(outer);
    std::ostringstream text;
    text.precision(6);
    text << "the tail of the occupation near k = (" << k[0] << ", " << k[1] << ", " << k[2] << ") ";
    if (fall > 0.0) {
      text << "has the temperature " << step / fall;
    } else {
      text << "does not fall";
    }
    text << ", it must be colder than twice the equilibrium, " << 2.0 * temperature
         << ": W e^{x/2} could not be expanded (a larger scale or degree reaches further out)";
    throw InvalidArgument(text.str());
  }
  return equilibrium;
}

std::size_t SphericalTwoBody::memory(const SphericalGridOptions& grid, const SphericalTwoBodyOptions& options) {
  const detail::SphericalBasis input = detail::basis_of(grid);
  const detail::SphericalBasis output = detail::raised(input, options.extra_degree);
  constexpr std::size_t of_grid = 8, of_operator = 12, inputs = 4;
  return sizeof(double) * (of_grid + of_operator) * detail::node_count(input) +
         detail::LensEngine::memory(input, output, static_cast<bool>(options.potential), options.threads, inputs);
}

void SphericalTwoBody::set_reference(const MovingEquilibrium& equilibrium) {
  if (equilibrium.at_rest.statistics() != impl_->statistics) {
    throw InvalidArgument("the reference is of " + name(equilibrium.at_rest.statistics()) +
                          " statistics, those of the " + "operator are " + name(impl_->statistics));
  }
  impl_->reference = equilibrium;
  impl_->use(equilibrium);
}

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
