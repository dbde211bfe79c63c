// SPDX-License-Identifier: GPL-3.0-or-later
// Relaxation rates of R³ where ϑ̂ varies on any scale, and bands ω(k) that do or do not increase. References: mpmath
// with 60 digits, from closed forms (spherical Bessel functions; powers and logarithms of the screened spectrum), which
// were compared with its adaptive quadrature.
#include <nordheim/core/error.hpp>
#include <nordheim/io/smooth_expression.hpp>
#include <nordheim/transport/diffusion_curve.hpp>
#include <nordheim/transport/elastic_model.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

using namespace nordheim;
using nordheim::test::says;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;

struct Row {
  double k;
  std::array<double, 4> rates;
};
constexpr std::array<std::size_t, 4> degrees{1, 2, 5, 8};

// ϑ̂ = e^{−q²/2}
constexpr std::array gaussian_rows{
    Row{1e-3, {0.078956729933013547457, 0.078956756251927034316, 0.0789567562519322981, 0.0789567562519322981}},
    Row{1, {23.449949119700464208, 32.056936969313940534, 34.13269120936948052, 34.135593910768618515}},
    Row{1e3, {3.9478417604357434475e-8, 1.1843513437781949035e-7, 5.9217211884809395769e-7, 1.421198162627360278e-6}},
    Row{1e4,
        {3.9478417604357434475e-11, 1.184352516287197753e-10, 5.9217622261302469065e-10, 1.4212227850428640922e-9}},
    Row{1e6,
        {3.9478417604357434475e-17, 1.1843525281295386817e-16, 5.9217626406121628328e-16, 1.421223033731996238e-15}}};

// ϑ̂ = (q² + 1)⁻²
constexpr std::array screened_rows{
    Row{1e-3, {0.078956414107488711765, 0.078956519382511008476, 0.078956519382637338401, 0.078956519382637338401}},
    Row{1, {7.9888319829681799335, 12.262693360742349016, 15.523254360324803514, 15.773302468668074828}},
    Row{1e3, {1.4016620126760684998e-7, 3.9089000825105582576e-7, 1.7225200556070555876e-6, 3.8252923100414013066e-6}},
    Row{1e4,
        {1.8561740431754716337e-10, 5.2724340260765651184e-10, 2.4042813872434269018e-9, 5.4614980098804570734e-9}},
    Row{1e6,
        {2.7651982013899120975e-16, 7.9995064721412773534e-16, 3.7678175326568924322e-15, 8.7339844550186026329e-15}}};

template <class Rows>
void check_rates(const ElasticModel& model, const Rows& rows, double length) {
  for (const Row& row : rows) {
    const double k = row.k / length;
    const auto relaxation = model.relaxation_rates(0.5 * k * k, 8);
    for (std::size_t i = 0; i < degrees.size(); ++i) {
      CAPTURE(row.k, degrees[i]);
      const double rate = relaxation.rates[degrees[i]];
      // λ_l of a spectrum with another length differs by a power of it.
      const double exact = row.rates[i] / length;
      CHECK(std::abs(rate / exact - 1.0) <= relaxation.error);
      CHECK_THAT(rate, WithinRel(exact, 1e-14));  // some units in the last place of k³, and of the sums
    }
    CHECK(relaxation.error < 1e-13);
  }
}

Correlator formula(const std::string& text) {
  return Correlator::in_continuum(smooth_function(Expression(text, {"q"}), 1), text);
}
ElasticModel band(const std::string& text) {
  return ElasticModel::continuum(Correlator::delta(1.0), smooth_function(Expression(text, {"k"}), 1));
}

void check_peak(const Correlator& correlator) {
  // mpmath, quadrature in units of the width.
  const std::array exact{0.013863847056535199887, 0.035981821075035950707, 0.038308041161298197076};
  const auto relaxation = ElasticModel::continuum(correlator).relaxation_rates(0.5, 8);
  const std::array found{relaxation.rates[1], relaxation.rates[2], relaxation.rates[8]};
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK(std::abs(found[i] / exact[i] - 1.0) <= relaxation.error + 1e-14);  // a function's own rounding is not known
    CHECK_THAT(found[i], WithinRel(exact[i], 1e-12));                        // q is rounded to 1e-13 of the width
  }
  CHECK(relaxation.error < 1e-11);
}

}  // namespace

TEST_CASE("rates of a Gaussian correlator at every momentum") {
  check_rates(ElasticModel::continuum(Correlator::gaussian(1.0)), gaussian_rows, 1.0);
  check_rates(ElasticModel::continuum(Correlator::gaussian(1000.0)), gaussian_rows, 1000.0);
  // A C++ function with the same values takes the other route.
  check_rates(ElasticModel::continuum(Correlator::in_continuum([](double q) { return std::exp(-0.5 * q * q); })),
              gaussian_rows, 1.0);
}

TEST_CASE("rates of screened impurities at every momentum") {
  check_rates(ElasticModel::continuum(Correlator::screened(1.0)), screened_rows, 1.0);
  check_rates(ElasticModel::continuum(formula("1/(1 + q^2)^2")), screened_rows, 1.0);
  check_rates(
      ElasticModel::continuum(Correlator::in_continuum([](double q) { return 1.0 / std::pow(1.0 + q * q, 2); })),
      screened_rows, 1.0);
}

