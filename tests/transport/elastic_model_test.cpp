// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/transport/diffusion_curve.hpp>
#include <nordheim/transport/elastic_model.hpp>

#include "reference_values.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double pi = std::numbers::pi;

DiffusionPoint point_of(const ElasticModel& model, double energy, const DiffusionOptions& options = {}) {
  return diffusion_curve(model, std::vector<double>{energy}, options).front();
}

template <class Table>
void check_isotropic(const ElasticModel& model, const Table& table) {
  for (const auto& row : table) {
    CAPTURE(row.energy);
    const auto relaxation = model.relaxation_rates(row.energy, 4);
    CHECK(relaxation.rates[0] == 0.0);
    // Adaptive quadrature to 1e-14, times rounding of the correlator.
    for (std::size_t l = 1; l <= 4; ++l) CHECK_THAT(relaxation.rates[l], WithinRel(row.rates[l - 1], 2e-14));
    CHECK(relaxation.error < 1e-12);
    const auto point = point_of(model, row.energy);
    CHECK_THAT(point.D[0][0], WithinRel(row.D, 2e-14));
    CHECK(std::abs(point.D[0][0] / row.D - 1.0) <= point.error);
    CHECK(point.D[1][1] == point.D[0][0]);
    CHECK(point.D[2][2] == point.D[0][0]);
    CHECK(point.D[0][1] == 0.0);
    CHECK(point.converged);
  }
}

}  // namespace

TEST_CASE("relaxation rates of a Gaussian correlator in the continuum") {
  const auto model = ElasticModel::continuum(Correlator::gaussian(1.0));
  check_isotropic(model, reference::continuum_gaussian);
  // From the smallest eigenvalue of the tridiagonal matrix of spherical harmonics, and the formula.
  CHECK_THAT(point_of(model, 0.5).super_burnett.value(), WithinRel(-3.5740670245483693302e-6, 1e-12));
}

TEST_CASE("relaxation rates of screened impurities in the continuum") {
  check_isotropic(ElasticModel::continuum(Correlator::screened(1.0)), reference::continuum_screened);
}

TEST_CASE("screened impurities scatter forward at high energy") {
  // λ_1 = 4π²/k³ ∫_0^{2k} q³/2 dq/(q² + κ²)² = (π²/k³)[log(1 + x) − x/(1 + x)], x = (2k/κ)².
  const auto model = ElasticModel::continuum(Correlator::screened(1.0));
  for (const double k : {0.01, 1.0, 100.0, 1e4, 1e6}) {
    const double x = 4.0 * k * k;
    // log(1 + x) − x/(1 + x) = x²/2 − 2x³/3 + 3x⁴/4 − … cancels for small x.
    const double bracket =
        x < 1e-3 ? x * x * (0.5 - x * (2.0 / 3.0 - x * (0.75 - 0.8 * x))) : std::log1p(x) - x / (1.0 + x);
    const double exact = pi * pi / (k * k * k) * bracket;
    CAPTURE(k);
    // The expansion is cut off after x⁵; twenty decades of q²/κ² take some hundred intervals.
    CHECK_THAT(model.relaxation_rates(0.5 * k * k, 1).rates[1], WithinRel(exact, 1e-12));
  }
}

TEST_CASE("uncorrelated impurities in the continuum") {
  const auto point = point_of(ElasticModel::continuum(Correlator::delta(1.0)), 0.5);
  CHECK_THAT(point.D[0][0], WithinRel(1.0 / (24.0 * pi * pi), 1e-14));
  CHECK_THAT(point.rate, WithinRel(8.0 * pi * pi, 1e-14));
  CHECK_THAT(point.density_of_states, WithinRel(4.0 * pi, 1e-14));
}

