// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/elastic_transport.hpp>

#include "transport/shell_average.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace nordheim {

using detail::NodeValues;

TimeRoute diffusion_in_time(const ElasticScattering& scattering, const Vector3& n, double rtol) {
  const EnergyShell& shell = scattering.space();
  const std::size_t size = shell.size();
  NodeValues v = detail::centred_velocity(shell, n);
  TimeRoute route;
  const double speed = std::sqrt(detail::average(shell, v, v));
  if (speed == 0.0) return route;
  const double rate = *std::max_element(scattering.rates().begin(), scattering.rates().end());
  if (!(rate > 0.0)) throw InvalidArgument("nothing is scattered on this shell, so that the velocity does not decay");

  // In units of the root mean square velocity and the largest rate, so that all unknowns are of order one, as the
  // absolute tolerance assumes: m' = C m, m(0) = v; x' = v + C x, x(0) = 0, the mean displacement of a particle that
  // started at k; and G' = ⟨v m⟩.
  for (double& value : v) value /= speed;
  OdeSystem system;
  system.size = 2 * size + 1;
  system.right_hand_side = [&](double, ConstState y, State dydt) {
    const ConstState m = y.first(size);
    scattering.apply(m, dydt.first(size));
    scattering.apply(y.subspan(size, size), dydt.subspan(size, size));
    for (double& value : dydt.first(2 * size)) value /= rate;
    for (std::size_t a = 0; a < size; ++a) dydt[size + a] += v[a];
    dydt[2 * size] = detail::average(shell, v, m);
  };
  EvolutionOptions options;
  options.rtol = rtol;
  Evolution evolution(system, options);
  // The remaining integral is at most ⟨v m⟩/gap; below the absolute tolerance nothing more is followed.
  evolution.stop_when(
      [&](double, ConstState y) { return std::abs(detail::average(shell, v, y.first(size))) < 0.03 * rtol; });
  std::vector<double> y(system.size, 0.0);
  std::copy(v.begin(), v.end(), y.begin());
  const EvolutionReport report = evolution.run(y, 0.0, std::numeric_limits<double>::infinity());

  const double scale = speed * speed / rate;
  route.green_kubo = scale * y[2 * size];
  route.displacement = scale * detail::average(shell, v, ConstState(y).subspan(size, size));
  route.time = report.time / rate;
  return route;
}

}  // namespace nordheim
