// SPDX-License-Identifier: GPL-3.0-or-later
// The number of functions of the gain: exact for tables and products whatever the rounding, foretold for others.
#include <nordheim/collision/elastic_scattering.hpp>
#include <nordheim/core/error.hpp>

#include "support/catch.hpp"
#include "support/elastic_operator.hpp"

#include <chrono>

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// The range of Π_j (1 + c cos 2πq_j) as a table.
Correlator product_table(double c) {
  std::vector<CorrelatorEntry> entries;
  for (int x = -1; x <= 1; ++x) {
    for (int y = -1; y <= 1; ++y) {
      for (int z = -1; z <= 1; ++z) {
        entries.push_back({{x, y, z}, std::pow(0.5 * c, std::abs(x) + std::abs(y) + std::abs(z))});
      }
    }
  }
  return Correlator::table(3, entries);
}

/// 1 + 2t Σ cos 2πq_j without cancellation at q = 0 where t is near −1/6.
double neighbours_spectrum(double t, const Vector3& q) {
  double value = std::fma(6.0, t, 1.0);
  for (const double component : q) {
    const double sine = std::sin(0.5 * two_pi * component);
    value -= 4.0 * t * sine * sine;
  }
  return value;
}

}  // namespace

TEST_CASE("the rank of a table does not follow rounding where its spectrum vanishes at q zero") {
  const double t = -1.0 / 6.0;
  for (const double energy : {1e-5, 1e-3, 5.999}) {
    const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), energy, 3);
    const ElasticScattering op(shell, neighbours(3, t));
    CAPTURE(energy, shell.size(), op.kernel_error());
    CHECK(op.rank() <= 7);  // 1, cos k_j, sin k_j
    for (std::size_t a = 0; a < shell.size(); a += shell.size() / 7) {
      double rate = 0.0;
      for (std::size_t b = 0; b < shell.size(); ++b) {
        Vector3 q = minus(shell.momentum(a), shell.momentum(b));
        for (double& component : q) component = std::remainder(component, 1.0);
        rate += two_pi * shell.weights()[b] * neighbours_spectrum(t, q);
      }
      // Near the zone corner q carries the rounding of k, 1e-16 of 6e-3 here, twice; at the origin there is none.
      CHECK_THAT(op.rates()[a], WithinRel(rate, 1e-13));
    }
  }
}

TEST_CASE("the rank of a user's function ends at its rounding where it vanishes at q zero") {
  const double t = -1.0 / 6.0;
  const Correlator called = Correlator::on_lattice(3, [t](const Vector3& q) {
    return 1.0 + 2.0 * t * (std::cos(two_pi * q[0]) + std::cos(two_pi * q[1]) + std::cos(two_pi * q[2]));
  });
  for (const double energy : {1e-5, 1e-3}) {
    const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), energy, 3);
    const ElasticScattering op(shell, called), exact(shell, neighbours(3, t));
    CAPTURE(energy, shell.size(), op.kernel_error());
    CHECK(op.rank() <= 8);
    // The bound holds, and is not idle: ε over ϑ̂, which is of the order of the energy.
    const double error = (as_vector(op.rates()) - as_vector(exact.rates())).cwiseAbs().maxCoeff();
    CHECK(error < op.kernel_error() * as_vector(exact.rates()).maxCoeff());
    CHECK(op.kernel_error() < 1e-13 / energy);
  }
}

TEST_CASE("products and tables of the same range make the same operator") {
  for (const Dispersion& band : {Dispersion::nearest_neighbour(3), tilted_band(3, true)}) {
    for (const double c : {0.5, -1.0}) {
      const EnergyShell shell = small_shell(band, 1.1, 2);
      const ElasticScattering product(shell, Correlator::product(3, c)), table(shell, product_table(c));
      CHECK(product.rank() == table.rank());
      VectorXd W = skew(shell), first(W.size()), second(W.size());
      product.apply(as_state(W), as_state(first));
      table.apply(as_state(W), as_state(second));
      // Rounding of 27 terms.
      CHECK((first - second).cwiseAbs().maxCoeff() < 1e-14 * as_vector(product.rates()).maxCoeff() * W.maxCoeff());
    }
  }
}

TEST_CASE("only the sectors that are needed are factorised") {
  const EnergyShell shell = small_shell(Dispersion::nearest_neighbour(3), 1.5, 4);
  const ElasticScattering op(shell, Correlator::product(3, 0.5));
  // Products of cosines: eight, with one relation on the cubic band.
  CHECK(op.rank_in_use() == 7);
  VectorXd h = velocity(shell, 0);
  op.solve(as_state(velocity(shell, 0)), as_state(h));
  CHECK(op.rank_in_use() == 11);  // sin k_1 times products of cosines of the others: four
  CHECK(op.rank() == 26);
  CHECK(op.rank_in_use() == 26);
}

TEST_CASE("the rank of the gain is foretold") {
  const auto forecast = [](const EnergyShell& shell, const Correlator& correlator) {
    return ElasticScattering::forecast(shell, correlator);
  };
  const EnergyShell cubic = small_shell(Dispersion::nearest_neighbour(3), 1.5, 5);
  const EnergyShell square = small_shell(Dispersion::nearest_neighbour(2), 0.9, 20);
  CHECK(forecast(cubic, Correlator::delta(1.0)).rank == 1.0);
  CHECK(forecast(cubic, neighbours(3, 0.1)).rank == 7.0);
  CHECK(forecast(cubic, Correlator::product(3, 0.5)).rank == 27.0);
  CHECK(forecast(cubic, Correlator::product(3, 0.5)).rank_used == Approx(27.0 / 4.0));
  // Numerical ranks at 10⁻¹⁵, by factorising; a third is promised.
  const auto compare = [&](const EnergyShell& shell, const Correlator& correlator) {
    const auto rank = static_cast<double>(ElasticScattering(shell, correlator).rank());
    const double foretold = forecast(shell, correlator).rank;
    CAPTURE(correlator.description(), rank, foretold);
    CHECK(std::abs(foretold - rank) < rank / 3.0);
  };
  compare(cubic, Correlator::gaussian_lattice(3, 1.0));
  compare(square, Correlator::gaussian_lattice(2, 4.0));
  const Correlator gaussian = Correlator::gaussian_lattice(2, 4.0);
  compare(square, Correlator::on_lattice(2, [gaussian](const Vector3& q) { return gaussian(q); }));
  compare(EnergyShell::sphere(1.0, 0.5, 1.0, 40), Correlator::gaussian(3.0));
  // It does not depend on the shell's order, and is made before anything is.
  const Correlator wide = Correlator::gaussian_lattice(3, 1000.0);
  const auto start = std::chrono::steady_clock::now();
  const GainForecast huge = forecast(cubic, wide);
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 0.5);
  CHECK(huge.rank > 1e8);
  CHECK(huge.memory > 1e16);
  CHECK_THAT(huge.rank, WithinRel(forecast(small_shell(Dispersion::nearest_neighbour(3), 1.5, 8), wide).rank, 1e-3));
  CHECK_THROWS_AS(forecast(square, wide), InvalidArgument);
}
