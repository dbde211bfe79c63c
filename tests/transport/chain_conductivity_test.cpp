// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of chains of phonons, to eleven digits, and what is refused.
#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/chain_resonance.hpp"
#include "support/catch.hpp"
#include "support/phonon_conductivity.hpp"
#include "support/refusal.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

using namespace nordheim;
using nordheim::detail::ChainBand;
using test::check_value;
using test::classical;
using test::quantum;
using test::says;
using test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double two_pi = 2.0 * pi;

/// The chain with Ω = 1.
Dispersion chain(double delta) { return Dispersion::optical(1, std::sqrt(1.0 - 2.0 * delta), delta); }

}  // namespace

TEST_CASE("two phonons of a chain collide where momentum and energy are conserved", "[transport]") {
  for (const double delta : {0.05, 0.25, 0.4999}) {
    const ChainBand band(delta, 1.0 - 2.0 * delta);
    for (const double m : {0.3, 0.9, 1.4}) {
      for (const double share : {0.01, 0.5, 0.95}) {
        const double u = share * m;
        const auto collision = detail::chain_collision(band, m, u);
        const double s = 0.5 * pi - collision.shift;
        const auto balance = [&](double at) {
          return band.energy(at + m - u) + band.energy(at - m + u) - band.energy(at + m + u) - band.energy(at - m - u);
        };
        CAPTURE(delta, m, u, s);
        CHECK(std::abs(balance(s)) < 4e-15);  // sums of four numbers of order one
        CHECK_THAT(collision.omega[3], WithinRel(band.energy(s - m - u), 1e-13));
        // Central differences of order h⁴ = 1e-12, and their rounding 1e-16/h.
        constexpr double h = 1e-3;
        const double slope =
            (8.0 * (balance(s + h) - balance(s - h)) - (balance(s + 2 * h) - balance(s - 2 * h))) / (12.0 * h);
        CHECK_THAT(collision.slope, WithinRel(std::abs(slope), delta < 0.45 ? 1e-9 : 1e-4));
      }
    }
  }
}

TEST_CASE("the classical chain has the conductivity of an independent calculation", "[transport]") {
  // 36πκ/δ³ by the same formula in another program, with 512 functions; all digits but the last are certain.
  struct Row {
    double delta, value;
  };
  const Row row = GENERATE(Row{0.05, 2.0505669081816}, Row{0.1, 2.0151030748582}, Row{0.15, 1.9557005672609},
                           Row{0.2, 1.8719153318777}, Row{0.25, 1.7631382863194}, Row{0.3, 1.6286487927065},
                           Row{0.35, 1.4677773152038}, Row{0.4, 1.2802221912340}, Row{0.45, 1.0639044776185},
                           Row{0.49, 0.7879728711991});
  const PhononConductivity chain_values = phonon_conductivity(chain(row.delta), 1.0, classical(1e-11));
  CHECK(chain_values.converged);
  CHECK_FALSE(chain_values.relaxation_time.has_value());
  const double found = 36.0 * pi * chain_values.heat_conductivity.value / std::pow(row.delta, 3);
  CHECK_THAT(found, WithinRel(row.value, 1e-11));
  check_value({found, chain_values.heat_conductivity.error}, row.value, 4e-13);
}

TEST_CASE("the conductivity of a strongly pinned chain has a limit", "[transport]") {
  // κλ'²T²/δ³ with λ = λ'/4, from the limit of the variational problem; corrections are of order δ² and δ⁴.
  const auto scaled = [](double delta) {
    PhononConductivityOptions options = classical(1e-11);
    options.lambda = 0.25;
    return phonon_conductivity(chain(delta), 1.0, options).heat_conductivity.value / std::pow(delta, 3);
  };
  constexpr double delta = 0.004;
  const double limit = (4.0 * scaled(0.5 * delta) - scaled(delta)) / 3.0;
  CHECK_THAT(limit, WithinRel(0.291764064999, 1e-9));  // δ⁴ = 2.6e-10
}

TEST_CASE("units, temperature and coupling scale the conductivity of the classical chain", "[transport]") {
  const auto value = [](double omega0, double kappa, double temperature, double lambda) {
    PhononConductivityOptions options = classical(1e-11);
    options.lambda = lambda;
    return phonon_conductivity(Dispersion::optical(1, omega0, kappa), temperature, options).heat_conductivity.value;
  };
  CHECK_THAT(value(1.0, 0.5, 1.0, 1.0), WithinRel(5.511743634773e-3, 1e-11));
  CHECK_THAT(value(1.0, 1.0, 1.0, 1.0), WithinRel(7.00354121713e-2, 1e-11));
  CHECK_THAT(value(1.0, 0.25, 1.0, 1.0), WithinRel(4.89977581015e-4, 1e-11));
  CHECK_THAT(value(0.5, 1.0, 1.0, 1.0), WithinRel(3.252318822277e-2, 1e-11));
  CHECK_THAT(value(0.5, 1.0, 3.0, -0.2), WithinRel(3.252318822277e-2 / (9.0 * 0.04), 1e-11));
  // A band with its minimum at the edge is the same one, shifted.
  const Dispersion shifted = Dispersion::from_formula(1, [](const auto& k) { return sqrt(2.0 + cos(two_pi * k[0])); });
  CHECK_THAT(phonon_conductivity(shifted, 1.0, classical(1e-11)).heat_conductivity.value,
             WithinRel(5.511743634773e-3, 1e-11));
}

