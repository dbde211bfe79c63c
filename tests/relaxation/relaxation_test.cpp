// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs to equilibrium with the energy conserved by projection, which is what a run does by default.
#include "relaxation/relaxation.hpp"

#include "support/catch.hpp"

using namespace nordheim;
using namespace nordheim::test;

namespace {

Watched run(int dimension, int points, Statistics statistics, const Course& course) {
  const LatticeGrid grid(points, Dispersion::nearest_neighbour(dimension));
  return relax(one_thread(grid, statistics), skew_state(grid), course);
}

/// W itself at rtol = 1e-12: the tolerance, some times the largest W, is where a run comes to rest.
Course tight() {
  Course course;
  course.options.rtol = 1e-12;
  course.options.atol = 1e-14;
  course.stop_distance = 1e-11;
  return course;
}

void check(const Watched& seen) {
  CAPTURE(seen.report.steps, seen.report.rhs_evaluations, seen.report.time, seen.end.distance);
  CAPTURE(seen.number_drift, seen.energy_drift, seen.entropy_fall);
  CHECK(seen.initial_distance > 0.2);
  CHECK(seen.report.stopped_by_condition);
  CHECK(seen.end.distance <= 1e-11);
  // Each of some thousand steps rounds every W, at random: in the mean over more than 1000 nodes 1e-16·√(1000/1000).
  CHECK(seen.number_drift <= 1e-14);
  CHECK(seen.energy_drift <= 1e-14);
  // The rounding of a sum of as many terms of size 1.
  CHECK(seen.entropy_fall <= 1e-13);
  CHECK(seen.min_W >= 0.0);
  if (seen.equilibrium.statistics() == Statistics::fermion) CHECK(seen.max_W <= 1.0);
  // S is stationary there for the moments it has, so that a distance of 1e-11 is invisible; both sums round.
  CHECK_THAT(seen.entropy_gap, WithinAbs(0.0, 1e-13));
  // Umklapp takes the current away: nothing but number and energy survives.
  for (const double J : seen.end.current) CHECK(std::abs(J) < 1e-10);
}

}  // namespace

TEST_CASE("fermions in two dimensions relax to the Fermi distribution") {
  check(run(2, 32, Statistics::fermion, tight()));
}
TEST_CASE("bosons in two dimensions relax to the Bose distribution") { check(run(2, 32, Statistics::boson, tight())); }
TEST_CASE("classical particles in two dimensions relax to the Maxwell distribution") {
  check(run(2, 32, Statistics::classical, tight()));
}
TEST_CASE("fermions in three dimensions relax to the Fermi distribution") {
  check(run(3, 16, Statistics::fermion, tight()));
}
TEST_CASE("bosons in three dimensions relax to the Bose distribution") {
  check(run(3, 16, Statistics::boson, tight()));
}
