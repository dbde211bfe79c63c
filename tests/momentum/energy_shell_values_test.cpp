// SPDX-License-Identifier: GPL-3.0-or-later
// Shell averages against closed forms and against reference values that were computed by other methods (Bessel and
// elliptic integrals to 22 digits, complex deformation of the torus).
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "support/catch.hpp"
#include "support/shells.hpp"

#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;

struct Reference {
  double energy, rho, s2, s4;
};

// Sums of 10⁴ positive terms with rounding, and quadrature errors below it at order 16.
constexpr double certified = 1e-12;

EnergyShell cubic(int dimension, double energy, int order) {
  std::vector<double> van_hove{0.0};
  for (int j = 1; j <= dimension; ++j) van_hove.push_back(2.0 * j);
  return {Dispersion::nearest_neighbour(dimension), energy, {.order = order, .van_hove = van_hove}};
}

/// ⟨v_1^n⟩.
double moment(const EnergyShell& shell, int n) {
  return average(shell, [n](const Vector3&, const Vector3& v) { return std::pow(v[0], n); });
}

/// AGM(1, x), the arithmetic-geometric mean.
double agm(double x) {
  double a = 1.0;
  for (int i = 0; i < 60 && std::abs(a - x) > 1e-16; ++i) {
    const double mean = 0.5 * (a + x);
    x = std::sqrt(a * x);
    a = mean;
  }
  return a;
}

}  // namespace

TEST_CASE("moments of the cubic shell in three dimensions have the reference values") {
  const std::vector<Reference> references{
      {0.1, 0.02323857410416960561526, 0.06466660016497789724049, 0.007439913237465447483842},
      {0.5, 0.05802307155499466494795, 0.2832822993882318029261, 0.1355993499510666535376},
      {1.0, 0.09676424005227521072495, 0.4655405932352891422056, 0.3396831166066092345092},
      {1.5, 0.1475508814490390820509, 0.5409308208592629443450, 0.4258332745952301931012},
      {1.9, 0.2228660408248085269937, 0.4963909230112556661451, 0.3670557429204394885745},
      {2.1, 0.2885973694880457491584, 0.4446737104130544849401, 0.3171718861754515897081},
      {2.5, 0.2863224350507950390972, 0.5419075090981390247936, 0.4113918388247322786906},
      {3.0, 0.2853459654460389213261, 0.5854996252087503779229, 0.4715001249304165406924}};
  for (const auto& [energy, rho, s2, s4] : references) {
    CAPTURE(energy);
    const auto shell = cubic(3, energy, 16);
    CHECK(shell.fallback_cells() == 0);
    CHECK_THAT(shell.density_of_states(), WithinRel(rho, certified));
    CHECK_THAT(moment(shell, 2), WithinRel(s2, certified));
    CHECK_THAT(moment(shell, 4), WithinRel(s4, certified));
  }
}

TEST_CASE("shells near the van Hove energy of the cubic band are resolved") {
  CHECK_THAT(cubic(3, 2.0 - 1e-3, 14).density_of_states(), WithinRel(0.28261094602108136, certified));
  CHECK_THAT(cubic(3, 2.0 + 1e-3, 14).density_of_states(), WithinRel(0.28939017619307084, certified));
  for (const double distance : {1e-5, -1e-5, 1e-6, -1e-6, 2e-7, -2e-7}) {
    CAPTURE(distance);
    const auto shell = cubic(3, 2.0 + distance, 12);
    CHECK(shell.fallback_cells() == 0);
    CHECK_THAT(shell.density_of_states(), WithinRel(cubic_band_shell(3, 2.0 + distance).density_of_states, certified));
  }
}

TEST_CASE("one-dimensional shells are exact") {
  for (const double e : {0.01, 0.3, 1.0, 1.7, 1.999}) {
    CAPTURE(e);
    const auto shell = cubic(1, e, 1);
    CHECK(shell.size() == 2);
    // The condition of ρ: ω loses digits near the upper edge, ε/(2 − e).
    CHECK_THAT(shell.density_of_states(), WithinRel(1.0 / (pi * std::sqrt(e * (2.0 - e))), 1e-15 / (2.0 - e) + 1e-14));
    CHECK_THAT(moment(shell, 2), WithinRel(e * (2.0 - e), 1e-15 / (2.0 - e) + 1e-14));
  }
  // Several pieces: ω = (1 − cos 2πk) + (1 − cos 6πk) has up to six points; ρ = Σ 1/|ω'| by its definition.
  const auto band = Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{3, 0, 0}, 1.0}});
  const EnergyShell six(band, 1.9);
  CHECK(six.size() == 6);
  double rho = 0.0;
  for (std::size_t a = 0; a < six.size(); ++a) rho += 1.0 / (2.0 * pi * std::abs(band.velocity(six.momentum(a))[0]));
  CHECK_THAT(six.density_of_states(), WithinRel(rho, 1e-13));
}

