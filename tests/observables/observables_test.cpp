// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/spherical_grid.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr std::array all_statistics{Statistics::fermion, Statistics::classical, Statistics::boson};
constexpr double infinity = std::numeric_limits<double>::infinity();

/// The textbook form of the entropy of a mode.
double textbook_entropy(Statistics statistics, double W) {
  switch (statistics) {
    case Statistics::fermion:
      return -W * std::log(W) - (1.0 - W) * std::log(1.0 - W);
    case Statistics::boson:
      return (1.0 + W) * std::log(1.0 + W) - W * std::log(W);
    case Statistics::classical:
      return W - W * std::log(W);
    case Statistics::classical_wave:
      return std::log(W);
  }
  return 0.0;
}

}  // namespace

TEST_CASE("the entropy is the weighted sum over the modes") {
  const std::vector<double> W{0.1, 0.5, 0.9}, weights{0.2, 0.3, 0.5};
  for (const Statistics statistics :
       {Statistics::fermion, Statistics::classical, Statistics::boson, Statistics::classical_wave}) {
    double expected = 0.0;
    for (std::size_t a = 0; a < W.size(); ++a) expected += weights[a] * textbook_entropy(statistics, W[a]);
    CAPTURE(name(statistics));
    // Three terms of size 1: a few units of the last digit.
    CHECK_THAT(entropy(statistics, W, weights), WithinRel(expected, 1e-15));
  }
  // Fermions at half filling: one bit a mode.
  const std::vector<double> half(4, 0.5), quarter(4, 0.25);
  CHECK_THAT(entropy(Statistics::fermion, half, quarter), WithinRel(std::log(2.0), 1e-15));
}

TEST_CASE("the relative entropy of classical particles is positive and loses no digits near zero") {
  const std::vector<double> V{1e-3, 0.5, 2.0}, W{0.4, 0.45, 0.0}, weights{0.2, 0.3, 0.5}, C{0.1, -0.2, 0.0};
  const double expected = 0.2 * (0.4 * std::log(400.0) - 0.399) + 0.3 * (0.45 * std::log(0.9) + 0.05) + 0.5 * 2.0;
  CHECK_THAT(relative_entropy(W, V, weights), WithinRel(expected, 1e-15));
  CHECK_THAT(relative_entropy_rate(W, C, V, weights),
             WithinRel(0.2 * 0.1 * std::log(400.0) - 0.3 * 0.2 * std::log(0.9), 1e-15));
  CHECK(relative_entropy(V, V, weights) == 0.0);
  // ½δ²V: the next term of the series is δ/3 of it, the rounding of a term 1e-16 δV.
  const double delta = 1e-7;
  std::vector<double> near(V);
  for (double& x : near) x *= 1.0 + delta;
  CHECK_THAT(relative_entropy(near, V, weights), WithinRel(0.5 * delta * delta * (0.0002 + 0.15 + 1.0), 1e-7));
  CHECK(relative_entropy(std::vector<double>{1.0}, std::vector<double>{0.0}, std::vector<double>{1.0}) == infinity);
  // Quotients beyond the range of numbers.
  CHECK_THAT(relative_entropy(std::vector<double>{1e10}, std::vector<double>{1e-300}, std::vector<double>{1.0}),
             WithinRel(1e10 * (310.0 * std::log(10.0) - 1.0), 1e-15));
}

TEST_CASE("empty and full modes have no entropy") {
  const std::vector<double> W{0.0, 1.0, 0.0, 1.0}, weights(4, 0.25), empty(4, 0.0);
  CHECK(entropy(Statistics::fermion, W, weights) == 0.0);
  for (const Statistics statistics : all_statistics) CHECK(entropy(statistics, empty, weights) == 0.0);
  const std::vector<double> outside{0.2, -1e-3, 0.2, 0.2};
  for (const Statistics statistics : all_statistics) CHECK(std::isnan(entropy(statistics, outside, weights)));
}

