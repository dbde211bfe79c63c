// SPDX-License-Identifier: GPL-3.0-or-later
// Heat conductivity of phonons: the chain to eleven digits, lattices against independent tables, sums and vectors.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/transport/phonon_conductivity.hpp>

#include "collision/chain_resonance.hpp"
#include "support/catch.hpp"
#include "support/refusal.hpp"
#include "transport/lattice_currents.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

using namespace nordheim;
using nordheim::detail::ChainBand;
using nordheim::detail::LatticeCurrents;
using nordheim::detail::LinearisedPhonons;
using nordheim::detail::PhononWeight;
using test::says;
using test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double two_pi = 2.0 * pi;

PhononConductivityOptions classical(double tolerance) {
  PhononConductivityOptions options;
  options.statistics = Statistics::classical_wave;
  options.tolerance = tolerance;
  options.spectral_gap = false;
  return options;
}

PhononConductivityOptions quantum(double tolerance) {
  PhononConductivityOptions options = classical(tolerance);
  options.statistics = Statistics::boson;
  return options;
}

/// The chain with Ω = 1.
Dispersion chain(double delta) { return Dispersion::optical(1, std::sqrt(1.0 - 2.0 * delta), delta); }

/// The estimate bounds what is known of the true error; @p digits is the relative uncertainty of the reference.
void check_value(const BoundedValue& found, double reference, double digits) {
  CAPTURE(found.value, reference, found.error);
  CHECK(std::abs(found.value / reference - 1.0) <= found.error + digits);
}

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
  CHECK_THAT(scaled.zero_number_current.value, WithinRel(alone.zero_number_current.value, 1e-13));
  CHECK_THAT(scaled.current_rate, WithinRel(alone.current_rate, 1e-13));
  CHECK_THAT(scaled.spectral_gap.value().rate, WithinRel(alone.spectral_gap.value().rate, 1e-12));
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
  CHECK_THAT(found.z, WithinAbs(row.z, 6e-10));
  CHECK_THAT(found.zero_number_current.value, WithinRel(found.z * found.heat_conductivity.value, 1e-14));
  CHECK(found.zero_number_current.error < 1e-7);
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

TEST_CASE("linearised collisions on a lattice are their triple sum", "[transport]") {
  constexpr int M = 16;
  const Dispersion band = Dispersion::optical(1, 1.0, 0.5);
  const LatticeGrid grid(M, band);
  const auto time = detail::phonon_time_grid(band, M, 20.0);
  const std::vector<double> weights = time.weights(TimeWindow::flat, 20.0);
  std::vector<double> u;
  std::vector<double> h;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double omega = grid.energies()[a];
    u.push_back(1.0 / (omega * omega));
    h.push_back(std::sin(two_pi * grid.momentum(a)[0]) + 0.3 * std::cos(4.0 * pi * grid.momentum(a)[0]));
  }
  LinearisedPhonons collisions(grid, time, u, 1);
  std::vector<double> found(grid.size());
  collisions.apply(h, found);
  const auto omega = grid.energies();
  for (std::size_t a = 0; a < M; ++a) {
    double sum = 0.0;
    for (std::size_t b = 0; b < M; ++b) {
      for (std::size_t c = 0; c < M; ++c) {
        const std::size_t e = (a + b + M - c) % M;
        double delta = 0.0;
        for (std::size_t n = 0; n < weights.size(); ++n) {
          delta +=
              weights[n] * std::cos((omega[a] + omega[b] - omega[c] - omega[e]) * time.step * static_cast<double>(n));
        }
        sum += u[a] * u[b] * u[c] * u[e] * delta * (h[a] + h[b] - h[c] - h[e]) / (M * M);
      }
    }
    CHECK_THAT(found[a], WithinAbs(sum, 1e-14));  // round-off of sums of order one
  }
  // Number is conserved whatever the window.
  const std::vector<double> one(grid.size(), 1.0);
  collisions.apply(one, found);
  for (std::size_t a = 0; a < M; ++a) CHECK(std::abs(found[a]) < 1e-15 * static_cast<double>(M) * collisions.loss()[a]);
}

