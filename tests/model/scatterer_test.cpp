// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/model/green_function.hpp>
#include <nordheim/model/scatterer.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <string>

using namespace nordheim;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
using Complex = std::complex<double>;

/// ∫dΩ |f(θ)|² w(cos θ) by the midpoint rule in θ, f = k⁻¹ Σ (2l+1) e^{iδ} sin δ P_l: a smooth even periodic function
/// of θ apart from sin θ; the integrand sin θ·(polynomial in cos θ) is integrated with Fejér's first rule.
template <class Weight>
double angular_integral(const PhaseShifts& phases, const Weight& weight) {
  constexpr int n = 64;
  double sum = 0.0;
  for (int i = 0; i < n; ++i) {
    const double theta = pi * (i + 0.5) / n;
    const double mu = std::cos(theta);
    double fejer = 1.0;  // weights of ∫_{−1}^{1} dμ at the Chebyshev nodes
    for (int m = 1; m <= n / 2; ++m) fejer -= 2.0 * std::cos(2.0 * m * theta) / (4.0 * m * m - 1.0);
    Complex f = 0.0;
    double before = 0.0;
    double P = 1.0;
    for (std::size_t l = 0; l < phases.delta.size(); ++l) {
      const auto order = static_cast<double>(l);
      f += (2.0 * order + 1.0) * std::polar(1.0, phases.delta[l]) * std::sin(phases.delta[l]) * P;
      const double next = ((2.0 * order + 1.0) * mu * P - order * before) / (order + 1.0);
      before = P;
      P = next;
    }
    sum += 2.0 / n * fejer * std::norm(f / phases.k) * weight(mu);
  }
  return 2.0 * pi * sum;
}

double legendre(int l, double mu) {
  double before = 0.0;
  double P = 1.0;
  for (int m = 0; m < l; ++m) {
    const double next = ((2.0 * m + 1.0) * mu * P - m * before) / (m + 1.0);
    before = P;
    P = next;
  }
  return P;
}

}  // namespace

TEST_CASE("point scatterers diffuse electrons as k and the scattering length say") {
  const auto phases = point_scatterer(1.0, 1.0);
  const double D = phases.k / (3.0 * phases.transport_cross_section());
  CHECK_THAT(D, WithinRel(0.053051647697298445256, 1e-15));  // 1/6π
  const auto other = point_scatterer(0.7, -2.3);
  const double ka = 0.7 * 2.3;
  CHECK_THAT(other.total_cross_section(), WithinRel(4.0 * pi * 2.3 * 2.3 / (1.0 + ka * ka), 1e-15));
  CHECK_THAT(other.transport_cross_section(), WithinRel(other.total_cross_section(), 1e-15));
  CHECK_THAT(other.relaxation_cross_section(2), WithinRel(other.total_cross_section(), 1e-15));
  CHECK(other.delta[0] > 0.0);  // attraction
}

TEST_CASE("hard spheres have their reference cross sections") {
  struct Reference {
    double ka, total, transport, diffusion;
  };
  // 20 digits; a few roundings and those of the Bessel functions.
  for (const auto& r : {Reference{1.0, 10.626241899593979092, 7.2603125098893822666, 0.045911705987764978754},
                        Reference{0.1, 12.524952426231317769, 12.442226669697585519, 0.026790488727001721235},
                        Reference{5.0, 8.1756065790694918028, 3.8878193162989398464, 0.085737866452768781066}}) {
    for (const double a : {1.0, 3.0}) {
      CAPTURE(r.ka, a);
      const auto phases = hard_sphere(r.ka / a, a);
      CHECK_THAT(phases.total_cross_section() / (a * a), WithinRel(r.total, 3e-15));
      CHECK_THAT(phases.transport_cross_section() / (a * a), WithinRel(r.transport, 3e-15));
      CHECK_THAT(1.0 / (3.0 * phases.transport_cross_section() / (a * a)), WithinRel(r.diffusion, 3e-15));
      // 4π/k² sin²ka is the s wave alone.
      CHECK_THAT(phases.delta[0], WithinAbs(-std::remainder(r.ka, pi), 2e-15));
    }
  }
}

