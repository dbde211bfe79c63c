// SPDX-License-Identifier: GPL-3.0-or-later
// The operator of an electron in a phonon bath: values at given momenta, what it conserves, where it leads to.
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/momentum/sample.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/quadrature.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;
const AcousticPhonons sound{.sound_speed = 0.5, .coupling = 1.0};
const OpticalPhonons constant{.omega0 = 0.8, .coupling = 0.6};
const OpticalPhonons froehlich{.omega0 = 0.8, .coupling = 0.6, .kind = OpticalCoupling::froehlich};
const std::array<Phonons, 3> baths{sound, constant, froehlich};
constexpr double temperature = 0.7;

PhononBath bath_of(const Phonons& phonons, int order = 12, int lmax = 0) {
  return {phonon_bath_grid(phonons, temperature, {.order = order, .lmax = lmax}), temperature, phonons};
}

/// A hot electron that moves along e_3: parts with l = 0, 1, 2.
double hot(const Vector3& k) {
  const double r2 = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
  return std::exp(-r2) * (1.0 + 0.5 * r2 + 0.4 * k[2] + 0.2 * k[2] * k[2]);
}

/// hot() at |k| with the cosine of the angle to e_3.
double hot_at(double k, double cosine) { return hot({k * std::sqrt(1.0 - cosine * cosine), 0.0, k * cosine}); }

/// l-th Legendre coefficient of hot() at |k|.
double moment(int l, double k) {
  return integral([&](double x) { return (l + 0.5) * std::legendre(static_cast<unsigned>(l), x) * hot_at(k, x); }, -1.0,
                  1.0, 1);
}

/// C(hot)(k) by quadrature of the rates over radii.
double direct(const AcousticPhonons& phonons, double k, double cosine) {
  double C = -scattering_rate(phonons, 1.0 / temperature, k) * hot_at(k, cosine);
  const double c = phonons.sound_speed;
  for (int l = 0; l <= 2; ++l) {
    const auto gain = [&](double k1) {
      return k1 * k1 * scattering_moment(phonons, 1.0 / temperature, l, k1, k) * moment(l, k1);
    };
    const double sum = integral(gain, std::abs(2.0 * c - k), std::max(k, std::abs(2.0 * c - k)), 4) +
                       integral(gain, std::max(k, std::abs(2.0 * c - k)), k + 2.0 * c, 4);
    C += std::legendre(static_cast<unsigned>(l), cosine) * sum;
  }
  return C;
}

/// C(hot)(k) from the two neighbouring rungs.
double direct(const OpticalPhonons& phonons, double k, double cosine) {
  const double energy = 0.5 * k * k, beta = 1.0 / temperature;
  double C = -scattering_rate(phonons, beta, k) * hot_at(k, cosine);
  for (int l = 0; l <= 2; ++l) {
    const auto from = [&](double other, double JumpRates::*member) {
      if (other <= 0.0) return 0.0;
      // Rates are per energy of the target: densities of states k dω on the two sides.
      const double k1 = std::sqrt(2.0 * other);
      return k1 / k * jump_rates(phonons, beta, 2, other)[static_cast<std::size_t>(l)].*member * moment(l, k1);
    };
    C += std::legendre(static_cast<unsigned>(l), cosine) *
         (from(energy - phonons.omega0, &JumpRates::absorption) + from(energy + phonons.omega0, &JumpRates::emission));
  }
  return C;
}

double sum_of(ConstState weights, ConstState f) {
  double sum = 0.0;
  for (std::size_t a = 0; a < f.size(); ++a) sum += weights[a] * f[a];
  return sum;
}

}  // namespace

TEST_CASE("values of the phonon bath agree with quadrature of the rates") {
  for (const Phonons& phonons : baths) {
    PhononBath op = bath_of(phonons, 16, 3);
    const auto W = sample(op.space(), hot);
    std::vector<double> C(W.size());
    op.apply(W, C);
    const double scale = largest(C);
    for (const double k : {0.11, 0.47, 0.9, 1.7, 2.6}) {
      for (const double cosine : {-0.6, 0.3, 1.0}) {
        const double found = op.space().interpolate(C, {k * std::sqrt(1.0 - cosine * cosine), 0.0, k * cosine});
        const double exact = std::visit([&](const auto& given) { return direct(given, k, cosine); }, phonons);
        INFO(description(phonons) << ", k = " << k << ", cosine = " << cosine);
        CHECK_THAT(found, WithinAbs(exact, 1e-9 * scale));
      }
    }
  }
}

