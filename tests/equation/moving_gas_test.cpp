// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

using namespace nordheim;
using test::largest;

namespace {

/// A gas in R³ of axial symmetry, with waves along its axis.
struct Gas {
  explicit Gas(Statistics statistics_in, std::size_t threads = 1)
      : statistics(statistics_in), equation(box, operators(threads), {.axes = {2}}) {}

  [[nodiscard]] std::vector<SphericalTwoBody> operators(std::size_t threads) const {
    std::vector<SphericalTwoBody> result;
    for (std::size_t t = 0; t < threads; ++t) {
      result.emplace_back(grid, statistics, SphericalTwoBodyOptions{.threads = 1});
    }
    return result;
  }
  /// Density, temperature and velocity vary along the box.
  [[nodiscard]] std::vector<double> local_equilibria(double amplitude) const {
    std::vector<double> W;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double wave = std::cos(2.0 * std::numbers::pi * box.position(r)[0] / 8.0);
      const MovingEquilibrium eq{Equilibrium(statistics, 1.0 + amplitude * wave, 0.0, 0.8 - amplitude * wave),
                                 {0.0, 0.0, amplitude * wave}};
      for (std::size_t a = 0; a < grid.size(); ++a) W.push_back(eq.occupation(grid.momentum(a)));
    }
    return W;
  }

  Statistics statistics;
  SphericalGrid grid{{.degree = 8, .scale = 1.3, .symmetry = MomentumSymmetry::axial}};
  PeriodicBox box{{8.0}, {6}};
  InhomogeneousEquation<SphericalTwoBody> equation;
};

/// A state that is no equilibrium anywhere.
void disturb(const Gas& gas, std::vector<double>& W) {
  for (std::size_t i = 0; i < W.size(); ++i) {
    const Vector3 k = gas.grid.momentum(i % gas.grid.size());
    W[i] *= 1.0 + 0.2 * std::exp(-k[2] * k[2]);
  }
}

}  // namespace

TEST_CASE("local equilibria of any density, temperature and velocity are stationary under collisions") {
  for (const auto statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    Gas gas(statistics);
    auto W = gas.local_equilibria(0.1);
    std::vector<double> C(W.size());
    gas.equation.collision_rate(0.0, W, C);
    const double at_equilibrium = largest(C);
    disturb(gas, W);
    gas.equation.collision_rate(0.0, W, C);
    CHECK(largest(C) > 0.1);
    CHECK(at_equilibrium < 1e-12);  // P = R up to the equilibrium found, rounded, times rates of order 10
  }
}

TEST_CASE("number, momentum and energy in R3 are conserved at every position") {
  for (const auto statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    Gas gas(statistics, 2);
    auto W = gas.local_equilibria(0.1);
    disturb(gas, W);
    std::vector<double> rate(W.size());
    gas.equation.right_hand_side(0.0, W, rate);
    const Invariants invariants = gas.equation.collisions().invariants();
    REQUIRE(invariants.size() == 3);
    for (const Invariant& phi : invariants) {
      std::vector<double> J(gas.box.size(), 0.0), change(gas.box.size(), 0.0), divergence(gas.box.size());
      for (std::size_t i = 0; i < W.size(); ++i) {
        const std::size_t r = i / gas.grid.size(), a = i % gas.grid.size();
        const double w = gas.grid.weights()[a] * phi.values[a];
        J[r] += w * gas.grid.velocities()[3 * a + 2] * W[i];
        change[r] += w * rate[i];
      }
      gas.equation.streaming().divergence(J, divergence);
      CHECK(largest(divergence) > 0.1);
      for (std::size_t r = 0; r < gas.box.size(); ++r) change[r] += divergence[r];
      // Sums of 60 terms whose moduli add up to some hundred.
      CHECK(largest(change) < 1e-13);
    }
  }
}

TEST_CASE("a run in R3 conserves number, momentum and energy") {
  Gas gas(Statistics::fermion);
  auto W = gas.local_equilibria(0.05);
  disturb(gas, W);
  const auto totals = [&] {
    Vector3 sums{};
    for (std::size_t i = 0; i < W.size(); ++i) {
      const std::size_t a = i % gas.grid.size();
      const double w = gas.grid.weights()[a] * W[i];
      sums[0] += w;
      sums[1] += w * gas.grid.velocities()[3 * a + 2];
      sums[2] += w * gas.grid.energies()[a];
    }
    return sums;
  };
  const Vector3 before = totals();
  Evolution(ode_system(gas.equation), {.method = EvolutionMethod::lawson, .rtol = 1e-6}).run(W, 0.0, 0.5);
  const Vector3 after = totals();
  for (std::size_t j = 0; j < 3; ++j) CHECK(std::abs(after[j] - before[j]) < 1e-13 * before[0]);
}
