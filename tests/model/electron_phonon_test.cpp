// SPDX-License-Identifier: GPL-3.0-or-later
// Rates of an electron among phonons: against sums over phonon momenta, limits, and detailed balance.
#include <nordheim/model/electron_phonon.hpp>

#include "support/catch.hpp"
#include "support/quadrature.hpp"
#include "support/refusal.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;

/// ∫dk' k'² f(k') S_l(k→k') over the radii within reach, in pieces where the integrand is smooth.
template <class Function>
double radial_integral(const AcousticPhonons& phonons, double beta, int l, double k, Function f) {
  const double c = phonons.sound_speed;
  const auto integrand = [&](double k1) { return k1 * k1 * f(k1) * scattering_moment(phonons, beta, l, k, k1); };
  const double lower = std::abs(2.0 * c - k), upper = k + 2.0 * c;
  if (k > c) return integral(integrand, lower, k, 8) + integral(integrand, k, upper, 8);
  return integral(integrand, lower, upper, 8);
}

}  // namespace

TEST_CASE("scattering rates of both kinds of phonons") {
  // Tables of the method's notes, made with 30 digits by adaptive quadrature of S_0.
  const AcousticPhonons sound{.sound_speed = 0.5};
  const std::array<std::array<double, 2>, 4> acoustic{
      {{0.25, 238.463981244476114}, {1.0, 256.630317306112222}, {2.0, 485.45269332940047}, {4.0, 1429.27086173930526}}};
  for (const auto& [k, rate] : acoustic) CHECK_THAT(scattering_rate(sound, 1.0, k), WithinRel(rate, 1e-13));
  CHECK_THAT(scattering_rate(OpticalPhonons{}, 1.0, 1.0), WithinRel(79.589534103949190169, 1e-14));
  CHECK_THAT(scattering_rate(OpticalPhonons{}, 1.0, 2.0), WithinRel(289.20300822048815714, 1e-14));
}

TEST_CASE("the rate of a slow electron among sound waves") {
  const AcousticPhonons sound{.sound_speed = 0.5};
  const double limit = 64.0 * pi * pi * 0.25 / std::expm1(0.5);
  CHECK_THAT(limit, WithinRel(243.4229885, 1e-9));
  CHECK_THAT(scattering_rate(sound, 1.0, 0.0), WithinRel(limit, 1e-14));
  // Γ is even in k, and a difference of nearly equal numbers over k.
  CHECK_THAT(scattering_rate(sound, 1.0, 1e-3), WithinRel(limit, 1e-5));
  CHECK_THAT(scattering_rate(sound, 1.0, 1e-7), WithinRel(limit, 1e-8));
}

TEST_CASE("radial moments of sound agree with sums over phonon momenta") {
  // ∫dk' rate (k'−k) along k: over radii from S_1 and the total rate, and over the phonon momentum q, where emission
  // and absorption have the cosines (q/2 + c)/k and (c − q/2)/k. The values were made with 30 digits.
  const AcousticPhonons sound{.sound_speed = 0.5};
  const double c = sound.sound_speed;
  const std::array<std::array<double, 2>, 3> table{
      {{0.3, -81.88900538738564289}, {1.0, -250.39038269890190094}, {2.5, -1461.4139988960149898}}};
  for (const auto& row : table) {
    const double k = row[0], value = row[1];
    const auto n = [&](double q) { return 1.0 / std::expm1(c * q); };
    const double emission =
        k > c ? integral([&](double q) { return q * q * q * (n(q) + 1.0) * (0.5 * q + c) / k; }, 0.0, 2.0 * (k - c), 8)
              : 0.0;
    const double absorption = integral([&](double q) { return q * q * q * n(q) * (c - 0.5 * q) / k; },
                                       2.0 * std::max(0.0, c - k), 2.0 * (k + c), 8);
    const double over_phonons = 4.0 * pi * pi / k * (absorption - emission);
    const double over_radii = radial_integral(sound, 1.0, 1, k, [](double k1) { return k1; }) -
                              k * radial_integral(sound, 1.0, 0, k, [](double) { return 1.0; });
    // Both are differences of two numbers of a few hundred.
    CHECK_THAT(over_phonons, WithinRel(value, 2e-13));
    CHECK_THAT(over_radii, WithinRel(value, 2e-13));
    CHECK_THAT(radial_integral(sound, 1.0, 0, k, [](double) { return 1.0; }),
               WithinRel(scattering_rate(sound, 1.0, k), 1e-13));
  }
}

