// SPDX-License-Identifier: GPL-3.0-or-later
// Phonons on their way to equilibrium, watched at every internal step.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace nordheim;
using namespace nordheim::test;

namespace {

std::vector<double> phonon_state(const LatticeGrid& grid) {
  return sample(grid, [](const Vector3& k) {
    return 0.6 + 0.3 * std::cos(two_pi * k[0]) + 0.1 * std::sin(two_pi * k[0]) +
           0.15 * std::cos(two_pi * k[1]) * std::cos(two_pi * (k[0] + k[2]));
  });
}

/// Sums in extended precision: it is W whose drift is measured.
long double sum(ConstState phi, ConstState W) {
  long double result = 0.0L;
  for (std::size_t a = 0; a < W.size(); ++a) result += static_cast<long double>(phi[a]) * W[a];
  return result;
}

/// Runs to a distance of 1e-9 and checks what is promised on the way.
template <class Operator>
void check_relaxation(Operator op, std::vector<double> W, const std::vector<std::size_t>& frozen = {}) {
  const LatticeGrid grid = op.space();
  const Statistics statistics = op.statistics();
  const Equilibrium equilibrium = op.reference_for(W);
  op.set_reference(equilibrium);
  std::vector<double> target(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const bool stays = std::find(frozen.begin(), frozen.end(), a) != frozen.end();
    target[a] = stays ? W[a] : equilibrium.occupation(grid.energies()[a]);
  }
  const Invariants invariants = op.invariants();
  std::vector<long double> initial;
  for (const Invariant& invariant : invariants) initial.push_back(sum(invariant.values, W));
  CHECK(max_difference(W, target) > 0.2);

  KineticEquation equation(std::move(op));
  EvolutionOptions options;
  options.rtol = 1e-11;
  options.atol = 1e-13;
  Evolution evolution(ode_system(equation), options);
  double before = entropy(statistics, W, grid.weights()), fall = 0.0, drift = 0.0;
  evolution.observe([&](const Observation& now) {
    const double S = entropy(statistics, now.y, grid.weights());
    fall = larger(fall, before - S);
    before = S;
    for (std::size_t i = 0; i < invariants.size(); ++i) {
      const long double change = sum(invariants[i].values, now.y) / initial[i] - 1.0L;
      drift = larger(drift, static_cast<double>(std::abs(change)));
    }
  });
  evolution.stop_when([&](double, ConstState y) { return max_difference(y, target) <= 1e-9; });
  const EvolutionReport report = evolution.run(W, 0.0, 1e5);
  CAPTURE(report.steps, report.time, drift, fall);
  CHECK(report.stopped_by_condition);
  CHECK(max_difference(W, target) <= 1e-9);
  // Thousands of steps, each of which rounds every W.
  CHECK(drift <= 1e-12);
  CHECK(fall <= 1e-12);
}

}  // namespace

TEST_CASE("four-phonon collisions relax to the Bose or Rayleigh-Jeans distribution") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 8 : 6, Dispersion::optical(dimension, 1.0));
    for (const Statistics statistics : {Statistics::boson, Statistics::classical_wave}) {
      CAPTURE(dimension, name(statistics));
      FourPhononOptions options;
      options.lambda = 0.1;
      options.threads = 1;
      check_relaxation(FourPhonon(grid, statistics, options), phonon_state(grid));
    }
  }
}

TEST_CASE("with decays four-phonon collisions relax to Planck") {
  FourPhononOptions options;
  options.lambda = 0.05;
  options.threads = 1;
  const LatticeGrid grid(6, Dispersion::bending(2, 0.7));
  check_relaxation(FourPhonon(grid, Statistics::boson, options), phonon_state(grid));
}

TEST_CASE("three-phonon collisions relax to Planck but for the frozen mode") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 6 : 4, Dispersion::bending(dimension, 0.8));
    ThreePhononOptions options;
    options.bonds = {{{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.35}};
    if (dimension == 3) options.bonds.push_back({{0, 0, 1}, 0.5});
    options.window = TimeWindow::parzen;
    options.energy = EnergyConstraint::reference_temperature;
    options.threads = 1;
    ThreePhonon op(grid, options);
    const std::vector<std::size_t> frozen = op.frozen();
    CHECK(frozen == std::vector<std::size_t>{0});
    CAPTURE(dimension);
    check_relaxation(std::move(op), phonon_state(grid), frozen);
  }
}
