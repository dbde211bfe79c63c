// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs in which the reference temperature conserves the energy, with a non-negative window: nothing is projected
// but round-off, and the H-theorem holds exactly.
#include "relaxation/relaxation.hpp"
#include "support/catch.hpp"

using namespace nordheim;
using namespace nordheim::test;

namespace {

void check(int dimension, int points, Statistics statistics) {
  const LatticeGrid grid(points, Dispersion::nearest_neighbour(dimension));
  LatticeTwoBodyOptions options;
  options.window = TimeWindow::bohman;
  options.energy = EnergyConstraint::reference_temperature;
  Course course;
  course.options.rtol = 1e-12;
  course.options.atol = 1e-14;
  course.stop_distance = 1e-11;
  course.set_reference = false;  // β* needs to know of no final state
  const Watched seen = relax(one_thread(grid, statistics, options), skew_state(grid), course);
  CAPTURE(seen.report.steps, seen.report.rhs_evaluations, seen.report.time, seen.end.distance);
  CAPTURE(seen.number_drift, seen.energy_drift, seen.entropy_fall, seen.entropy_gap);
  CHECK(seen.report.stopped_by_condition);
  CHECK(seen.initial_distance > 0.2);
  // What is left of the energy defect at β*, 1e-14 of gain and loss, is projected: only rounding drifts.
  CHECK(seen.number_drift <= 1e-12);
  CHECK(seen.energy_drift <= 1e-12);
  // The rounding of a sum of some thousand terms of size 1.
  CHECK(seen.entropy_fall <= 1e-13);
  CHECK_THAT(seen.entropy_gap, WithinAbs(0.0, 1e-13));
  CHECK(seen.min_W >= 0.0);
  if (statistics == Statistics::fermion) CHECK(seen.max_W <= 1.0);
}

}  // namespace

TEST_CASE("fermions in two dimensions with the reference temperature") { check(2, 32, Statistics::fermion); }
TEST_CASE("bosons in two dimensions with the reference temperature") { check(2, 32, Statistics::boson); }
TEST_CASE("classical particles in two dimensions with the reference temperature") {
  check(2, 32, Statistics::classical);
}
TEST_CASE("fermions in three dimensions with the reference temperature") { check(3, 16, Statistics::fermion); }
TEST_CASE("bosons in three dimensions with the reference temperature") { check(3, 8, Statistics::boson); }