TEST_CASE("linearised collisions are the derivative of the four-phonon operator", "[transport]") {
  constexpr double temperature = 0.7, horizon = 12.0, lambda = 0.3;
  const Dispersion band = Dispersion::optical(2, 1.0, 0.5);
  const LatticeGrid grid(10, band);
  const auto time = detail::phonon_time_grid(band, 10, horizon);
  const Equilibrium equilibrium = Equilibrium::from_chemical_potential(Statistics::boson, 1.0 / temperature, 0.0);
  const PhononWeight weight(Statistics::boson, temperature, 1.0);
  std::vector<double> u, h, W, dW;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double omega = grid.energies()[a];
    const Vector3 k = grid.momentum(a);
    u.push_back(weight(omega) / omega);
    h.push_back(std::sin(two_pi * k[0]) * (1.0 + 0.5 * std::cos(two_pi * k[1])));  // odd: no change of energy
    W.push_back(equilibrium.occupation(omega));
    dW.push_back(W[a] * (1.0 + W[a]) * h[a]);
  }
  FourPhononOptions options;
  options.lambda = lambda;
  options.horizon = horizon;
  options.time_step = time.step;
  options.threads = 1;
  FourPhonon phonons(grid, Statistics::boson, options);
  phonons.set_reference(equilibrium);
  std::vector<double> derivative(grid.size()), found(grid.size());
  phonons.apply_linearised(W, dW, derivative);
  LinearisedPhonons(grid, time, u, 1).apply(h, found);
  const double factor = -36.0 * pi * lambda * lambda * weight.scale() * weight.scale();
  double largest = 0.0;
  for (const double value : derivative) largest = std::max(largest, std::abs(value));
  REQUIRE(largest > 1e-3);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    CHECK_THAT(factor * found[a], WithinAbs(derivative[a], 1e-12 * largest));  // round-off of gains and losses
  }
}

TEST_CASE("currents on small lattices agree with an independent program", "[transport]") {
  struct Row {
    int d, M;
    double horizon, temperature;  // 0: classical
    double energy, mixed, number, loss_only;
  };
  const Row row =
      GENERATE(Row{1, 64, 100.0, 0.0, 6.180431760148e-01, 4.918039711739e-01, 4.978760735452e-01, 1.423879488858e-01},
               Row{2, 16, 20.0, 0.0, 1.503109146943e+00, 9.409211154045e-01, 6.097845559124e-01, 1.028911471796e+00},
               Row{2, 16, 20.0, 0.5, 1.604006389596e+00, 1.068768860488e+00, 7.336890057094e-01, 9.395911273446e-01},
               Row{3, 8, 10.0, 0.0, 2.867217321848e+00, 1.569571843224e+00, 8.913283108624e-01, 2.460941582054e+00},
               Row{3, 8, 10.0, 0.5, 3.146414925790e+00, 1.864158509509e+00, 1.142255373176e+00, 2.411691334659e+00});
  const Dispersion band = Dispersion::optical(row.d, 1.0, 0.5);
  const PhononWeight weight(row.temperature == 0.0 ? Statistics::classical_wave : Statistics::boson, row.temperature,
                            1.0);
  LatticeCurrents currents(LatticeGrid(row.M, band), detail::phonon_time_grid(band, row.M, row.horizon), weight, 1);
  const auto found = currents.response(1e-25);
  CHECK_THAT(found.energy, WithinRel(row.energy, 2e-12));
  CHECK_THAT(found.mixed, WithinRel(row.mixed, 2e-12));
  CHECK_THAT(found.number, WithinRel(row.number, 2e-12));
  CHECK_THAT(found.loss_only, WithinRel(row.loss_only, 2e-12));
}

