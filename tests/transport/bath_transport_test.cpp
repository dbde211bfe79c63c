// SPDX-License-Identifier: GPL-3.0-or-later
// Diffusion constant and rates of an electron in a phonon bath: against tables, quadrature, and exact limits.
#include <nordheim/collision/phonon_bath.hpp>
#include <nordheim/transport/bath_transport.hpp>

#include "support/catch.hpp"
#include "support/quadrature.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;

/// Whether a value is right and the estimated error covers the true one; @p known  of the reference, relative.
void check_bounded(const BathCoefficient& found, double exact, double tolerance, double known = 1e-14) {
  const double deviation = std::abs(found.value / exact - 1.0);
  INFO("found " << found.value << ", exact " << exact << ", estimate " << found.error);
  CHECK(deviation <= tolerance);
  CHECK(deviation <= found.error + known);
}

}  // namespace

TEST_CASE("diffusion among optical phonons of constant coupling") {
  // D = ⟨v²/Γ⟩/3, an ordinary integral: 20 digits.
  check_bounded(bath_transport(OpticalPhonons{}, 1.0).diffusion, 0.0046445132705809342919, 1e-13);
  check_bounded(bath_transport(OpticalPhonons{}, 0.5).diffusion, 0.012776025340935486136, 1e-13);
  const BathTransport result = bath_transport(OpticalPhonons{.omega0 = 1.0, .coupling = 3.0}, 2.0);
  CHECK(result.converged);
  CHECK_THAT(result.mobility.value, WithinRel(0.5 * result.diffusion.value, 1e-15));
}

TEST_CASE("every ladder of energies has its own diffusion constant and gap") {
  const std::array<std::array<double, 3>, 3> table{{{0.25, 0.003830563680179662762, 58.820364318},
                                                    {0.5, 0.0045396173009319498531, 61.721140368},
                                                    {0.75, 0.0053794978129584316143, 64.511585898}}};
  for (const auto& [epsilon, D, gap] : table) {
    const LadderTransport ladder = ladder_transport(OpticalPhonons{}, 1.0, epsilon);
    CHECK_THAT(ladder.diffusion, WithinRel(D, 1e-14));
    CHECK_THAT(ladder.gap, WithinRel(gap, 1e-10));  // the digits of the table
  }
  // Their thermal mean is D; ε = s² removes the square root at ε = 0.
  for (const OpticalCoupling kind : {OpticalCoupling::constant, OpticalCoupling::froehlich}) {
    const OpticalPhonons phonons{.omega0 = 0.8, .coupling = 0.7, .kind = kind};
    const auto mean = [&](auto value) {
      return integral([&](double s) { return 2.0 * 0.8 * s * value(ladder_transport(phonons, 0.6, 0.8 * s * s)); }, 0.0,
                      1.0, 2);
    };
    const double weight = mean([](const LadderTransport& ladder) { return ladder.weight; });
    const double D = mean([](const LadderTransport& ladder) { return ladder.weight * ladder.diffusion; }) / weight;
    check_bounded(bath_transport(phonons, 0.6).diffusion, D, 1e-12);
  }
}

TEST_CASE("cold electrons wait for phonons at the foot of a rung") {
  // D has a pole at ε of the order of −e^{−ω0/T}: panels that shrink towards ε = 0, and the operator on a grid.
  const OpticalPhonons phonons{.kind = OpticalCoupling::froehlich};
  for (const double T : {0.12, 0.16, 0.25}) {
    const BathTransport result = bath_transport(phonons, T);
    CHECK(result.converged);
    const PhononBath bath(phonon_bath_grid(phonons, T, {.order = 64, .lmax = 1}), T, phonons);
    CHECK_THAT(result.diffusion.value, WithinRel(bath_diffusion(bath), 1e-7));  // of the grid
    CHECK(result.gap.value == 0.0);
  }
}

TEST_CASE("the gap of optical phonons is that of the slowest ladder") {
  const BathTransport result = bath_transport(OpticalPhonons{}, 1.0);
  for (int i = 0; i <= 20; ++i) {
    const double gap = ladder_transport(OpticalPhonons{}, 1.0, i / 20.0).gap;
    CHECK(result.gap.value <= gap * (1.0 + 1e-12));
  }
  CHECK(result.gap.value > 50.0);
  // A constant coupling stops every current at once: its rates are those of scattering, the smallest at ω = 0.
  CHECK_THAT(result.continuum_edge, WithinRel(scattering_rate(OpticalPhonons{}, 1.0, 0.0), 1e-14));
  CHECK_THAT(result.current_decay.value, WithinRel(result.continuum_edge, 1e-10));
}

TEST_CASE("diffusion among sound waves") {
  // Certified by collocation and Galerkin in other programs, all digits of both.
  check_bounded(bath_transport(AcousticPhonons{.sound_speed = 0.5}, 1.0).diffusion, 0.00238172428805279, 1e-12);
  check_bounded(bath_transport(AcousticPhonons{.sound_speed = 0.25}, 1.0).diffusion, 0.000914265529670190, 1e-12);
}

TEST_CASE("rates of relaxation among sound waves") {
  const BathTransport result = bath_transport(AcousticPhonons{.sound_speed = 0.5}, 1.0, {.tolerance = 1e-12});
  // Of both the last digit may be off by one.
  check_bounded(result.gap, 192.418019, 6e-9, 6e-9);
  check_bounded(result.current_decay, 188.285251, 6e-9, 6e-9);
  CHECK(result.continuum_edge > result.gap.value);
}

