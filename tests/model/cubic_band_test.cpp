// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/cubic_band.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <cmath>
#include <complex>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

using namespace nordheim;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
using Complex = std::complex<double>;

/// 22 digits, by Bessel functions in the time domain and by elliptic integrals, in agreement.
struct Reference {
  double energy, rho, s1_squared, s1_fourth, diffusion, green;
};
const std::vector<Reference> references{
    {0.5, 0.05802307155499466494795, 0.2832822993882318029261, 0.1355993499510666535376, 0.7770319121307233765392,
     -0.5316121026222757086607},
    {1, 0.09676424005227521072495, 0.4655405932352891422056, 0.3396831166066092345092, 0.7657073169106906311724,
     -0.5621160992729402837218},
    {1.5, 0.1475508814490390820509, 0.5409308208592629443450, 0.4258332745952301931012, 0.5834720414072381883235,
     -0.5984337186021231018083},
    {2, 0.2893986887536320931461, 0.4118197652509177604116, 0.2977819288146567751874, 0.2264804708857027061908,
     -0.6428822482944577481987},
    {2.5, 0.2863224350507950390972, 0.5419075090981390247936, 0.4113918388247322786906, 0.3012242430680794300931,
     -0.1953228809284942515823},
    {3, 0.2853459654460389213261, 0.5854996252087503779229, 0.4715001249304165406924, 0.3265690453508330122134, 0.0},
    // Not binary numbers: the reference is that of the decimal, the slopes below carry the difference.
    {0.1, 0.02323857410416960561526, 0.06466660016497789724049, 0.007439913237465447483842, 0.4428847063967127057102,
     -0.5103957909046447679462},
    {1.9, 0.2228660408248085269937, 0.4963909230112556661451, 0.3670557429204394885745, 0.3544867975883901427463,
     -0.6331847436239191644069},
    {2.1, 0.2885973694880457491584, 0.4446737104130544849401, 0.3171718861754515897081, 0.2452275265044754480953,
     -0.4376339587961668069006}};

