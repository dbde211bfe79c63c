// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>

#include <cmath>
#include <sstream>

namespace nordheim {

namespace {

void check_input(Statistics statistics, double energy, ConstState energies, ConstState weights) {
  std::ostringstream text;
  if (statistics != Statistics::boson && statistics != Statistics::classical_wave) {
    throw InvalidArgument("an equilibrium without conserved number is one of bosons or classical waves, found " +
                          name(statistics));
  }
  if (weights.size() != energies.size()) throw DimensionMismatch("the weights", weights.size(), energies.size());
  for (std::size_t a = 0; a < energies.size(); ++a) {
    if (!std::isfinite(weights[a]) || weights[a] < 0.0) {
      text << "the weight of node " << a << " is " << weights[a] << "; it must be finite and not negative";
      throw InvalidArgument(text.str());
    }
    if (weights[a] > 0.0 && !(std::isfinite(energies[a]) && energies[a] > 0.0)) {
      text << "the energy of node " << a << " is " << energies[a] << "; it must be positive and finite";
      throw InvalidArgument(text.str());
    }
  }
  if (std::isfinite(energy)) return;
  text << "the energy of the state is " << energy << "; it must be finite";
  throw InvalidArgument(text.str());
}

/// Σ w ω W and its derivative with respect to T.
struct Heat {
  double energy = 0.0, capacity = 0.0;
};

Heat heat_at(Statistics statistics, double T, ConstState energies, ConstState weights) {
  Heat heat;
  for (std::size_t a = 0; a < energies.size(); ++a) {
    if (weights[a] == 0.0) continue;
    const double x = energies[a] / T;
    const double W = statistics == Statistics::boson ? 1.0 / std::expm1(x) : 1.0 / x;
    heat.energy += weights[a] * energies[a] * W;
    heat.capacity += weights[a] * x * x * fluctuation(statistics, W);
  }
  return heat;
}

}  // namespace

Equilibrium equilibrium_of_energy(Statistics statistics, double energy, ConstState energies, ConstState weights) {
  check_input(statistics, energy, energies, weights);
  double total = 0.0, first = 0.0;
  for (std::size_t a = 0; a < energies.size(); ++a) {
    total += weights[a];
    first += weights[a] * energies[a];
  }
  if (!(total > 0.0)) throw InvalidArgument("an equilibrium needs at least one node of positive weight, found none");
  const auto refuse = [&](const std::string& why) -> Equilibrium {
    std::ostringstream text;
    text << "no " << name(statistics) << " equilibrium with mu = 0 has energy " << energy << " on these nodes: " << why;
    throw NoEquilibrium(text.str());
  };
  if (!(energy > 0.0)) return refuse("the energy must be positive");
  // x/(e^x − 1) ≥ 1 − x/2 makes the energy at this T too high; from there Newton's steps fall on one side.
  double T = (energy + 0.5 * first) / total;
  constexpr int most_steps = 2000;  // some ten, but one for each unit of ω/T where it is cold
  for (int step = 0; step < most_steps; ++step) {
    const Heat heat = heat_at(statistics, T, energies, weights);
    const double next = T - (heat.energy - energy) / heat.capacity;
    if (!(next > 0.0) || !std::isfinite(next)) break;
    if (next >= T * (1.0 - 1e-15)) return {statistics, 1.0 / next, 0.0, 0.0};
    T = next;
  }
  return refuse("the temperature is too close to zero for double precision");
}

}  // namespace nordheim