TEST_CASE("two-dimensional shells have the elliptic density of states") {
  for (const double e : {0.05, 0.5, 1.0, 1.5, 1.9, 2.1, 3.0, 3.9}) {
    CAPTURE(e);
    const auto shell = cubic(2, e, 20);
    CHECK(shell.fallback_cells() == 0);
    CHECK_THAT(shell.density_of_states(), WithinRel(1.0 / (2.0 * pi * agm(std::abs(e - 2.0) / 2.0)), 1e-13));
  }
}

TEST_CASE("a band with hopping to next-nearest neighbours has the reference values") {
  std::vector<HoppingTerm> terms{{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}, {{0, 0, 1}, 1.0}};
  for (const int sign : {-1, 1}) {  // 0.3 (1 − c_i c_j)
    terms.push_back({{1, sign, 0}, 0.15});
    terms.push_back({{0, 1, sign}, 0.15});
    terms.push_back({{1, 0, sign}, 0.15});
  }
  const auto band = Dispersion::hopping(3, terms);
  const std::vector<Reference> references{{1.0, 0.0450256041282126, 0.346100304167424, 0.0},
                                          {4.6, 0.315081055299766, 0.558881211179657, 0.0}};
  for (const auto& [energy, rho, s2, s4] : references) {
    CAPTURE(energy);
    const EnergyShell shell(band, energy, {.order = 16});
    CHECK(shell.fallback_cells() == 0);
    CHECK_THAT(shell.density_of_states(), WithinRel(rho, certified));
    const auto sine_squared = [](const Vector3& k, const Vector3&) { return std::pow(std::sin(2.0 * pi * k[0]), 2); };
    CHECK_THAT(average(shell, sine_squared), WithinRel(s2, certified));
  }
  // Of this reference 13 decimals are known, near a van Hove energy.
  CHECK_THAT(EnergyShell(band, 3.0, {.order = 16}).density_of_states(), WithinAbs(0.1819268722109, 1e-13));
}

TEST_CASE("the shell of a phonon band is that of its square") {
  // ω² = 1 + 2S: ρ(2) = 2 ρ_S(3/2), v = s/ω.
  const EnergyShell shell(Dispersion::optical(3, 1.0), 2.0, {.order = 16});
  CHECK_THAT(shell.density_of_states(), WithinRel(0.295101762898078, certified));
  CHECK_THAT(moment(shell, 2), WithinRel(0.5409308208592629443450 / 4.0, certified));
  // Acoustic, near its kink: ω² = 2S, ρ(ω) = ω ρ_S(ω²/2).
  const EnergyShell sound(Dispersion::acoustic(3), std::sqrt(0.2), {.order = 14});
  CHECK_THAT(sound.density_of_states(), WithinRel(std::sqrt(0.2) * 0.02323857410416960561526, certified));
  CHECK(sound.fallback_cells() == 0);
}

TEST_CASE("shells at E and 6 - E mirror each other") {
  for (const double energy : {0.7, 1.8, 2.6}) {
    CAPTURE(energy);
    const auto low = cubic(3, energy, 14);
    const auto high = cubic(3, 6.0 - energy, 14);
    // k → k + (½, ½, ½) maps one to the other, but not the cells.
    CHECK_THAT(high.density_of_states(), WithinRel(low.density_of_states(), certified));
    CHECK_THAT(moment(high, 2), WithinRel(moment(low, 2), certified));
  }
}

TEST_CASE("the divergence theorem links velocities to the density of states below") {
  // 3 ρ⟨v_1²⟩(E) = ∫_0^E (3 − e) ρ(e) de; with e = s² the integrand is smooth.
  constexpr double energy = 1.0;
  const auto rule = gauss_rule(16, 0.0, std::sqrt(energy));
  double integral = 0.0;
  for (const auto& [s, weight] : rule) {
    integral += weight * 2.0 * s * (3.0 - s * s) * cubic(3, s * s, 14).density_of_states();
  }
  const auto shell = cubic(3, energy, 14);
  CHECK_THAT(3.0 * shell.density_of_states() * moment(shell, 2), WithinRel(integral, certified));
}
