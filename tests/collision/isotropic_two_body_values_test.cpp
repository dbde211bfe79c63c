// SPDX-License-Identifier: GPL-3.0-or-later
// Values of the collision term of isotropic states against independent evaluations.
#include <nordheim/collision/isotropic_two_body.hpp>

#include "support/catch.hpp"
#include "support/isotropic_reference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

using Occupation = std::function<double(double)>;

SphericalGrid isotropic_grid(int degree, double temperature) {
  SphericalGridOptions options;
  options.degree = degree;
  options.scale = 0.82 * std::pow(16.0 / degree, 1.0 / 6.0) * std::sqrt(2.0 * temperature);
  options.symmetry = MomentumSymmetry::isotropic;
  return SphericalGrid(options);
}

std::vector<double> sampled(const SphericalGrid& grid, const Occupation& W) {
  std::vector<double> values;
  for (const double omega : grid.energies()) values.push_back(W(omega));
  return values;
}

double A(double w) { return w * std::exp(-w); }
double B(double w) { return 0.5 / (std::exp(2.0 * (w - 1.0)) + 1.0) + 0.5 / (std::exp(w - 1.0) + 1.0); }
double C(double w) { return 0.5 / (2.0 * std::exp(w / 0.7) - 1.0) + 0.5 / (2.0 * std::exp(w / 1.3) - 1.0); }

/// Largest error at the nodes, relative to max |C|, and the estimate in the same unit.
std::pair<double, double> error(int degree, double temperature, Statistics statistics, const Occupation& W,
                                const IsotropicQuadrature& quadrature) {
  const SphericalGrid grid = isotropic_grid(degree, temperature);
  IsotropicTwoBody op(grid, statistics);
  const std::vector<double> state = sampled(grid, W);
  std::vector<double> result(grid.size());
  op.apply(state, result);
  double largest = 0.0, difference = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    const double exact = isotropic_collision_term(W, statistics, grid.momentum(a)[2], quadrature);
    largest = std::max(largest, std::abs(exact));
    difference = std::max(difference, std::abs(result[a] - exact));
  }
  return {difference / largest, op.error_estimate(state).absolute / largest};
}

/// C(k1) by a product rule over k2 and the direction of k3 − k4, for Φ = (V(q) + sV(p))².
double by_cubature(const Occupation& W, double th, double s, const std::function<double(double)>& V, double k1) {
  static const Rule length = gauss_rule(36), angle = gauss_rule(18);
  constexpr double reach = 11.0;
  constexpr int azimuths = 36;
  double total = 0.0;
  const double W1 = W(0.5 * k1 * k1);
  for (std::size_t i = 0; i < length.nodes.size(); ++i) {
    const double g = 0.5 * reach * (1.0 + length.nodes[i]);
    for (std::size_t j = 0; j < angle.nodes.size(); ++j) {
      // k2 = k1 − g n in the plane of e_1 and e_3, k1 along e_3.
      const double c = angle.nodes[j], sine = std::sqrt(1.0 - c * c);
      const double x = -g * sine, z = k1 - g * c, W2 = W(0.5 * (x * x + z * z));
      const double X = 0.5 * x, Z = 0.5 * (k1 + z);
      double inner = 0.0;
      for (std::size_t l = 0; l < angle.nodes.size(); ++l) {
        const double cc = angle.nodes[l], ss = std::sqrt(1.0 - cc * cc);
        for (int m = 0; m < azimuths; ++m) {
          const double phi = 2.0 * std::numbers::pi * (m + 0.37) / azimuths;
          const double dx = 0.5 * g * ss * std::cos(phi), dy = 0.5 * g * ss * std::sin(phi), dz = 0.5 * g * cc;
          const double W3 = W(0.5 * ((X + dx) * (X + dx) + dy * dy + (Z + dz) * (Z + dz)));
          const double W4 = W(0.5 * ((X - dx) * (X - dx) + dy * dy + (Z - dz) * (Z - dz)));
          const double q = std::hypot(X + dx, dy, Z + dz - k1);
          const double amplitude = V(q) + (s != 0.0 ? s * V(std::hypot(X + dx - x, dy, Z + dz - z)) : 0.0);
          inner += angle.weights[l] * amplitude * amplitude *
                   (W3 * W4 * (1.0 + th * W1) * (1.0 + th * W2) - W1 * W2 * (1.0 + th * W3) * (1.0 + th * W4));
        }
      }
      const double measure = 0.5 * reach * length.weights[i] * g * g * g * 2.0 * std::numbers::pi * angle.weights[j];
      total += 0.25 * measure * inner * 2.0 * std::numbers::pi / azimuths;
    }
  }
  return total;
}

double gaussian(double q) { return std::exp(-0.25 * q * q); }
double screened(double q) { return 1.0 / (1.0 + q * q); }

}  // namespace

