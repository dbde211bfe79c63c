// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/spherical_grid.hpp>
#include <nordheim/momentum/spherical_series.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

using Function = std::function<double(const Vector3&)>;

SphericalGridOptions options(int degree, MomentumSymmetry symmetry = MomentumSymmetry::none) {
  SphericalGridOptions result;
  result.degree = degree;
  result.symmetry = symmetry;
  return result;
}

std::vector<double> sample_on(const SphericalGrid& grid, const Function& f) {
  std::vector<double> values(grid.size());
  for (std::size_t a = 0; a < grid.size(); ++a) values[a] = f(grid.momentum(a));
  return values;
}

/// Number, momentum and energy.
std::vector<double> moments(const SphericalGrid& grid, const Function& f) {
  const std::vector<double> W = sample_on(grid, f);
  std::vector<double> sums(5);
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double wW = grid.weights()[a] * W[a];
    sums[0] += wW;
    for (std::size_t j = 0; j < 3; ++j) sums[1 + j] += wW * grid.velocities()[3 * a + j];
    sums[4] += wW * grid.energies()[a];
  }
  return sums;
}

/// A Maxwellian of temperature T that moves along the third axis.
Function maxwellian(double T, double u) {
  return
      [T, u](const Vector3& k) { return std::exp(-(k[0] * k[0] + k[1] * k[1] + (k[2] - u) * (k[2] - u)) / (2.0 * T)); };
}

}  // namespace

TEST_CASE("sums over a spherical grid are integrals", "[momentum]") {
  // On a grid of scale √(2T) the integrand is a polynomial times the grid's Gaussian: only round-off is left.
  // Elsewhere, and about another centre, convergence is geometric in K; at K = 24 the factor of the tails is below
  // 1e-11.
  const double T = 0.8, u = 0.3, density = std::pow(2.0 * std::numbers::pi * T, 1.5);
  for (const auto symmetry : {MomentumSymmetry::none, MomentumSymmetry::axial}) {
    SphericalGridOptions o = options(24, symmetry);
    o.scale = std::sqrt(2.0 * T);
    o.centre = {0.0, 0.0, u};
    for (const double moved : {0.0, 0.25}) {
      const auto sums = moments(SphericalGrid(o), maxwellian(T, u + moved));
      const double tolerance = moved == 0.0 ? 1e-13 : 1e-11;
      const double velocity = u + moved;
      CHECK(sums[0] == Approx(density).epsilon(tolerance));
      CHECK(std::abs(sums[1]) < 1e-13 * density);
      CHECK(std::abs(sums[2]) < 1e-13 * density);
      CHECK(sums[3] == Approx(density * velocity).epsilon(tolerance));
      CHECK(sums[4] == Approx(density * (1.5 * T + 0.5 * velocity * velocity)).epsilon(tolerance));
    }
  }
  const auto sums = moments(SphericalGrid(options(24, MomentumSymmetry::isotropic)), maxwellian(T, 0.0));
  CHECK(sums[0] == Approx(density).epsilon(1e-11));
  CHECK(sums[1] == 0.0);
  CHECK(sums[3] == 0.0);
  CHECK(sums[4] == Approx(1.5 * T * density).epsilon(1e-11));
}

TEST_CASE("spherical series reproduce what they can represent", "[momentum]") {
  // A polynomial of degree 6 times the Gaussian of the grid: exact in the basis, in all of space.
  SphericalGridOptions o = options(8);
  o.scale = 1.3;
  o.centre = {0.2, -0.1, 0.4};
  const SphericalGrid grid(o);
  const Function f = [&o](const Vector3& k) {
    const double x = k[0] - o.centre[0], y = k[1] - o.centre[1], z = k[2] - o.centre[2];
    const double polynomial = 1.0 + x - 0.3 * y * z + 0.2 * x * x * y * z * z * z - 0.1 * x * y * y;
    return polynomial * std::exp(-(x * x + y * y + z * z) / (2.0 * o.scale * o.scale));
  };
  const SphericalSeries series(grid, sample_on(grid, f));
  for (const Vector3& k : {Vector3{0.2, -0.1, 0.4}, {1.0, 2.0, -0.5}, {-3.0, 0.0, 0.1}, {0.2, -0.1, 3.0}}) {
    CHECK(series(k) == Approx(f(k)).margin(1e-13));
  }
  CHECK(grid.interpolate(sample_on(grid, f), {1.0, 2.0, -0.5}) == Approx(f({1.0, 2.0, -0.5})).margin(1e-13));
}