TEST_CASE("moments of the Froehlich coupling are integrals over the angle") {
  // 4π² k' G ∫dμ P_l/(k² + k'² − 2kk'μ), of which the nearest singularity is at μ = (k² + k'²)/(2kk') > 1.
  const OpticalPhonons phonons{.omega0 = 0.7, .coupling = 1.3, .kind = OpticalCoupling::froehlich};
  const double beta = 1.4, n = 1.0 / std::expm1(beta * phonons.omega0);
  for (const double energy : {0.01, 0.3, 0.69999, 0.70001, 1.5, 6.0}) {
    const auto rates = jump_rates(phonons, beta, 6, energy);
    const double k = std::sqrt(2.0 * energy);
    for (unsigned l = 0; l <= 6; ++l) {
      const auto moment = [&](double target) {
        if (target <= 0.0) return 0.0;
        const double k1 = std::sqrt(2.0 * target);
        return 4.0 * pi * pi * k1 * phonons.coupling *
               integral([&](double mu) { return std::legendre(l, mu) / (k * k + k1 * k1 - 2.0 * k * k1 * mu); }, -1.0,
                        1.0, 1024);
      };
      INFO("energy " << energy << ", l = " << l);
      // Small moments are sums of terms of both signs as large as the one of l = 0, and at the largest energy the
      // denominator loses three digits near μ = 1.
      CHECK_THAT(rates[l].absorption, WithinAbs(n * moment(energy + 0.7), 2e-13 * rates[0].absorption));
      CHECK_THAT(rates[l].emission, WithinAbs((n + 1.0) * moment(energy - 0.7), 2e-13 * rates[0].emission));
    }
  }
  // A standing electron, as the limit of a slow one.
  const auto standing = jump_rates(phonons, beta, 2, 0.0), slow = jump_rates(phonons, beta, 2, 1e-14);
  CHECK_THAT(standing[0].absorption, WithinRel(slow[0].absorption, 1e-12));
  CHECK(standing[1].absorption == 0.0);
}

TEST_CASE("rates keep detailed balance") {
  const double beta = 1.7;
  const AcousticPhonons sound{.sound_speed = 0.4, .coupling = 2.0};
  for (const int l : {0, 1, 5}) {
    const double there = std::exp(-0.5 * beta * 1.3 * 1.3) * scattering_moment(sound, beta, l, 1.3, 0.9);
    const double back = std::exp(-0.5 * beta * 0.9 * 0.9) * scattering_moment(sound, beta, l, 0.9, 1.3);
    CHECK_THAT(there, WithinRel(back, 1e-13));
  }
  for (const OpticalCoupling kind : {OpticalCoupling::constant, OpticalCoupling::froehlich}) {
    const OpticalPhonons phonons{.omega0 = 0.6, .coupling = 1.1, .kind = kind};
    const auto low = jump_rates(phonons, beta, 3, 0.2), high = jump_rates(phonons, beta, 3, 0.8);
    for (std::size_t l = 0; l <= 3; ++l) {
      // Densities of states √ω e^{−βω} on the two sides.
      CHECK_THAT(std::sqrt(0.2) * low[l].absorption,
                 WithinRel(std::sqrt(0.8) * std::exp(-beta * 0.6) * high[l].emission, 1e-13));
    }
  }
}

TEST_CASE("what is no phonon is refused") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(says(sentence([&] { return check(OpticalPhonons{.omega0 = nan}, 1.0), 0; }), "omega0 = nan"));
  CHECK(says(sentence([] { return check(OpticalPhonons{.coupling = 0.0}, 1.0), 0; }), "coupling = 0; a positive"));
  CHECK(says(sentence([] { return check(AcousticPhonons{.sound_speed = -1.0}, 1.0), 0; }), "sound_speed = -1"));
  CHECK(says(sentence([] { return check(AcousticPhonons{}, 0.0), 0; }), "inverse temperature = 0"));
}
