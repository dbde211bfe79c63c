// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/critical_points.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
using Symbols = std::array<Symbol, 3>;

// Energies are good to a few roundings: an error of k enters squared.
constexpr double rounding = 1e-13;

void check_energies(const Dispersion& dispersion, const std::vector<double>& expected) {
  INFO(dispersion.description() << ", d = " << dispersion.dimension());
  const auto found = van_hove_energies(dispersion);
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK_THAT(found[i], WithinAbs(expected[i], rounding));
}

/// A hopping band with sines: nothing but k -> k + e_j leaves it unchanged.
Symbol without_symmetry(const Symbols& k) {
  return 1.5 - cos(two_pi * k[0]) - 0.8 * cos(two_pi * k[1]) - 1.1 * cos(two_pi * k[2]) +
         0.3 * sin(two_pi * (k[0] + k[1])) + 0.2 * sin(two_pi * (k[1] - k[2])) +
         0.25 * cos(4.0 * std::numbers::pi * k[2]) + 0.15 * cos(two_pi * (k[0] + k[1] + k[2]));
}

/// Σ (−1)^negative over the critical points, the Euler characteristic of the torus (M. Morse).
int alternating_sum(const std::vector<CriticalPoint>& points) {
  int sum = 0;
  for (const auto& p : points) sum += p.negative_directions % 2 == 0 ? 1 : -1;
  return sum;
}