TEST_CASE("spherical interpolation converges spectrally", "[momentum]") {
  // Another temperature and velocity than the basis has: an entire function, so the error falls geometrically, by more
  // than 10 from 8 to 16 and again from 16 to 24 (measured: 60 and 90).
  const Function f = maxwellian(0.7, 0.4);
  const auto error = [&f](int degree, MomentumSymmetry symmetry) {
    const SphericalGrid grid(options(degree, symmetry));
    const SphericalSeries series(grid, sample_on(grid, f));
    double largest = 0.0;
    for (const Vector3& k : {Vector3{0, 0, 0}, {0.7, -0.2, 0.4}, {0.1, 1.3, -0.9}, {0.0, -0.5, 2.0}}) {
      largest = std::max(largest, std::abs(series(k) - f(k)));
    }
    return largest;
  };
  for (const auto symmetry : {MomentumSymmetry::none, MomentumSymmetry::axial}) {
    const double coarse = error(8, symmetry), medium = error(16, symmetry), fine = error(24, symmetry);
    CHECK(coarse < 2e-2);
    CHECK(medium < 0.1 * coarse);
    CHECK(fine < 0.1 * medium);
  }
}

TEST_CASE("grids of a symmetry have one node for each orbit", "[momentum]") {
  const SphericalGrid none(options(16)), axial(options(16, MomentumSymmetry::axial)),
      isotropic(options(16, MomentumSymmetry::isotropic));
  CHECK(none.radial_points() == 10);
  CHECK(none.polar_points() == 18);
  CHECK(none.azimuthal_points() == 35);
  CHECK(none.size() == 10 * 18 * 35);
  CHECK(axial.size() == 10 * 18);
  CHECK(isotropic.size() == 10);
  CHECK(isotropic.lmax() == 0);
  CHECK(isotropic.momentum(3)[2] == Approx(std::sqrt(2.0 * isotropic.energies()[3])));
  SphericalGridOptions few = options(16);
  few.lmax = 4;
  CHECK(SphericalGrid(few).polar_points() == 6);
}

TEST_CASE("spherical grids refuse what makes no sense", "[momentum]") {
  const auto refusal = [](const std::function<void(SphericalGridOptions&)>& change) {
    SphericalGridOptions o;
    change(o);
    return test::sentence([&o] { return SphericalGrid(o).size(); });
  };
  CHECK(test::says(refusal([](auto& o) { o.degree = 3; }), "degree = 3, allowed are 4 to 256"));
  CHECK(test::says(refusal([](auto& o) { o.lmax = 17; }), "lmax = 17, allowed are 2 to the degree, 16"));
  CHECK(test::says(refusal([](auto& o) { o.scale = 0.0; }), "scale = 0"));
  CHECK(test::says(refusal([](auto& o) { o.centre[1] = NAN; }), "must be finite"));
  const auto off_centre = [](auto& o) {
    o.symmetry = MomentumSymmetry::axial;
    o.centre = {1.0, 0.0, 0.0};
  };
  CHECK(test::says(refusal(off_centre), "third axis"));
  const auto moved = [](auto& o) {
    o.symmetry = MomentumSymmetry::isotropic;
    o.centre = {0.0, 0.0, 1.0};
  };
  CHECK(test::says(refusal(moved), "origin"));
  CHECK_THROWS_AS(SphericalSeries(SphericalGrid(SphericalGridOptions{}), std::vector<double>(3)), DimensionMismatch);
  CHECK(momentum_symmetry_from_name("axial") == MomentumSymmetry::axial);
  CHECK_THROWS_AS(momentum_symmetry_from_name("cubic"), InvalidArgument);
}
