// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "support/catch.hpp"
#include "support/shells.hpp"

#include <cmath>
#include <limits>
#include <numbers>

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// ∫ n_x^a n_y^b n_z^c dΩ/4π: 0 unless all powers are even, else (a−1)!!(b−1)!!(c−1)!!/(a+b+c+1)!!.
double monomial_average(int a, int b, int c) {
  if (a % 2 + b % 2 + c % 2 != 0) return 0.0;
  const auto double_factorial = [](int n) {
    double product = 1.0;
    for (; n > 1; n -= 2) product *= n;
    return product;
  };
  return double_factorial(a - 1) * double_factorial(b - 1) * double_factorial(c - 1) / double_factorial(a + b + c + 1);
}

/// Largest error of the monomials of a degree that are even in each axis: the others vanish by symmetry.
double worst_error(const EnergyShell& shell, int degree) {
  double worst = 0.0;
  for (int a = 0; a <= degree; ++a) {
    for (int b = 0; a + b <= degree; ++b) {
      const auto monomial = [&](const Vector3& n, const Vector3&) {
        return std::pow(n[0], a) * std::pow(n[1], b) * std::pow(n[2], degree - a - b);
      };
      worst = std::max(worst, std::abs(average(shell, monomial) - monomial_average(a, b, degree - a - b)));
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("the sphere is exact for polynomials up to its degree") {
  for (const int degree : {1, 2, 3, 4, 7, 10}) {
    CAPTURE(degree);
    const auto sphere = EnergyShell::sphere(1.0, 0.5, 1.0, degree);
    for (int l = 0; l <= 2 * degree + 1; ++l) {
      CAPTURE(l);
      CHECK(worst_error(sphere, l) < 1e-14);  // rounding
    }
    // Somewhere not far above it is not, or the test above could not fail.
    double beyond = 0.0;
    for (int l = 2 * degree + 2; l <= 2 * degree + 8; ++l) beyond = std::max(beyond, worst_error(sphere, l));
    CHECK(beyond > 1e-12);
  }
}

TEST_CASE("the sphere has the measure of its energy and radial velocities") {
  constexpr double K = 1.3;
  for (const double slope : {2.1, -0.7}) {  // ω may fall with |k|
    const auto sphere = EnergyShell::sphere(K, 0.9, slope, 6);
    CHECK(sphere.dimension() == 3);
    CHECK_FALSE(sphere.on_lattice());
    CHECK(sphere.energy() == 0.9);
    CHECK(sphere.order() == 6);
    CHECK(sphere.fallback_cells() == 0);
    CHECK(sphere.reflections() == std::vector<AxisFlip>{0, 1, 2, 3, 4, 5, 6, 7});
    CHECK(sphere.mean_velocity() == Vector3{});
    CHECK_THAT(sphere.density_of_states(), WithinRel(4.0 * std::numbers::pi * K * K / std::abs(slope), 1e-14));
    const std::size_t m = sphere.fundamental_size();
    for (std::size_t a = 0; a < sphere.size(); ++a) {
      const Vector3 k = sphere.momentum(a);
      REQUIRE_THAT(std::hypot(k[0], k[1], k[2]), WithinRel(K, 1e-15));
      REQUIRE(sphere.weights()[a] > 0.0);
      REQUIRE(k == reflected(sphere.momentum(a % m), sphere.reflections()[a / m]));
      for (std::size_t j = 0; j < 3; ++j) {
        REQUIRE_THAT(sphere.velocities()[3 * a + j], WithinAbs(slope * k[j] / K, 1e-15));
        if (a < m) REQUIRE(k[j] > 0.0);
      }
    }
  }
}

TEST_CASE("spheres that do not exist are refused") {
  using Catch::Matchers::Message;
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK_THROWS_MATCHES(EnergyShell::sphere(0.0, 0.5, 1.0, 4), InvalidArgument,
                       Message("sphere: radius = 0 must be finite and positive"));
  CHECK_THROWS_MATCHES(EnergyShell::sphere(infinite, 0.5, 1.0, 4), InvalidArgument,
                       Message("sphere: radius = inf must be finite and positive"));
  CHECK_THROWS_MATCHES(EnergyShell::sphere(1.0, infinite, 1.0, 4), InvalidArgument,
                       Message("sphere: energy = inf must be finite"));
  CHECK_THROWS_MATCHES(EnergyShell::sphere(1.0, 0.5, 0.0, 4), InvalidArgument,
                       Message("sphere: velocity = 0 must be finite and not zero"));
  CHECK_THROWS_MATCHES(EnergyShell::sphere(1.0, 0.5, 1.0, 0), InvalidArgument,
                       Message("sphere: degree = 0 must be 1 to 1000"));
  CHECK_THROWS_MATCHES(EnergyShell::sphere(1.0, 0.5, 1.0, 1001), InvalidArgument,
                       Message("sphere: degree = 1001 must be 1 to 1000"));
}
