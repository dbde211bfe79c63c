// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/deviation.hpp"

#include <nordheim/evolution/shifted_system.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nordheim::program {

Deviation::Deviation(const Gas& gas)
    : equilibrium_(gas.equilibrium_W), unit_(equilibrium_.size(), 1.0), linear_(gas.bath_beta.has_value()) {
  if (!gas.bath_beta) return;
  const ConstState energies = gas.nodes.energies();
  const double lowest = *std::min_element(energies.begin(), energies.end());
  for (std::size_t a = 0; a < unit_.size(); ++a) unit_[a] = std::exp(-0.5 * *gas.bath_beta * (energies[a] - lowest));
}

OdeSystem Deviation::system(KineticEquation<AnyCollisions>& equation) const {
  return shifted(ode_system(equation), linear_ ? std::vector<double>(unit_.size(), 0.0) : equilibrium_, unit_);
}

std::vector<double> Deviation::from_state(ConstState W) const {
  std::vector<double> z(W.size());
  for (std::size_t a = 0; a < z.size(); ++a) z[a] = (W[a] - equilibrium_[a]) / unit_[a];
  return z;
}

void Deviation::to_state(ConstState z, State W) const {
  for (std::size_t a = 0; a < W.size(); ++a) W[a] = equilibrium_[a] + unit_[a] * z[a];
}

double Deviation::distance(ConstState z) const {
  double largest = 0.0;
  for (std::size_t a = 0; a < z.size(); ++a) largest = std::max(largest, std::abs(unit_[a] * z[a]));
  return largest;
}

}  // namespace nordheim::program
