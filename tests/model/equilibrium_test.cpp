// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr Statistics all_statistics[] = {Statistics::fermion, Statistics::classical, Statistics::boson};

}  // namespace

TEST_CASE("occupations are those of Bose Fermi and Maxwell") {
  // One exponential and one division; the exponent x = β(ω − μ) itself has a rounding error of 1e-16·x.
  for (const double beta : {0.3, 1.0, 7.0}) {
    for (const double omega : {0.0, 0.4, 3.0, 11.0}) {
      CAPTURE(beta, omega);
      const double mu = -0.25;
      const auto x = static_cast<long double>(beta) * (static_cast<long double>(omega) - static_cast<long double>(mu));
      for (const auto statistics : all_statistics) {
        const auto exact = static_cast<double>(1.0L / (std::exp(x) - static_cast<long double>(theta(statistics))));
        const auto equilibrium = Equilibrium::from_chemical_potential(statistics, beta, mu);
        CHECK_THAT(equilibrium.occupation(omega), WithinRel(exact, 1e-15 + 3e-16 * static_cast<double>(x)));
      }
    }
  }
}

TEST_CASE("occupations far from the chemical potential neither overflow nor lose digits") {
  const auto fermion = Equilibrium::from_chemical_potential(Statistics::fermion, 1.0, 0.0);
  CHECK(fermion.occupation(-1e4) == 1.0);
  CHECK(fermion.occupation(1e4) == 0.0);
  CHECK(fermion.occupation(0.0) == 0.5);
  CHECK_THAT(fermion.occupation(700.0), WithinRel(std::exp(-700.0), 1e-15));
  const auto boson = Equilibrium::from_chemical_potential(Statistics::boson, 1.0, 0.0);
  CHECK_THAT(boson.occupation(1e-12), WithinRel(1e12 - 0.5, 1e-15));  // 1/x − 1/2 + O(x)
  CHECK(boson.occupation(1e4) == 0.0);
}

TEST_CASE("temperature and fugacity give the same equilibrium as beta and mu") {
  for (const auto statistics : all_statistics) {
    const auto a = Equilibrium::from_temperature(statistics, 0.5, 0.125);
    CHECK(a.beta() == 2.0);
    CHECK_THAT(a.mu(), WithinRel(0.5 * std::log(0.125), 1e-15));
    // W = 1/(e^{βω}/z − θ)
    CHECK_THAT(a.occupation(1.0), WithinRel(1.0 / (std::exp(2.0) / 0.125 - theta(statistics)), 2e-15));
  }
}

TEST_CASE("the exponent at a reference energy keeps what beta and mu would lose") {
  // At β = 0 all modes are equally filled and μ is infinite.
  const Equilibrium hot(Statistics::boson, 0.0, 1.0, std::log(3.0));
  CHECK_THAT(hot.occupation(-5.0), WithinRel(0.5, 1e-15));
  CHECK_THAT(hot.occupation(+5.0), WithinRel(0.5, 1e-15));
  CHECK(hot.mu() == -infinity);
  // A lowest mode 1e-18 above the pole, at an energy where β(ω − μ) could not tell it from the pole.
  const Equilibrium condensed(Statistics::boson, 2.0, 1.5, 1e-18);
  CHECK_THAT(condensed.occupation(1.5), WithinRel(1e18, 1e-15));
  CHECK(condensed.mu() <= 1.5);
  CHECK_THAT(condensed.occupation(2.0), WithinRel(1.0 / std::expm1(1.0), 1e-15));
  // μ = ω_ref − x_ref/β
  CHECK(Equilibrium(Statistics::fermion, 4.0, 1.0, 2.0).mu() == 0.5);
  CHECK(Equilibrium(Statistics::fermion, -4.0, 1.0, 2.0).mu() == 1.5);
}

TEST_CASE("a Bose mode at or below the pole is refused") {
  for (const double omega : {1.0, 0.5, -infinity, not_a_number}) {
    const auto equilibrium = Equilibrium::from_chemical_potential(Statistics::boson, 2.0, 1.0);
    CHECK_THROWS_AS(equilibrium.occupation(omega), InvalidArgument);
  }
  try {
    (void)Equilibrium::from_chemical_potential(Statistics::boson, 2.0, 1.0).occupation(0.75);
    FAIL("no exception");
  } catch (const InvalidArgument& error) {
    CHECK(std::string(error.what()) ==
          "no Bose occupation at omega = 0.75: beta (omega - mu) = -0.5 must be positive (beta = 2, mu = 1)");
  }
  // With β < 0 the modes must lie below μ.
  const auto inverted = Equilibrium::from_chemical_potential(Statistics::boson, -2.0, 1.0);
  CHECK_THAT(inverted.occupation(0.5), WithinRel(1.0 / std::expm1(1.0), 1e-15));
  CHECK_THROWS_AS(inverted.occupation(1.5), InvalidArgument);
}

TEST_CASE("numbers that define no equilibrium are refused") {
  for (const auto statistics : all_statistics) {
    for (const double bad : {not_a_number, infinity, -infinity}) {
      CHECK_THROWS_AS(Equilibrium::from_chemical_potential(statistics, bad, 0.0), InvalidArgument);
      CHECK_THROWS_AS(Equilibrium::from_chemical_potential(statistics, 1.0, bad), InvalidArgument);
      CHECK_THROWS_AS(Equilibrium(statistics, 1.0, 0.0, bad), InvalidArgument);
      CHECK_THROWS_AS(Equilibrium::from_temperature(statistics, bad, 1.0), InvalidArgument);
      CHECK_THROWS_AS(Equilibrium::from_temperature(statistics, 1.0, bad), InvalidArgument);
    }
    CHECK_THROWS_AS(Equilibrium::from_temperature(statistics, 0.0, 1.0), InvalidArgument);
    CHECK_THROWS_AS(Equilibrium::from_temperature(statistics, 1.0, 0.0), InvalidArgument);
    CHECK_THROWS_AS(Equilibrium::from_temperature(statistics, 1e-310, 1.0), InvalidArgument);  // 1/T overflows
  }
  try {
    (void)Equilibrium::from_temperature(Statistics::boson, 1.0, -1e-9);
    FAIL("no exception");
  } catch (const InvalidArgument& error) {
    CHECK(std::string(error.what()) == "fugacity = -1e-09 must be positive and finite");
  }
}

TEST_CASE("moments are weighted sums") {
  const std::vector<double> W{0.5, 0.25, 2.0};
  const std::vector<double> energies{-1.0, 4.0, 3.0};
  const std::vector<double> weights{0.5, 1.0, 0.25};
  const auto moments = moments_of(W, energies, weights);
  CHECK(moments.number == 1.0);  // 0.25 + 0.25 + 0.5, exact in binary
  CHECK(moments.energy == 2.25);
}

TEST_CASE("moments of vectors of unequal lengths are refused") {
  const std::vector<double> two(2, 1.0);
  const std::vector<double> three(3, 1.0);
  CHECK_THROWS_AS(moments_of(two, three, three), DimensionMismatch);
  CHECK_THROWS_AS(moments_of(three, two, three), DimensionMismatch);
  CHECK_THROWS_AS(moments_of(three, three, two), DimensionMismatch);
}