TEST_CASE("a table of classical temperatures has what single ones have", "[transport]") {
  PhononConductivityOptions options = classical(1e-8);
  options.spectral_gap = true;
  const std::vector<double> temperatures{2.0, 0.5};
  std::size_t calls = 0;
  const auto table = phonon_conductivity(chain(0.25), temperatures, options, [&](std::size_t done) { calls += done; });
  CHECK(calls == 3);
  const PhononConductivity alone = phonon_conductivity(chain(0.25), 0.5, options);
  const PhononConductivity& scaled = table.at(1);
  CHECK(scaled.temperature == 0.5);
  CHECK_THAT(scaled.heat_conductivity.value, WithinRel(alone.heat_conductivity.value, 1e-13));
  CHECK_THAT(scaled.zero_number_current->value, WithinRel(alone.zero_number_current->value, 1e-13));
  CHECK_THAT(scaled.current_rate, WithinRel(alone.current_rate, 1e-13));
  CHECK_THAT(scaled.spectral_gap.value().rate, WithinRel(alone.spectral_gap.value().rate, 1e-12));
  CHECK(scaled.gap_is_discrete);
  CHECK_FALSE(scaled.continuum_edge);
  CHECK_THAT(scaled.even_rates.at(2).rate, WithinRel(alone.even_rates.at(2).rate, 1e-12));
}

TEST_CASE("the quantum chain has the conductivity of an independent calculation", "[transport]") {
  // κλ² and z with 128 functions, another program; z to its last digit.
  struct Row {
    double temperature, value, z;
  };
  const Row row = GENERATE(Row{0.1, 254.73114002, 0.000405552}, Row{0.2, 2.5761534830, 0.002513827},
                           Row{0.5, 3.9619784629e-2, 0.081862374}, Row{1.0, 6.0909332755e-3, 0.206726427},
                           Row{10.0, 5.5155488994e-5, 0.270586996});
  const PhononConductivity found =
      phonon_conductivity(Dispersion::optical(1, 1.0, 0.5), row.temperature, quantum(1e-11));
  CHECK_THAT(found.heat_conductivity.value, WithinRel(row.value, 2e-11));
  CHECK_THAT(found.z.value(), WithinAbs(row.z, 6e-10));
  CHECK_THAT(found.zero_number_current->value, WithinRel(found.z.value() * found.heat_conductivity.value, 1e-14));
  CHECK(found.zero_number_current->error < 1e-7);
}

TEST_CASE("the relaxation rates of the chain leave out the two conserved quantities", "[transport]") {
  // ν of A h = ν h/ω² and the rate of the current, in units of 36πλ²T² and Ω = 1; half a unit of the last digit.
  struct Row {
    double delta, odd, second, third, even, current;
  };
  const Row row = GENERATE(Row{0.05, 0.00799300, 0.0421007, 0.100019, 0.0220332, 4.88895},
                           Row{0.1, 0.01645552, 0.0865332, 0.202330, 0.0454912, 2.50658},
                           Row{0.25, 0.05153018, 0.264855, 0.531126, 0.144838, 1.215783},
                           Row{0.4, 0.15322627, 0.727880, 1.120088, 0.441013, 1.220491});
  PhononConductivityOptions options = classical(1e-8);
  options.spectral_gap = true;
  const PhononConductivity found = phonon_conductivity(chain(row.delta), 1.0, options);
  const double unit = 36.0 * pi;
  REQUIRE(found.odd_rates.size() == 3);
  CHECK_THAT(found.odd_rates[0].rate / unit, WithinAbs(row.odd, 6e-9));
  CHECK_THAT(found.odd_rates[1].rate / unit, WithinRel(row.second, 2e-6));
  CHECK_THAT(found.odd_rates[2].rate / unit, WithinRel(row.third, 6e-6));
  CHECK_THAT(found.even_rates.at(0).rate / unit, WithinRel(row.even, 3e-6));
  CHECK_THAT(found.current_rate / unit, WithinRel(row.current, 2e-6));
  CHECK(found.spectral_gap.value().rate == found.odd_rates[0].rate);
  CHECK(found.spectral_gap->error < 1e-7 * found.spectral_gap->rate);
}
TEST_CASE("bands and options without a conductivity are refused", "[transport]") {
  const auto refused = [](const Dispersion& band, double temperature = 1.0, PhononConductivityOptions options = {}) {
    return sentence([&] { return phonon_conductivity(band, temperature, options); });
  };
  const Dispersion chain_band = chain(0.25);
  CHECK(says(refused(Dispersion::acoustic(1)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::bending(1, 1.0)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::nearest_neighbour(2)), "need omega > 0 everywhere"));
  const Dispersion anisotropic =
      Dispersion::from_formula(2, [](const auto& k) { return 3.0 - cos(two_pi * k[0]) - 0.5 * cos(two_pi * k[1]); });
  CHECK(says(refused(anisotropic), "the same along every axis"));
  CHECK(says(refused(chain_band, 0.0), "temperature = 0; allowed are"));
  CHECK(says(refused(chain_band, 1e-3), "is too low for this band"));
  // More nodes do not help where the rates of the top of the band are below the rounding of those of the bottom.
  CHECK(says(refused(Dispersion::optical(2, 0.05, 0.5), 0.03), "is too low for this band"));
  CHECK(says(refused(Dispersion::optical(3, 1.0, 0.5), 0.01), "is too low for this band"));
  CHECK(says(refused(chain_band, 1e100), "is too high for this band"));
  CHECK(says(refused(Dispersion::optical(2, 1.0, 0.5), 1e300), "is too high for this band"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 0.0}), "lambda = 0; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 1e-200, .tolerance = 1e-3, .spectral_gap = false}),
             "cannot be represented"));
  CHECK(says(refused(chain_band, 1.0, {.statistics = Statistics::fermion}), "statistics = fermion; allowed"));
  CHECK(says(refused(chain_band, 1.0, {.tolerance = 2.0}), "tolerance = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_functions = 2}), "most_functions = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_points = 2}), "most_points = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.threads = -1}), "threads = -1; allowed are"));
}