TEST_CASE("rates among sound waves that are continuous from the slowest on") {
  // No eigenvalue below the smallest scattering rate: those of grids come down to it, at the orders 12 to 64 from two
  // per cent to 1e-3 above. It is the gap.
  for (const double c : {1.0, 1.2, std::numbers::sqrt2, 2.0, 2.5}) {
    const AcousticPhonons sound{.sound_speed = c};
    double edge = HUGE_VAL;
    for (int i = 0; i <= 20000; ++i) edge = std::min(edge, scattering_rate(sound, 1.0, 1e-4 * c * i));
    const BathTransport result = bath_transport(sound, 1.0);
    CAPTURE(c);
    CHECK_THAT(result.continuum_edge, WithinRel(edge, 1e-7));
    CHECK(result.gap.value <= result.continuum_edge);
    CHECK(result.current_decay.value <= result.continuum_edge);
    check_bounded(result.gap, edge, 1e-3);
    if (c >= 2.0) check_bounded(result.current_decay, edge, 1e-3);
    CHECK(result.gap.error < 0.1);
  }
  // An isolated one half a per cent below it, on the grid of order 64.
  check_bounded(bath_transport(AcousticPhonons{.sound_speed = 0.7}, 1.0).gap, 149.582974762, 1e-4);
}

TEST_CASE("slow sound scatters elastically") {
  // D → βc/(48π²G) √(8/(πβ)), up to O(c²); the ratios were computed by collocation.
  for (const auto& [c, ratio] : {std::array{0.1, 1.01295569}, std::array{0.05, 1.003207479}}) {
    const BathTransport result =
        bath_transport(AcousticPhonons{.sound_speed = c}, 1.0, {.tolerance = 1e-10, .rates = false});
    const double limit = c / (48.0 * pi * pi) * std::sqrt(8.0 / pi);
    CHECK_THAT(result.diffusion.value / limit, WithinRel(ratio, 1e-8));
    CHECK(result.converged);
  }
}

TEST_CASE("units scale out of the coefficients") {
  // With c in units of √T, rates are G T times those of T = 1, and D is 1/G times.
  const double T = 2.3;
  const BathTransportOptions options{.tolerance = 1e-12};
  const BathTransport one = bath_transport(AcousticPhonons{.sound_speed = 0.5}, 1.0, options);
  const BathTransport other =
      bath_transport(AcousticPhonons{.sound_speed = 0.5 * std::sqrt(T), .coupling = 3.0}, T, options);
  CHECK_THAT(other.gap.value, WithinRel(3.0 * T * one.gap.value, 1e-11));
  CHECK_THAT(other.diffusion.value, WithinRel(one.diffusion.value / 3.0, 1e-12));
}

TEST_CASE("element boundaries where rates are not smooth make the difference") {
  // Rates have a second derivative that jumps at |k| = c, 3c, 5c, …: elements that ignore it converge algebraically,
  // those of phonon_bath_grid() geometrically. D = fᵀ S_1⁻¹ f/3Z is the time integral of the current's decay.
  const AcousticPhonons sound{.sound_speed = 0.5};
  const auto deviation = [&](const RadialGrid& grid) {
    return bath_diffusion(PhononBath(grid, 1.0, sound)) / 0.00238172428805279 - 1.0;
  };
  const auto uniform = [](int order) {
    std::vector<double> boundaries;
    for (int i = 0; i <= 10; ++i) boundaries.push_back(0.95 * i);
    return RadialGrid::elements(boundaries, order, 1);
  };
  const auto fitted = [&](int order) { return phonon_bath_grid(sound, 1.0, {.order = order, .lmax = 1}); };
  CHECK(std::abs(deviation(fitted(6))) < 1e-7);
  CHECK(std::abs(deviation(fitted(10))) < 1e-13);
  CHECK(std::abs(deviation(uniform(10))) > 1e-8);
  CHECK(std::abs(deviation(uniform(16))) > 1e-9);
}

TEST_CASE("temperatures that span decades") {
  for (const double T : {2e-2, 1.0, 20.0}) {
    for (const Phonons& phonons :
         {Phonons(OpticalPhonons{}), Phonons(OpticalPhonons{.kind = OpticalCoupling::froehlich}),
          Phonons(AcousticPhonons{.sound_speed = 0.5})}) {
      INFO(description(phonons) << " at " << T);
      const BathTransport result = bath_transport(phonons, T, {.rates = false});
      CHECK(result.converged);
      CHECK(result.diffusion.value > 0.0);
    }
  }
}

TEST_CASE("bad options of the coefficients are refused") {
  CHECK(says(sentence([] { return bath_transport(OpticalPhonons{}, -1.0); }), "temperature = -1"));
  CHECK(says(sentence([] { return bath_transport(OpticalPhonons{}, 1e-3); }), "temperature = 0.001 is too cold"));
  CHECK(says(sentence([] { return bath_transport(AcousticPhonons{}, 1e-3); }), "2 sound_speed^2 = 2"));
  CHECK(says(sentence([] { return bath_transport(OpticalPhonons{}, 1.0, {.tolerance = 0.0}); }), "tolerance = 0"));
  CHECK(says(sentence([] { return bath_transport(OpticalPhonons{}, 1.0, {.most_order = 99}); }), "most_order = 99"));
  CHECK(says(sentence([] { return ladder_transport(OpticalPhonons{}, 1.0, 2.0); }), "epsilon = 2"));
}