TEST_CASE("the s wave of a hard sphere alone scatters as a point does") {
  // ka = 1: 4π sin²1, where all waves together have the transport cross section 7.26.
  constexpr double s_wave = 8.89791299620185648;
  CHECK_THAT(4.0 * pi * std::pow(std::sin(hard_sphere(1.0, 1.0).delta[0]), 2), WithinRel(s_wave, 3e-15));
  // A point scatterer with the same phase, tan δ_0 = −tan 1.
  CHECK_THAT(point_scatterer(1.0, std::tan(1.0)).transport_cross_section(), WithinRel(s_wave, 3e-15));
}

TEST_CASE("relaxation cross sections are angular integrals of the amplitude") {
  for (const double ka : {0.3, 1.0, 5.0}) {
    const auto phases = hard_sphere(ka, 1.0);
    REQUIRE(phases.delta.size() < 25);  // polynomials below degree 64: the rule of the test is exact
    CHECK(phases.relaxation_cross_section(0) == 0.0);
    CHECK_THAT(phases.relaxation_cross_section(1), WithinRel(phases.transport_cross_section(), 1e-14));
    CHECK_THAT(angular_integral(phases, [](double) { return 1.0; }), WithinRel(phases.total_cross_section(), 1e-13));
    for (const int l : {1, 2, 3, 7}) {
      CAPTURE(ka, l);
      const double integral = angular_integral(phases, [l](double mu) { return 1.0 - legendre(l, mu); });
      CHECK_THAT(phases.relaxation_cross_section(l), WithinRel(integral, 1e-13));  // 64 terms of one sign
    }
  }
}

TEST_CASE("the forward amplitude obeys the optical theorem") {
  for (const double ka : {1e-3, 0.4, 2.0, 30.0}) {
    CAPTURE(ka);
    const auto phases = hard_sphere(ka, 1.0);
    const double forward = 4.0 * pi / ka * phases.forward_amplitude().imag();
    CHECK_THAT(forward, WithinRel(phases.total_cross_section(), 2e-15));  // two sums of up to 50 positive terms
  }
}

TEST_CASE("small and large spheres have the cross sections of the limits") {
  // σ_tot = 4πa²(1 − x²/3 …) and δ_1 ≈ −x³/3 for x = ka → 0.
  const auto small = hard_sphere(1e-4, 2.0);
  CHECK_THAT(small.total_cross_section(), WithinRel(16.0 * pi * (1.0 - 4e-8 / 3.0), 1e-14));
  REQUIRE(small.delta.size() == 2);
  CHECK_THAT(small.delta[1], WithinRel(-8e-12 / 3.0, 1e-7));
  CHECK_THAT(hard_sphere(1e-200, 1.0).total_cross_section(), WithinRel(4.0 * pi, 1e-15));
  // 2πa² for short waves, twice the geometric one, with the correction 2·0.9961501 x^{−2/3} in its place
  // (H. M. Nussenzveig, Ann. Phys. 34, 23 (1965)); σ_tr → πa².
  const auto large = hard_sphere(3000.0, 1.0);
  CHECK(large.delta.size() > 3000);
  CHECK_THAT(large.total_cross_section(), WithinRel(2.0 * pi * (1.0 + 0.9961501 * std::pow(3000.0, -2.0 / 3.0)), 1e-5));
  CHECK_THAT(large.transport_cross_section(), WithinRel(pi, 0.02));
  CHECK(std::isfinite(hard_sphere(1e5, 1.0).total_cross_section()));
}