TEST_CASE("any increasing energy may be given in the continuum") {
  const auto correlator = Correlator::gaussian(1.3, 0.4);
  const auto parabolic = ElasticModel::continuum(correlator);
  const auto given = ElasticModel::continuum(
      correlator, [](double k) { return 0.5 * k * k; }, [](double k) { return k; });
  DiffusionOptions options;
  options.spectral_gap = true;
  for (const double E : {1e-6, 0.3, 7.0}) {
    const auto a = point_of(parabolic, E, options);
    const auto b = point_of(given, E, options);
    CHECK_THAT(b.D[0][0], WithinRel(a.D[0][0], 1e-14));  // rounding of the root k(E)
    CHECK_THAT(b.super_burnett.value(), WithinRel(a.super_burnett.value(), 1e-13));
    CHECK_THAT(b.spectral_gap.value(), WithinRel(a.spectral_gap.value(), 1e-14));
    // Rates of other degrees are summed over other points.
    CHECK_THAT(a.spectral_gap.value(), WithinRel(parabolic.relaxation_rates(E, 1).rates[1], 1e-14));
  }
  // Relativistic, ω = √(1 + k²): k = 1 has E = √2, v = 1/√2; with ϑ̂ = 1 the rate is 8π²k²/v.
  const auto relativistic = ElasticModel::continuum(
      Correlator::delta(1.0), [](double k) { return std::sqrt(1.0 + k * k); },
      [](double k) { return k / std::sqrt(1.0 + k * k); });
  const auto point = point_of(relativistic, std::sqrt(2.0));
  CHECK_THAT(point.rate, WithinRel(8.0 * pi * pi * std::sqrt(2.0), 1e-14));
  CHECK_THAT(point.D[0][0], WithinRel(0.5 / (24.0 * pi * pi * std::sqrt(2.0)), 1e-14));
}

TEST_CASE("a velocity that does not belong to the energy is refused") {
  const auto energy = [](double k) { return 1.0 + 0.5 * k * k; };
  for (const double factor : {0.8, 7.0}) {
    const auto model =
        ElasticModel::continuum(Correlator::delta(1.0), energy, [factor](double k) { return factor * k; });
    CHECK_THROWS_WITH(model.isotropic(2.0), Catch::Matchers::Contains("must be the derivative of the energy"));
  }
  // Near the bottom rounding leaves nothing of the difference: that is no reason to refuse.
  const auto model = ElasticModel::continuum(Correlator::delta(1.0), energy, [](double k) { return k; });
  for (const double excess : {1e-15, 1e-12, 1.0, 1e6}) CHECK_NOTHROW(model.isotropic(1.0 + excess));
}

TEST_CASE("the shell of the continuum gives the same rates") {
  const auto model = ElasticModel::continuum(Correlator::gaussian(1.0));
  const double E = 1.0;
  const auto scattering = model.scattering(E, 16);
  const auto point = point_of(model, E);
  const Tensor3 D = diffusion_tensor(scattering);
  // The sphere is exact up to degree 33; Legendre coefficients of the kernel beyond that are below 1e-14.
  for (std::size_t j = 0; j < 3; ++j) CHECK_THAT(D[j][j], WithinRel(point.D[0][0], 1e-12));
  CHECK_THAT(super_burnett(scattering, {0.6, 0.0, 0.8}), WithinRel(point.super_burnett.value(), 1e-11));
  CHECK_THAT(spectral_gap(scattering), WithinRel(model.relaxation_rates(E, 1).rates[1], 1e-12));
}

TEST_CASE("point scatterers") {
  const auto point = point_of(ElasticModel::point_scatterers(1.0, 1.0), 0.5);
  CHECK_THAT(point.D[0][0], WithinRel(0.053051647697298445256, 1e-14));
  CHECK_THAT(point.rate, WithinRel(2.0 * pi, 1e-14));  // n v 4πa²/(1 + k²a²)
  // The same gas as an operator on the sphere.
  const auto model = ElasticModel::point_scatterers(0.3, -0.7);
  const double E = 0.8;
  CHECK_THAT(diffusion_tensor(model.scattering(E, 3))[0][0], WithinRel(point_of(model, E).D[0][0], 1e-13));
}

TEST_CASE("hard spheres") {
  struct Row {
    double ka, total, D;
  };
  for (const Row& row : {Row{1.0, 10.626241899593979092, 0.045911705987764978754},
                         Row{0.1, 12.524952426231317769, 0.026790488727001721235},
                         Row{5.0, 8.1756065790694918028, 0.085737866452768781066}}) {
    CAPTURE(row.ka);
    // Radius 1, density 1: D = (D n a²/v) v.
    const auto point = point_of(ElasticModel::hard_spheres(1.0, 1.0), 0.5 * row.ka * row.ka);
    CHECK_THAT(point.D[0][0], WithinRel(row.D * row.ka, 1e-13));
    CHECK_THAT(point.rate, WithinRel(row.total * row.ka, 1e-13));
  }
  // With radius and density in proportion: D is v/(n a²) times a function of ka.
  const double k = 0.5;
  const auto scaled = point_of(ElasticModel::hard_spheres(0.25, 2.0), 0.5 * k * k);
  CHECK_THAT(scaled.D[0][0], WithinRel(0.045911705987764978754 * k, 1e-13));
}

