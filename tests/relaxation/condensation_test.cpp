// SPDX-License-Identifier: GPL-3.0-or-later
// Bosons most of which end in the lowest mode of the grid: they relax correctly, or the run says why it cannot.
#include <nordheim/core/error.hpp>

#include "relaxation/relaxation.hpp"
#include "support/catch.hpp"

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// A narrow cloud around k = 0 on a thin background.
std::vector<double> cloud(const LatticeGrid& grid, double peak, double narrowness, double background) {
  return sample(grid, [&](const Vector3& k) {
    double cosines = 0.0;
    for (std::size_t j = 0; j < static_cast<std::size_t>(grid.dimension()); ++j) {
      cosines += std::cos(two_pi * k[j]) - 1.0;
    }
    return background + peak * std::exp(narrowness * cosines);
  });
}

double in_lowest_mode(const LatticeGrid& grid, const Equilibrium& equilibrium, ConstState W) {
  return equilibrium.occupation(0.0) / static_cast<double>(grid.size()) /
         moments_of(W, grid.energies(), grid.weights()).number;
}

/// The deviation, to a distance relative to the occupation of the lowest mode.
Course to_relative_distance(double relative, double lowest) {
  Course course;
  course.options.rtol = 1e-8;
  course.options.atol = 1e-3 * relative * lowest;
  course.options.max_steps = 5000;
  course.deviation = true;
  course.stop_distance = relative * lowest;
  course.end_time = 1e6;
  return course;
}

}  // namespace

TEST_CASE("most of the bosons gather in the lowest mode") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 16 : 8, Dispersion::nearest_neighbour(dimension));
    const auto W = cloud(grid, 20.0, 8.0, 1e-5);
    const Equilibrium equilibrium = equilibrium_for(grid, Statistics::boson, W);
    CAPTURE(dimension);
    CHECK(in_lowest_mode(grid, equilibrium, W) > 0.5);
    const double lowest = equilibrium.occupation(0.0);
    const Watched seen = relax(one_thread(grid, Statistics::boson), W, to_relative_distance(1e-9, lowest));
    CHECK(seen.report.stopped_by_condition);
    CHECK_THAT(seen.W[0], WithinRel(lowest, 1e-9));
    CHECK(seen.number_drift <= 1e-14);
    CHECK(seen.energy_drift <= 1e-14);
    CHECK(seen.entropy_fall <= 1e-13);
    CHECK(seen.min_W > 0.0);
  }
}

TEST_CASE("thousands of bosons in a mode need a non-negative window") {
  // Far from equilibrium, what the window `flat` makes of both signs would outweigh the collisions of the thin
  // background and empty it below zero.
  const LatticeGrid grid(16, Dispersion::nearest_neighbour(2));
  const auto W = cloud(grid, 2000.0, 8.0, 1e-2);
  const Equilibrium equilibrium = equilibrium_for(grid, Statistics::boson, W);
  CHECK(in_lowest_mode(grid, equilibrium, W) > 0.8);
  const double lowest = equilibrium.occupation(0.0);
  CHECK(lowest > 5000.0);
  LatticeTwoBodyOptions options;
  options.window = TimeWindow::bohman;
  const Watched seen = relax(one_thread(grid, Statistics::boson, options), W, to_relative_distance(1e-5, lowest));
  CHECK(seen.report.stopped_by_condition);
  // Rounding ends the approach earlier than elsewhere, at about 1e-6: gain and loss are products of numbers of 1e4.
  CHECK_THAT(seen.W[0], WithinRel(lowest, 1e-5));
  // C carries the rounding of products of 1e4³, in a thousand steps.
  CHECK(seen.number_drift <= 1e-13);
  CHECK(seen.energy_drift <= 1e-13);
  CHECK(seen.entropy_fall <= 1e-13);
  CHECK(seen.min_W > 0.0);
}

TEST_CASE("a condensate too cold for the window ends with the reason") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(3));
  const auto W = cloud(grid, 20.0, 16.0, 1e-5);
  const Equilibrium equilibrium = equilibrium_for(grid, Statistics::boson, W);
  CHECK(in_lowest_mode(grid, equilibrium, W) > 0.9);
  const Course course = to_relative_distance(1e-9, equilibrium.occupation(0.0));
  CHECK_THROWS_WITH(relax(one_thread(grid, Statistics::boson), W, course),
                    Catch::Matchers::Contains("the time integration stopped at t = ") &&
                        Catch::Matchers::Contains("is too cold for a state so far from its equilibrium"));
  CHECK_THROWS_AS(relax(one_thread(grid, Statistics::boson), W, course), IntegrationError);
}
