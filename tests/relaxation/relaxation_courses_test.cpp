// SPDX-License-Identifier: GPL-3.0-or-later
// Relaxations in other ways and from other states: by every method, of the deviation, inverted, with a current, and
// close to condensation.
#include "relaxation/relaxation.hpp"
#include "support/catch.hpp"

using namespace nordheim;
using namespace nordheim::test;

namespace {

LatticeGrid square(int points) { return {points, Dispersion::nearest_neighbour(2)}; }

/// The deviation at a moderate tolerance: relative to the distance, so that it holds to the end.
Course of_the_deviation(double distance) {
  Course course;
  course.options.rtol = 1e-8;
  course.options.atol = 1e-2 * distance;
  course.deviation = true;
  course.stop_distance = distance;
  return course;
}

}  // namespace

TEST_CASE("the deviation from equilibrium falls to round-off") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 16 : 8, Dispersion::nearest_neighbour(dimension));
    for (const Statistics statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
      CAPTURE(dimension, name(statistics));
      const Watched seen = relax(one_thread(grid, statistics), skew_state(grid), of_the_deviation(1e-13));
      CHECK(seen.report.stopped_by_condition);
      CHECK(seen.end.distance <= 1e-13);
      CHECK(seen.number_drift <= 1e-14);
      CHECK(seen.energy_drift <= 1e-14);
      CHECK(seen.entropy_fall <= 1e-13);
      for (const double J : seen.end.current) CHECK(std::abs(J) < 1e-12);
    }
  }
}

TEST_CASE("the state on the way does not depend on the method") {
  const LatticeGrid grid = square(16);
  const auto state_at_20 = [&](EvolutionMethod method, bool deviation) {
    Course course;
    course.options.method = method;
    course.options.rtol = 1e-11;
    course.deviation = deviation;
    course.end_time = 20.0;
    return relax(one_thread(grid, Statistics::boson), skew_state(grid), course);
  };
  const Watched adams = state_at_20(EvolutionMethod::adams, false);
  CHECK(adams.report.time == 20.0);
  CHECK(adams.end.distance > 0.01);  // on the way, not at the end
  // A hundred steps of relative accuracy 1e-11 each; errors of a relaxation do not grow.
  for (const EvolutionMethod method : {EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta}) {
    CAPTURE(name(method));
    CHECK(largest_difference(adams.W, state_at_20(method, false).W) < 1e-9);
  }
  CHECK(largest_difference(adams.W, state_at_20(EvolutionMethod::adams, true).W) < 1e-9);
}

TEST_CASE("umklapp relaxes the current") {
  // A Fermi distribution pushed along x; on a torus nothing but number and energy is conserved.
  const LatticeGrid grid = square(16);
  std::vector<double> W(grid.size());
  for (std::size_t a = 0; a < W.size(); ++a) {
    W[a] = 1.0 / (std::exp((grid.energies()[a] - 1.5 - 0.6 * grid.velocities()[2 * a]) / 1.2) + 1.0);
  }
  CHECK(current(W, grid.velocities(), grid.weights())[0] > 0.03);
  const Watched seen = relax(one_thread(grid, Statistics::fermion), W, of_the_deviation(1e-12));
  CHECK(seen.report.stopped_by_condition);
  // The mean of v·(W − W_eq), |v| ≤ 1.
  for (const double J : seen.end.current) CHECK(std::abs(J) < 1e-12);
}

TEST_CASE("an inverted state ends at a negative temperature") {
  for (const Statistics statistics : {Statistics::fermion, Statistics::boson}) {
    const LatticeGrid grid = square(16);
    // Most particles at the top of the band, k = (1/2, 1/2).
    const auto W = sample(grid, [](const Vector3& k) {
      return 0.42 - 0.2 * std::cos(two_pi * k[0]) - 0.15 * std::cos(two_pi * k[1]) + 0.05 * std::sin(two_pi * k[0]);
    });
    const Watched seen = relax(one_thread(grid, statistics), W, of_the_deviation(1e-12));
    CAPTURE(name(statistics));
    CHECK(seen.equilibrium.beta() < -0.1);
    CHECK(seen.report.stopped_by_condition);
    // More particles at high energies than at low ones, and by the Fermi or Bose formula at β < 0.
    const std::size_t bottom = grid.node({0, 0, 0}), top = grid.node({8, 8, 0});
    CHECK(seen.W[top] > seen.W[bottom] + 0.1);
    CHECK_THAT(seen.W[top], WithinAbs(seen.equilibrium.occupation(4.0), 2e-12));
    CHECK(seen.number_drift <= 1e-14);
    CHECK(seen.energy_drift <= 1e-14);
  }
}
