// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

ElasticModel cubic(Correlator correlator) {
  return ElasticModel::impurities(Dispersion::nearest_neighbour(3), std::move(correlator));
}

DiffusionPoint point_of(const ElasticModel& model, double energy, const DiffusionOptions& options = {}) {
  return diffusion_curve(model, std::vector<double>{energy}, options).front();
}

/// D of the cubic band in closed form, for ϑ̂ = 1.
double exact_D(int dimension, double energy) {
  const auto shell = cubic_band_shell(dimension, energy);
  return shell.s1_squared / (two_pi * shell.density_of_states);
}

}  // namespace

TEST_CASE("the curve of uncorrelated disorder") {
  const auto model = cubic(Correlator::delta(1.0));
  std::vector<double> energies;
  for (const auto& row : reference::uncorrelated) energies.push_back(row.energy);
  DiffusionOptions options;
  options.tolerance = 1e-12;
  options.spectral_gap = true;
  const auto curve = diffusion_curve(model, energies, options);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const auto& row = reference::uncorrelated[i];
    const auto& point = curve[i];
    CAPTURE(row.energy, point.order, point.error);
    CHECK(point.energy == row.energy);
    CHECK(point.converged);
    CHECK(std::abs(point.D[0][0] / row.D - 1.0) <= point.error);
    CHECK(std::abs(point.density_of_states / row.density_of_states - 1.0) <= point.density_of_states_error);
    const double gamma = two_pi * row.density_of_states;
    CHECK_THAT(point.rate, WithinRel(gamma, 1e-12));
    CHECK_THAT(point.spectral_gap.value(), WithinRel(gamma, 1e-12));
    CHECK_THAT(point.super_burnett.value(),
               WithinRel((row.s1_fourth - 2.0 * row.s1_squared * row.s1_squared) / std::pow(gamma, 3), 1e-10));
    CHECK(point.rank == 1);
    CHECK(point.fallback_cells == 0);
    for (std::size_t a = 0; a < 3; ++a) {
      CHECK_THAT(point.D[a][a], WithinRel(point.D[0][0], 1e-12));
      CHECK(std::abs(point.D[a][(a + 1) % 3]) < 1e-15);
    }
  }
}

TEST_CASE("shells very near the saddle energy") {
  const auto model = cubic(Correlator::delta(1.0));
  CHECK_THAT(point_of(model, 2.0 - 1e-3).D[0][0], WithinRel(0.23730100798228511, 1e-10));
  CHECK_THAT(point_of(model, 2.0 + 1e-3).D[0][0], WithinRel(0.22667702840757545, 1e-10));
  CHECK_THAT(point_of(model, 2.0 - 1e-3).density_of_states, WithinRel(0.28261094602108136, 1e-10));
  CHECK_THAT(point_of(model, 2.0 + 1e-3).density_of_states, WithinRel(0.28939017619307084, 1e-10));
}

TEST_CASE("the estimate bounds the true error of uncorrelated disorder") {
  const double tolerance = GENERATE(1e-4, 1e-7, 1e-10, 1e-12);
  const int d = GENERATE(1, 2, 3);
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(d), Correlator::delta(1.0));
  std::vector<double> energies;
  // Irregular, and dense at the van Hove energies.
  for (int i = 1; i <= 14; ++i) energies.push_back(2.0 * d * std::fmod(0.618033988749895 * i, 1.0));
  for (const double s : {1e-2, 1e-4, 1e-6}) {
    energies.push_back(2.0 - s);
    if (d > 1) energies.push_back(2.0 + s);
    energies.push_back(s);
  }
  DiffusionOptions options;
  options.tolerance = tolerance;
  options.super_burnett = false;
  for (const auto& point : diffusion_curve(model, energies, options)) {
    const double error = std::abs(point.D[0][0] / exact_D(d, point.energy) - 1.0);
    CAPTURE(d, tolerance, point.energy, point.order, point.nodes, std::log10(error), std::log10(point.error));
    CHECK(error <= point.error);
    CHECK(point.converged == (point.error <= tolerance));
  }
}

TEST_CASE("the estimate bounds the true error of correlated disorder") {
  const auto model = cubic(Correlator::product(3, 0.5));
  for (const double tolerance : {1e-5, 1e-9}) {
    DiffusionOptions options;
    options.tolerance = tolerance;
    options.super_burnett = false;
    std::vector<double> energies;
    for (const auto& row : reference::product) energies.push_back(row.energy);
    const auto curve = diffusion_curve(model, energies, options);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      CAPTURE(tolerance, curve[i].energy, curve[i].order, curve[i].error);
      CHECK(curve[i].converged);
      CHECK(std::abs(curve[i].D[0][0] / reference::product[i].D - 1.0) <= curve[i].error);
    }
  }
}

