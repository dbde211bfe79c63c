// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>

#include <cmath>
#include <sstream>

namespace nordheim {

namespace {

void check(const char* key, double value, bool allowed, const char* range) {
  if (std::isfinite(value) && allowed) return;
  std::ostringstream text;
  text << key << " = " << value << " must be " << range;
  throw InvalidArgument(text.str());
}

}  // namespace

Equilibrium::Equilibrium(Statistics statistics, double beta, double reference_energy, double reference_exponent)
    : statistics_(statistics),
      beta_(beta),
      reference_energy_(reference_energy),
      reference_exponent_(reference_exponent) {
  if (!std::isfinite(beta) || !std::isfinite(reference_energy) || !std::isfinite(reference_exponent)) {
    std::ostringstream text;
    text << "an equilibrium needs finite numbers, found beta = " << beta << ", reference energy " << reference_energy
         << ", exponent there " << reference_exponent;
    throw InvalidArgument(text.str());
  }
}

Equilibrium Equilibrium::from_chemical_potential(Statistics statistics, double beta, double mu) {
  return {statistics, beta, mu, 0.0};
}

Equilibrium Equilibrium::from_temperature(Statistics statistics, double temperature, double fugacity) {
  check("temperature", temperature, temperature != 0.0, "finite and not zero");
  check("fugacity", fugacity, fugacity > 0.0, "positive and finite");
  return {statistics, 1.0 / temperature, 0.0, -std::log(fugacity)};
}

double Equilibrium::mu() const noexcept {
  if (reference_exponent_ == 0.0) return reference_energy_;
  return reference_energy_ - reference_exponent_ / beta_;
}

double Equilibrium::occupation(double omega) const {
  const double x = exponent(omega);
  const bool waves = statistics_ == Statistics::classical_wave;
  if ((waves || statistics_ == Statistics::boson) && !(x > 0.0)) {
    std::ostringstream text;
    text << "no " << (waves ? "Rayleigh-Jeans" : "Bose") << " occupation at omega = " << omega
         << ": beta (omega - mu) = " << x << " must be positive (beta = " << beta_ << ", mu = " << mu() << ")";
    throw InvalidArgument(text.str());
  }
  switch (statistics_) {
    case Statistics::fermion:
      return x > 0.0 ? std::exp(-x) / (1.0 + std::exp(-x)) : 1.0 / (std::exp(x) + 1.0);
    case Statistics::boson:
      return 1.0 / std::expm1(x);
    case Statistics::classical_wave:
      return 1.0 / x;
    case Statistics::classical:
      break;
  }
  return std::exp(-x);
}

}  // namespace nordheim