TEST_CASE("lattices in two and three dimensions have the tabulated conductivity within the estimated error",
          "[transport]") {
  // κλ², that of the relaxation-time approximation with its uncertainty, z; an independent program, extrapolated.
  struct Row {
    int d;
    double omega0, kappa, temperature;  // 0: classical
    double value, digits, rta, rta_digits, z;
  };
  const Row row = GENERATE(Row{2, 1.0, 0.5, 0.0, 1.3286130e-2, 1e-7, 0.00825, 3e-3, 0.034694},
                           Row{2, 1.0, 1.0, 0.0, 0.2128373, 5e-7, 0.11486, 3e-3, 0.05576},
                           Row{2, 1.0, 0.25, 0.0, 9.53815e-4, 1e-6, 6.426e-4, 3e-3, 0.01788},
                           Row{2, 0.5, 1.0, 0.0, 0.142997, 7e-6, 0.04853, 3e-3, 0.09165},
                           Row{2, 1.0, 0.5, 0.5, 0.05669093, 6e-7, 0.05669093 * 0.526, 5e-3, 0.030160},
                           Row{3, 1.0, 0.5, 0.0, 2.5332319e-2, 1e-7, 0.02120, 1e-3, 0.036670},
                           Row{3, 1.0, 1.0, 0.0, 0.4525968, 3e-7, 0.36124, 1e-3, 0.05756},
                           Row{3, 0.5, 1.0, 0.0, 0.362869, 3e-6, 0.25941, 1e-3, 0.09988},
                           Row{3, 1.0, 0.5, 1.0, 0.02565904, 2e-6, 0.02565904 * 0.815, 2e-3, 0.036355});
  const bool waves = row.temperature == 0.0;
  PhononConductivityOptions options = waves ? classical(1e-6) : quantum(1e-6);
  options.most_points = row.d == 2 ? 96 : 32;
  const PhononConductivity found =
      phonon_conductivity(Dispersion::optical(row.d, row.omega0, row.kappa), waves ? 1.0 : row.temperature, options);
  check_value(found.heat_conductivity, row.value, row.digits);
  CHECK(found.heat_conductivity.error < 3e-5);
  CHECK_THAT(found.heat_conductivity.value, WithinRel(row.value, 3e-6 + row.digits));
  constexpr double z_digits = 6e-6;
  CHECK_THAT(found.z, WithinAbs(row.z, found.z * found.zero_number_current.error + z_digits));
  CHECK(found.zero_number_current.error < 2e-3);  // z of a few per cent converges slower than the value
  REQUIRE(found.relaxation_time.has_value());
  check_value(*found.relaxation_time, row.rta, row.rta_digits);
  CHECK(found.relaxation_time->value < found.heat_conductivity.value);
  CHECK(found.points == options.most_points);
  CHECK_FALSE(found.converged);
}

TEST_CASE("a looser tolerance ends on a smaller lattice", "[transport]") {
  const PhononConductivity found = phonon_conductivity(Dispersion::optical(2, 1.0, 0.5), 1.0, classical(1e-3));
  CHECK(found.converged);
  CHECK(found.points <= 64);
  check_value(found.heat_conductivity, 1.3286130e-2, 1e-7);
}

TEST_CASE("bands and options without a conductivity are refused", "[transport]") {
  const auto refused = [](const Dispersion& band, double temperature = 1.0, PhononConductivityOptions options = {}) {
    return sentence([&] { return phonon_conductivity(band, temperature, options); });
  };
  const Dispersion chain_band = chain(0.25);
  CHECK(says(refused(Dispersion::acoustic(1)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::bending(1, 1.0)), "known for the bands sqrt(omega0^2"));
  CHECK(says(refused(Dispersion::nearest_neighbour(2)), "need omega > 0 everywhere"));
  const auto decaying = [](const auto& k) { return 2.2 - cos(two_pi * k[0]) - cos(two_pi * k[1]); };
  CHECK(says(refused(Dispersion::from_formula(2, decaying)), "can decay into three"));
  const Dispersion anisotropic =
      Dispersion::from_formula(2, [](const auto& k) { return 3.0 - cos(two_pi * k[0]) - 0.5 * cos(two_pi * k[1]); });
  CHECK(says(refused(anisotropic), "the same along every axis"));
  CHECK(says(refused(chain_band, 0.0), "temperature = 0; allowed are"));
  CHECK(says(refused(chain_band, 1e-3), "is too low for this band"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 0.0}), "lambda = 0; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.lambda = 1e-200, .tolerance = 1e-3, .spectral_gap = false}),
             "cannot be represented"));
  CHECK(says(refused(chain_band, 1.0, {.statistics = Statistics::fermion}), "statistics = fermion; allowed"));
  CHECK(says(refused(chain_band, 1.0, {.tolerance = 2.0}), "tolerance = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_functions = 2}), "most_functions = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.most_points = 2}), "most_points = 2; allowed are"));
  CHECK(says(refused(chain_band, 1.0, {.threads = -1}), "threads = -1; allowed are"));
}