TEST_CASE("the curve of correlated disorder") {
  const auto model = cubic(Correlator::product(3, 0.5));
  for (const std::size_t i : {0U, 2U, 4U}) {
    const auto& row = reference::product[i];
    const auto point = point_of(model, row.energy);
    CAPTURE(row.energy, point.order);
    CHECK(point.converged);
    CHECK_THAT(point.D[0][0], WithinRel(row.D, 1e-10));
    CHECK_THAT(point.super_burnett.value(), WithinRel(row.B, 1e-8));  // of a D that is known to 1e-10
    CHECK_THAT(point.rate, WithinRel(row.rate, 1e-10));
    CHECK(point.rank > 1);
  }
}

TEST_CASE("moments of the velocity replace the operator where the rate is uniform") {
  const auto lopsided = Dispersion::from_formula(2, [](const auto& k) {
    using std::cos;
    return 3.0 - cos(two_pi * k[0]) - 0.4 * cos(2.0 * two_pi * k[0] + 0.7) - 0.8 * cos(two_pi * k[1]) -
           0.3 * cos(two_pi * (k[0] + k[1]) - 0.4);
  });
  const auto diagonal = Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 0.7}, {{1, 1, 0}, 0.2}});
  for (const Dispersion& band : {lopsided, diagonal, Dispersion::nearest_neighbour(2)}) {
    const auto model = ElasticModel::impurities(band, Correlator::delta(0.6));
    for (const double tolerance : {1e-3, 1e-10}) {  // at a coarse order the mean velocity is not zero yet
      DiffusionOptions options;
      options.tolerance = tolerance;
      const auto point = point_of(model, 1.7, options);
      const auto scattering = model.scattering(1.7, point.order);
      const Tensor3 D = diffusion_tensor(scattering);
      CAPTURE(band.description(), tolerance);
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) CHECK(std::abs(point.D[i][j] - D[i][j]) < 1e-13 * D[0][0]);
      }
      CHECK_THAT(point.super_burnett.value(), WithinRel(super_burnett(scattering, {1.0, 0.0, 0.0}), 1e-11));
    }
  }
}

TEST_CASE("the identity of Gauss for the density of states") {
  // 3 N_1(E) = ∫_0^E (3 − e)ρ(e)de, N_1 = ρ⟨s_1²⟩ = 2πρ²D: its derivative, by differences of a fourth-order formula.
  const auto model = cubic(Correlator::delta(1.0));
  const double E = 1.2;
  const double h = 0.01;
  const auto curve = diffusion_curve(model, std::vector<double>{E - 2 * h, E - h, E, E + h, E + 2 * h});
  const auto moment = [&](std::size_t i) {
    return two_pi * curve[i].density_of_states * curve[i].density_of_states * curve[i].D[0][0];
  };
  const double slope = (moment(0) - 8.0 * moment(1) + 8.0 * moment(3) - moment(4)) / (12.0 * h);
  CHECK_THAT(3.0 * slope, WithinRel((3.0 - E) * curve[2].density_of_states, 1e-7));  // h⁴/30 of the fifth derivative
}

TEST_CASE("van Hove energies of the cubic band have a closed form") {
  const auto model = cubic(Correlator::delta(0.5));
  for (const double E : {2.0, 4.0, 2.0 + 1e-9}) {
    const auto point = point_of(model, E);
    CAPTURE(E);
    CHECK_THAT(point.D[0][0], WithinRel(2.0 * reference::at_saddle.D, E == 2.0 || E == 4.0 ? 1e-13 : 1e-6));
    CHECK(point.D[2][2] == point.D[0][0]);
    CHECK(point.converged);
  }
  CHECK_THAT(point_of(model, 2.0).density_of_states, WithinRel(reference::at_saddle.density_of_states, 1e-13));
  const auto& at = reference::at_saddle;
  const double gamma = two_pi * 0.5 * at.density_of_states;
  CHECK_THAT(point_of(model, 4.0).super_burnett.value(),
             WithinRel((at.s1_fourth - 2.0 * at.s1_squared * at.s1_squared) / std::pow(gamma, 3), 1e-12));
  // Any multiple of the band: ω → tω, D → t²D/γ, γ → γ/t.
  const auto wide = ElasticModel::impurities(
      Dispersion::hopping(3, {{{1, 0, 0}, 2.0}, {{0, 1, 0}, 2.0}, {{0, 0, 1}, 2.0}}), Correlator::delta(0.5));
  CHECK_THAT(point_of(wide, 4.0).D[0][0], WithinRel(8.0 * 2.0 * at.D, 1e-13));
  // Edges, correlated potentials, and the logarithm in two dimensions are refused.
  CHECK_THROWS_AS(point_of(model, 0.0), InvalidArgument);
  CHECK_THROWS_AS(point_of(model, 6.0), InvalidArgument);
  CHECK_THROWS_AS(point_of(model, 7.0), InvalidArgument);
  CHECK_THROWS_AS(point_of(cubic(Correlator::product(3, 0.5)), 2.0), InvalidArgument);
  CHECK_THROWS_AS(point_of(ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::delta(1.0)), 2.0),
                  InvalidArgument);
}