TEST_CASE("entropy production is the derivative of the entropy along the collision term") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const auto W = skew_state(grid);
  for (const Statistics statistics : all_statistics) {
    LatticeTwoBody op(grid, statistics);
    std::vector<double> C(grid.size());
    op.apply(W, C);
    const auto entropy_at = [&](double t) {
      std::vector<double> moved = W;
      for (std::size_t a = 0; a < W.size(); ++a) moved[a] += t * C[a];
      return entropy(statistics, moved, grid.weights());
    };
    // Central differences of fourth order. At the emptiest node, W = 0.04, t·C/W is below 0.01: the neglected term is
    // of relative size (0.01)⁴. Cancellation costs 1e-16/t/(dS/dt ≈ 4e-3) ≈ 1e-12.
    constexpr double t = 0.02;
    const double derivative =
        (8.0 * (entropy_at(t) - entropy_at(-t)) - (entropy_at(2.0 * t) - entropy_at(-2.0 * t))) / (12.0 * t);
    CAPTURE(name(statistics), derivative);
    CHECK(derivative > 1e-4);
    CHECK_THAT(entropy_production(statistics, W, C, grid.weights()), WithinRel(derivative, 1e-8));
  }
}

TEST_CASE("entropy production at the edges of the range") {
  const std::vector<double> W{0.0, 1.0, 0.5, 0.25}, weights(4, 0.25);
  // Frozen edges count as zero: what is left is log((1−W)/W)·C of the last node.
  const std::vector<double> frozen{0.0, 0.0, 0.3, 0.1};
  CHECK_THAT(entropy_production(Statistics::fermion, W, frozen, weights), WithinRel(0.025 * std::log(3.0), 1e-15));
  // An empty mode that fills, and a full one that empties, produce without bound.
  CHECK(entropy_production(Statistics::fermion, W, std::vector<double>{0.1, 0.0, 0.0, 0.0}, weights) == infinity);
  CHECK(entropy_production(Statistics::fermion, W, std::vector<double>{0.0, -0.1, 0.0, 0.0}, weights) == infinity);
  CHECK(entropy_production(Statistics::boson, W, std::vector<double>{0.1, 0.0, 0.0, 0.0}, weights) == infinity);
  CHECK_THAT(entropy_production(Statistics::boson, W, std::vector<double>{0.0, 0.4, 0.0, 0.0}, weights),
             WithinRel(0.1 * std::log(2.0), 1e-15));
  CHECK_THAT(entropy_production(Statistics::classical, W, std::vector<double>{0.0, 0.4, 0.8, 0.0}, weights),
             WithinRel(0.2 * std::log(2.0), 1e-15));
}

TEST_CASE("the current is the weighted mean of the velocity") {
  for (const int dimension : {1, 2, 3}) {
    const LatticeGrid grid(16, Dispersion::nearest_neighbour(dimension));
    // v_j = sin 2πk_j, whose mean square is 1/2: W = 0.3 + Σ_j c_j sin 2πk_j carries J_j = c_j/2.
    const Vector3 c{0.2, -0.04, 0.01};
    const auto W = sample(grid, [&](const Vector3& k) {
      return 0.3 + c[0] * std::sin(two_pi * k[0]) + c[1] * std::sin(two_pi * k[1]) + c[2] * std::sin(two_pi * k[2]) +
             0.1 * std::cos(two_pi * k[0]);
    });
    const Vector3 J = current(W, grid.velocities(), grid.weights());
    for (std::size_t j = 0; j < 3; ++j) {
      const double expected = static_cast<int>(j) < dimension ? 0.5 * c[j] : 0.0;
      CHECK_THAT(J[j], WithinAbs(expected, 1e-15));  // a mean of numbers below 1
    }
  }
}

TEST_CASE("the distance is the largest deviation") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  for (const Statistics statistics : all_statistics) {
    const Equilibrium eq = Equilibrium::from_chemical_potential(statistics, 0.7, -0.4);
    auto W = sample(grid, [&](const Vector3& k) { return eq.occupation(grid.dispersion()(k)); });
    CHECK(distance(W, eq, grid.energies()) < 1e-15);
    W[5] += 0.01;
    W[17] -= 0.03;
    CHECK_THAT(distance(W, eq, grid.energies()), WithinAbs(0.03, 1e-15));
    W[11] = std::nan("");
    CHECK(std::isnan(distance(W, eq, grid.energies())));
  }
}

