// SPDX-License-Identifier: GPL-3.0-or-later
// Viscosity, heat conductivity and relaxation rates of gases with contact collisions.
#include <nordheim/transport/gas_transport.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <gsl/gsl_sf_fermi_dirac.h>
#include <gsl/gsl_sf_zeta.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

using namespace nordheim;
using test::says;
using test::sentence;

namespace {

constexpr double pi = std::numbers::pi;

/// Coefficients only.
GasTransportOptions plain(int functions = 0, TrialFunctions trial = TrialFunctions::graded) {
  GasTransportOptions options;
  options.functions = functions;
  options.trial = trial;
  options.degrees = -1;
  return options;
}

/// Computed once by a different method, the lens transform with up to 44 Sonine polynomials, at T = strength = 1. The
/// tolerances are half of the last digit that two of its settings agree on.
struct Row {
  Statistics statistics;
  double z;
  double eta1, kappa1;  // to 12 digits but for bosons of z = 0.8: 1e-11
  double eta, eta_digits;
  double kappa, kappa_digits;
};
constexpr Row rows[] = {
    {Statistics::fermion, 0.5, 0.202653110863, 0.681573998239, 0.206796181782, 1e-12, 0.69779694769, 1e-11},
    {Statistics::fermion, 1.0, 0.224477359012, 0.698049228126, 0.2298003548, 1e-10, 0.71435874098, 1e-11},
    {Statistics::fermion, 5.0, 0.337271443390, 0.776969713062, 0.3495167665, 1e-10, 0.797305734, 1e-9},
    {Statistics::fermion, 50.0, 0.745114462376, 1.005967295061, 0.78716432, 1e-8, 1.0570635, 1e-7},
    {Statistics::boson, 0.3, 0.156881674984, 0.645793123834, 0.1588359661, 1e-10, 0.663367395, 1e-9},
    {Statistics::boson, 0.8, 0.109941406601, 0.608700807993, 0.110329, 1e-6, 0.63269, 1e-5},
};

}  // namespace

TEST_CASE("the classical gas of hard spheres has the numbers of Chapman and Enskog", "[transport]") {
  const GasTransport gas = gas_transport(Statistics::classical, 1.0, 1.0, plain());
  CHECK(gas.converged);
  CHECK_THAT(gas.viscosity.ratio, WithinAbs(1.016033941656, 1e-12));
  CHECK_THAT(gas.heat_conductivity.ratio, WithinAbs(1.025218168323, 1e-12));
  const double eta1 = 5.0 / (16.0 * std::sqrt(pi));
  CHECK_THAT(gas.viscosity.first_order, WithinRel(eta1, 1e-13));
  CHECK_THAT(gas.heat_conductivity.first_order, WithinRel(3.75 * eta1, 1e-13));
}

TEST_CASE("Sonine polynomials converge as they are known to", "[transport]") {
  struct Step {
    int functions;
    double eta, kappa;  // ratios, twelve decimals
  };
  constexpr Step steps[] = {{1, 1.0, 1.0},
                            {2, 1.014851485149, 1.022727272727},
                            {3, 1.015878911771, 1.024818523995},
                            {4, 1.016005918782, 1.025134456144},
                            {5, 1.016027692673, 1.025197282402},
                            {6, 1.016032322242, 1.025212255349},
                            {8, 1.016033792181, 1.025217546351},
                            {10, 1.016033923069, 1.025218083481},
                            {14, 1.016033941144, 1.025218165675},
                            {20, 1.016033941652, 1.025218168244}};
  for (const Step& step : steps) {
    const GasTransport gas =
        gas_transport(Statistics::classical, 1.0, 1.0, plain(step.functions, TrialFunctions::sonine));
    CAPTURE(step.functions);
    CHECK(gas.functions == step.functions);
    // The reference loses digits with the degree: of 20 functions it has ten.
    const double digits = step.functions <= 14 ? 2e-12 : 1e-10;
    CHECK_THAT(gas.viscosity.ratio, WithinAbs(step.eta, digits));
    CHECK_THAT(gas.heat_conductivity.ratio, WithinAbs(step.kappa, digits));
  }
}