TEST_CASE("hard spheres as an operator on the sphere") {
  const auto model = ElasticModel::hard_spheres(1.0, 1.0);
  const double E = 0.02;
  // |f|² is a polynomial in cos ϑ of low degree at ka = 0.2.
  CHECK_THAT(diffusion_tensor(model.scattering(E, 12))[2][2], WithinRel(point_of(model, E).D[0][0], 1e-12));
}

TEST_CASE("mass disorder is the cubic band in the squared frequency") {
  const auto model = ElasticModel::mass_disorder(Dispersion::optical(3, 1.0), 1.0);
  struct Row {
    double omega, D;
  };
  for (const Row& row : {Row{1.5, 0.10526557411336191879}, Row{2.0, 0.018233501293976193385},
                         Row{std::sqrt(7.0), 0.0025190101454521229868}}) {
    CAPTURE(row.omega);
    const auto point = point_of(model, row.omega);
    CHECK_THAT(point.D[0][0], WithinRel(row.D, 1e-11));  // ten times the tolerance is what is asked for at most
    CHECK(std::abs(point.D[0][0] / row.D - 1.0) <= point.error);
  }
  // At ω = 3 the cubic band has a van Hove energy, which D approaches linearly from below, and from above as
  // 1 + 1.49 √(ω δω).
  CHECK_THAT(point_of(model, 3.0).D[0][0], WithinRel(0.00093201839870659549873, 1e-14));  // of the closed form
  const double s = 1e-3;
  CHECK_THAT(point_of(model, 3.0 + s * s).D[0][0], WithinRel(0.00093201839870659549873, 3.0 * s));
  CHECK_THAT(point_of(model, 3.0 - s * s).D[0][0], WithinRel(0.00093201839870659549873, 10.0 * s * s));
  CHECK_THAT(point_of(model, 2.0).rate, WithinRel(7.4167162430559949806, 1e-11));
  const auto doubled = ElasticModel::mass_disorder(Dispersion::optical(3, 1.0), 2.0);
  CHECK_THAT(point_of(doubled, 2.0).D[0][0], WithinRel(0.5 * point_of(model, 2.0).D[0][0], 1e-14));
}

TEST_CASE("phonons of any strength have a closed form at their van Hove energies") {
  // ω² = ω0² + 2κS: δ(ω − ω') = (ω/κ) δ(S − S'), v = κs/ω. At S = 2 the energy is irrational: it is taken for the van
  // Hove energy that it is to rounding.
  constexpr double rho = 0.2893986887536320931446, second = 0.4118197652509177604116;  // the cubic band at S = 2
  for (const double omega0 : {0.0, 0.7}) {
    for (const double kappa : {0.37, 2.1}) {
      const double omega = std::sqrt(omega0 * omega0 + 4.0 * kappa);
      const auto band = omega0 > 0.0 ? Dispersion::optical(3, omega0, kappa) : Dispersion::acoustic(3, kappa);
      const auto point = point_of(ElasticModel::mass_disorder(band, 1.0), omega);
      const double rate = 2.0 * pi * omega * omega * rho * omega / kappa;
      CAPTURE(omega0, kappa, omega);
      CHECK(point.converged);
      CHECK(point.nodes == 0);
      CHECK_THAT(point.rate, WithinRel(rate, 1e-13));  // a few roundings
      CHECK_THAT(point.D[0][0], WithinRel(second * kappa * kappa / (omega * omega * rate), 1e-13));
    }
  }
}

TEST_CASE("the error of D has that of strong impurities in it") {
  // G is good to 1e-12 on bands without a closed form, and T no better.
  const auto band = Dispersion::hopping(2, {{{1, 0, 0}, 0.6}, {{0, 1, 0}, 1.0}});
  const auto point = point_of(ElasticModel::dilute(band, 1.0, 1.0), 0.9);
  CHECK(point.error >= 2e-12);
  CHECK(point.error <= 1e-10);
}

