// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/model/green_function.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nordheim;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
using Complex = std::complex<double>;
using ComplexVector3 = std::array<Complex, 3>;

Complex squared_sine(const ComplexVector3& z) {
  const Complex s = std::sin(2.0 * pi * z[0]);
  return s * s;
}

double density(const GreenFunctionValue& G) { return -G.value.imag() / pi; }

/// Σ_j (1 − c_j) + 0.3 Σ_{i<j} (1 − c_i c_j), where c_i c_j is half of cos(k_i + k_j) and of cos(k_i − k_j).
Dispersion next_nearest_neighbours() {
  std::vector<HoppingTerm> terms;
  for (std::size_t i = 0; i < 3; ++i) {
    HoppingTerm term{{}, 1.0};
    term.R[i] = 1;
    terms.push_back(term);
    for (std::size_t j = 0; j < i; ++j) {
      for (const int sign : {1, -1}) {
        HoppingTerm diagonal{{}, 0.15};
        diagonal.R[i] = 1;
        diagonal.R[j] = sign;
        terms.push_back(diagonal);
      }
    }
  }
  return Dispersion::hopping(3, terms);
}

}  // namespace

TEST_CASE("the deformed torus gives the closed forms of the cubic band within its error estimate") {
  struct Setting {
    int dimension;
    double energy;
  };
  for (const auto& [d, energy] :
       {Setting{1, -0.5}, Setting{1, 0.1}, Setting{1, 1.0}, Setting{1, 1.9}, Setting{1, 2.5}, Setting{2, 0.1},
        Setting{2, 1.9}, Setting{2, 2.1}, Setting{2, 3.0}, Setting{2, 4.7}, Setting{3, 0.5}, Setting{3, 1.5},
        Setting{3, 3.0}, Setting{3, 4.6}, Setting{3, 6.5}}) {
    CAPTURE(d, energy);
    const auto band = Dispersion::nearest_neighbour(d);
    const auto G = green_function(band, energy);
    const Complex exact = cubic_band_green_function(d, energy);
    CHECK(G.error <= 2e-12 * std::abs(exact));  // the tolerance, and rounding
    CHECK(std::abs(G.value - exact) <= G.error);
    if (d == 3 && energy > 1.0 && energy < 4.0) {
      const auto moment = green_function(band, energy, 1e-12, squared_sine);
      const auto shell = cubic_band_shell(d, energy);
      CHECK_THAT(density(moment), WithinAbs(shell.density_of_states * shell.s1_squared,
                                            moment.error / pi + 1e-15));  // and the rounding of the closed form
    }
  }
}

TEST_CASE("a looser tolerance is met as well") {
  const auto band = Dispersion::nearest_neighbour(3);
  const auto G = green_function(band, 1.0, 1e-5);
  const double error = std::abs(G.value - cubic_band_green_function(3, 1.0));
  CHECK(error <= G.error);
  CHECK(G.error <= 1.01e-5);
}

TEST_CASE("the band with next-nearest neighbours has its reference averages") {
  // Two methods agree on these to 1e-15.
  const auto band = next_nearest_neighbours();
  const auto check = [&](double energy, double rho, double s1_squared) {
    const double found = density(green_function(band, energy));
    CHECK_THAT(found, WithinRel(rho, 2e-12));  // the tolerance of green_function()
    CHECK_THAT(density(green_function(band, energy, 1e-12, squared_sine)) / found, WithinRel(s1_squared, 4e-12));
  };
  check(1.0, 0.0450256041282126, 0.346100304167424);
  check(4.6, 0.315081055299766, 0.558881211179657);
}

TEST_CASE("the band with next-nearest neighbours has its reference density next to a saddle energy") {
  const auto G = green_function(next_nearest_neighbours(), 3.0);
  CHECK_THAT(density(G), WithinRel(0.1819268722109, 3e-12));  // 13 digits are known; the tolerance
}

TEST_CASE("phonons have the density of states of the band under their root") {
  // ω² = 1 + 2S: δ(ω − 2) = 2 δ(S − 1.5).
  const auto G = green_function(Dispersion::optical(3, 1.0), 2.0);
  CHECK_THAT(density(G), WithinRel(0.295101762898078, 2e-12));
  CHECK_THAT(density(G), WithinRel(2.0 * cubic_band_shell(3, 1.5).density_of_states, 2e-12));
}

TEST_CASE("bands without any reflection have their Green function too") {
  // cos(θ_1 + φ) shifts the momentum only: the same G as without, but no evenness to profit from.
  const auto shifted = Dispersion::from_formula(
      2, [](const auto& k) { return 2.0 - cos(2.0 * pi * k[0] + 0.7) - cos(2.0 * pi * k[1] - 0.3); });
  const auto G = green_function(shifted, 1.3);
  CHECK(std::abs(G.value - cubic_band_green_function(2, 1.3)) <= G.error + 1e-14);
  CHECK(G.error < 2e-12);
  // k → (k_1 + k_2, k_2) maps the torus onto itself: sheared, coupled axes.
  const auto sheared = Dispersion::from_formula(
      2, [](const auto& k) { return 2.0 - cos(2.0 * pi * (k[0] + k[1])) - cos(2.0 * pi * k[1]); });
  const auto H = green_function(sheared, 1.3);
  CHECK(std::abs(H.value - cubic_band_green_function(2, 1.3)) <= H.error + 1e-14);
  // An odd f has no integral over the shell of an even band.
  const auto odd = green_function(Dispersion::nearest_neighbour(2), 1.3, 1e-12,
                                  [](const ComplexVector3& z) { return std::sin(2.0 * pi * z[0]); });
  CHECK_THAT(std::abs(odd.value), WithinAbs(0.0, 1e-14));  // rounding of some 10⁴ terms of size one
}

TEST_CASE("energies and bands for which nothing converges are refused") {
  const auto band = Dispersion::nearest_neighbour(2);
  CHECK(sentence([&] { return green_function(band, 2.0); }).find("van Hove energy") != std::string::npos);
  CHECK(sentence([&] { return green_function(band, 0.0); }).find("van Hove energy") != std::string::npos);
  CHECK(sentence([&] { return green_function(Dispersion::acoustic(2), 1.0); }).find("not analytic") !=
        std::string::npos);
  const auto function = Dispersion::from_function(1, [](const Vector3& k) { return std::cos(2.0 * pi * k[0]); });
  CHECK(sentence([&] { return green_function(function, 0.3); }).find("has no formula") != std::string::npos);
  CHECK(sentence([&] { return green_function(band, std::nan("")); }).find("energy = nan") != std::string::npos);
  CHECK(sentence([&] { return green_function(band, 1.0, 0.0); }).find("tolerance = 0") != std::string::npos);
  const auto thrower = [](const ComplexVector3&) -> Complex { throw std::runtime_error("from f"); };
  CHECK_THROWS_AS(green_function(band, 1.0, 1e-12, thrower), std::runtime_error);
}
