// SPDX-License-Identifier: GPL-3.0-or-later
// What the collision term of isotropic states promises at any degree.
#include <nordheim/collision/isotropic_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr std::array all_statistics{Statistics::fermion, Statistics::classical, Statistics::boson};

SphericalGrid grid_of(int degree, MomentumSymmetry symmetry = MomentumSymmetry::isotropic) {
  SphericalGridOptions options;
  options.degree = degree;
  options.scale = 1.2;
  options.symmetry = symmetry;
  return SphericalGrid(options);
}

/// Between 0 and 1, with a tail at about the temperature of its equilibrium.
std::vector<double> state_on(const SphericalGrid& grid) {
  std::vector<double> W;
  for (const double w : grid.energies()) W.push_back(0.4 * w * std::exp(-w) + 0.3 * std::exp(-1.2 * w));
  return W;
}

IsotropicTwoBodyOptions with_potential(double constant, Exchange exchange) {
  IsotropicTwoBodyOptions options;
  options.potential = [constant](double) { return constant; };
  options.exchange = exchange;
  return options;
}

}  // namespace

TEST_CASE("isotropic collisions conserve number and energy to round-off", "[collision]") {
  for (const int degree : {6, 13, 24}) {
    const SphericalGrid grid = grid_of(degree);
    const std::vector<double> W = state_on(grid);
    std::vector<double> C(grid.size());
    for (const Statistics statistics : all_statistics) {
      CAPTURE(degree, name(statistics));
      IsotropicTwoBody op(grid, statistics);
      const CollisionReport report = op.apply(W, C);
      for (const Invariant& invariant : op.invariants()) {
        double sum = 0.0, moved = 0.0;
        for (std::size_t a = 0; a < grid.size(); ++a) {
          sum += grid.weights()[a] * invariant.values[a] * C[a];
          moved += grid.weights()[a] * invariant.values[a] * std::abs(C[a]);
        }
        CHECK(std::abs(sum) < 1e-14 * moved);  // round-off of some ten terms
      }
      CHECK(report.correction < (degree == 6 ? 0.2 : 1e-3) * report.largest_rate);  // the error of the series
      CHECK(entropy_production(statistics, W, C, grid.weights()) > 0.0);
    }
  }
}

TEST_CASE("equilibria are fixed points of isotropic collisions", "[collision]") {
  const SphericalGrid grid = grid_of(16);
  for (const Statistics statistics : all_statistics) {
    const Equilibrium eq = Equilibrium::from_temperature(statistics, 1.1, 0.7);
    std::vector<double> W, C(grid.size()), nu(grid.size());
    for (const double w : grid.energies()) W.push_back(eq.occupation(w));
    IsotropicTwoBody op(grid, statistics);
    op.apply(W, C);  // the reference is found from the moments
    op.loss_rate(W, nu);
    CHECK(largest(C) < 1e-13 * nu[0] * W[0]);  // gain and loss of this size cancel
    CHECK(nu[0] > 1.0);
  }
}

TEST_CASE("statistics enters isotropic contact collisions as an affine function", "[collision]") {
  // P1P2R3R4 − R1R2P3P4 at one reference: quartic terms cancel, cubic ones have the factor θ. Series do not respect
  // this, so that it holds to the error of the series: 1e-6 at degree 32.
  const SphericalGrid grid = grid_of(32);
  const std::vector<double> W = state_on(grid);
  std::array<std::vector<double>, 3> C;
  for (std::size_t s = 0; s < 3; ++s) {
    C[s].resize(grid.size());
    IsotropicTwoBody(grid, all_statistics[s]).apply(W, C[s]);
  }
  for (std::size_t a = 0; a < grid.size(); ++a) {
    CHECK(std::abs(C[0][a] + C[2][a] - 2.0 * C[1][a]) < 1e-6 * largest(C[1]));
  }
}

TEST_CASE("a constant potential is a contact with the square of both amplitudes", "[collision]") {
  const SphericalGrid grid = grid_of(8);
  const std::vector<double> W = state_on(grid);
  std::vector<double> contact(grid.size()), C(grid.size());
  for (const Statistics statistics : all_statistics) {
    CAPTURE(name(statistics));
    IsotropicTwoBody(grid, statistics).apply(W, contact);
    for (const Exchange exchange : {Exchange::full, Exchange::none}) {
      const double sign = exchange == Exchange::full ? theta(statistics) : 0.0;
      const double factor = 0.49 * (1.0 + sign) * (1.0 + sign);  // 4, 1 or 0 times V²
      IsotropicTwoBody(grid, statistics, with_potential(0.7, exchange)).apply(W, C);
      for (std::size_t a = 0; a < grid.size(); ++a) {
        // The kernel is exact; the quadrature of the table is refined to 1e-6 of its largest entry only.
        CHECK(std::abs(C[a] - factor * contact[a]) < (factor == 0.0 ? 1e-13 : 1e-5) * largest(contact));
      }
    }
  }
}