TEST_CASE("quantum gases have the transport coefficients of another method", "[transport]") {
  for (const Row& row : rows) {
    const GasTransport gas = gas_transport(row.statistics, 1.0, row.z, plain());
    CAPTURE(name(row.statistics), row.z);
    CHECK(gas.converged);
    const double first_digits = row.z == 0.8 ? 1e-11 : 1e-12;
    CHECK_THAT(gas.viscosity.first_order, WithinAbs(row.eta1, first_digits));
    CHECK_THAT(gas.heat_conductivity.first_order, WithinAbs(row.kappa1, first_digits));
    CHECK_THAT(gas.viscosity.value, WithinAbs(row.eta, row.eta_digits));
    CHECK_THAT(gas.heat_conductivity.value, WithinAbs(row.kappa, row.kappa_digits));
    CHECK(gas.viscosity.ratio == gas.viscosity.value / gas.viscosity.first_order);
  }
}

TEST_CASE("the estimated error of a coefficient bounds the true one", "[transport]") {
  const Row more[] = {{Statistics::classical, 1.0, 0, 0, 0.179136177004, 1e-12, 0.677832904022, 1e-12},
                      // By 36 to 40 graded functions, whose estimated errors are below 1e-11.
                      {Statistics::fermion, 1e4, 0, 0, 3.7706972700129, 1e-10, 2.2331066348525, 1e-10},
                      {Statistics::boson, 0.8, 0, 0, 0.11032878837337, 1e-12, 0.63269347445833, 1e-11},
                      {Statistics::boson, 0.98, 0, 0, 0.07380726212978, 1e-12, 0.63224069739572, 1e-11}};
  std::vector<Row> all(std::begin(rows), std::end(rows) - 1);
  all.insert(all.end(), std::begin(more), std::end(more));
  const auto trial = GENERATE(TrialFunctions::graded, TrialFunctions::sonine);
  const int functions = GENERATE(1, 3, 5, 8, 11);
  for (const Row& row : all) {
    const GasTransport gas = gas_transport(row.statistics, 1.0, row.z, plain(functions, trial));
    CAPTURE(name(row.statistics), row.z, functions, static_cast<int>(trial));
    CHECK(std::abs(gas.viscosity.value - row.eta) <= gas.viscosity.error * row.eta + row.eta_digits);
    CHECK(std::abs(gas.heat_conductivity.value - row.kappa) <=
          gas.heat_conductivity.error * row.kappa + row.kappa_digits);
    CHECK(gas.viscosity.converged == (gas.viscosity.error <= 1e-10));
    CHECK(gas.converged == (gas.viscosity.converged && gas.heat_conductivity.converged));
  }
}

TEST_CASE("graded functions resolve bosons near condensation and degenerate fermions", "[transport]") {
  // No other method has these digits: trial spaces and quadratures of different size must agree to their errors.
  struct Gas {
    Statistics statistics;
    double z;
  };
  for (const Gas& gas :
       {Gas{Statistics::boson, 0.9999}, Gas{Statistics::fermion, 1e3}, Gas{Statistics::fermion, 1e4}}) {
    const GasTransport coarse = gas_transport(gas.statistics, 1.0, gas.z, plain(14));
    const GasTransport fine = gas_transport(gas.statistics, 1.0, gas.z, plain(20));
    CAPTURE(name(gas.statistics), gas.z);
    CHECK(fine.viscosity.error < 1e-7);
    CHECK(fine.heat_conductivity.error < 1e-6);
    CHECK(fine.viscosity.error < 0.1 * coarse.viscosity.error);
    CHECK_THAT(coarse.viscosity.value, WithinRel(fine.viscosity.value, coarse.viscosity.error));
    CHECK_THAT(coarse.heat_conductivity.value, WithinRel(fine.heat_conductivity.value, coarse.heat_conductivity.error));
  }
  const GasTransport bosons = gas_transport(Statistics::boson, 1.0, 0.98, plain());
  CHECK(bosons.converged);
  CHECK_THAT(bosons.viscosity.value, WithinAbs(0.0738, 5e-5));  // Sonine polynomials give no more
  CHECK_THAT(bosons.heat_conductivity.value, WithinAbs(0.63, 5e-3));
}