TEST_CASE("dilute impurities on the lattice") {
  const auto band = Dispersion::nearest_neighbour(3);
  const auto repulsive = ElasticModel::dilute(band, 1.0, 1.0);
  const auto point = point_of(repulsive, 1.0);
  CHECK_THAT(point.D[0][0], WithinRel(1.939244863762867, 1e-11));
  CHECK_THAT(point.rate, WithinRel(0.2400628213251857, 1e-11));
  CHECK_THAT(point_of(repulsive, 3.0).D[0][0], WithinRel(0.5890019182761488, 1e-11));
  CHECK_THAT(point_of(ElasticModel::dilute(band, 1.0, -1.0), 1.0).D[0][0], WithinRel(0.2175792230965211, 1e-11));
  CHECK_THAT(point_of(ElasticModel::dilute(band, 0.01, 1.0), 1.0).D[0][0], WithinRel(100.0 * point.D[0][0], 1e-13));
  // Born approximation: |T|² → V².
  const auto weak = point_of(ElasticModel::dilute(band, 1.0, 1e-6), 1.0);
  CHECK_THAT(weak.D[0][0], WithinRel(1e12 * 0.7657073169106906311724, 2e-6));
}

TEST_CASE("elastic models refuse what they are not made for") {
  const auto band = Dispersion::nearest_neighbour(3);
  CHECK_THROWS_AS(ElasticModel::impurities(band, Correlator::gaussian(1.0)), InvalidArgument);
  CHECK_THROWS_AS(ElasticModel::impurities(band, Correlator::product(2, 0.5)), InvalidArgument);
  CHECK_THROWS_AS(ElasticModel::continuum(Correlator::product(3, 0.5)), InvalidArgument);
  CHECK_THROWS_AS(ElasticModel::continuum(Correlator::delta(1.0), {}, {}), InvalidArgument);
  for (const double bad :
       {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(ElasticModel::mass_disorder(band, bad), InvalidArgument);
    CHECK_THROWS_AS(ElasticModel::dilute(band, bad, 1.0), InvalidArgument);
    CHECK_THROWS_AS(ElasticModel::point_scatterers(bad, 1.0), InvalidArgument);
    CHECK_THROWS_AS(ElasticModel::hard_spheres(1.0, bad), InvalidArgument);
  }
  CHECK_THROWS_AS(ElasticModel::dilute(band, 1.0, 0.0), InvalidArgument);
  CHECK_THROWS_AS(ElasticModel::point_scatterers(1.0, 0.0), InvalidArgument);

  const auto lattice = ElasticModel::impurities(band, Correlator::delta(1.0));
  CHECK_THROWS_AS(lattice.relaxation_rates(1.0, 1), InvalidArgument);
  CHECK_THROWS_AS(lattice.isotropic(1.0), InvalidArgument);
  CHECK_THROWS_AS(lattice.scattering(-0.1, 6), InvalidArgument);
  CHECK_THROWS_AS(lattice.scattering(2.0, 6), InvalidArgument);
  const auto continuum = ElasticModel::continuum(Correlator::delta(1.0));
  CHECK_THROWS_AS(continuum.dispersion(), InvalidArgument);
  CHECK_THROWS_AS(continuum.relaxation_rates(1.0, -1), InvalidArgument);
  CHECK(continuum.van_hove().empty());
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(continuum.relaxation_rates(bad, 1), InvalidArgument);
  }
  // ω is bounded: no k has E = 2.
  const auto bounded = ElasticModel::continuum(
      Correlator::delta(1.0), [](double k) { return std::tanh(k); },
      [](double k) { return 1.0 / std::pow(std::cosh(k), 2); });
  CHECK_THROWS_AS(bounded.isotropic(2.0), InvalidArgument);
}

TEST_CASE("what a user's function throws reaches the caller") {
  struct Mine {};
  const auto model = ElasticModel::continuum(
      Correlator::delta(1.0), [](double k) -> double { return k > 3.0 ? throw Mine{} : k; },
      [](double) { return 1.0; });
  CHECK_NOTHROW(model.isotropic(1.5));
  CHECK_THROWS_AS(model.isotropic(10.0), Mine);
}
