// SPDX-License-Identifier: GPL-3.0-or-later
// What IsotropicTwoBody is made of, and what it refuses.
#include <nordheim/core/error.hpp>

#include "collision/isotropic_two_body_impl.hpp"
#include "collision/spherical_reference.hpp"
#include "core/threads.hpp"
#include "model/particles.hpp"
#include "momentum/oscillator_functions.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

namespace nordheim {

namespace {

constexpr int largest_degree = 128;

SphericalGrid checked(SphericalGrid grid, const IsotropicTwoBodyOptions& options) {
  if (grid.symmetry() != MomentumSymmetry::isotropic) {
    throw InvalidArgument("symmetry = \"" + name(grid.symmetry()) +
                          "\"; the collision kernel is averaged over directions, which needs states that do not depend "
                          "on them, symmetry = \"isotropic\"");
  }
  if (grid.degree() > largest_degree) {
    throw InvalidArgument("degree = " + std::to_string(grid.degree()) + "; at most " + std::to_string(largest_degree) +
                          " is allowed, the tables of collisions grow with its fourth power");
  }
  if (!std::isfinite(options.strength) || options.strength <= 0.0) {
    std::ostringstream text;
    text << "strength = " << options.strength << "; a positive number is needed";
    throw InvalidArgument(text.str());
  }
  if (options.threads < 0) {
    throw InvalidArgument("threads = " + std::to_string(options.threads) + "; 0 (all) or a positive number is needed");
  }
  return grid;
}

std::optional<detail::IsotropicKernel> kernel_of(const SphericalGrid& grid, Statistics statistics,
                                                 const IsotropicTwoBodyOptions& options) {
  if (!options.potential) return std::nullopt;
  // Beyond twice the turning point of the highest function there is nothing to transfer from or to.
  const double reach = 2.0 * grid.scale() * std::sqrt(2.0 * grid.degree() + 3.0);
  return std::optional<detail::IsotropicKernel>(std::in_place, options.potential,
                                                options.exchange == Exchange::full ? theta(statistics) : 0.0, reach);
}

int threads_of(const IsotropicTwoBodyOptions& options, const detail::IsotropicTensor& tensor) {
  // A table in the cache is read faster by one thread than it takes to wake others.
  constexpr std::size_t too_small = 1 << 17;
  if (tensor.values.size() < too_small) return 1;
  return detail::thread_count(options.threads);
}

}  // namespace

IsotropicTwoBody::Impl::Impl(SphericalGrid grid_in, Statistics statistics_in, IsotropicTwoBodyOptions options_in)
    : grid(checked(std::move(grid_in), options_in)),
      statistics(statistics_in),
      options(std::move(options_in)),
      kernel(kernel_of(grid, statistics, options)),
      tensor(grid.tables(), options.strength, kernel),
      threads(threads_of(options, tensor)) {
  const detail::SphericalPoints& points = grid.tables().points;
  const Eigen::MatrixXd functions = detail::oscillator_functions(static_cast<int>(tensor.functions), 0, points.radii);
  for (Eigen::Index n = 0; n < functions.rows(); ++n) {
    for (std::size_t i = 0; i < tensor.nodes; ++i) {
      analysis.push_back(functions(n, static_cast<Eigen::Index>(i)) * points.radial_weights[i]);
    }
  }
  for (Factor* factor : {&P, &R, &dP, &dR}) {
    factor->nodal.resize(tensor.nodes);
    factor->coefficients.resize(tensor.functions);
    factor->products.resize(tensor.pairs);
  }
  for (auto* array : {&half_exponential, &gain, &loss, &d_gain, &d_loss, &weight, &C}) array->resize(tensor.nodes);
}

IsotropicTwoBody::IsotropicTwoBody(SphericalGrid grid, Statistics statistics, IsotropicTwoBodyOptions options) {
  detail::require_particles(statistics, "two-body collisions");
  impl_ = std::make_unique<Impl>(std::move(grid), statistics, std::move(options));
}
IsotropicTwoBody::IsotropicTwoBody(IsotropicTwoBody&&) noexcept = default;
IsotropicTwoBody& IsotropicTwoBody::operator=(IsotropicTwoBody&&) noexcept = default;
IsotropicTwoBody::~IsotropicTwoBody() = default;

const SphericalGrid& IsotropicTwoBody::space() const noexcept { return impl_->grid; }
Statistics IsotropicTwoBody::statistics() const noexcept { return impl_->statistics; }

Equilibrium IsotropicTwoBody::equilibrium_of(ConstState W) const {
  return detail::reference_of(impl_->grid, impl_->statistics, W).at_rest;
}

void IsotropicTwoBody::set_reference(const Equilibrium& equilibrium) {
  if (equilibrium.statistics() != impl_->statistics) {
    throw InvalidArgument("the reference equilibrium is one of " + name(equilibrium.statistics()) +
                          "s, the collisions are those of " + name(impl_->statistics) + "s");
  }
  impl_->reference = equilibrium;
}

Invariants IsotropicTwoBody::invariants() const {
  const ConstState energies = impl_->grid.energies();
  return {{"number", std::vector<double>(energies.size(), 1.0)},
          {"energy", std::vector<double>(energies.begin(), energies.end())}};
}

std::size_t IsotropicTwoBody::memory(int degree) noexcept {
  return static_cast<std::size_t>(8.0 * detail::isotropic_tensor_size(degree));
}

}  // namespace nordheim