TEST_CASE("results do not depend on the number of threads") {
  const auto model = cubic(Correlator::product(3, 0.5));
  std::vector<double> energies;
  for (int i = 0; i < 7; ++i) energies.push_back(0.3 + 0.77 * i);
  DiffusionOptions options;
  options.tolerance = 1e-5;
  options.threads = 1;
  const auto one = diffusion_curve(model, energies, options);
  options.threads = 4;
  std::vector<std::size_t> seen;
  const auto four = diffusion_curve(model, energies, options, [&](std::size_t done) { seen.push_back(done); });
  CHECK(seen == std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7});
  for (std::size_t i = 0; i < energies.size(); ++i) {
    CHECK(one[i].D == four[i].D);
    CHECK(one[i].super_burnett == four[i].super_burnett);
    CHECK(one[i].error == four[i].error);
    CHECK(one[i].energy == energies[i]);
  }
}

TEST_CASE("the first energy that is refused is reported") {
  const auto model = cubic(Correlator::delta(1.0));
  DiffusionOptions options;
  options.tolerance = 1e-3;
  options.threads = 3;
  for (int repetition = 0; repetition < 5; ++repetition) {
    CHECK_THROWS_WITH(diffusion_curve(model, std::vector<double>{1.0, 7.25, 8.5, 1.5, 9.75}, options),
                      Catch::Matchers::Contains("7.25"));
  }
  struct Stop {};
  CHECK_THROWS_AS(diffusion_curve(model, std::vector<double>{1.0, 1.5}, options, [](std::size_t) { throw Stop{}; }),
                  Stop);
}

TEST_CASE("what cannot be reached is said") {
  const auto model = cubic(Correlator::delta(1.0));
  DiffusionOptions options;
  options.max_order = 10;
  const auto coarse = point_of(model, 2.1, options);
  CHECK_FALSE(coarse.converged);
  CHECK(coarse.order == 8);
  CHECK(coarse.error > options.tolerance);
  CHECK(std::abs(coarse.D[0][0] / exact_D(3, 2.1) - 1.0) <= coarse.error);
  options.max_order = 40;
  options.max_nodes = 100'000;
  const auto small = point_of(model, 2.1, options);
  CHECK_FALSE(small.converged);
  CHECK(small.nodes <= 100'000);
  CHECK(std::abs(small.D[0][0] / exact_D(3, 2.1) - 1.0) <= small.error);
  options = {};
  options.tolerance = 1e-17;  // below rounding: refinement stops where it no longer helps
  const auto fine = point_of(model, 0.5, options);
  CHECK_FALSE(fine.converged);
  CHECK(fine.error < 1e-12);
  CHECK(std::abs(fine.D[0][0] / exact_D(3, 0.5) - 1.0) <= fine.error);
}

TEST_CASE("options of a curve are checked") {
  const auto model = cubic(Correlator::delta(1.0));
  const auto refused = [&](auto change) {
    DiffusionOptions options;
    change(options);
    CHECK_THROWS_AS(point_of(model, 1.0, options), InvalidArgument);
  };
  for (const double bad : {0.0, -1.0, 1.0, std::numeric_limits<double>::quiet_NaN()}) {
    refused([bad](auto& options) { options.tolerance = bad; });
  }
  refused([](auto& options) { options.threads = -1; });
  refused([](auto& options) { options.max_order = 4; });
  refused([](auto& options) { options.max_order = 65; });
  refused([](auto& options) { options.max_nodes = 0; });
  CHECK(diffusion_curve(model, {}).empty());
}

TEST_CASE("energies that resolve van Hove singularities") {
  const auto model = cubic(Correlator::delta(1.0));
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

  // All of them are accepted.
  DiffusionOptions options;
  options.tolerance = 1e-2;
  options.super_burnett = false;
  CHECK_NOTHROW(diffusion_curve(model, resolving_energies(model, 1.9, 2.1, 6), options));

  CHECK_THROWS_AS(resolving_energies(model, 1.0, 1.0, 10), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 1.0, 2.0, 1), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 7.0, 8.0, 10), InvalidArgument);
  CHECK_THROWS_AS(resolving_energies(model, 0.0, std::numeric_limits<double>::infinity(), 10), InvalidArgument);
}