TEST_CASE("values of the phonon bath converge geometrically within the estimate") {
  for (const Phonons& phonons : baths) {
    std::array<double, 3> errors{};
    for (std::size_t i = 0; i < errors.size(); ++i) {
      PhononBath op = bath_of(phonons, 6 + 3 * static_cast<int>(i), 2);
      const auto W = sample(op.space(), hot);
      std::vector<double> C(W.size());
      op.apply(W, C);
      for (std::size_t a = 0; a < W.size(); ++a) {
        const Vector3 k = op.space().momentum(a);
        const double r = std::hypot(k[0], k[1], k[2]);
        if (a % 5 != 0 || r > 4.0) continue;
        const double exact = std::visit([&](const auto& given) { return direct(given, r, k[2] / r); }, phonons);
        errors[i] = larger(errors[i], std::abs(C[a] - exact));
      }
      INFO(description(phonons) << ", order " << op.space().order() << ", error " << errors[i]);
      CHECK(errors[i] <= op.error_estimate(W).absolute);
    }
    CHECK(errors[1] < 0.1 * errors[0] + 1e-11);
    CHECK(errors[2] < 0.1 * errors[1] + 1e-11);
  }
}

TEST_CASE("the phonon bath keeps electrons and the Maxwell distribution") {
  for (const Phonons& phonons : baths) {
    for (const int order : {4, 12}) {  // at any resolution
      PhononBath op = bath_of(phonons, order, 2);
      const auto W = sample(op.space(), hot);
      std::vector<double> C(W.size()), thermal(W.size()), nu(W.size());
      const CollisionReport report = op.apply(W, C);
      CHECK(std::abs(report.number_defect) < 1e-14);
      CHECK(report.correction < 1e-13 * report.largest_rate);  // on each ladder
      for (const Invariant& invariant : op.invariants()) {
        double sum = 0.0, gross = 0.0;
        for (std::size_t a = 0; a < C.size(); ++a) {
          sum += op.space().weights()[a] * invariant.values[a] * C[a];
          gross += op.space().weights()[a] * invariant.values[a] * std::abs(C[a]);
        }
        CHECK(std::abs(sum) < 1e-14 * gross);
      }
      op.stationary_state(W, thermal);
      op.loss_rate(thermal, nu);
      op.apply(thermal, C);
      for (std::size_t a = 0; a < C.size(); ++a) {
        // Gain and loss cancel to the round-off of sums of neighbours that are up to e^{β(ω'−ω)} times as many.
        CHECK(std::abs(C[a]) < 1e-11 * nu[a] * thermal[a]);
      }
    }
  }
}

TEST_CASE("hot electrons relax on their ladders") {
  // The stationary state is a family: a test for e^{−βω} itself would fail for correct code.
  PhononBath op = bath_of(constant);
  const auto W0 = sample(op.space(), [](const Vector3& k) { return std::exp(-2.0 * std::pow(k[2] - 1.5, 2)); });
  std::vector<double> target(W0.size()), W = W0;
  op.stationary_state(W0, target);
  KineticEquation equation(std::move(op));
  Evolution evolution(ode_system(equation), {.method = EvolutionMethod::bdf, .rtol = 1e-11});
  double previous = HUGE_VAL, rise = 0.0, least = 0.0;
  evolution.observe([&](const Observation& seen) {
    double norm = 0.0;
    for (std::size_t a = 0; a < W0.size(); ++a) {
      norm += equation.space().weights()[a] * seen.y[a] * seen.y[a] *
              std::exp(equation.space().energies()[a] / temperature);
    }
    rise = std::max(rise, norm / previous - 1.0);
    previous = norm;
    least = std::min(least, *std::min_element(seen.y.begin(), seen.y.end()));
  });
  evolution.run(W, 0.0, 5.0);
  CHECK(rise < 1e-9);     // of the integration
  CHECK(least > -1e-12);  // occupations stay positive
  double distance = 0.0, from_maxwell = 0.0;
  const double factor = sum_of(equation.space().weights(), W0) / std::pow(2.0 * pi * temperature, 1.5);
  for (std::size_t a = 0; a < W.size(); ++a) {
    distance = larger(distance, std::abs(W[a] - target[a]));
    from_maxwell =
        larger(from_maxwell, std::abs(W[a] - factor * std::exp(-equation.space().energies()[a] / temperature)));
  }
  CHECK(distance < 1e-9);
  CHECK(from_maxwell > 1e-2);
  for (const Invariant& ladder : equation.collisions().invariants()) {
    std::vector<double> before = ladder.values, after = ladder.values;
    for (std::size_t a = 0; a < W.size(); ++a) {
      before[a] *= W0[a];
      after[a] *= W[a];
    }
    const double deviation =
        sum_of(equation.space().weights(), after) / sum_of(equation.space().weights(), before) - 1.0;
    // Rounding alone: 10³ steps, each long beside the time between collisions. Optimised it is up to 4e-13, else up to
    // a few 1e-12.
    CHECK(std::abs(deviation) < 1e-11);
  }
}

