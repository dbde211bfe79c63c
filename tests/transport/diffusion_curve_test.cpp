// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"
#include "transport/shell_diffusion.hpp"
#include "transport/shell_rounding.hpp"

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
  CHECK_THAT(point_of(model, 2.0 + 1e-4).D[0][0], WithinRel(0.22650013483087854, 1e-10));
}

TEST_CASE("D has a square root below the saddle energy and a slope above it") {
  // Each of the three saddles takes √2/(2π²)·√δ from ρ(2 − δ), and ρ⟨s_1²⟩ has no root (its derivative is (3 − E)ρ/3):
  // D(2 − δ) = D(2) + S√δ + O(δ), S = 2aD(2)/ρ(2) = 0.33641 with a = 3√2/(2π²).
  const auto model = cubic(Correlator::delta(1.0));
  const auto& at = reference::at_saddle;
  const auto rise = [&](double energy) {
    const auto point = point_of(model, energy);
    CHECK(point.order > 0);  // on shells, not in closed form
    return point.D[0][0] - at.D;
  };
  const double a = 3.0 * std::numbers::sqrt2 / (0.5 * two_pi * two_pi);
  const double S = 2.0 * a * at.D / at.density_of_states;
  const double near = rise(2.0 - 1e-6) / 1e-3;
  const double far = rise(2.0 - 4e-6) / 2e-3;
  CHECK_THAT(near, WithinAbs(0.33659, 5e-6));
  CHECK_THAT(2.0 * near - far, WithinAbs(S, 1e-5));  // without the term of order δ; the next is O(δ)
  // Above, a quarter of the distance is a quarter of the rise.
  CHECK_THAT(rise(2.0 + 4e-4), WithinRel(4.0 * rise(2.0 + 1e-4), 1e-3));
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

namespace {

/// c + Σ_j (1 − cos 2πk_j): a constant that is added costs digits of E − E_c.
Dispersion lifted(int dimension, double constant) {
  return Dispersion::from_formula(dimension, [=](const auto& k) {
    auto sum = constant + dimension - cos(two_pi * k[0]);
    for (std::size_t j = 1; j < static_cast<std::size_t>(dimension); ++j) sum = sum - cos(two_pi * k[j]);
    return sum;
  });
}

/// On a shell that is refined until rounding is all that is left.
DiffusionPoint point_on_shell(const ElasticModel& model, double energy) {
  DiffusionOptions options;
  options.tolerance = 1e-15;
  return detail::shell_diffusion(model, energy, options, detail::shell_rounding(model, energy));
}

/// A value near a true one: the estimate bounds the error and is not absurd.
void check_estimate(double value, double truth, double estimate) {
  const double error = std::abs(value / truth - 1.0);
  CAPTURE(value, truth, error, estimate);
  CHECK(error <= estimate);
  CHECK(estimate <= std::max(1e4 * error, 1e-11));
}

}  // namespace

TEST_CASE("the estimate covers what rounding leaves near van Hove energies") {
  const int d = GENERATE(1, 2, 3);
  const double constant = GENERATE(0.0, 1000.0);
  const auto model = ElasticModel::impurities(lifted(d, constant), Correlator::delta(1.0));
  for (const double critical : {0.0, 2.0, 2.0 * d}) {
    for (const double s : {1e-1, 1e-2, 1e-3}) {
      const double E = constant + critical + (critical == 0.0 ? s * s : -s * s);
      // Exact differences; above the middle the mirror image, where the distance to 2d is known to all digits.
      const double S = E - constant > d ? 2.0 * d - (E - constant) : E - constant;
      const auto truth = cubic_band_shell(d, S);
      const auto point = point_on_shell(model, E);
      CAPTURE(d, constant, critical, s, point.order);
      check_estimate(point.D[0][0], exact_D(d, S), point.error);
      check_estimate(point.density_of_states, truth.density_of_states, point.density_of_states_error);
      check_estimate(point.rate, two_pi * truth.density_of_states, point.rate_error);
      const double gamma = two_pi * truth.density_of_states;
      const double B = (truth.s1_fourth - 2.0 * truth.s1_squared * truth.s1_squared) / std::pow(gamma, 3);
      CHECK(std::abs(point.super_burnett.value() - B) <= point.super_burnett_error.value());
    }
  }
}

TEST_CASE("the estimate covers what rounding of the square leaves of phonons") {
  const auto model = ElasticModel::impurities(Dispersion::optical(3, 1.0), Correlator::delta(1.0));
  for (const double s : {1e-1, 1e-2, 1e-3}) {
    for (const double S : {s * s, 2.0 - s * s, 6.0 - s * s}) {
      const double E = std::sqrt(1.0 + 2.0 * S);
      const auto exact_S = (static_cast<long double>(E) * E - 1.0L) / 2.0L;
      const auto shell = cubic_band_shell(3, static_cast<double>(S > 3.0 ? 6.0L - exact_S : exact_S));
      const double density = E * shell.density_of_states;
      const auto point = point_on_shell(model, E);
      CAPTURE(E, point.order);
      check_estimate(point.density_of_states, density, point.density_of_states_error);
      check_estimate(point.D[0][0], shell.s1_squared / (E * E) / (two_pi * density), point.error);
    }
  }
}

TEST_CASE("the estimate bounds the true error of closed forms") {
  // Where rounding spoils shells; with an added constant the band itself is known to 1e-13 only.
  const auto check = [](const ElasticModel& model, double constant, double E) {
    const double S = E - constant > 3.0 ? 6.0 - (E - constant) : E - constant;
    auto point = point_of(model, E);
    CAPTURE(constant, E - constant, point.error);
    CHECK(point.order == 0);
    CHECK(std::abs(point.D[0][0] / exact_D(3, S) - 1.0) <= point.error);
    return point;
  };
  const auto plain = cubic(Correlator::delta(1.0));
  for (const double E : {6.0 - 1e-7, 6.0 - 1e-10, 2.0 - 1e-9, 1e-9}) CHECK(check(plain, 0.0, E).converged);
  const auto raised = ElasticModel::impurities(lifted(3, 1000.0), Correlator::delta(1.0));
  CHECK(check(raised, 1000.0, 1002.0).converged);
  CHECK_FALSE(check(raised, 1000.0, 1006.0 - 1e-7).converged);
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

TEST_CASE("a refused energy is recorded and the others are kept") {
  const auto model = cubic(Correlator::delta(1.0));
  DiffusionOptions options;
  options.tolerance = 1e-3;
  options.refusals = Refusals::recorded;
  const auto curve = diffusion_curve(model, std::vector<double>{1.0, 7.25, 1.5}, options);
  REQUIRE(curve.size() == 3);
  CHECK(curve[0].converged);
  CHECK(curve[0].refusal.empty());
  CHECK(curve[2].converged);
  CHECK(curve[1].energy == 7.25);
  CHECK_FALSE(curve[1].converged);
  CHECK(curve[1].refusal.find("7.25") != std::string::npos);
  CHECK(std::isnan(curve[1].D[0][0]));
  CHECK(std::isinf(curve[1].error));
  // Nothing to keep.
  CHECK_THROWS_WITH(diffusion_curve(model, std::vector<double>{7.25, 8.5}, options), Catch::Matchers::Contains("7.25"));
}

TEST_CASE("D is a number by symmetry, not by its digits") {
  const auto isotropic = [](const Dispersion& band, const Correlator& correlator) {
    DiffusionOptions options;
    options.tolerance = 1e-2;
    options.super_burnett = false;
    return point_of(ElasticModel::impurities(band, correlator), 1.3, options).isotropic;
  };
  const auto nearly = [](double t) { return Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, t}}); };
  CHECK(isotropic(nearly(1.0), Correlator::delta(1.0)));
  CHECK(isotropic(nearly(1.0), Correlator::product(2, 0.5)));
  CHECK(isotropic(Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{2, 0, 0}, 0.1}}), Correlator::delta(1.0)));
  CHECK_FALSE(isotropic(nearly(1.0 + 1e-9), Correlator::delta(1.0)));
  CHECK_FALSE(isotropic(nearly(1.0 + 1e-9), Correlator::product(2, 0.5)));
  // Exchanges alone leave D_12.
  CHECK_FALSE(isotropic(Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}, {{1, 1, 0}, 0.1}}),
                        Correlator::delta(1.0)));
}

