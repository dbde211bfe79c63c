// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/transport/elastic_transport.hpp>

#include "transport/shell_average.hpp"

namespace nordheim {

using detail::average;
using detail::NodeValues;

Tensor3 diffusion_tensor(const ElasticScattering& scattering) {
  const EnergyShell& shell = scattering.space();
  const auto d = static_cast<std::size_t>(shell.dimension());
  std::array<NodeValues, 3> v;
  NodeValues h(shell.size());
  Tensor3 D{};
  // One axis tells all where they are equivalent.
  const std::size_t axes = scattering.has_cubic_symmetry() ? 1 : d;
  for (std::size_t j = 0; j < axes; ++j) {
    Vector3 axis{};
    axis[j] = 1.0;
    v[j] = detail::centred_velocity(shell, axis);
    scattering.solve(v[j], h);
    for (std::size_t i = 0; i <= j; ++i) D[i][j] = D[j][i] = average(shell, v[i], h);
  }
  for (std::size_t j = axes; j < d; ++j) D[j][j] = D[0][0];
  return D;
}

double super_burnett(const ElasticScattering& scattering, const Vector3& n) {
  const EnergyShell& shell = scattering.space();
  const NodeValues v = detail::centred_velocity(shell, n);
  NodeValues h1(shell.size());
  scattering.solve(v, h1);
  const double D = average(shell, v, h1);
  NodeValues f(shell.size());
  for (std::size_t a = 0; a < f.size(); ++a) f[a] = v[a] * h1[a] - D;
  NodeValues h2(shell.size());
  scattering.solve(f, h2);
  return average(shell, v, h1, h2) - D * average(shell, h1, h1);
}

}  // namespace nordheim