TEST_CASE("what cannot be resolved is reported as not converged", "[transport]") {
  GasTransportOptions few = plain();
  few.most_functions = 12;
  const GasTransport bosons = gas_transport(Statistics::boson, 1.0, 1.0 - 1e-12, few);
  CHECK_FALSE(bosons.converged);
  CHECK(bosons.functions == 12);
  const GasTransport better = gas_transport(Statistics::boson, 1.0, 1.0 - 1e-12, plain(24));
  CHECK(std::abs(bosons.viscosity.value / better.viscosity.value - 1.0) <= bosons.viscosity.error);
  CHECK(std::abs(bosons.heat_conductivity.value / better.heat_conductivity.value - 1.0) <=
        bosons.heat_conductivity.error);
}

TEST_CASE("temperature and strength scale the results by powers", "[transport]") {
  GasTransportOptions options;
  options.functions = 8;
  const GasTransport one = gas_transport(Statistics::fermion, 1.0, 2.0, options);
  for (const double T : {0.3, 7.0}) {
    for (const double strength : {0.01, 40.0}) {
      options.strength = strength;
      const GasTransport gas = gas_transport(Statistics::fermion, T, 2.0, options);
      CAPTURE(T, strength);
      const double rounding = 1e-15;
      CHECK_THAT(gas.viscosity.value, WithinRel(one.viscosity.value * std::sqrt(T) / strength, rounding));
      CHECK_THAT(gas.heat_conductivity.first_order,
                 WithinRel(one.heat_conductivity.first_order * std::sqrt(T) / strength, rounding));
      CHECK(gas.viscosity.error == one.viscosity.error);
      CHECK_THAT(gas.density, WithinRel(one.density * std::pow(T, 1.5), rounding));
      CHECK_THAT(gas.pressure, WithinRel(one.pressure * std::pow(T, 2.5), rounding));
      CHECK_THAT(gas.spectral_gap.rate, WithinRel(one.spectral_gap.rate * T * T * strength, rounding));
      CHECK_THAT(gas.continuum_edge, WithinRel(one.continuum_edge * T * T * strength, rounding));
      CHECK_THAT(gas.continuum_edge_momentum, WithinRel(one.continuum_edge_momentum * std::sqrt(T), rounding));
      CHECK(gas.temperature == T);
    }
  }
}

TEST_CASE("density and pressure are those of the ideal gases", "[transport]") {
  const double cube = std::pow(2.0 * pi, 1.5);
  for (const double z : {1e-3, 0.7, 40.0}) {
    const GasTransport gas = gas_transport(Statistics::fermion, 1.0, z, plain(2));
    CHECK_THAT(gas.density, WithinRel(cube * gsl_sf_fermi_dirac_half(std::log(z)), 1e-13));
    CHECK_THAT(gas.pressure, WithinRel(cube * gsl_sf_fermi_dirac_3half(std::log(z)), 1e-13));
  }
  // Near condensation: ρ = (2π)^{3/2} [ζ(3/2) − 2 √(π α) − ζ(1/2) α + O(α²)], α = −log z.
  const double alpha = 1e-8;
  const GasTransport bosons = gas_transport(Statistics::boson, 1.0, std::exp(-alpha), plain(2));
  const double expected = gsl_sf_zeta(1.5) - 2.0 * std::sqrt(pi * alpha) - gsl_sf_zeta(0.5) * alpha;
  CHECK_THAT(bosons.density, WithinRel(cube * expected, 1e-12));
  const GasTransport classical = gas_transport(Statistics::classical, 1.0, 3.0, plain(2));
  CHECK_THAT(classical.density, WithinRel(3.0 * cube, 1e-13));
  CHECK_THAT(classical.pressure, WithinRel(3.0 * cube, 1e-13));
}