TEST_CASE("the estimated error of B bounds the true one") {
  for (const double tolerance : {1e-3, 1e-6, 1e-10}) {
    DiffusionOptions options;
    options.tolerance = tolerance;
    for (const double E : {0.3, 0.85, 1.9, 2.4, 3.3}) {  // B has a zero near 2.2
      const auto shell = cubic_band_shell(3, E);
      const double gamma = two_pi * shell.density_of_states;
      const double B = (shell.s1_fourth - 2.0 * shell.s1_squared * shell.s1_squared) / std::pow(gamma, 3);
      const auto point = point_of(cubic(Correlator::delta(1.0)), E, options);
      const double error = std::abs(point.super_burnett.value() - B);
      CAPTURE(tolerance, E, error);
      CHECK(error <= point.super_burnett_error.value());
      CHECK(point.super_burnett_error.value() <= std::max(1e5 * error, 1e-12));
    }
  }
  DiffusionOptions options;
  options.tolerance = 1e-5;
  for (const auto& row : reference::product) {
    const auto point = point_of(cubic(Correlator::product(3, 0.5)), row.energy, options);
    CAPTURE(row.energy);
    CHECK(std::abs(point.super_burnett.value() - row.B) <= point.super_burnett_error.value());
    CHECK(std::abs(point.rate / row.rate - 1.0) <= point.rate_error);
  }
}