TEST_CASE("a beam among sound waves becomes the Maxwell distribution") {
  PhononBath op = bath_of(sound, 8, 4);
  auto W = sample(op.space(), [](const Vector3& k) { return std::exp(-(k[0] * k[0] + std::pow(k[2] - 2.0, 2))); });
  std::vector<double> target(W.size());
  op.stationary_state(W, target);
  const double number = sum_of(op.space().weights(), W);
  KineticEquation equation(std::move(op));
  Evolution evolution(ode_system(equation), {.method = EvolutionMethod::bdf, .rtol = 1e-10});
  evolution.run(W, 0.0, 0.4);
  // Round-off of some 10³ collisions an electron and 10³ steps.
  CHECK_THAT(sum_of(equation.space().weights(), W), WithinRel(number, 1e-12));
  double distance = 0.0;
  for (std::size_t a = 0; a < W.size(); ++a) distance = larger(distance, std::abs(W[a] - target[a]));
  CHECK(distance < 1e-8 * largest(target));
}

TEST_CASE("a radial grid integrates and interpolates") {
  const RadialGrid grid = RadialGrid::elements({0.0, 0.5, 2.0, 3.5, 6.0}, 16, 3);
  const RadialGrid ladders = RadialGrid::ladders(0.7, 30, 14, 3);
  for (const RadialGrid& space : {grid, ladders}) {
    const auto W = sample(space, hot);
    // ∫dk e^{−k²}(1 + k²/2 + 0.2 k_3²) = π^{3/2}(1 + 3/4 + 0.1)
    CHECK_THAT(sum_of(space.weights(), W), WithinRel(std::pow(pi, 1.5) * 1.85, 1e-9));
    for (const Vector3& k : {Vector3{0.3, 0.2, -0.7}, Vector3{0.0, 0.0, 1.9}, Vector3{1.0, 2.0, 0.5}}) {
      CHECK_THAT(space.interpolate(W, k), WithinAbs(hot(k), 1e-8));
    }
    CHECK(space.interpolate(W, {7.0, 0.0, 0.0}) == 0.0);
  }
  CHECK(grid.velocities()[2] == grid.momenta()[2]);
  CHECK(RadialGrid::elements({0.0, 1.0}, 4).velocities()[2] == 0.0);
}

TEST_CASE("grids and baths that do not fit are refused") {
  CHECK(says(sentence([] { return RadialGrid::elements({0.0, 1.0, 1.0}, 4); }), "increase from 0"));
  CHECK(says(sentence([] { return RadialGrid::elements({0.0, 1.0}, 1); }), "order = 1, allowed are 2 to 64"));
  CHECK(says(sentence([] { return RadialGrid::elements({0.0, 1.0}, 4, 99); }), "lmax = 99"));
  CHECK(says(sentence([] { return RadialGrid::ladders(1.0, 1, 4); }), "at least 2 rungs"));
  CHECK(says(sentence([] { return RadialGrid::ladders(1.0, 1 << 30, 4); }), "nodes that are allowed"));
  CHECK(says(sentence([] { return PhononBath(RadialGrid::ladders(0.5, 9, 4), 1.0, constant); }),
             "spacing omega0 = 0.8 (found the spacing 0.5)"));
  CHECK(says(sentence([] { return PhononBath(RadialGrid::ladders(0.5, 9, 4), 1.0, sound); }), "found ladders"));
  CHECK(says(sentence([] { return PhononBath(RadialGrid::elements({0.0, 50.0}, 4), 1.0, sound); }), "exp(-600)"));
  CHECK(says(sentence([] { return phonon_bath_grid(sound, -1.0); }), "temperature = -1"));
  CHECK(says(sentence([] { return phonon_bath_grid(sound, 1.0, {.largest_momentum = 0.0}); }), "largest_momentum = 0"));
  CHECK(says(sentence([] { return phonon_bath_grid(AcousticPhonons{.sound_speed = 1e-9}, 1.0); }), "elastic"));
}