TEST_CASE("D of a long-ranged Gaussian correlator is not infinite") {
  const std::vector<double> energies{2.6e5, 3e5, 1e6};
  const auto curve = diffusion_curve(ElasticModel::continuum(Correlator::gaussian(1.0)), energies);
  for (const auto& point : curve) {
    CAPTURE(point.energy);
    // Forward scattering: λ_1 = 4π²/k³ up to e^{−2k²}.
    CHECK_THAT(point.D[0][0], WithinRel(std::pow(2.0 * point.energy, 2.5) / (12.0 * pi * pi), 1e-14));
    CHECK(point.converged);
  }
}

TEST_CASE("a narrow peak of the correlator is found") {
  check_peak(formula("1e-9 + exp(-((q - 0.7345)/1e-3)^2)"));
  check_peak(Correlator::in_continuum([](double q) { return 1e-9 + std::exp(-std::pow((q - 0.7345) / 1e-3, 2)); }));
  // So narrow that q itself is too coarse: the error says so. ∫ of the peak is w√π, at q = 0.7345.
  constexpr double w = 1e-7;
  const auto narrow = ElasticModel::continuum(formula("exp(-((q - 0.7345)/1e-7)^2)")).relaxation_rates(0.5, 1);
  const double q = 0.7345;
  const double exact = 4.0 * pi * pi * w * std::sqrt(pi) * 0.5 * q * q * q;
  CHECK(std::abs(narrow.rates[1] / exact - 1.0) <= narrow.error);
  CHECK(narrow.error < 1e-7);
}

TEST_CASE("the error of rates counts what the correlator rounds") {
  // ϑ̂ = q²/(2 + q²), known to 1e-16 as it is written here, which is much at small q.
  const double k = 1e-4;
  const auto relaxation =
      ElasticModel::continuum(formula("(1 + q^2)/(1 + q^2/2) - 1")).relaxation_rates(0.5 * k * k, 1);
  // ∫_0^{2k} q (q²/2)(q²/2k²) dq = 8k⁴/3 up to a factor 1 + O(k²)
  const double exact = 4.0 * pi * pi * 8.0 / 3.0 * k * k * k * (1.0 - 1.5 * k * k);
  CHECK(std::abs(relaxation.rates[1] / exact - 1.0) <= relaxation.error);
  CHECK(relaxation.error > 1e-10);
  CHECK(relaxation.error < 1e-6);
}

TEST_CASE("correlators with kinks, jumps, waves and integrable singularities") {
  const auto rates = [](const Correlator& correlator) {
    return ElasticModel::continuum(correlator).relaxation_rates(0.5, 2);
  };
  const auto check = [](const ElasticModel::RelaxationRates& found, double total, double first, double tolerance) {
    CHECK(std::abs(found.total / total - 1.0) <= found.error);
    CHECK(std::abs(found.rates[1] / first - 1.0) <= found.error);
    CHECK(found.error < tolerance);
  };
  // k = 1: total = 4π² ∫_0^2 qϑ̂ dq, λ_1 = 4π² ∫_0^2 q³ϑ̂/2 dq.
  constexpr double factor = 4.0 * pi * pi;
  check(rates(formula("sqrt((q - 1)^2)")), factor, factor * (1.6 - 0.5 + 0.2 / 2.0 - 0.25 / 2.0 + 0.175), 1e-13);
  const double edge = 0.777;
  check(rates(Correlator::in_continuum([=](double q) { return q < edge ? 1.0 : 0.0; })), factor * 0.5 * edge * edge,
        factor * 0.125 * std::pow(edge, 4), 1e-13);
  check(rates(formula("1/q")), 2.0 * factor, factor * 4.0 / 3.0, 1e-13);
  check(rates(Correlator::in_continuum([](double q) { return 1.0 / q; })), 2.0 * factor, factor * 4.0 / 3.0, 1e-13);
  // ∫q^{−0.9} is 10·2^0.1, of which 2·10⁻⁶ lies where the ladder to 0 ends.
  check(rates(formula("q^(-1.9)")), factor * 10.0 * std::pow(2.0, 0.1), factor * std::pow(2.0, 2.1) / 4.2, 1e-4);
  // ∫q(1 + cos aq) = 2 + (cos 2a − 1)/a² + 2 sin(2a)/a, ∫q³/2 cos aq by parts.
  const double a = 1000.0;
  const double s = std::sin(2.0 * a);
  const double c = std::cos(2.0 * a);
  const double third =
      0.5 * (8.0 * s / a + 12.0 * c / (a * a) - 12.0 * s / (a * a * a) - 6.0 * (c - 1.0) / (a * a * a * a));
  check(rates(formula("1 + cos(1000*q)")), factor * (2.0 + (c - 1.0) / (a * a) + 2.0 * s / a), factor * (2.0 + third),
        1e-11);
}

