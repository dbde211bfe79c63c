// SPDX-License-Identifier: GPL-3.0-or-later
// At small energies the cubic lattice is the continuum: with K = 2πk, ω = K²/2 and ∫dk = (2π)⁻³ ∫dK, so a spectrum ϑ̂ of
// the lattice is (2π)⁻³ ϑ̂ in the continuum.
#include <nordheim/transport/diffusion_curve.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double pi = std::numbers::pi;
const double zone = std::pow(2.0 * pi, 3);

DiffusionPoint point_of(const ElasticModel& model, double energy) {
  return diffusion_curve(model, std::vector<double>{energy}).front();
}

}  // namespace

TEST_CASE("uncorrelated disorder at small energies is that of the continuum") {
  constexpr double variance = 0.7;
  const auto lattice = ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::delta(variance));
  const auto continuum = ElasticModel::continuum(Correlator::delta(variance / zone));
  for (const double E : {1e-2, 1e-3, 1e-4}) {
    const auto fine = point_of(lattice, E);
    const auto coarse = point_of(continuum, E);
    CAPTURE(E, fine.order);
    CHECK_THAT(coarse.D[0][0], WithinRel(pi * std::sqrt(2.0 * E) / (3.0 * variance), 1e-13));
    // From (e^{−t}I_0(t))³ = (2πt)^{−3/2}(1 + 3/8t + …) follows ρ = √(2E)/(2π²)·(1 + E/4 + …), and D with
    // 3 d(ρ⟨s_1²⟩)/dE = (3 − E)ρ. The next terms are of order E².
    CHECK_THAT(fine.D[0][0] / coarse.D[0][0], WithinAbs(1.0 - 11.0 / 20.0 * E, 0.5 * E * E + 1e-10));
    // States per site are states in the volume (2π)³ of K.
    CHECK_THAT(fine.density_of_states * zone / coarse.density_of_states, WithinAbs(1.0 + E / 4.0, 0.5 * E * E + 1e-10));
    CHECK_THAT(fine.rate / coarse.rate, WithinAbs(1.0 + E / 4.0, 0.5 * E * E + 1e-10));
  }
}

TEST_CASE("Gaussian disorder at small energies is that of the continuum") {
  // ϑ(x) = e^{−x²/2ℓ²} has ϑ̂ = (2π)^{3/2}ℓ³ e^{−K²ℓ²/2}, up to e^{−2π²ℓ²}; Kℓ from 0.3 on, forward scattering counts.
  constexpr double length = 3.0;
  const double strength = std::pow(2.0 * pi, 1.5) * std::pow(length, 3) / zone;
  const auto lattice =
      ElasticModel::impurities(Dispersion::nearest_neighbour(3), Correlator::gaussian_lattice(3, length));
  const auto continuum = ElasticModel::continuum(Correlator::gaussian(length, strength));
  const auto deviation = [&](double E) { return point_of(lattice, E).D[0][0] / point_of(continuum, E).D[0][0] - 1.0; };
  const double near = deviation(0.01);
  const double far = deviation(0.02);
  CAPTURE(near, far);
  CHECK(std::abs(near) < 0.02);
  CHECK_THAT(2.0 * near - far, WithinAbs(0.0, 1e-3));  // the term of order E cancels
}
