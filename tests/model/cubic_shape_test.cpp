// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/cubic_shape.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <numbers>
#include <string>

using namespace nordheim;
using detail::cubic_shape;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double two_pi = 2.0 * pi;

template <class Formula>
Dispersion band(int dimension, const Formula& formula) {
  return Dispersion::from_formula(dimension, [&](const auto& k) { return formula(k); });
}

void check_shape(const Dispersion& dispersion, bool root, double offset, double amplitude) {
  CAPTURE(dispersion.description());
  const auto shape = cubic_shape(dispersion);
  REQUIRE(shape.has_value());
  CHECK(shape->dimension == dispersion.dimension());
  CHECK(shape->root == root);
  // Roundings of the sum of all terms, below 50 in size.
  CHECK_THAT(shape->offset, WithinAbs(offset, 1e-14 * 50.0));
  CHECK_THAT(shape->amplitude, WithinRel(amplitude, 1e-14));
}

}  // namespace

TEST_CASE("cubic bands are recognised however they are written") {
  for (const int d : {1, 2, 3}) {
    check_shape(Dispersion::nearest_neighbour(d), false, 0.0, 1.0);
    check_shape(Dispersion::optical(d, 1.5, 0.7), true, 2.25, 1.4);
    check_shape(Dispersion::acoustic(d, 0.7), true, 0.0, 1.4);
  }
  check_shape(Dispersion::hopping(2, {{{1, 0, 0}, -0.3}, {{0, 1, 0}, -0.3}}), false, 0.0, -0.3);
  check_shape(band(3, [](const auto& k) { return 3.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]) - cos(two_pi * k[2]); }),
              false, 0.0, 1.0);
  check_shape(band(2, [](const auto& k) { return 7.0 + 2.0 * (cos(two_pi * k[0]) + cos(two_pi * k[1])); }), false, 11.0,
              -2.0);
  check_shape(band(2, [](const auto& k) { return 4.0 * (pow(sin(pi * k[0]), 2) + pow(sin(pi * k[1]), 2)); }), false,
              0.0, 2.0);
  check_shape(band(2, [](const auto& k) { return 5.0 - sin(two_pi * (k[0] + 0.25)) - sin(two_pi * k[1] + 0.5 * pi); }),
              false, 3.0, 1.0);
  check_shape(band(3,
                   [](const auto& k) {
                     return 2.0 *
                            sqrt(1.0 + 0.5 * (3.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]) - cos(two_pi * k[2])));
                   }),
              true, 4.0, 2.0);
  // Terms that cancel.
  check_shape(band(2,
                   [](const auto& k) {
                     const auto a = cos(two_pi * k[0]), b = cos(two_pi * k[1]);
                     return 3.0 + (a + b) * (a + b) - a * a - 2.0 * a * b - b * b - a - b;
                   }),
              false, 1.0, 1.0);
}

TEST_CASE("what is nearly a cubic band is none") {
  const auto refused = [](const Dispersion& dispersion) {
    CAPTURE(dispersion.description());
    CHECK_FALSE(cubic_shape(dispersion).has_value());
  };
  refused(Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0 + 1e-12}}));
  refused(Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}, {{7, 5, 0}, 1e-12}}));
  refused(Dispersion::hopping(2, {{{2, 0, 0}, 1.0}, {{0, 2, 0}, 1.0}}));
  refused(Dispersion::hopping(2, {{{1, 1, 0}, 1.0}, {{1, -1, 0}, 1.0}}));
  refused(Dispersion::bending(3, 0.5, 1.0));
  refused(band(2, [](const auto& k) { return 3.0 - cos(two_pi * k[0] + 1e-9) - cos(two_pi * k[1]); }));
  refused(band(2, [](const auto& k) { return exp(0.1 * cos(two_pi * k[0]) + 0.1 * cos(two_pi * k[1])); }));
  // Equal to the cubic band on every grid of 32 points an axis.
  refused(band(2, [](const auto& k) {
    return 2.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]) + 0.1 * sin(32.0 * pi * k[0]) * sin(32.0 * pi * k[0]);
  }));
  // Cubic bands of fewer axes are flat along the others.
  refused(band(2, [](const auto& k) { return 1.0 - cos(two_pi * k[0]); }));
  refused(Dispersion::from_function(1, [](const Vector3& k) { return 1.0 - std::cos(two_pi * k[0]); }));
}

TEST_CASE("the level of a cubic shell is that of the sum of cosines") {
  const auto phonons = *cubic_shape(Dispersion::optical(3, 1.0, 1.0));
  CHECK(phonons.level(3.0) == 4.0);
  CHECK(phonons.level(std::sqrt(5.0)) == 2.0);  // to rounding
  CHECK_THAT(phonons.level(2.0), WithinRel(1.5, 1e-15));
  CHECK(phonons.level(std::sqrt(5.0) + 1e-13) > 2.0);
  CHECK_THAT(phonons.level_slope(3.0), WithinRel(3.0, 1e-15));  // d(ω²/2)/dω
  CHECK(phonons.level_rounding(3.0) < 1e-14);
  const auto plain = *cubic_shape(Dispersion::nearest_neighbour(3));
  CHECK(plain.level(2.0 + 1e-15) != 2.0);  // exact: there is nothing to round
  CHECK(plain.level_rounding(2.0) == 0.0);
}