TEST_CASE("the classical gas does not depend on its fugacity, thin gases are classical", "[transport]") {
  GasTransportOptions options;
  options.functions = 8;
  const GasTransport one = gas_transport(Statistics::classical, 1.0, 1.0, options);
  for (const double z : {1e-250, 1e250}) {
    const GasTransport gas = gas_transport(Statistics::classical, 1.0, z, options);
    CHECK(gas.viscosity.value == one.viscosity.value);
    CHECK(gas.heat_conductivity.value == one.heat_conductivity.value);
    CHECK_THAT(gas.spectral_gap.rate, WithinRel(one.spectral_gap.rate * z, 1e-15));
  }
  const GasTransport exact = gas_transport(Statistics::classical, 1.0, 1.0, plain());
  for (const Statistics statistics : {Statistics::fermion, Statistics::boson}) {
    const GasTransport thin = gas_transport(statistics, 1.0, 1e-250, plain());
    CHECK(thin.converged);
    CHECK_THAT(thin.viscosity.value, WithinRel(exact.viscosity.value, 1e-11));
    CHECK_THAT(thin.heat_conductivity.value, WithinRel(exact.heat_conductivity.value, 1e-11));
  }
}

TEST_CASE("rates lie below the continuous spectrum and above the true eigenvalues", "[transport]") {
  GasTransportOptions options;
  options.functions = 12;
  for (const auto& [statistics, z] : std::vector<std::pair<Statistics, double>>{
           {Statistics::classical, 1.0}, {Statistics::fermion, 2.0}, {Statistics::boson, 0.7}}) {
    CAPTURE(name(statistics), z);
    options.functions = 12;
    const GasTransport coarse = gas_transport(statistics, 1.0, z, options);
    options.functions = 18;
    const GasTransport fine = gas_transport(statistics, 1.0, z, options);
    CHECK(coarse.continuum_edge == fine.continuum_edge);
    REQUIRE(fine.spectrum.size() == 5);
    double smallest = fine.continuum_edge;
    for (std::size_t l = 0; l < 5; ++l) {
      CHECK(fine.spectrum[l].l == static_cast<int>(l));
      const auto& rates = fine.spectrum[l].rates;
      const auto& coarse_rates = coarse.spectrum[l].rates;
      // A larger space has at least as many values below the edge.
      REQUIRE(rates.size() >= coarse_rates.size());
      for (std::size_t i = 0; i < rates.size(); ++i) {
        CAPTURE(l, i);
        CHECK(rates[i].rate > 0.0);
        CHECK(rates[i].rate < fine.continuum_edge);
        smallest = std::min(smallest, rates[i].rate);
        if (i >= coarse_rates.size()) continue;
        // The space grows, the values sink, and not by more than the estimate.
        CHECK(rates[i].rate <= coarse_rates[i].rate * (1.0 + 1e-8));
        CHECK(coarse_rates[i].rate - rates[i].rate <= coarse_rates[i].error);
      }
    }
    CHECK(fine.spectral_gap.rate == smallest);
    CHECK(fine.gap_is_discrete);
  }
}

TEST_CASE("the classical spectrum", "[transport]") {
  GasTransportOptions options;
  options.functions = 14;
  options.trial = TrialFunctions::sonine;
  const GasTransport sonine = gas_transport(Statistics::classical, 1.0, 1.0, options);
  options.trial = TrialFunctions::graded;
  const GasTransport graded = gas_transport(Statistics::classical, 1.0, 1.0, options);
  // ν(0) = 8π²: ∫dk (|k|/4) 4π e^{−k²/2}.
  CHECK_THAT(graded.continuum_edge, WithinRel(8.0 * pi * pi, 1e-12));
  CHECK(graded.continuum_edge_momentum == 0.0);
  // Two spaces, the same smallest rates: number, energy and momentum are not among them.
  for (const std::size_t l : {0U, 1U}) {
    CHECK_THAT(sonine.spectrum[l].rates.at(0).rate,
               WithinAbs(graded.spectrum[l].rates.at(0).rate, sonine.spectrum[l].rates[0].error));
  }
  CHECK(graded.spectral_gap.rate == graded.spectrum[0].rates[0].rate);
  // Harmonics of l = 3 and 4 have no rate below ν(0): they decay within the continuous spectrum.
  CHECK(graded.spectrum[3].rates.empty());
  CHECK(graded.spectrum[4].rates.empty());
}

