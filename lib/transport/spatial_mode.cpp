// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include "transport/rational_step.hpp"
#include "transport/shell_average.hpp"
#include "transport/slowest_rate.hpp"
#include "transport/taylor_steps.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

using Complex = SpatialMode::Complex;

void require_size(const EnergyShell& shell, std::size_t found) {
  if (found != shell.size()) throw DimensionMismatch("the state of a spatial mode", found, shell.size());
}

}  // namespace

SpatialMode::SpatialMode(const std::shared_ptr<const ElasticScattering>& scattering, const Vector3& q)
    : SpatialMode(scattering, q, scattering && q != Vector3{} ? rough_gap(*scattering) : 1.0) {}

SpatialMode::SpatialMode(std::shared_ptr<const ElasticScattering> scattering, const Vector3& q, double gap)
    : scattering_(std::move(scattering)), q_(q) {
  if (!scattering_) throw InvalidArgument("a spatial mode needs a scattering operator; none was given");
  const auto dimension = static_cast<std::size_t>(scattering_->space().dimension());
  for (std::size_t j = 0; j < 3; ++j) {
    if (std::isfinite(q[j]) && (j < dimension || q[j] == 0.0)) continue;
    throw InvalidArgument("component " + std::to_string(j + 1) + " of the wavevector is " + shortest_text(q[j]) +
                          "; allowed are finite numbers, and 0 beyond the dimension");
  }
  if (!(gap > 0.0 && std::isfinite(gap))) {
    throw InvalidArgument("spectral gap = " + shortest_text(gap) + "; allowed are positive numbers");
  }
  flight_ = detail::velocity_along(scattering_->space(), q);
  for (const double frequency : flight_) fastest_ = std::max(fastest_, std::abs(frequency));
  // Eigenvalues are within |q·v| of those of C. With the symmetry k → −k an eigenvector of one that is not real has
  // even and odd parts of the same norm, so that its decay is at least half the gap.
  slowest_wave_ = gap - fastest_;
  if (!detail::inverted_nodes(scattering_->space()).empty()) slowest_wave_ = std::max(slowest_wave_, 0.5 * gap);
}

double SpatialMode::rough_gap(const ElasticScattering& scattering) {
  constexpr double rough = 1e-2;  // only the time after which one long step is allowed depends on it
  return detail::slowest_rate(scattering, rough);
}

void SpatialMode::propagate(std::span<Complex> W, double t, double negligible) const {
  require_size(scattering_->space(), W.size());
  if (!(std::isfinite(t) && t >= 0.0)) {
    throw InvalidArgument("time = " + shortest_text(t) + "; allowed are finite numbers from 0");
  }
  const double norm = detail::squared_norm(scattering_->space(), W);
  if (!std::isfinite(norm)) throw InvalidArgument("the state of a spatial mode is not finite or too large");
  if (t == 0.0) return;
  const auto advance = [&](double h, double steps, const std::vector<detail::PartialFraction>& contour) {
    detail::RationalStep(*scattering_, q_, contour, h).run(W, static_cast<std::uint64_t>(steps), negligible);
  };
  // While waves are above rounding, flights of all velocities matter and q·v h must stay within the contour; later
  // only eigenvalues on the negative axis are left, and one step goes as far as wanted.
  constexpr double forgotten = 40.0;
  double ballistic = fastest_ > 0.0 ? t : 0.0;
  if (slowest_wave_ > 0.0) ballistic = std::min(ballistic, forgotten / slowest_wave_);
  const double steps = std::ceil(ballistic * fastest_);
  if (steps <= 1.0 && ballistic < t) return advance(t, 1.0, detail::real_talbot_fractions());
  // The resolvents of the contour cost as much as some hundred applications of C, and one for each of 32 in each step.
  constexpr double resolvents = 120.0, resolvents_applied = 50.0;
  detail::TaylorSteps series(*scattering_, flight_);
  if (series.cost(ballistic) < resolvents + resolvents_applied * steps) {
    series.run(W, ballistic, negligible);
  } else {
    advance(ballistic / steps, steps, detail::talbot_fractions());
  }
  if (ballistic < t) advance(t - ballistic, 1.0, detail::real_talbot_fractions());
}

void SpatialMode::radau_step(std::span<Complex> W, double h) const {
  require_size(scattering_->space(), W.size());
  if (!(std::isfinite(h) && h > 0.0)) {
    throw InvalidArgument("step = " + shortest_text(h) + "; allowed are positive numbers");
  }
  detail::RationalStep(*scattering_, q_, detail::radau_fractions(), h).run(W, 1, 0.0);
}

OdeSystem SpatialMode::ode_system() const {
  const std::size_t n = scattering_->space().size();
  OdeSystem system;
  system.size = 2 * n;
  const auto apply = [this, n](ConstState y, State dydt) {
    const ConstState real = y.first(n);
    const ConstState imaginary = y.last(n);
    scattering_->apply(real, dydt.first(n));
    scattering_->apply(imaginary, dydt.last(n));
    for (std::size_t a = 0; a < n; ++a) {
      dydt[a] += flight_[a] * imaginary[a];
      dydt[n + a] -= flight_[a] * real[a];
    }
  };
  system.right_hand_side = [apply](double, ConstState y, State dydt) { apply(y, dydt); };
  system.jacobian_action = [apply](double, ConstState, ConstState v, State Jv) { apply(v, Jv); };
  return system;
}

Complex SpatialMode::density(std::span<const Complex> W) const {
  require_size(scattering_->space(), W.size());
  return detail::integral(scattering_->space(), W);
}

}  // namespace nordheim