TEST_CASE("an impurity on the cubic lattice has the T matrix of its Green function") {
  const auto band = Dispersion::nearest_neighbour(3);
  struct Reference {
    double energy, potential, squared, diffusion;
  };
  for (const auto& r :
       {Reference{1.0, 1.0, 0.3948481861258766, 1.939244863762867},
        Reference{3.0, 1.0, 0.5544447907854245, 0.5890019182761488}, Reference{1.0, -1.0, 0.0, 0.2175792230965211}}) {
    CAPTURE(r.energy, r.potential);
    const auto impurity = lattice_impurity(band, r.energy, r.potential);
    const auto shell = cubic_band_shell(3, r.energy);
    const double squared = std::norm(impurity.T);
    const double rate = 2.0 * pi * squared * shell.density_of_states;
    if (r.squared > 0.0) CHECK_THAT(squared, WithinRel(r.squared, 2e-15));  // 16 digits
    CHECK_THAT(shell.s1_squared / rate, WithinRel(r.diffusion, 3e-15));
    CHECK_THAT(-2.0 * impurity.T.imag(), WithinRel(rate, 1e-15));  // optical theorem, a few roundings
    CHECK(impurity.error < 2e-14 * squared);
  }
  const auto impurity = lattice_impurity(band, 1.0, 1.0);
  CHECK_THAT(2.0 * pi * std::norm(impurity.T) * cubic_band_shell(3, 1.0).density_of_states,
             WithinRel(0.2400628213251857, 2e-15));
}

TEST_CASE("the closed form serves every amplitude of hopping and agrees with the deformed torus") {
  for (const double t : {0.6, -1.7}) {
    const auto band = Dispersion::hopping(3, {{{1, 0, 0}, t}, {{0, 1, 0}, t}, {{0, 0, 1}, t}});
    const double energy = 1.2 * t;
    CAPTURE(t);
    const auto closed = lattice_impurity(band, energy, 0.8);
    const auto G = green_function(band, energy);
    CHECK(std::abs(closed.G - G.value) <= G.error + 1e-14);
    CHECK(closed.G.imag() < 0.0);
  }
  // Unequal amplitudes have no closed form here.
  const auto band = Dispersion::hopping(2, {{{1, 0, 0}, 0.6}, {{0, 1, 0}, 1.0}});
  const auto impurity = lattice_impurity(band, 0.9, -2.0);
  const auto G = green_function(band, 0.9);
  CHECK(impurity.G == G.value);
  CHECK(std::abs(impurity.T - (-2.0) / (1.0 + 2.0 * G.value)) < 1e-15 * std::abs(impurity.T) * 4.0);
  CHECK(impurity.error >= 2.0 * std::pow(std::abs(impurity.T), 3) * G.error);
  // Very strong potentials are unitary: T → −1/G.
  CHECK_THAT(std::abs(lattice_impurity(band, 0.9, 1e300).T), WithinRel(1.0 / std::abs(G.value), 1e-14));
}

TEST_CASE("scatterers with impossible parameters are refused") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK(sentence([] { return point_scatterer(0.0, 1.0); }) == "scatterer: k = 0 must be finite and positive");
  CHECK(sentence([] { return point_scatterer(1.0, 0.0); }) ==
        "scatterer: scattering length = 0 must be finite and not zero");
  CHECK(sentence([] { return hard_sphere(-1.0, 1.0); }) == "scatterer: k = -1 must be finite and positive");
  CHECK(sentence([] { return hard_sphere(1.0, infinity); }) == "scatterer: radius = inf must be finite and positive");
  CHECK(sentence([] { return hard_sphere(1e4, 1e4); }).find("k times radius = 1e+08") != std::string::npos);
  CHECK(sentence([] { return hard_sphere(1.0, 1.0).relaxation_cross_section(-1); }).find("l = -1") !=
        std::string::npos);
  const auto chain = Dispersion::nearest_neighbour(1);
  CHECK(sentence([&] { return lattice_impurity(chain, 1.0, 0.0); }) ==
        "scatterer: potential = 0 must be finite and not zero");
  CHECK(sentence([&] { return lattice_impurity(chain, 2.0, 1.0); }).find("van Hove") != std::string::npos);
  // In d = 1, 1/V = G = (z² − 1)^{−1/2} with z = E − 1: V = 3/4 binds at z = 5/4.
  CHECK(sentence([&] { return lattice_impurity(chain, 2.25, 0.75); }).find("bound state at the energy 2.25") !=
        std::string::npos);
}