TEST_CASE("tables are the same points, whatever the number of threads", "[transport]") {
  const std::vector<GasPoint> points{{1.0, 0.2}, {2.0, 0.5}, {0.5, 0.9}, {1.0, 0.7}};
  GasTransportOptions options = plain(8);
  options.threads = 1;
  std::vector<std::size_t> done;
  const auto one = gas_transport(Statistics::boson, points, options, [&](std::size_t n) { done.push_back(n); });
  CHECK(done == std::vector<std::size_t>{1, 2, 3, 4});
  options.threads = 3;
  const auto three = gas_transport(Statistics::boson, points, options);
  REQUIRE(three.size() == 4);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const GasTransport single = gas_transport(Statistics::boson, points[i].temperature, points[i].fugacity, options);
    CHECK(one[i].viscosity.value == single.viscosity.value);
    CHECK(three[i].heat_conductivity.value == single.heat_conductivity.value);
    CHECK(three[i].fugacity == points[i].fugacity);
  }
  CHECK(gas_transport(Statistics::boson, std::vector<GasPoint>{}).empty());
  CHECK_THROWS_AS(gas_transport(Statistics::boson, points, options, [](std::size_t) { throw Error("stop"); }), Error);
}

TEST_CASE("gases that have no transport coefficients are refused", "[transport]") {
  const auto refusal = [](Statistics statistics, double T, double z, const GasTransportOptions& options = plain(4)) {
    return sentence([&] { return gas_transport(statistics, T, z, options); });
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK(says(refusal(Statistics::boson, 1.0, 1.0), "fugacity = 1; allowed for bosons are 0 < fugacity < 1"));
  CHECK(says(refusal(Statistics::boson, 1.0, 1.5), "fugacity = 1.5"));
  CHECK(refusal(Statistics::fermion, 1.0, 1.5) == "accepted");
  for (const double bad : {0.0, -1.0, nan, infinite}) {
    CHECK(says(refusal(Statistics::fermion, bad, 1.0), "temperature = "));
    CHECK(says(refusal(Statistics::fermion, 1.0, bad), "fugacity = "));
    GasTransportOptions options = plain(4);
    options.strength = bad;
    CHECK(says(refusal(Statistics::fermion, 1.0, 1.0, options), "strength = "));
  }
  CHECK(says(refusal(Statistics::classical, 1e200, 1.0), "cannot be represented"));
  CHECK(says(refusal(Statistics::classical, 1.0, 1e-307, GasTransportOptions{.strength = 1e-10, .functions = 2}),
             "cannot be represented"));
  const auto bad_option = [&](auto change) {
    GasTransportOptions options = plain();
    change(options);
    return refusal(Statistics::classical, 1.0, 1.0, options);
  };
  CHECK(
      says(bad_option([](auto& o) { o.tolerance = 1e-13; }), "tolerance = 1e-13; allowed are 1e-12 <= tolerance < 1"));
  CHECK(says(bad_option([](auto& o) { o.tolerance = 1.0; }), "tolerance = 1;"));
  CHECK(says(bad_option([](auto& o) { o.functions = 41; }), "functions = 41; allowed are whole numbers from 0 to 40"));
  CHECK(says(bad_option([](auto& o) { o.most_functions = 11; }), "most_functions = 11"));
  CHECK(says(bad_option([](auto& o) { o.degrees = 1; }), "degrees = 1; allowed are whole numbers from 2 to 8"));
  CHECK(says(bad_option([](auto& o) { o.threads = -1; }), "threads = -1"));
  // The first bad point of a table, before anything is computed.
  const std::vector<GasPoint> points{{1.0, 0.5}, {1.0, 2.0}, {-1.0, 0.5}};
  CHECK(says(sentence([&] { return gas_transport(Statistics::boson, points, plain(4)); }), "fugacity = 2"));
}
