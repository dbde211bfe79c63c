// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/energy_shell.hpp>

#include "support/catch.hpp"
#include "support/shells.hpp"

#include <cmath>
#include <numbers>
#include <thread>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

using Flips = std::vector<AxisFlip>;

/// ω(−k) = ω(k), and no other reflection.
Dispersion inversion_band(int dimension) {
  std::vector<HoppingTerm> terms{{{1, 0, 0}, 1.0}, {{0, 1, 0}, 0.8}, {{1, 1, 0}, 0.3}};
  if (dimension == 3) {
    terms.push_back({{0, 0, 1}, 1.2});
    terms.push_back({{0, 1, 1}, 0.2});
  }
  return Dispersion::hopping(dimension, terms);
}

/// Even in k_3, and under k_1, k_2 → −k_1, −k_2 together.
Dispersion mixed_band() {
  return Dispersion::hopping(3, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 0.8}, {{1, 1, 0}, 0.3}, {{0, 0, 1}, 1.2}});
}

/// Even in k_2 only.
Dispersion one_mirror_band() {
  return Dispersion::from_formula(3, [](const auto& k) {
    return 3.0 - cos(two_pi * k[0]) + 0.3 * sin(2.0 * two_pi * k[0]) - cos(two_pi * k[1]) - cos(two_pi * k[2]) +
           0.2 * sin(two_pi * (k[0] + k[2]));
  });
}

void check_nodes(const EnergyShell& shell, const Dispersion& band) {
  const auto d = static_cast<std::size_t>(band.dimension());
  REQUIRE(shell.momenta().size() == shell.size() * d);
  REQUIRE(shell.velocities().size() == shell.size() * d);
  REQUIRE(shell.energies().size() == shell.size());
  const double scale = band.range().max;
  const double per_k = two_pi * band.max_velocity();
  for (std::size_t a = 0; a < shell.size(); ++a) {
    const Vector3 k = shell.momentum(a);
    // k itself is rounded, by 2⁻⁵⁴, and ω to a few units in its last place.
    REQUIRE_THAT(band(k), WithinAbs(shell.energy(), 3e-15 * scale + 2e-16 * per_k));
    REQUIRE(shell.energies()[a] == shell.energy());
    REQUIRE(shell.weights()[a] > 0.0);
    const Vector3 v = band.velocity(k);
    for (std::size_t j = 0; j < d; ++j) {
      REQUIRE(k[j] >= -0.5);
      REQUIRE(k[j] < 0.5);
      REQUIRE_THAT(shell.velocities()[a * d + j], WithinAbs(v[j], 1e-14 * per_k));
    }
  }
}

void check_images(const EnergyShell& shell) {
  const auto d = static_cast<std::size_t>(shell.dimension());
  const std::size_t m = shell.fundamental_size();
  REQUIRE(shell.size() == m * shell.reflections().size());
  Vector3 forth{}, back{};
  for (std::size_t g = 0; g < shell.reflections().size(); ++g) {
    const AxisFlip flip = shell.reflections()[g];
    Vector3 sum{};
    for (std::size_t i = 0; i < m; ++i) {
      const std::size_t a = g * m + i;
      REQUIRE(shell.momentum(a) == reflected(shell.momentum(i), flip));
      REQUIRE(shell.weights()[a] == shell.weights()[i]);
      for (std::size_t j = 0; j < d; ++j) {
        const double sign = (flip >> j & 1U) != 0 ? -1.0 : 1.0;
        REQUIRE(shell.velocities()[a * d + j] == sign * shell.velocities()[i * d + j]);
        sum[j] += shell.weights()[a] * shell.velocities()[a * d + j];
      }
    }
    for (std::size_t j = 0; j < d; ++j) ((flip >> j & 1U) != 0 ? back : forth)[j] += sum[j];
  }
  for (std::size_t j = 0; j < d; ++j) {
    bool reversed = false;
    for (const AxisFlip flip : shell.reflections()) reversed = reversed || (flip >> j & 1U) != 0;
    if (!reversed) continue;
    CHECK(forth[j] + back[j] == 0.0);
    CHECK(shell.mean_velocity()[j] == 0.0);
  }
}

}  // namespace

