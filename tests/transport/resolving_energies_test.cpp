// SPDX-License-Identifier: GPL-3.0-or-later
// Grids of energies: dense at van Hove energies, no nearer than the tolerance can be had.
#include <nordheim/core/error.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "support/catch.hpp"
#include "transport/shell_rounding.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

using namespace nordheim;

TEST_CASE("energies that resolve van Hove singularities") {
  const auto band = Dispersion::nearest_neighbour(3);
  const auto model = ElasticModel::impurities(band, Correlator::delta(1.0));
  const auto energies = resolving_energies(model, 0.0, 6.0, 120);
  CHECK(std::abs(static_cast<int>(energies.size()) - 120) <= 3);
  CHECK(std::is_sorted(energies.begin(), energies.end(), std::less_equal<>()));
  CHECK(energies.front() > 6e-8);
  CHECK(energies.back() < 6.0 - 6e-8);
  const double width = 6.0;
  for (const double critical : {0.0, 2.0, 4.0, 6.0}) {
    double nearest = width;
    for (const double E : energies) nearest = std::min(nearest, std::abs(E - critical));
    CHECK(nearest > EnergyShell::closest_van_hove * width);
    CHECK(nearest < 3.0 * EnergyShell::closest_van_hove * width);
  }
  // Square roots are resolved: √|E − 2| changes by equal steps near E = 2, up to the curvature of sin².
  const auto above = std::upper_bound(energies.begin(), energies.end(), 2.0);
  const auto root = [](double E) { return std::sqrt(std::abs(E - 2.0)); };
  const double first = root(above[1]) - root(above[0]);
  CHECK_THAT(root(above[2]) - root(above[1]), WithinRel(first, 0.02));
  CHECK_THAT(root(above[-2]) - root(above[-1]), WithinRel(first, 0.05));

  // A shell that is spoiled by rounding is of no use: correlated disorder keeps away from the upper edge, and no
  // farther than the tolerance asks for.
  const auto correlated = ElasticModel::impurities(band, Correlator::product(3, 0.5));
  const auto to_edge = [&](double tolerance) {
    return 6.0 - resolving_energies(correlated, 5.0, 6.0, 5, tolerance).back();
  };
  CHECK(detail::shell_rounding(correlated, 6.0 - to_edge(1e-10)) < 1e-10);
  CHECK(detail::shell_rounding(correlated, 6.0 - 0.25 * to_edge(1e-10)) > 0.25e-10);
  CHECK(to_edge(1e-8) < 0.05 * to_edge(1e-10));

  // Where they are allowed, the ends are there.
  const auto part = resolving_energies(model, 0.5, 3.0, 10);
  CHECK(part.front() == 0.5);
  CHECK(part.back() == 3.0);
  const auto inside = resolving_energies(model, 2.5, 3.5, 11);
  REQUIRE(inside.size() == 11);
  for (std::size_t i = 0; i < 11; ++i) CHECK_THAT(inside[i], WithinAbs(2.5 + 0.1 * static_cast<double>(i), 1e-14));
  const auto continuum = resolving_energies(ElasticModel::continuum(Correlator::delta(1.0)), 0.5, 1.0, 6);
  REQUIRE(continuum.size() == 6);
  CHECK(continuum.front() == 0.5);
  CHECK(continuum.back() == 1.0);

  // A band with many van Hove energies has points within every piece.
  const auto hopping = ElasticModel::impurities(
      Dispersion::hopping(3, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 0.5}, {{0, 0, 1}, 2.0}, {{1, 1, 0}, 0.2}}),
      Correlator::delta(1.0));
  const auto sparse = resolving_energies(hopping, 0.0, 7.0, 12);
  const auto& singular = hopping.van_hove();
  for (std::size_t i = 0; i + 1 < singular.size(); ++i) {
    const double margin = 0.1 * (singular[i + 1] - singular[i]);
    CAPTURE(singular[i], singular[i + 1]);
    CHECK(std::count_if(sparse.begin(), sparse.end(),
                        [&](double E) { return E > singular[i] + margin && E < singular[i + 1] - margin; }) == 3);
  }

  // All of them are accepted.
  DiffusionOptions options;
  options.tolerance = 1e-2;
  options.super_burnett = false;
  CHECK_NOTHROW(diffusion_curve(model, resolving_energies(model, 1.9, 2.1, 6), options));

  CHECK_THROWS_AS(resolving_energies(model, 1.0, 1.0, 10), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 1.0, 2.0, 1), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 7.0, 8.0, 10), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 0.0, std::numeric_limits<double>::infinity(), 10), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 1.0, 2.0, 10, 0.0), InvalidArgument);
  // Inside the band, but too near to a singular energy.
  CHECK_THROWS_WITH(resolving_energies(model, 1.99999999, 2.00000001, 10),
                    Catch::Matchers::Contains("too near to the van Hove energy 2 ") &&
                        Catch::Matchers::Contains("allowed are energies up to 1.99999988 and from 2.00000012"));
  CHECK_THROWS_WITH(resolving_energies(model, -1.0, 1e-9, 10),
                    Catch::Matchers::Contains("too near to the van Hove energy 0 ") &&
                        Catch::Matchers::Contains("allowed are energies from 1.2"));
}

TEST_CASE("strong impurities have a result at all energies that are placed for them") {
  // Van Hove energies 0, 2 and 2.1125; the Green function next to them takes up to 10⁶ points.
  const auto band = Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{2, 0, 0}, 0.4}});
  const auto model = ElasticModel::dilute(band, 1.0, 1.0);
  for (const double critical : {0.0, 2.0}) {
    CAPTURE(critical);
    const auto energies = resolving_energies(model, critical - 0.001, critical + 0.001, 10);
    CHECK(std::abs(energies.front() - critical) < 1e-3);
    for (const auto& point : diffusion_curve(model, energies)) {
      CAPTURE(point.energy);
      CHECK(point.converged);
    }
  }
}
