// SPDX-License-Identifier: GPL-3.0-or-later
// Equilibria of particles in R³ that move as a whole, from their number, momentum and energy.
#include <nordheim/core/error.hpp>
#include <nordheim/model/moving_equilibrium.hpp>
#include <nordheim/momentum/spherical_grid.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <cmath>
#include <cstddef>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

SphericalGrid grid(double scale = 1.2) {
  SphericalGridOptions options;
  options.degree = 12;
  options.scale = scale;
  options.centre = {0.2, -0.3, 0.4};
  return SphericalGrid(options);
}

MovingMoments moments(const SphericalGrid& space, ConstState W) {
  return moving_moments_of(W, space.velocities(), space.energies(), space.weights());
}

MovingEquilibrium solve(Statistics statistics, const SphericalGrid& space, const MovingMoments& wanted) {
  return moving_equilibrium_of(statistics, wanted, space.velocities(), space.energies(), space.weights());
}

std::vector<double> occupations(const SphericalGrid& space, const MovingEquilibrium& equilibrium) {
  std::vector<double> W(space.size());
  for (std::size_t a = 0; a < W.size(); ++a) W[a] = equilibrium.occupation(space.momentum(a));
  return W;
}

}  // namespace

TEST_CASE("moving equilibria are found from their own moments", "[model]") {
  const SphericalGrid space = grid();
  struct Wanted {
    Statistics statistics;
    double temperature, fugacity;
    Vector3 velocity;
  };
  for (const Wanted& wanted :
       {Wanted{Statistics::classical, 0.8, 0.5, {0.1, -0.2, 0.7}},
        Wanted{Statistics::fermion, 0.5, 20.0, {0.3, 0.3, 0.0}}, Wanted{Statistics::fermion, 1.1, 0.3, {0.0, 0.0, 0.0}},
        Wanted{Statistics::boson, 1.0, 0.9, {0.2, -0.3, 0.9}},
        Wanted{Statistics::boson, 0.6, 0.999, {0.2, -0.3, 0.4}}}) {
    const MovingEquilibrium given{Equilibrium::from_temperature(wanted.statistics, wanted.temperature, wanted.fugacity),
                                  wanted.velocity};
    const MovingEquilibrium found = solve(wanted.statistics, space, moments(space, occupations(space, given)));
    // The moments determine the parameters up to rounding times the condition of the inversion, below 1e4 here.
    CHECK(found.at_rest.beta() == Approx(1.0 / wanted.temperature).epsilon(1e-11));
    CHECK(found.at_rest.exponent(0.0) == Approx(-std::log(wanted.fugacity)).epsilon(1e-11).margin(1e-12));
    for (std::size_t j = 0; j < 3; ++j) CHECK(found.velocity[j] == Approx(wanted.velocity[j]).margin(1e-12));
  }
}

TEST_CASE("moving equilibria have the moments of other states", "[model]") {
  const SphericalGrid space = grid();
  std::vector<double> W(space.size());
  for (std::size_t a = 0; a < W.size(); ++a) {
    const Vector3 k = space.momentum(a);
    W[a] = 0.7 * std::exp(-k[0] * k[0] - 0.4 * k[1] * k[1] - 0.6 * (k[2] - 0.8) * (k[2] - 0.8));
  }
  const MovingMoments wanted = moments(space, W);
  for (const Statistics statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
    const MovingMoments found = moments(space, occupations(space, solve(statistics, space, wanted)));
    CHECK(found.number == Approx(wanted.number).epsilon(1e-14));
    CHECK(found.energy == Approx(wanted.energy).epsilon(1e-14));
    for (std::size_t j = 0; j < 3; ++j) CHECK(std::abs(found.momentum[j] - wanted.momentum[j]) < 1e-14 * wanted.number);
  }
}

TEST_CASE("moments without a moving equilibrium are refused", "[model]") {
  const SphericalGrid space = grid();
  const auto refusal = [&space](Statistics statistics, const MovingMoments& wanted) {
    return sentence([&] { return solve(statistics, space, wanted).at_rest.beta(); });
  };
  CHECK(says(refusal(Statistics::boson, {50.0, {0.0, 0.0, 0.0}, 20.0}), "without condensate"));
  CHECK(says(refusal(Statistics::fermion, {10.0, {0.0, 0.0, 0.0}, 1e-3}), "most degenerate filling"));
  CHECK(says(refusal(Statistics::classical, {0.0, {0.0, 0.0, 0.0}, 1.0}), "the number must be positive"));
  // All of the energy is that of the motion as a whole.
  CHECK(says(refusal(Statistics::classical, {2.0, {2.0, 0.0, 0.0}, 1.0}), "the energy must be above"));
  CHECK_THROWS_AS(moving_moments_of(std::vector<double>(3), space.velocities(), space.energies(), space.weights()),
                  DimensionMismatch);
}
