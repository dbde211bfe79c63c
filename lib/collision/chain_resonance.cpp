// SPDX-License-Identifier: GPL-3.0-or-later
#include "collision/chain_resonance.hpp"

#include <cmath>
#include <numbers>

namespace nordheim::detail {

double ChainBand::energy(double p) const noexcept {
  const double half = std::sin(0.5 * p);
  return std::sqrt(pinning_ + 4.0 * delta_ * half * half);
}

double ChainBand::velocity(double p) const noexcept { return delta_ * std::sin(p) / energy(p); }

ChainCollision chain_collision(const ChainBand& band, double m, double u) noexcept {
  const double delta = band.delta();
  const double a = m - u;
  const double b = m + u;
  const double y = std::cos(b);
  const double sum = 2.0 * std::cos(m) * std::cos(u);         // x + y
  const double difference = 2.0 * std::sin(m) * std::sin(u);  // x − y, without cancellation
  const double root = std::sqrt(band.pinning() * (1.0 + 2.0 * delta) + delta * delta * difference * difference);
  const double c = delta * sum / (1.0 + root);
  ChainCollision collision;
  collision.shift = std::asin(c);
  const double s = 0.5 * std::numbers::pi - collision.shift;
  collision.omega = {band.energy(s + a), band.energy(s - a), band.energy(s + b), band.energy(s - b)};
  const auto& omega = collision.omega;
  const double before = omega[0] * omega[1];
  const double after = omega[2] * omega[3];
  const double bracket = 1.0 + (after - 2.0 * delta * c * y + 4.0 * delta * delta * c * c) / (before * after);
  collision.slope = 2.0 * delta * std::sqrt((1.0 - c) * (1.0 + c)) * difference / (omega[0] + omega[1]) * bracket;
  return collision;
}

}  // namespace nordheim::detail