std::string refusal(const Dispersion& dispersion) {
  try {
    (void)critical_points(dispersion);
  } catch (const InvalidArgument& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("The cubic band has a critical point for every corner of the zone") {
  const std::array<std::vector<int>, 3> multiplicities{{{1, 1}, {1, 2, 1}, {1, 3, 3, 1}}};
  for (int d = 1; d <= 3; ++d) {
    const auto points = critical_points(Dispersion::nearest_neighbour(d));
    std::size_t next = 0;
    for (int corners = 0; corners <= d; ++corners) {
      for (int i = 0; i < multiplicities[static_cast<std::size_t>(d - 1)][static_cast<std::size_t>(corners)]; ++i) {
        REQUIRE(next < points.size());
        const CriticalPoint& p = points[next++];
        CHECK_THAT(p.energy, WithinAbs(2.0 * corners, rounding));
        CHECK(p.negative_directions == corners);
        int halves = 0;
        for (const double component : p.k) {
          const double from_zero = std::abs(component);
          CHECK(std::min(from_zero, std::abs(from_zero - 0.5)) < 1e-15);
          halves += from_zero > 0.25 ? 1 : 0;
        }
        CHECK(halves == corners);
      }
    }
    CHECK(next == points.size());
  }
}

TEST_CASE("Van Hove energies of the known bands") {
  for (int d = 1; d <= 3; ++d) {
    std::vector<double> optical;
    std::vector<double> acoustic;
    std::vector<double> bending;
    std::vector<double> soft;
    for (int n = 0; n <= d; ++n) {
      optical.push_back(std::sqrt(0.64 + 3.4 * 2.0 * n));
      acoustic.push_back(std::sqrt(1.2 * 2.0 * n));
      bending.push_back(std::hypot(0.9, 1.4 * 2.0 * n));
      soft.push_back(1.4 * 2.0 * n);
    }
    check_energies(Dispersion::optical(d, 0.8, 1.7), optical);
    check_energies(Dispersion::acoustic(d, 0.6), acoustic);
    check_energies(Dispersion::bending(d, 0.9, 0.7), bending);
    check_energies(Dispersion::bending(d, 0.0, 0.7), soft);
  }
  // Σ(1 − c_j) + 0.3 Σ_{i<j}(1 − c_i c_j) at the corners of the zone.
  check_energies(Dispersion::from_formula(3,
                                          [](const Symbols& k) {
                                            const Symbol a = cos(two_pi * k[0]);
                                            const Symbol b = cos(two_pi * k[1]);
                                            const Symbol c = cos(two_pi * k[2]);
                                            return 3.9 - a - b - c - 0.3 * (a * b + b * c + c * a);
                                          }),
                 {0.0, 3.2, 5.2, 6.0});
}

TEST_CASE("A root whose argument vanishes up to rounding has the energy 0") {
  const auto band = Dispersion::from_formula(
      2, [](const Symbols& k) { return 3.0 * sqrt(2.0 - cos(two_pi * k[0]) - cos(two_pi * k[1])); });
  const auto points = critical_points(band);
  REQUIRE(points.size() == 4);
  CHECK(points.front().energy == 0.0);
  CHECK(points.front().negative_directions == 0);
  check_energies(band, {0.0, 3.0 * std::sqrt(2.0), 6.0});
}

TEST_CASE("Decreasing functions of a band turn its critical points over") {
  const auto band = Dispersion::from_formula(2, [](const Symbols& k) {
    return 2.0 / (1.0 + one_minus_cos(two_pi * k[0]) + 0.5 * one_minus_cos(two_pi * k[1]));
  });
  const auto points = critical_points(band);
  REQUIRE(points.size() == 4);
  const std::array<double, 4> energies{0.5, 2.0 / 3.0, 1.0, 2.0};
  const std::array<int, 4> negative{0, 1, 1, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK_THAT(points[i].energy, WithinAbs(energies[i], rounding));
    CHECK(points[i].negative_directions == negative[i]);
  }
}

TEST_CASE("The square of a band is stationary where the band vanishes") {
  const auto band = Dispersion::from_formula(1, [](const Symbols& k) { return pow(cos(two_pi * k[0]) - 0.5, 2); });
  check_energies(band, {0.0, 0.25, 2.25});
  CHECK(critical_points(band).size() == 4);
}

TEST_CASE("All critical points of bands without symmetry are found") {
  const auto band = Dispersion::from_formula(3, without_symmetry);
  const auto hopping =
      Dispersion::hopping(3, {{{1, 0, 0}, 0.7}, {{2, 0, 0}, -0.4}, {{1, -1, 0}, -0.9}, {{1, 2, -3}, 0.35}});
  for (const Dispersion& d : {band, hopping}) {
    INFO(d.description());
    const auto points = critical_points(d);
    CHECK(alternating_sum(points) == 0);
    for (const auto& p : points) {
      Vector3 gradient{};
      CHECK_THAT(d.formula()->with_gradient(p.k, gradient), WithinAbs(p.energy, rounding));
      // Second derivatives of order 1e2 times the rounding of k.
      for (const double g : gradient) CHECK(std::abs(g) < 1e-12);
    }
    // The band edges, which a search by samples finds to about 1e-9.
    CHECK_THAT(points.front().energy, WithinAbs(d.range().min, 1e-8));
    CHECK_THAT(points.back().energy, WithinAbs(d.range().max, 1e-8));
    // Newton's method from random starts ends at points that are in the list.
    std::mt19937_64 random(5);
    std::uniform_real_distribution<double> unit(-0.5, 0.5);
    int converged = 0;
    for (int start = 0; start < 200; ++start) {
      Vector3 k{unit(random), unit(random), unit(random)};
      Vector3 gradient{};
      for (int step = 0; step < 60; ++step) {
        const auto e = d.formula()->expansion(k);
        const auto& H = e.hessian;
        const auto minor = [&H](std::size_t i, std::size_t j) {
          const std::size_t a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, f = (j + 2) % 3;
          return H[a][c] * H[b][f] - H[a][f] * H[b][c];
        };
        const double determinant = H[0][0] * minor(0, 0) + H[0][1] * minor(0, 1) + H[0][2] * minor(0, 2);
        for (std::size_t i = 0; i < 3; ++i) {
          double change = 0.0;
          for (std::size_t j = 0; j < 3; ++j) change += minor(j, i) * e.gradient[j] / determinant;
          k[i] -= std::clamp(change, -0.05, 0.05);
        }
      }
      (void)d.formula()->with_gradient(k, gradient);
      if (std::abs(gradient[0]) + std::abs(gradient[1]) + std::abs(gradient[2]) > 1e-10) continue;
      ++converged;
      CHECK(std::any_of(points.begin(), points.end(), [&](const CriticalPoint& p) {
        double distance = 0.0;
        for (std::size_t j = 0; j < 3; ++j) {
          distance = std::max(distance, std::abs(std::remainder(p.k[j] - k[j], 1.0)));
        }
        return distance < 1e-10;
      }));
    }
    CHECK(converged > 100);
  }
}

TEST_CASE("Bands whose critical points are not separate are refused") {
  using Catch::Matchers::Contains;
  const auto flat = Dispersion::from_formula(2, [](const Symbols& k) { return cos(two_pi * k[0]); });
  const auto constant = Dispersion::from_formula(3, [](const Symbols&) { return Symbol(2.0); });
  const auto ring = Dispersion::from_formula(
      2, [](const Symbols& k) { return pow(cos(two_pi * k[0]) + cos(two_pi * k[1]) - 0.5, 2); });
  for (const Dispersion& d : {flat, constant, ring}) CHECK_THAT(refusal(d), Contains("do not become separate"));
  const auto unknown = Dispersion::from_function(1, [](const Vector3& k) { return std::cos(two_pi * k[0]); });
  CHECK_THAT(refusal(unknown), Contains("without a formula"));
}

TEST_CASE("The bottom of an acoustic band is exactly zero") {
  for (const int d : {1, 2, 3}) {
    CHECK(van_hove_energies(Dispersion::acoustic(d, 0.37)).front() == 0.0);
    CHECK(van_hove_energies(Dispersion::nearest_neighbour(d)).front() == 0.0);
    CHECK(critical_points(Dispersion::hopping(1, {{{1, 0, 0}, -0.3}})).back().energy == 0.0);
  }
}

TEST_CASE("Points of vanishing curvature are found with their energies") {
  // (1 - cos)^2 has a minimum of fourth order; sums have it in some directions only.
  const auto well = [](const Symbol& k) { return pow(one_minus_cos(two_pi * k), 2); };
  const auto wave = [](const Symbol& k) { return one_minus_cos(two_pi * k); };
  const std::vector<Dispersion> bands{
      Dispersion::from_formula(1, [&](const Symbols& k) { return well(k[0]); }),
      Dispersion::from_formula(2, [&](const Symbols& k) { return well(k[0]) + wave(k[1]); }),
      Dispersion::from_formula(2, [&](const Symbols& k) { return well(k[0]) + well(k[1]); }),
      Dispersion::from_formula(3, [&](const Symbols& k) { return well(k[0]) + well(k[1]) + wave(k[2]); })};
  const std::vector<std::vector<double>> energies{
      {0.0, 4.0}, {0.0, 2.0, 4.0, 6.0}, {0.0, 4.0, 8.0}, {0.0, 2.0, 4.0, 6.0, 8.0, 10.0}};
  for (std::size_t i = 0; i < bands.size(); ++i) {
    CAPTURE(i);
    const auto points = critical_points(bands[i]);
    CHECK(points.size() == std::size_t{1} << bands[i].dimension());
    for (const CriticalPoint& point : points) {
      bool flat = false;  // a well is flat at 0
      for (int j = 0; j < bands[i].dimension(); ++j) {
        const double k = std::abs(point.k[static_cast<std::size_t>(j)]);
        CHECK(std::min(k, 0.5 - k) < 1e-4);
        const bool is_well = i == 0 || i == 2 || j == 0 || (i == 3 && j == 1);
        flat = flat || (is_well && k < 0.25);
      }
      // The first band is a function of 1 - cos, whose critical points are looked for instead.
      CHECK(point.degenerate == (flat && i > 0));
    }
    const auto found = van_hove_energies(bands[i]);
    REQUIRE(found.size() == energies[i].size());
    for (std::size_t j = 0; j < found.size(); ++j)
      CHECK_THAT(found[j], Catch::Matchers::WithinAbs(energies[i][j], 1e-11));
  }
  // The same well with its cancellation left to the arithmetic.
  const auto hopping = critical_points(Dispersion::hopping(1, {{{1, 0, 0}, 1.0}, {{2, 0, 0}, -0.25}}));
  REQUIRE(hopping.size() == 2);
  CHECK(hopping[0].degenerate);
  CHECK_THAT(hopping[0].energy, Catch::Matchers::WithinAbs(0.0, 1e-11));
  // An inflection, sin + sin(2 k) / 2 at k = 1/2, where the first two derivatives vanish, is a critical point, too.
  const auto inflection = critical_points(Dispersion::from_formula(
      1, [](const Symbols& k) { return sin(two_pi * k[0]) + 0.5 * sin(2.0 * two_pi * k[0]); }));
  REQUIRE(inflection.size() == 3);
  CHECK(inflection[1].degenerate);
  CHECK_THAT(inflection[1].energy, Catch::Matchers::WithinAbs(0.0, 1e-11));
}