/// ∫dk f/(E − ω + i0) on the deformed torus θ → θ − ia sin θ, with the same function of every angle in f's place.
Complex deformed(int dimension, double energy, const std::function<Complex(Complex)>& f, int points, double a) {
  const auto half = static_cast<std::size_t>(points / 2);  // f, ω and the path are even
  std::vector<Complex> cosine(half);
  std::vector<Complex> weight(half);
  std::vector<Complex> first(half);
  for (std::size_t i = 0; i < half; ++i) {
    const double theta = 2.0 * pi * (static_cast<double>(i) + 0.5) / points;
    const Complex z{theta, -a * std::sin(theta)};
    cosine[i] = 1.0 - std::cos(z);
    weight[i] = Complex{1.0, -a * std::cos(theta)} / static_cast<double>(half);
    first[i] = weight[i] * f(std::sin(z));
  }
  Complex sum = 0.0;
  for (std::size_t i = 0; i < half; ++i) {
    for (std::size_t j = 0; j < (dimension > 1 ? half : 1); ++j) {
      for (std::size_t l = 0; l < (dimension > 2 ? half : 1); ++l) {
        Complex gap = energy - cosine[i];
        Complex factor = first[i];
        if (dimension > 1) {
          gap -= cosine[j];
          factor *= weight[j];
        }
        if (dimension > 2) {
          gap -= cosine[l];
          factor *= weight[l];
        }
        sum += factor / gap;
      }
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("the cubic band in three dimensions has its reference values below and above the middle") {
  // Some ten roundings of the sums, and the rounding of the energy (2e-16 of 5.9) times a logarithmic slope of up
  // to 16.
  constexpr double accuracy = 1e-14;
  for (const auto& r : references) {
    for (const double energy : {r.energy, 6.0 - r.energy}) {
      CAPTURE(energy);
      const auto shell = cubic_band_shell(3, energy);
      CHECK_THAT(shell.density_of_states, WithinRel(r.rho, accuracy));
      CHECK_THAT(shell.s1_squared, WithinRel(r.s1_squared, accuracy));
      CHECK_THAT(shell.s1_fourth, WithinRel(r.s1_fourth, accuracy));
      CHECK_THAT(shell.s1_squared / (2.0 * pi * shell.density_of_states), WithinRel(r.diffusion, accuracy));
      const auto G = cubic_band_green_function(3, energy);
      CHECK_THAT(G.real(), WithinAbs(energy > 3.0 ? -r.green : r.green, accuracy));
      CHECK_THAT(G.imag(), WithinRel(-pi * r.rho, accuracy));
    }
  }
}

TEST_CASE("the cubic band stays accurate next to its van Hove energies") {
  // The same integrals with 40 digits at exactly these binary numbers.
  const std::vector<Reference> near{
      {1.999999, 0.28918376260116468523, 0.41212550309160493232, 0.29800308309243415526, 0, -0.64288214901262527537},
      {2.000001, 0.28939868023593580312, 0.4118201107049314084, 0.29778209963312904933, 0, -0.64220711028290288741},
      {1.9999999999, 0.28939653940751402206, 0.41182282380016310785, 0.29778414042279910018, 0,
       -0.64288224828452956176},
      {2.0000000001, 0.28939868875278032293, 0.4118197652854631815, 0.2977819288317385974, 0, -0.64287549593173535318},
      {1.99999999999999, 0.28939866726875471255, 0.41181979582430041948, 0.29778195092190356563, 0,
       -0.64288224829445675617},
      {2.00000000000001, 0.28939868875363200615, 0.4118197652509212889, 0.29778192881465851993, 0,
       -0.64288218005188265448},
      {1e-6, 0.000071644913942573464661, 6.666664666666666365e-7, 7.9999942857154214982e-13, 0,
       -0.50546206837396704024}};
  for (const auto& r : near) {
    CAPTURE(r.energy);
    const auto shell = cubic_band_shell(3, r.energy);
    CHECK_THAT(shell.density_of_states, WithinRel(r.rho, 5e-15));  // some ten roundings
    CHECK_THAT(shell.s1_squared, WithinRel(r.s1_squared, 5e-15));
    CHECK_THAT(shell.s1_fourth, WithinRel(r.s1_fourth, 5e-15));
    CHECK_THAT(cubic_band_green_function(3, r.energy).real(), WithinRel(r.green, 5e-15));
  }
  // Published to 17 digits for the decimals 2 ∓ 0.001, which differ from the binary numbers by 1e-16 times the slope 4.
  const auto below = cubic_band_shell(3, 2.0 - 1e-3);
  CHECK_THAT(below.density_of_states, WithinRel(0.28261094602108136, 5e-15));
  CHECK_THAT(below.s1_squared / (2.0 * pi * below.density_of_states), WithinRel(0.23730100798228511, 1e-14));
  const auto above = cubic_band_shell(3, 2.0 + 1e-3);
  CHECK_THAT(above.density_of_states, WithinRel(0.28939017619307084, 5e-15));
  CHECK_THAT(above.s1_squared / (2.0 * pi * above.density_of_states), WithinRel(0.22667702840757545, 1e-14));
}

TEST_CASE("the closed forms agree with the deformed torus in every dimension") {
  const auto one = [](Complex) { return Complex{1.0}; };
  const auto squared = [](Complex s) { return s * s; };
  const auto fourth = [](Complex s) { return s * s * s * s; };
  struct Setting {
    int dimension;
    double energy;
    int points;
  };
  for (const auto& [d, energy, points] :
       {Setting{1, 0.3, 160}, Setting{1, 1.0, 160}, Setting{1, 1.8, 160}, Setting{2, 0.4, 160}, Setting{2, 1.3, 160},
        Setting{2, 2.7, 160}, Setting{2, 3.5, 160}, Setting{3, 0.5, 96}, Setting{3, 2.6, 96}, Setting{3, 4.7, 96}}) {
    CAPTURE(d, energy);
    const auto shell = cubic_band_shell(d, energy);
    const auto G = cubic_band_green_function(d, energy);
    const Complex sum = deformed(d, energy, one, points, 0.6);
    const double rho = -sum.imag() / pi;
    // Exponentially small error of the rule, and the rounding of sums of 10⁵ terms of size one.
    CHECK_THAT(G.real(), WithinAbs(sum.real(), 2e-13));
    CHECK_THAT(G.imag(), WithinAbs(sum.imag(), 2e-13));
    CHECK_THAT(shell.density_of_states, WithinAbs(rho, 1e-13));
    CHECK_THAT(shell.s1_squared, WithinAbs(-deformed(d, energy, squared, points, 0.6).imag() / pi / rho, 1e-12));
    CHECK_THAT(shell.s1_fourth, WithinAbs(-deformed(d, energy, fourth, points, 0.6).imag() / pi / rho, 1e-12));
  }
}

TEST_CASE("the Green function outside the band is a plain mean over the torus") {
  for (int d = 1; d <= 3; ++d) {
    for (const double outside : {-0.3, -2.0, -1e4, 2.0 * d + 0.5, 2.0 * d + 300.0}) {
      CAPTURE(d, outside);
      CHECK(cubic_band_shell(d, outside).density_of_states == 0.0);
      const auto G = cubic_band_green_function(d, outside);
      CHECK(G.imag() == 0.0);
      // The trapezoidal rule converges like e^{−N arcosh(1.3)}, as deformed() does with no deformation.
      const auto sum = deformed(
          d, outside, [](Complex) { return Complex{1.0}; }, 80, 0.0);
      CHECK_THAT(G.real(), WithinRel(sum.real(), 1e-13));
    }
  }
}

TEST_CASE("the integral of Watson is the Green function at the band edge") {
  // 3 ∫dk/(3 − Σcos) = √6/(32π³) Γ(1/24)Γ(5/24)Γ(7/24)Γ(11/24) (G. N. Watson 1939; M. L. Glasser, I. J. Zucker 1977).
  const double watson = std::sqrt(6.0) / (32.0 * pi * pi * pi) * std::tgamma(1.0 / 24.0) * std::tgamma(5.0 / 24.0) *
                        std::tgamma(7.0 / 24.0) * std::tgamma(11.0 / 24.0);
  CHECK_THAT(cubic_band_green_function(3, 0.0).real(), WithinRel(-watson / 3.0, 5e-15));
  CHECK_THAT(cubic_band_green_function(3, 6.0).real(), WithinRel(watson / 3.0, 5e-15));
  CHECK(cubic_band_green_function(3, 0.0).imag() == 0.0);
}

TEST_CASE("energies mirrored about the middle of the band have the same shell averages") {
  for (int d = 1; d <= 3; ++d) {
    for (const double energy : {0.25, 0.6875, 0.9375, 1.4375, 2.25}) {  // 2d − E is exact
      if (energy >= d) continue;
      CAPTURE(d, energy);
      const auto lower = cubic_band_shell(d, energy);
      const auto upper = cubic_band_shell(d, 2.0 * d - energy);
      CHECK(lower.density_of_states == upper.density_of_states);
      CHECK(lower.s1_squared == upper.s1_squared);
      CHECK(lower.s1_fourth == upper.s1_fourth);
      CHECK(cubic_band_green_function(d, energy) == -std::conj(cubic_band_green_function(d, 2.0 * d - energy)));
    }
  }
}

TEST_CASE("the divergence theorem ties the mean square velocity to the density of states") {
  // d ∫s_1² δ(ω − E) = ∫₀^E (d − e) ρ(e) de; by Simpson's rule in s = √e, where both sides are smooth below the first
  // van Hove energy: error (0.0003)⁴ of derivatives up to 10³.
  for (int d = 2; d <= 3; ++d) {
    const double energy = 1.21;
    constexpr int intervals = 4000;
    const double h = std::sqrt(energy) / intervals;
    double integral = 0.0;
    for (int i = 0; i <= intervals; ++i) {
      const double s = h * i;
      const double weight = (i == 0 || i == intervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * h / 3.0;
      integral += weight * (d - s * s) * cubic_band_shell(d, s * s).density_of_states * 2.0 * s;
    }
    const auto shell = cubic_band_shell(d, energy);
    CHECK_THAT(d * shell.s1_squared * shell.density_of_states, WithinRel(integral, 1e-12));
  }
}

TEST_CASE("close to the band edge the cubic band is that of a free particle") {
  // ρ = √(2E)/2π² [1 + E/4 …] and ⟨s²⟩ = 2E/3 in d = 3; 1/2π and E in d = 2; corrections of order E.
  const double energy = 1e-9;
  const auto three = cubic_band_shell(3, energy);
  CHECK_THAT(three.density_of_states, WithinRel(std::sqrt(2.0 * energy) / (2.0 * pi * pi), 1e-9));
  CHECK_THAT(three.s1_squared, WithinRel(2.0 / 3.0 * energy, 1e-9));
  CHECK_THAT(three.s1_fourth, WithinRel(4.0 / 5.0 * energy * energy, 1e-8));
  const auto two = cubic_band_shell(2, energy);
  CHECK_THAT(two.density_of_states, WithinRel(0.5 / pi, 1e-9));
  CHECK_THAT(two.s1_squared, WithinRel(energy, 1e-9));
  CHECK_THAT(two.s1_fourth, WithinRel(1.5 * energy * energy, 1e-8));
  // At the edge itself.
  CHECK(cubic_band_shell(3, 0.0).density_of_states == 0.0);
  CHECK(cubic_band_shell(3, 6.0).s1_squared == 0.0);
  CHECK_THAT(cubic_band_shell(2, 0.0).density_of_states, WithinRel(0.5 / pi, 1e-15));
  CHECK(cubic_band_shell(2, 4.0).s1_squared == 0.0);
  CHECK(cubic_band_shell(2, 4.0).s1_fourth == 0.0);
}

TEST_CASE("infinite values of the cubic band are refused") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(sentence([] { return cubic_band_shell(0, 1.0); }) == "dimension = 0, allowed are 1, 2 and 3");
  CHECK(sentence([] { return cubic_band_green_function(4, 1.0); }) == "dimension = 4, allowed are 1, 2 and 3");
  CHECK(sentence([] { return cubic_band_shell(3, nan); }) == "energy = nan must be finite");
  CHECK(sentence([] { return cubic_band_shell(1, 2.0); }).find("infinite at the van Hove energy 2;") !=
        std::string::npos);
  CHECK(sentence([] { return cubic_band_shell(1, 0.0); }) != "accepted");
  CHECK(sentence([] { return cubic_band_shell(2, 2.0); }) != "accepted");
  CHECK(sentence([] { return cubic_band_green_function(2, 2.0); }) != "accepted");
  CHECK(sentence([] { return cubic_band_green_function(2, 4.0); }).find("Green function") != std::string::npos);
  CHECK(sentence([] { return cubic_band_green_function(2, 0.0); }).find("Green function") != std::string::npos);
}