TEST_CASE("the linearisation of isotropic collisions is the derivative", "[collision]") {
  const SphericalGrid grid = grid_of(12);
  const std::vector<double> W = state_on(grid);
  std::vector<double> dW;
  for (const double w : grid.energies()) dW.push_back((1.0 - 0.7 * w) * std::exp(-1.1 * w));
  for (const Statistics statistics : all_statistics) {
    for (const bool fixed : {true, false}) {
      CAPTURE(name(statistics), fixed);
      IsotropicTwoBody op(grid, statistics);
      if (fixed) op.set_reference(Equilibrium::from_temperature(statistics, 1.0, 0.4));
      std::vector<double> dC(grid.size());
      op.apply_linearised(W, dW, dC);
      // Central differences with two steps, extrapolated: O(s⁴) = 1e-12 and rounding/s = 1e-11 of C ~ 100.
      const auto difference = [&](double step) {
        std::vector<double> up(W), down(W), C_up(W.size()), C_down(W.size());
        for (std::size_t a = 0; a < W.size(); ++a) {
          up[a] += step * dW[a];
          down[a] -= step * dW[a];
        }
        op.apply(up, C_up);
        op.apply(down, C_down);
        for (std::size_t a = 0; a < W.size(); ++a) C_up[a] = (C_up[a] - C_down[a]) / (2.0 * step);
        return C_up;
      };
      const auto fine = difference(1e-3), coarse = difference(2e-3);
      for (std::size_t a = 0; a < W.size(); ++a) {
        CHECK(std::abs((4.0 * fine[a] - coarse[a]) / 3.0 - dC[a]) < 1e-9 * largest(dC));
      }
    }
  }
}

TEST_CASE("isotropic collisions do not depend on the number of threads", "[collision]") {
  const SphericalGrid grid = grid_of(40);  // large enough for several
  const std::vector<double> W = state_on(grid);
  std::vector<double> one(grid.size()), three(grid.size());
  IsotropicTwoBodyOptions options;
  options.threads = 1;
  IsotropicTwoBody(grid, Statistics::boson, options).apply(W, one);
  options.threads = 3;
  IsotropicTwoBody(grid, Statistics::boson, options).apply(W, three);
  CHECK(one == three);  // every node is summed by one thread
}

TEST_CASE("isotropic collisions refuse what they cannot do", "[collision]") {
  const auto refused = [](const SphericalGrid& grid, const IsotropicTwoBodyOptions& options) {
    return sentence([&] { return IsotropicTwoBody(grid, Statistics::boson, options); });
  };
  CHECK(says(refused(grid_of(4, MomentumSymmetry::axial), {}), "averaged over directions"));
  CHECK(says(refused(grid_of(130), {}), "degree = 130; at most 128"));
  IsotropicTwoBodyOptions options;
  options.strength = 0.0;
  CHECK(says(refused(grid_of(4), options), "strength = 0; a positive number"));
  options = {};
  options.threads = -1;
  CHECK(says(refused(grid_of(4), options), "threads = -1"));
  CHECK(says(refused(grid_of(4), with_potential(0.0, Exchange::none)), "zero for every momentum transfer"));
  options = {};
  options.potential = [](double q) { return 1.0 / q; };
  CHECK(says(refused(grid_of(4), options), "the potential at the momentum transfer 0 is inf"));

  const SphericalGrid grid = grid_of(4);
  IsotropicTwoBody op(grid, Statistics::boson);
  std::vector<double> W = state_on(grid), C(grid.size()), wrong(2);
  CHECK_THROWS_AS(op.apply(wrong, C), DimensionMismatch);
  CHECK_THROWS_AS(op.apply(W, wrong), DimensionMismatch);
  CHECK_THROWS_AS(op.apply_linearised(W, wrong, C), DimensionMismatch);
  CHECK_THROWS_AS(op.set_reference(Equilibrium::from_temperature(Statistics::fermion, 1.0, 0.5)), InvalidArgument);
  CHECK_THROWS_AS(op.equilibrium_of(wrong), DimensionMismatch);
  W[1] = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(op.apply(W, C), RecoverableError);

  // A third of the particles at the temperature 1, the rest at 1/10: the tail is hotter than twice the equilibrium.
  const SphericalGrid fine = grid_of(24);
  std::vector<double> hot;
  for (const double w : fine.energies()) hot.push_back(0.01 * std::exp(-w) + 0.6 * std::exp(-10.0 * w));
  const IsotropicTwoBody of_hot(fine, Statistics::classical);
  CHECK(says(sentence([&] { return of_hot.equilibrium_of(hot); }), "must be colder than twice the equilibrium"));
}