TEST_CASE("isotropic contact collisions have the values of the double integral", "[collision]") {
  // The degree at which a truncated series of P and R reaches the tolerance: geometric for A, which is entire, like
  // e^{-c K^(2/3)} for B and C. The estimate must bound the error.
  struct Case {
    int degree;
    Statistics statistics;
    Occupation W;
    double temperature, tolerance;
  };
  const std::array cases{
      Case{16, Statistics::classical, A, 1.667, 1e-5}, Case{24, Statistics::classical, A, 1.667, 1e-9},
      Case{16, Statistics::fermion, A, 1.45, 2e-4},    Case{32, Statistics::fermion, A, 1.45, 1e-8},
      Case{16, Statistics::boson, A, 1.863, 1e-3},     Case{32, Statistics::boson, A, 1.863, 2e-7},
      Case{16, Statistics::fermion, B, 0.82, 3e-3},    Case{32, Statistics::fermion, B, 0.82, 3e-5},
      Case{16, Statistics::boson, C, 1.113, 5e-3},     Case{32, Statistics::boson, C, 1.113, 1e-4}};
  for (const Case& c : cases) {
    CAPTURE(c.degree, name(c.statistics), c.temperature);
    const auto [measured, estimate] = error(c.degree, c.temperature, c.statistics, c.W, {10.0, 0.5});
    CHECK(measured < c.tolerance);
    CHECK(measured > 1e-13);
    CHECK(estimate > measured);
    CHECK(estimate < 2000.0 * c.tolerance);
  }
}

TEST_CASE("the error estimate bounds the error of degenerate gases", "[collision]") {
  // Series that do not resolve the state: a pole near k = 0, a steep Fermi edge.
  const Occupation cloud = [](double w) {
    return 0.5 / (std::exp(w / 0.7) / 0.8 - 1.0) + 0.5 / (std::exp(w / 1.3) / 0.7 - 1.0);
  };
  const Occupation cold = [](double w) {
    return 0.5 / (std::exp((w - 1.0) / 0.15) + 1.0) + 0.5 / (std::exp((w - 0.8) / 0.3) + 1.0);
  };
  for (const int degree : {8, 16, 24}) {
    CAPTURE(degree);
    const auto [boson, boson_estimate] = error(degree, 1.08, Statistics::boson, cloud, {9.0, 0.4});
    CHECK(boson > 1e-3);
    CHECK(boson_estimate > boson);
    const auto [fermion, fermion_estimate] = error(degree, 0.23, Statistics::fermion, cold, {5.0, 0.25});
    CHECK(fermion > 1e-4);
    CHECK(fermion_estimate > fermion);
  }
}

TEST_CASE("direct terms of potentials have tabulated values", "[collision]") {
  // Another implementation, by cubature: 8 digits for the Gaussian, 7 for the other; C between nodes is the series of
  // degree 24 of its values, which is what limits.
  constexpr std::array momenta{0.5, 1.0, 2.0, 3.0};
  struct Row {
    Statistics statistics;
    bool gaussian;
    std::array<double, 4> values;
  };
  const std::array rows{Row{Statistics::classical, true, {13.943114344, 3.611925563, -1.304810872, 0.135199595}},
                        Row{Statistics::fermion, true, {11.12856033, 2.46896242, -0.89434082, 0.10222028}},
                        Row{Statistics::classical, false, {5.3150403, 1.3347626, -0.4810469, 0.0482422}},
                        Row{Statistics::fermion, false, {4.2175059, 0.9074900, -0.3230983, 0.0357134}}};
  const SphericalGrid grid = isotropic_grid(24, 1.6);
  const std::vector<double> W = sampled(grid, A);
  std::vector<double> result(grid.size());
  for (const Row& row : rows) {
    IsotropicTwoBodyOptions options;
    options.exchange = Exchange::none;
    options.potential = [&](double q) { return row.gaussian ? gaussian(q) : screened(q); };
    IsotropicTwoBody op(grid, row.statistics, options);
    op.apply(W, result);
    for (std::size_t i = 0; i < momenta.size(); ++i) {
      CAPTURE(name(row.statistics), row.gaussian, momenta[i]);
      CHECK(grid.interpolate(result, {0.0, 0.0, momenta[i]}) == Approx(row.values[i]).margin(2e-3 * row.values[0]));
    }
  }
}

TEST_CASE("exchange has the values of a five-dimensional cubature", "[collision]") {
  // At degree 8 the error of the series, which the estimate knows, is a few per cent of what the cross term makes; the
  // cubature is good to 1e-5. A higher degree would take more than a test may.
  const Occupation W = [](double w) { return 0.3 * std::exp(-w) + 0.1 * std::exp(-1.5 * w); };
  const SphericalGrid grid = isotropic_grid(8, 0.95);
  const std::vector<double> state = sampled(grid, W);
  std::vector<double> result(grid.size());
  const auto check = [&](Statistics statistics, double (*potential)(double)) {
    IsotropicTwoBodyOptions options;
    options.potential = potential;
    IsotropicTwoBody op(grid, statistics, options);
    op.apply(state, result);
    const double th = theta(statistics);
    const double estimate = op.error_estimate(state).absolute;
    for (const std::size_t a : {0U, 1U, 2U, 3U}) {
      CAPTURE(name(statistics), a);
      const double exact = by_cubature(W, th, th, potential, grid.momentum(a)[2]);
      CHECK(std::abs(result[a] - exact) < estimate);
      if (a == 0) {
        CHECK(std::abs(exact - by_cubature(W, th, 0.0, potential, grid.momentum(a)[2])) >
              3.0 * std::abs(result[a] - exact));
      }
    }
  };
  SECTION("fermions") { check(Statistics::fermion, gaussian); }
  SECTION("bosons") { check(Statistics::boson, screened); }
}