TEST_CASE("reflections that leave the band unchanged are found") {
  const auto found = [](const Dispersion& band, double energy) {
    const EnergyShell shell(band, energy, {.order = 3});
    check_images(shell);
    return shell.reflections();
  };
  CHECK(found(Dispersion::nearest_neighbour(1), 0.7) == Flips{0, 1});
  CHECK(found(Dispersion::nearest_neighbour(2), 0.7) == Flips{0, 1, 2, 3});
  CHECK(found(Dispersion::optical(3, 0.5), 1.7) == Flips{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(found(inversion_band(2), 1.1) == Flips{0, 3});
  CHECK(found(inversion_band(3), 1.1) == Flips{0, 7});
  CHECK(found(mixed_band(), 1.1) == Flips{0, 3, 4, 7});
  CHECK(found(one_mirror_band(), 2.2) == Flips{0, 2});
  CHECK(found(skew_band(3), 2.2) == Flips{0});
}

TEST_CASE("nodes are on the shell with positive weights and the velocities of the band") {
  const auto check = [](const Dispersion& band, double energy) {
    CAPTURE(band.description(), energy);
    const EnergyShell shell(band, energy, {.order = 5});
    CHECK(shell.dimension() == band.dimension());
    CHECK(shell.energy() == energy);
    CHECK(shell.order() == 5);
    CHECK(shell.cells() > 0);
    CHECK(shell.on_lattice());
    check_nodes(shell, band);
  };
  for (const int d : {1, 2, 3}) {
    check(Dispersion::nearest_neighbour(d), 0.4);
    check(Dispersion::optical(d, 0.5), 1.4);
    check(Dispersion::acoustic(d), 0.3);
    check(skew_band(d), 2.8);
  }
  check(inversion_band(2), 1.6);
  check(mixed_band(), 3.1);
  check(one_mirror_band(), 3.4);
}

TEST_CASE("every fundamental part gives the same integrals as the whole torus") {
  const auto check = [](const Dispersion& band, double energy) {
    CAPTURE(band.description(), energy);
    const EnergyShell used(band, energy, {.order = 18});
    const EnergyShell whole(band, energy, {.order = 18, .reflections = Flips{}});
    CHECK(whole.reflections() == Flips{0});
    CHECK(used.reflections().size() > 1);
    CHECK(used.fallback_cells() + whole.fallback_cells() == 0);
    // Two quadratures with different cells; both have converged.
    CHECK_THAT(whole.density_of_states(), WithinRel(used.density_of_states(), 1e-12));
    const auto skew = [](const Vector3& k, const Vector3& v) {
      return std::cos(two_pi * (k[0] + 2.0 * k[1] - k[2])) + v[0] * v[1] + v[2] * v[2] + v[1];
    };
    CHECK_THAT(average(whole, skew), WithinAbs(average(used, skew), 1e-12));
  };
  check(Dispersion::nearest_neighbour(2), 1.3);
  check(Dispersion::nearest_neighbour(3), 1.3);
  check(inversion_band(2), 1.1);
  check(inversion_band(3), 1.1);
  check(mixed_band(), 1.1);
  check(one_mirror_band(), 2.2);
}

TEST_CASE("declared reflections are completed to a group") {
  const auto band = Dispersion::nearest_neighbour(3);
  const auto with = [&](const Flips& flips) {
    const EnergyShell shell(band, 1.2, {.order = 12, .reflections = flips});
    check_images(shell);
    CHECK_THAT(shell.density_of_states(), WithinRel(EnergyShell(band, 1.2, {.order = 14}).density_of_states(), 1e-11));
    return shell.reflections();
  };
  CHECK(with({1, 2}) == Flips{0, 1, 2, 3});
  CHECK(with({7}) == Flips{0, 7});
  CHECK(with({6, 5}) == Flips{0, 3, 5, 6});
  CHECK(with({0}) == Flips{0});
  CHECK(with({1, 2, 4}) == Flips{0, 1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("given van Hove energies are not searched again") {
  const auto band = Dispersion::nearest_neighbour(2);
  const EnergyShell searched(band, 1.0, {.order = 6});
  const EnergyShell given(band, 1.0, {.order = 6, .van_hove = std::vector{0.0, 2.0, 4.0}});
  CHECK(std::vector<double>(searched.momenta().begin(), searched.momenta().end()) ==
        std::vector<double>(given.momenta().begin(), given.momenta().end()));
}

TEST_CASE("shells that threads build at the same time are the same bit by bit") {
  const auto band = skew_band(3);
  const EnergyShell alone(band, 2.8, {.order = 6});
  std::vector<std::vector<double>> momenta(4), weights(4);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const EnergyShell shell(band, 2.8, {.order = 6});
      momenta[t].assign(shell.momenta().begin(), shell.momenta().end());
      weights[t].assign(shell.weights().begin(), shell.weights().end());
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(momenta[t] == std::vector<double>(alone.momenta().begin(), alone.momenta().end()));
    CHECK(weights[t] == std::vector<double>(alone.weights().begin(), alone.weights().end()));
  }
}

TEST_CASE("cells that are given up are counted") {
  // After so few bisections what is left is unresolved, and missing in ρ.
  const auto band = Dispersion::nearest_neighbour(3);
  constexpr double rho = 0.2228660408248085269937;
  const EnergyShell coarse(band, 1.9, {.order = 10, .depth = 8});
  CHECK(coarse.fallback_cells() > 0);
  CHECK(coarse.density_of_states() < 0.99 * rho);
  CHECK(coarse.density_of_states() > 0.5 * rho);
  for (const double w : coarse.weights()) REQUIRE(w > 0.0);
  const EnergyShell fine(band, 1.9, {.order = 12, .depth = 20});
  CHECK(fine.fallback_cells() == 0);
  CHECK_THAT(fine.density_of_states(), WithinRel(rho, 1e-12));
}