TEST_CASE("all observables at once equal each of them") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(3));
  auto W = skew_state(grid);
  W[7] = 0.001;
  W[11] = 0.999;
  for (const Statistics statistics : all_statistics) {
    const Equilibrium eq = Equilibrium::from_chemical_potential(statistics, 0.5, -0.3);
    const Observables all = observe(grid, eq, W);
    const Moments moments = moments_of(W, grid.energies(), grid.weights());
    CHECK(all.moments.number == moments.number);
    CHECK(all.moments.energy == moments.energy);
    CHECK(all.entropy == entropy(statistics, W, grid.weights()));
    CHECK(all.current == current(W, grid.velocities(), grid.weights()));
    CHECK(all.distance == distance(W, eq, grid.energies()));
    CHECK(all.min_W == 0.001);
    CHECK(all.max_W == 0.999);
  }
}

TEST_CASE("an equilibrium that moves is observed in its own frame") {
  const SphericalGrid grid({.degree = 8, .symmetry = MomentumSymmetry::axial});
  const MovingEquilibrium eq{Equilibrium::from_chemical_potential(Statistics::fermion, 1.2, 0.1), {0.0, 0.0, 0.4}};
  auto W = sample(grid, [&](const Vector3& k) {
    const double square = k[0] * k[0] + k[1] * k[1] + (k[2] - 0.4) * (k[2] - 0.4);
    return 1.0 / (std::exp(1.2 * (0.5 * square - 0.1)) + 1.0);
  });
  CHECK(observe(grid, eq, W).distance < 1e-15);
  W[0] -= 0.02;
  const Observables all = observe(grid, eq, W);
  CHECK_THAT(all.distance, WithinAbs(0.02, 1e-15));
  CHECK(all.entropy == entropy(Statistics::fermion, W, grid.weights()));
  CHECK(all.current == current(W, grid.velocities(), grid.weights()));
  CHECK(all.moments.energy == moments_of(W, grid.energies(), grid.weights()).energy);
  std::vector<double> V = W;
  V[7] = std::nan("");
  CHECK(std::isnan(max_difference(W, V)));
  CHECK(std::isnan(max_difference(V, W)));
}

TEST_CASE("arrays of other lengths are refused") {
  const std::vector<double> W(4, 0.3), three(3, 0.25), four(4, 0.25), seven(7, 0.1), sixteen(16, 0.1), none;
  const Equilibrium eq = Equilibrium::from_chemical_potential(Statistics::fermion, 1.0, 0.0);
  CHECK_THROWS_WITH(entropy(Statistics::fermion, W, three), Catch::Matchers::Contains("the weights") &&
                                                                Catch::Matchers::Contains("3") &&
                                                                Catch::Matchers::Contains("4"));
  CHECK_THROWS_AS(entropy_production(Statistics::fermion, W, three, four), DimensionMismatch);
  CHECK_THROWS_AS(entropy_production(Statistics::fermion, W, four, three), DimensionMismatch);
  CHECK_THROWS_AS(current(W, seven, four), DimensionMismatch);
  CHECK_THROWS_AS(current(W, sixteen, four), DimensionMismatch);  // four components: no such space
  CHECK_THROWS_AS(current(W, four, three), DimensionMismatch);
  CHECK_THROWS_AS(distance(W, eq, three), DimensionMismatch);
  CHECK_THROWS_AS(max_difference(W, three), DimensionMismatch);
  CHECK_THROWS_AS(observe(Statistics::fermion, three, W, four, four, four), DimensionMismatch);
  CHECK_THROWS_AS(observe(eq, W, three, four, four), DimensionMismatch);
  CHECK_THROWS_AS(observe(eq, W, four, three, four), DimensionMismatch);
  CHECK_THROWS_AS(observe(eq, W, four, four, seven), DimensionMismatch);
  CHECK_THROWS_AS(observe(eq, none, none, none, none), InvalidArgument);
}