TEST_CASE("scattering rates that do not exist are refused") {
  for (const char* text : {"1/q^4", "1/q^3", "1/q^2", "q^(-1.99)"}) {
    const auto model = ElasticModel::continuum(formula(text));
    CHECK(says(sentence([&] { return model.relaxation_rates(0.5, 1); }), "cannot be integrated"));
  }
  const auto own = ElasticModel::continuum(Correlator::in_continuum([](double q) { return 1.0 / (q * q); }));
  CHECK(says(sentence([&] { return own.relaxation_rates(0.5, 1); }), "q^-2"));
}

TEST_CASE("a narrow negative dip of a correlator is refused") {
  const auto dip = sentence([] { return formula("1 - 1.001*exp(-((q - 0.7345)/1e-7)^2)"); });
  CHECK(says(dip, "at q = 0.7344"));
  CHECK_NOTHROW(formula("1 - 0.999999*exp(-((q - 0.7345)/1e-7)^2)"));
  CHECK_NOTHROW(formula("q^4 - 2*q^2 + 1"));
  // Beyond what the constructor looks at, but not beyond 2k.
  const auto late = ElasticModel::continuum(formula("1 - 1.001*exp(-((q - 12345.6)/1e-4)^2)"));
  CHECK_NOTHROW(late.relaxation_rates(0.5, 1));
  CHECK(says(sentence([&] { return late.relaxation_rates(0.5e8, 1); }), "at q = 12345"));
  // A function is checked at every point where it is evaluated: here at least one in 0.01.
  const auto own = ElasticModel::continuum(
      Correlator::in_continuum([](double q) { return 1.0 - 1.5 * std::exp(-std::pow((q - 0.7345) / 1e-2, 2)); }));
  CHECK(says(sentence([&] { return own.relaxation_rates(0.5, 1); }), "must be finite and not negative"));
}

TEST_CASE("D is a number or an error in a sentence") {
  const auto refusal = [](const Correlator& correlator) {
    const auto model = ElasticModel::continuum(correlator);
    return sentence([&] { return diffusion_curve(model, std::vector<double>{0.5}); });
  };
  CHECK(says(refusal(Correlator::delta(1e300)), "allowed are 1e-90 to 1e+90"));
  CHECK(says(refusal(Correlator::delta(1e-300)), "variance = 1e-300"));
  CHECK(says(refusal(formula("exp(-(q - 100)^2)")), "nothing is scattered"));
  const auto lattice = ElasticModel::impurities(Dispersion::nearest_neighbour(1), Correlator::delta(1e300));
  CHECK(says(sentence([&] { return diffusion_curve(lattice, std::vector<double>{0.5}); }), "the scattering rate"));
}

TEST_CASE("a band of the continuum must increase up to the momentum") {
  const auto refusal = [](const ElasticModel& model, double E) {
    try {
      static_cast<void>(model.isotropic(E));
    } catch (const NotIncreasing& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  // ω' = 4k³ − 6k² + 2.1k is negative between 0.567 and 0.933.
  const std::string wavy = "k^4 - 2*k^3 + 1.05*k^2";
  CHECK(says(refusal(band(wavy), 0.5), "derivative is -"));
  CHECK(says(refusal(band(wavy), 0.06), "derivative is -"));
  CHECK(says(refusal(band(wavy), 0.02), "accepted"));  // k = 0.17, which the turn of ω at 0.57 does not concern
  const auto own = ElasticModel::continuum(
      Correlator::delta(1.0), [](double k) { return k * k * (k * k - 2.0 * k + 1.05); },
      [](double k) { return k * (4.0 * k * k - 6.0 * k + 2.1); });
  CHECK(says(refusal(own, 0.5), "derivative is -"));
  CHECK_THAT(own.isotropic(0.02).k, WithinRel(band(wavy).isotropic(0.02).k, 1e-14));  // the root, of sums in two orders
  // A turn that is narrower than any sampling.
  CHECK(says(refusal(band("k^2/2 - 1e-6*exp(-((k - 0.61803)/1e-7)^2)"), 0.5), "0.618"));
  CHECK(says(refusal(band("(k - 1)^3"), 0.5), "0 < k <="));  // the velocity vanishes at k = 1
  for (const char* good : {"k^2/2", "k", "k^4", "sqrt(1 + k^2)", "sqrt(k^2)", "log(1 + k)", "cosh(k) - 1"}) {
    CAPTURE(good);
    CHECK(says(refusal(band(good), 1.2), "accepted"));
  }
}

TEST_CASE("rounding of the energy is in the error of D") {
  // ω = √(1 + k²) at 1 + 10⁻¹⁰ has k = 1.4e-5, known to 1e-16/k² = 1e-6 only; λ_1 = 8π²k²/v, D = v³/(24π²k²).
  const double E = 1.0 + 1e-10;
  const double k = std::sqrt((E - 1.0) * (E + 1.0));
  const double v = k / E;
  const auto point = diffusion_curve(band("sqrt(1 + k^2)"), std::vector<double>{E}).front();
  const double exact = v * v * v / (24.0 * pi * pi * k * k);
  CHECK(std::abs(point.D[0][0] / exact - 1.0) <= point.error);
  CHECK_FALSE(point.converged);
  CHECK(point.error < 1e-4);
}
