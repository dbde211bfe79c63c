// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/electron_phonon.hpp>

#include "model/legendre_second_kind.hpp"

#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_legendre.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <new>
#include <numbers>
#include <sstream>

namespace nordheim {

namespace {

constexpr double four_pi_squared = 4.0 * std::numbers::pi * std::numbers::pi;

void require_positive(const char* what, double value) {
  if (std::isfinite(value) && value > 0.0) return;
  std::ostringstream text;
  text << what << " = " << value << "; a positive number is needed";
  throw InvalidArgument(text.str());
}

/// n(ω) of phonons at inverse temperature β.
double occupation(double beta, double omega) { return 1.0 / std::expm1(beta * omega); }

/// ∫ q² (n(cq) + extra) dq from lower to upper.
double phonon_integral(double beta, double c, double lower, double upper, double extra) {
  constexpr std::size_t points = 20;  // GSL knows this rule to all digits
  static const std::unique_ptr<gsl_integration_glfixed_table, void (*)(gsl_integration_glfixed_table*)> rule{
      gsl_integration_glfixed_table_alloc(points), gsl_integration_glfixed_table_free};
  if (!rule) throw std::bad_alloc();
  // q²n(cq) has poles at βcq = 2πi, so panels of a few times 1/(βc) near the origin, and of twice the length after
  // that.
  double sum = 0.0;
  for (double start = lower; start < upper;) {
    const double end = std::min(upper, start + std::max(4.0 / (beta * c), start));
    for (std::size_t i = 0; i < points; ++i) {
      double q = 0.0, weight = 0.0;
      gsl_integration_glfixed_point(start, end, i, &q, &weight, rule.get());
      sum += weight * q * q * (occupation(beta, c * q) + extra);
    }
    start = end;
  }
  return sum;
}

double rate_of(const OpticalPhonons& phonons, double beta, double k) {
  const JumpRates rates = jump_rates(phonons, beta, 0, 0.5 * k * k).front();
  return rates.absorption + rates.emission;
}

double rate_of(const AcousticPhonons& phonons, double beta, double k) {
  const double c = phonons.sound_speed, factor = four_pi_squared * phonons.coupling;
  // Below this the integrand at q = 2c times the length of the interval is exact to round-off.
  if (k < 1e-8 * c) return 16.0 * factor * c * c * occupation(beta, 2.0 * c * c);
  return factor / k *
         (phonon_integral(beta, c, 0.0, 2.0 * (k - c), 1.0) +
          phonon_integral(beta, c, 2.0 * std::max(0.0, c - k), 2.0 * (k + c), 0.0));
}

}  // namespace

void check(const Phonons& phonons, double beta) {
  require_positive("the inverse temperature", beta);
  if (const auto* optical = std::get_if<OpticalPhonons>(&phonons)) {
    require_positive("omega0", optical->omega0);
    require_positive("coupling", optical->coupling);
  } else {
    const auto& acoustic = std::get<AcousticPhonons>(phonons);
    require_positive("sound_speed", acoustic.sound_speed);
    require_positive("coupling", acoustic.coupling);
  }
}

std::string description(const Phonons& phonons) {
  std::ostringstream text;
  if (const auto* optical = std::get_if<OpticalPhonons>(&phonons)) {
    text << "optical phonons of frequency " << optical->omega0 << ", "
         << (optical->kind == OpticalCoupling::constant ? "constant" : "Froehlich") << " coupling "
         << optical->coupling;
  } else {
    const auto& acoustic = std::get<AcousticPhonons>(phonons);
    text << "acoustic phonons of speed " << acoustic.sound_speed << ", deformation potential coupling "
         << acoustic.coupling;
  }
  return text.str();
}

std::vector<JumpRates> jump_rates(const OpticalPhonons& phonons, double beta, int lmax, double energy) {
  std::vector<JumpRates> rates(static_cast<std::size_t>(lmax) + 1);
  const double n = occupation(beta, phonons.omega0), k = std::sqrt(2.0 * energy);
  const auto fill = [&](double target, double factor, double JumpRates::*member) {
    if (target <= 0.0) return;
    const double k1 = std::sqrt(2.0 * target);
    if (phonons.kind == OpticalCoupling::constant) {
      rates[0].*member = 2.0 * four_pi_squared * phonons.coupling * phonons.coupling * k1 * factor;
    } else if (k == 0.0) {
      rates[0].*member = 2.0 * four_pi_squared * phonons.coupling * factor / k1;  // Q_0(z)/k → 2/k'
    } else {
      const auto Q = detail::legendre_second_kind(lmax, k, k1, 2.0 * phonons.omega0 / (k + k1));
      for (std::size_t l = 0; l < Q.size(); ++l)
        rates[l].*member = four_pi_squared * phonons.coupling * factor * Q[l] / k;
    }
  };
  fill(energy + phonons.omega0, n, &JumpRates::absorption);
  fill(energy - phonons.omega0, n + 1.0, &JumpRates::emission);
  return rates;
}

double deflection_cosine(const AcousticPhonons& phonons, double k, double k1) {
  const double q = (k - k1) * (k + k1) / (2.0 * phonons.sound_speed);
  return (k * k + k1 * k1 - q * q) / (2.0 * k * k1);
}

double scattering_moment(const AcousticPhonons& phonons, double beta, int l, double k, double k1) {
  const double c = phonons.sound_speed;
  if (k + k1 < 2.0 * c || std::abs(k - k1) > 2.0 * c || k == k1) return 0.0;
  const double q = std::abs(k - k1) * (k + k1) / (2.0 * c);
  const double N = occupation(beta, c * q) + (k1 < k ? 1.0 : 0.0);
  const double mu = std::clamp(deflection_cosine(phonons, k, k1), -1.0, 1.0);
  return four_pi_squared * phonons.coupling * q * q / (c * k * k1) * N * gsl_sf_legendre_Pl(l, mu);
}

double scattering_rate(const Phonons& phonons, double beta, double k) {
  return std::visit([&](const auto& given) { return rate_of(given, beta, k); }, phonons);
}

}  // namespace nordheim