TEST_CASE("the estimated errors of all averages bound the true ones without symmetry") {
  // Parameters as they came, at which the rate seemed to converge faster than it does.
  const auto band = Dispersion::from_formula(2, [](const auto& k) {
    using std::cos;
    return 2.0 - 1.0489607952490612 * cos(two_pi * (k[0] + 0.92051812020910206)) -
           0.89585120209549995 * cos(two_pi * (k[1] + 0.34115697123306332)) -
           0.028804984082319018 * cos(two_pi * (k[0] - k[1] + 0.20282998209629841)) -
           0.053140225607295311 * cos(two_pi * (k[0] - k[1] + 0.11311771578138137));
  });
  const auto model = ElasticModel::impurities(band, Correlator::gaussian_lattice(2, 0.8028668248372648));
  const double E = 2.0 + 2.081429336555344 - 2.0267572070341755;  // less the sum of the amplitudes
  DiffusionOptions options;
  options.tolerance = 1.6447516429656987e-06;
  const auto point = point_of(model, E, options);
  options.tolerance = 1e-13;
  const auto exact = point_of(model, E, options);
  CHECK(std::abs(point.rate / exact.rate - 1.0) <= point.rate_error);
  CHECK(std::abs(point.super_burnett.value() - exact.super_burnett.value()) <= point.super_burnett_error.value());
  CHECK(std::abs(point.density_of_states / exact.density_of_states - 1.0) <= point.density_of_states_error);
  CHECK(std::abs(point.D[0][0] / exact.D[0][0] - 1.0) <= point.error);
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
  refused([](auto& options) { options.max_order = 7; });
  refused([](auto& options) { options.max_order = 65; });
  refused([](auto& options) { options.max_nodes = 0; });
  CHECK(diffusion_curve(model, {}).empty());
}

TEST_CASE("a band with a minimum of fourth order") {
  // ω = (1 − c)²/2 with c = cos 2πk: at E = 1, c = 1 − √2, v = (1 − c) s, ρ = 1/(π v), D = v²/(2πρ) = v³/2.
  const auto model =
      ElasticModel::impurities(Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{2, 0, 0}, -0.25}}), Correlator::delta(1.0));
  REQUIRE(model.van_hove().size() == 2);
  const double c = 1.0 - std::sqrt(2.0);
  const double v = (1.0 - c) * std::sqrt(1.0 - c * c);
  const auto curve = diffusion_curve(model, std::vector<double>{1.0});
  // Two points, whose sums are exact to rounding.
  CHECK_THAT(curve[0].density_of_states, WithinRel(1.0 / (std::numbers::pi * v), 1e-14));
  CHECK_THAT(curve[0].D[0][0], WithinRel(0.5 * v * v * v, 2e-14));
  CHECK(curve[0].converged);
}
