// SPDX-License-Identifier: GPL-3.0-or-later
// D_kin where the rounding of the correlator's spectrum is what limits it: the error estimate bounds it; and limits of
// memory, which are known before any work is done.
#include <nordheim/core/error.hpp>
#include <nordheim/transport/diffusion_curve.hpp>

#include "support/catch.hpp"
#include "support/elastic_operator.hpp"

#include <array>
#include <chrono>
#include <cmath>

using namespace nordheim;
using nordheim::test::neighbours;
using nordheim::test::two_pi;

TEST_CASE("D follows the closed form as the spectrum vanishes with the energy") {
  // γ = 2πρ[1 + 2t(3−E)²/3], D = ⟨s²⟩/(2πρ[1 + 2t((3−E)²/3 − ⟨s²⟩)]), ρ and ⟨s²⟩ from the uncorrelated D.
  const auto band = Dispersion::nearest_neighbour(3);
  const auto uncorrelated = ElasticModel::impurities(band, Correlator::delta(1.0));
  DiffusionOptions fine;
  fine.tolerance = 1e-12;
  for (const double t : {-1.0 / 6.0, 1.0 / 6.0}) {
    const Correlator called = Correlator::on_lattice(3, [t](const Vector3& q) {
      return 1.0 + 2.0 * t * (std::cos(two_pi * q[0]) + std::cos(two_pi * q[1]) + std::cos(two_pi * q[2]));
    });
    for (const double energy : {1e-5, 1e-3, 2.5, 5.99}) {
      const DiffusionPoint free = diffusion_curve(uncorrelated, std::array{energy}, fine).front();
      const double rate = two_pi * free.density_of_states, s2 = free.D[0][0] * rate;
      const double g = std::fma(6.0, t, 1.0) + 2.0 * t * energy * (energy - 6.0) / 3.0;
      const double exact = s2 / (rate * (g - 2.0 * t * s2));
      for (const Correlator& correlator : {neighbours(3, t), called}) {
        const auto model = ElasticModel::impurities(band, correlator);
        const DiffusionPoint point = diffusion_curve(model, std::array{energy}).front();
        CAPTURE(t, energy, correlator.description(), point.D[0][0], exact, point.error);
        // The reference carries the error of the free shell.
        CHECK(std::abs(point.D[0][0] / exact - 1.0) <= point.error + free.error);
        CHECK(point.converged);
        CHECK(point.rank <= 8);
      }
    }
  }
}

TEST_CASE("the error bounds what rounding leaves of weak backscattering") {
  // In one dimension D = sin³ 2πk/2ϑ̂(2k): the smaller ϑ̂(2k) against ϑ̂(0), the fewer digits the operator knows.
  const auto band = Dispersion::nearest_neighbour(1);
  const long double pi = std::acos(-1.0L);
  for (const double length : {1.0, 1.5, 2.0, 2.5, 3.0}) {
    const auto model = ElasticModel::impurities(band, Correlator::gaussian_lattice(1, length));
    for (const double energy : {0.3, 0.5, 0.7}) {
      const long double k = std::acos(1.0L - static_cast<long double>(energy)) / (2.0L * pi);
      long double spectrum = 0.0L;
      for (int m = -6; m <= 6; ++m) {
        const long double x = 2.0L * pi * length * (2.0L * k + m);
        spectrum += length * std::sqrt(2.0L * pi) * std::exp(-0.5L * x * x);
      }
      const long double sine = std::sin(2.0L * pi * k);
      const auto exact = static_cast<double>(sine * sine * sine / (2.0L * spectrum));
      const DiffusionPoint point = diffusion_curve(model, std::array{energy}).front();
      CAPTURE(length, energy, point.D[0][0], exact, point.error);
      CHECK(std::abs(point.D[0][0] / exact - 1.0) <= point.error);
      // Not idle either: a few hundred units of rounding over the share of backscattering.
      const double share = static_cast<double>(spectrum) / (length * std::sqrt(two_pi));
      CHECK(point.error < 1e-14 + 1e-13 / share);
    }
  }
}

TEST_CASE("a gain that is too large for the memory is refused before it is made") {
  using Catch::Matchers::Contains;
  const auto model = ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::gaussian_lattice(3, 20.0));
  DiffusionOptions options;
  options.threads = 1;
  const auto start = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH(diffusion_curve(model, std::array{1.5}, options),
                    Contains("about 1e+05 functions on the shell of energy 1.5 and needs") &&
                        Contains("GiB of memory, of which 8 GiB are allowed") && Contains("shorter range"));
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 1.0);
  const auto small = ElasticModel::impurities(Dispersion::nearest_neighbour(2), Correlator::gaussian_lattice(2, 1.0));
  CHECK(diffusion_curve(small, std::array{0.7}, options).front().converged);
  options.max_memory = 10'000;
  CHECK_THROWS_WITH(diffusion_curve(small, std::array{0.7}, options), Contains("are allowed"));
  options.max_memory = 0;
  CHECK_THROWS_WITH(diffusion_curve(small, std::array{0.7}, options), Contains("max_memory = 0"));
}
