// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/energy_shell_tables.hpp"

#include <algorithm>

namespace nordheim {

void EnergyShell::Tables::reserve(std::size_t fundamental) {
  const std::size_t n = fundamental * reflections.size();
  momenta.reserve(n * static_cast<std::size_t>(dimension));
  velocities.reserve(n * static_cast<std::size_t>(dimension));
  weights.reserve(n);
}

void EnergyShell::Tables::add(const Vector3& k, const Vector3& velocity, double weight) {
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
    momenta.push_back(k[j]);
    velocities.push_back(velocity[j]);
  }
  weights.push_back(weight);
}

void EnergyShell::Tables::reflect() {
  const auto d = static_cast<std::size_t>(dimension);
  const std::size_t m = weights.size();
  double fundamental_weight = 0.0;
  Vector3 fundamental_current{};
  for (std::size_t i = 0; i < m; ++i) {
    fundamental_weight += weights[i];
    for (std::size_t j = 0; j < d; ++j) fundamental_current[j] += weights[i] * velocities[i * d + j];
  }
  const std::size_t n = m * reflections.size();
  momenta.resize(n * d);
  velocities.resize(n * d);
  weights.resize(n);
  for (std::size_t g = 1; g < reflections.size(); ++g) {
    Vector3 sign{};
    for (std::size_t j = 0; j < d; ++j) sign[j] = (reflections[g] >> j & 1U) != 0 ? -1.0 : 1.0;
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        momenta[(g * m + i) * d + j] = sign[j] * momenta[i * d + j];
        velocities[(g * m + i) * d + j] = sign[j] * velocities[i * d + j];
      }
    }
    std::copy_n(weights.begin(), m, weights.begin() + static_cast<std::ptrdiff_t>(g * m));
  }
  energies.assign(n, energy);
  density_of_states = static_cast<double>(reflections.size()) * fundamental_weight;
  // Half of a group reverses an axis, or none of it: then the mean is zero, without rounding.
  AxisFlip reversed = 0;
  for (const AxisFlip flip : reflections) reversed |= flip;
  for (std::size_t j = 0; j < d; ++j) {
    const bool remains = (reversed >> j & 1U) == 0 && fundamental_weight > 0.0;
    mean_velocity[j] = remains ? fundamental_current[j] / fundamental_weight : 0.0;
  }
}

}  // namespace nordheim
