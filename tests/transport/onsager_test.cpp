// SPDX-License-Identifier: GPL-3.0-or-later
// Coupled diffusion of number and energy of lattice gases: Onsager coefficients.
#include <nordheim/transport/onsager.hpp>

#include "support/catch.hpp"
#include "support/onsager_gases.hpp"
#include "support/refusal.hpp"
#include "support/sum_over_collisions.hpp"
#include "support/two_pi.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <vector>

using namespace nordheim;
using test::bosons;
using test::fermions;
using test::LinearisedGas;
using test::plain;
using test::says;
using test::sentence;
using test::two_pi;

namespace {

OnsagerOptions up_to(int points, double tolerance = 1e-10) {
  OnsagerOptions options;
  options.tolerance = tolerance;
  options.most_points = points;
  options.threads = 1;
  return options;
}

Dispersion triangular_band() {
  return Dispersion::from_formula(
      2, [](const auto& k) { return 3.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]) - cos(two_pi * (k[0] + k[1])); });
}

double largest_difference(const OnsagerCoefficients& x, const OnsagerCoefficients& y, int dimension) {
  double largest = 0.0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(dimension); ++i) {
    for (std::size_t a = 0; a < 2; ++a) {
      for (std::size_t b = 0; b < 2; ++b) {
        const double unit = std::sqrt(x.onsager[i][i][a][a] * x.onsager[i][i][b][b]);
        largest = std::max(largest, std::abs(x.onsager[i][i][a][b] - y.onsager[i][i][a][b]) / unit);
      }
      largest = std::max(largest, std::abs(x.diffusivities[i][a] / y.diffusivities[i][a] - 1.0));
    }
    largest = std::max(largest, std::abs(x.heat_conductivity[i] / y.heat_conductivity[i] - 1.0));
  }
  return largest;
}

}  // namespace

TEST_CASE("Onsager coefficients of twelve nodes have the values of another program") {
  struct Row {
    Equilibrium equilibrium;
    double nn, ne, ee, slow, fast;
  };
  for (const Row& row : {Row{fermions, 2.7949515451, 4.8477356028, 10.6379263803, 12.38969025, 14.47853944},
                         Row{bosons, 3.2105994405, 4.4557536509, 8.5041973716, 11.26755540, 15.18061916}}) {
    for (const auto constraint : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
      const LatticeGrid grid(12, Dispersion::nearest_neighbour(2));
      const auto found = onsager_coefficients(grid, row.equilibrium, plain(12, TimeWindow::parzen, constraint));
      for (const std::size_t axis : {0U, 1U}) {
        const ConservedMatrix& L = found.onsager[axis][axis];
        CHECK_THAT(L[0][0], WithinAbs(row.nn, 1e-9));  // ten decimals, rounded
        CHECK_THAT(L[0][1], WithinAbs(row.ne, 1e-9));
        CHECK_THAT(L[1][1], WithinAbs(row.ee, 1e-9));
        CHECK(std::abs(L[0][1] - L[1][0]) < 1e-14 * L[1][1]);                 // reciprocity
        CHECK_THAT(found.diffusivities[axis][0], WithinAbs(row.slow, 1e-8));  // eight decimals
        CHECK_THAT(found.diffusivities[axis][1], WithinAbs(row.fast, 1e-8));
      }
      CHECK(found.error < 1e-11);
    }
  }
}

TEST_CASE("diffusivities depend on the grid as another program says") {
  struct Row {
    int points;
    std::array<double, 2> fermions, bosons;
  };
  for (const Row& row :
       {Row{12, {12.5777, 14.3502}, {11.4837, 15.2495}}, Row{16, {12.6390, 14.4416}, {11.5519, 15.3836}},
        Row{24, {12.6761, 14.5074}, {11.5915, 15.4745}}, Row{32, {12.6869, 14.5284}, {11.6019, 15.5012}},
        Row{64, {12.6956, 14.5460}, {11.6091, 15.5215}}}) {
    const LatticeGrid grid(row.points, Dispersion::nearest_neighbour(2));
    const auto options = plain(row.points, TimeWindow::flat);
    for (std::size_t a = 0; a < 2; ++a) {
      // Four decimals, rounded.
      CHECK_THAT(onsager_coefficients(grid, fermions, options).diffusivities[0][a], WithinAbs(row.fermions[a], 6e-5));
      CHECK_THAT(onsager_coefficients(grid, bosons, options).diffusivities[0][a], WithinAbs(row.bosons[a], 6e-5));
    }
  }
}

TEST_CASE("Onsager coefficients are those of a sum over all collisions") {
  struct Setting {
    LatticeGrid grid;
    Equilibrium equilibrium;
  };
  const Equilibrium classical(Statistics::classical, 0.5, 0.0, 0.4);
  for (const Setting& setting :
       {Setting{LatticeGrid(6, Dispersion::nearest_neighbour(2)), bosons},
        Setting{LatticeGrid(6, triangular_band()), fermions}, Setting{LatticeGrid(6, triangular_band()), classical},
        Setting{LatticeGrid(4, Dispersion::nearest_neighbour(3)), fermions}}) {
    LatticeTwoBodyOptions options = plain(setting.grid.points(), TimeWindow::bohman);
    options.time_step = *options.horizon / std::ceil(*options.horizon / (two_pi / 14.0));
    options.strength = 0.7;
    const LinearisedGas sums(setting.grid, setting.equilibrium, options);
    // J is symmetric as the sum is, so that this is rounding of 10⁵ terms.
    CHECK((sums.J - sums.J.transpose()).cwiseAbs().maxCoeff() < 1e-14 * sums.J.cwiseAbs().maxCoeff());
    const auto found = onsager_coefficients(setting.grid, setting.equilibrium, options);
    const auto d = static_cast<std::size_t>(setting.grid.dimension());
    double largest = 0.0, crossed = 0.0;
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < d; ++j) {
        for (std::size_t a = 0; a < 2; ++a) {
          for (std::size_t b = 0; b < 2; ++b) {
            const double expected = sums.response(sums.current(i, a), sums.current(j, b));
            largest = std::max(largest, std::abs(found.onsager[i][j][a][b] - expected));
            if (i != j) crossed = std::max(crossed, std::abs(expected));
          }
        }
      }
    }
    INFO(setting.grid.dispersion().description() << ", " << name(setting.equilibrium.statistics()));
    CHECK(largest < 1e-12 * found.onsager[0][0][1][1]);  // the conditioning is that of rates, about 3
    // Axes are coupled where the band couples them.
    CHECK((crossed > 0.1 * found.onsager[0][0][0][0]) ==
          (setting.grid.dispersion().description() == triangular_band().description()));
  }
}

TEST_CASE("the linearised operator is symmetric and has number and energy as null vectors") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  for (const Equilibrium& eq : {fermions, bosons}) {
    LatticeTwoBody collisions(grid, eq.statistics(), plain(8, TimeWindow::parzen));
    collisions.start_search_at(eq);
    const auto n = static_cast<Eigen::Index>(grid.size());
    std::vector<double> W, change(grid.size(), 0.0), rate(grid.size());
    for (const double omega : grid.energies()) W.push_back(eq.occupation(omega));
    Eigen::MatrixXd L(n, n);
    for (std::size_t k = 0; k < grid.size(); ++k) {
      change.assign(grid.size(), 0.0);
      change[k] = fluctuation(eq.statistics(), W[k]);
      collisions.apply_linearised(W, change, rate);
      L.col(static_cast<Eigen::Index>(k)) = Eigen::Map<const Eigen::VectorXd>(rate.data(), n);
    }
    const double size = L.cwiseAbs().maxCoeff();
    CHECK((L - L.transpose()).cwiseAbs().maxCoeff() < 1e-14 * std::max(1.0, size));
    CHECK((L * Eigen::VectorXd::Ones(n)).cwiseAbs().maxCoeff() < 1e-15);
    CHECK((L * Eigen::Map<const Eigen::VectorXd>(grid.energies().data(), n)).cwiseAbs().maxCoeff() < 1e-15);
    const LinearisedGas sums(grid, eq, plain(8, TimeWindow::parzen));
    CHECK((L - sums.L).cwiseAbs().maxCoeff() < 1e-14);
  }
}

TEST_CASE("the error of extrapolated Onsager coefficients bounds the true one") {
  const Dispersion band = Dispersion::nearest_neighbour(2);
  for (const Equilibrium& eq : {fermions, bosons, Equilibrium(Statistics::classical, 1.0, 0.0, 0.5)}) {
    const auto fine = onsager_coefficients(band, eq, up_to(64));
    for (const auto window : {TimeWindow::flat, TimeWindow::bohman}) {  // other sequences with the same limit
      OnsagerOptions options = up_to(32);
      options.window = window;
      const auto found = onsager_coefficients(band, eq, options);
      CHECK(found.error < 0.1);
      CHECK(found.error > fine.error);
      CHECK(largest_difference(fine, found, 2) < found.error);
      CHECK_FALSE(found.converged);
    }
  }
}

TEST_CASE("refinement ends at the tolerance, in three dimensions, too") {
  const auto found = onsager_coefficients(Dispersion::nearest_neighbour(3), fermions, up_to(0, 1e-3));
  CHECK(found.converged);
  CHECK(found.points == 32);  // the first three grids suffice
  // From grids up to 48³, with an error of 3e-5.
  CHECK(found.error < 3e-4);
  CHECK_THAT(found.onsager[1][1][0][0], WithinRel(3.46024, found.error));
  CHECK_THAT(found.onsager[2][2][0][1], WithinRel(8.21925, found.error));
  CHECK_THAT(found.diffusivities[2][0], WithinRel(19.59281, found.error));
  CHECK_THAT(found.diffusivities[2][1], WithinRel(25.89393, found.error));
  CHECK_THAT(found.heat_conductivity[1], WithinRel(1.523304, found.error));
}

TEST_CASE("Onsager coefficients have the symmetries of the gas") {
  const Dispersion band = Dispersion::nearest_neighbour(2);
  const LatticeGrid grid(12, band);
  const auto options = plain(12, TimeWindow::flat);
  const auto at = [&](double beta, double exponent, const LatticeGrid& nodes) {
    return onsager_coefficients(nodes, Equilibrium(Statistics::fermion, beta, 2.0, exponent), options);
  };
  SECTION("particles become holes where ω becomes 4 − ω") {
    const auto hot = at(0.7, 0.3, grid), inverted = at(-0.7, 0.3, grid);
    CHECK(largest_difference(hot, at(0.7, -0.3, grid), 2) > 0.01);
    CHECK_THAT(inverted.diffusivities[0][0], WithinRel(hot.diffusivities[0][0], 1e-12));
    CHECK_THAT(inverted.heat_conductivity[0], WithinRel(hot.heat_conductivity[0], 1e-12));
    CHECK_THAT(hot.number, WithinRel(inverted.number, 1e-12));
  }
  SECTION("the origin of energies does not matter") {
    const LatticeGrid moved(
        12, Dispersion::from_formula(2, [](const auto& k) { return 9.0 - cos(two_pi * k[0]) - cos(two_pi * k[1]); }));
    const auto here = onsager_coefficients(grid, fermions, options);
    const auto there = onsager_coefficients(moved, Equilibrium(Statistics::fermion, 0.6, 7.0, -0.3), options);
    for (const std::size_t a : {0U, 1U}) {
      // Rounding times the squared ratio of the origin to the band.
      CHECK_THAT(there.diffusivities[0][a], WithinRel(here.diffusivities[0][a], 1e-11));
    }
    CHECK_THAT(there.heat_conductivity[0], WithinRel(here.heat_conductivity[0], 1e-11));
    CHECK_THAT(there.onsager[0][0][0][1], WithinRel(here.onsager[0][0][0][1] + 7.0 * here.onsager[0][0][0][0], 1e-12));
  }
  SECTION("without a temperature there is no heat to conduct") {
    const auto found = at(0.0, 0.5, grid);
    CHECK(found.heat_conductivity[0] == 0.0);
    CHECK(found.diffusivities[0][0] > 0.0);
    CHECK(found.error < 1e-11);
  }
  SECTION("rates are proportional to the strength") {
    auto strong = options;
    strong.strength = 4.0;
    const auto found = onsager_coefficients(grid, fermions, strong);
    CHECK_THAT(4.0 * found.heat_conductivity[0],
               WithinRel(onsager_coefficients(grid, fermions, options).heat_conductivity[0], 1e-12));
  }
}

TEST_CASE("the modes of the diffusion matrix are its eigenvectors, and orthonormal in the inverse susceptibility") {
  const auto options = plain(8, TimeWindow::bohman);
  const auto eigen = [](const ConservedMatrix& M) { return Eigen::Matrix2d{{M[0][0], M[0][1]}, {M[1][0], M[1][1]}}; };
  for (const Equilibrium& eq : {fermions, bosons, Equilibrium(Statistics::classical, -0.5, 0.0, 0.4)}) {
    const auto found = onsager_coefficients(LatticeGrid(8, triangular_band()), eq, options);
    for (const std::size_t i : {0U, 1U}) {
      const Eigen::Matrix2d V = eigen(found.modes[i]).transpose(), D = eigen(found.diffusion[i][i]);
      const Eigen::Vector2d values(found.diffusivities[i][0], found.diffusivities[i][1]);
      // Rounding of 2 x 2 matrices with a condition of about 100.
      CHECK((D * V - V * values.asDiagonal()).cwiseAbs().maxCoeff() < 1e-12 * D.cwiseAbs().maxCoeff());
      CHECK((V * V.transpose() - eigen(found.susceptibility)).cwiseAbs().maxCoeff() < 1e-13);
      CHECK(V.row(0).minCoeff() > 0.0);
    }
  }
  // Half filling: number and energy beyond 2 a particle are even and odd under the exchange of particles and holes.
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const auto half = onsager_coefficients(grid, Equilibrium(Statistics::fermion, 0.6, 2.0, 0.0), options).modes[0];
  const std::size_t number = half[0][0] > half[1][0] ? 0 : 1, energy = 1 - number;
  CHECK_THAT(half[number][1], WithinRel(2.0 * half[number][0], 1e-10));
  CHECK(std::abs(half[energy][0]) < 1e-10);
  CHECK(half[energy][1] > 0.0);
}

TEST_CASE("errors of Onsager coefficients are those of each, and the largest of them") {
  const Dispersion band = Dispersion::nearest_neighbour(2);
  const auto coarse = onsager_coefficients(band, bosons, up_to(32)),
             fine = onsager_coefficients(band, bosons, up_to(96));
  double largest = 0.0;
  for (const std::size_t a : {0U, 1U}) {
    for (const std::size_t b : {0U, 1U}) {
      const auto relative = [&](const ConservedMatrix& x, const ConservedMatrix& y) {
        return std::abs(x[a][b] - y[a][b]) / std::sqrt(y[a][a] * y[b][b]);
      };
      CHECK(relative(coarse.onsager[1][1], fine.onsager[1][1]) < coarse.errors.onsager[1][1][a][b]);
      CHECK(relative(coarse.susceptibility, fine.susceptibility) < coarse.errors.susceptibility[a][b]);
      const double unit = std::sqrt(fine.susceptibility[a][a] / fine.susceptibility[b][b]) * fine.diffusivities[0][1];
      CHECK(std::abs(coarse.diffusion[0][0][a][b] - fine.diffusion[0][0][a][b]) <
            unit * coarse.errors.diffusion[0][0][a][b]);
      CHECK(std::abs(coarse.modes[0][a][b] - fine.modes[0][a][b]) <
            std::sqrt(fine.susceptibility[b][b]) * coarse.errors.modes[0][a][b]);
      largest = std::max({largest, coarse.errors.onsager[0][0][a][b], coarse.errors.diffusion[0][0][a][b]});
    }
    CHECK(std::abs(coarse.diffusivities[0][a] / fine.diffusivities[0][a] - 1.0) < coarse.errors.diffusivities[0][a]);
    largest = std::max(largest, coarse.errors.diffusivities[0][a]);
  }
  CHECK(std::abs(coarse.number / fine.number - 1.0) < coarse.errors.number);
  CHECK(coarse.error == std::max(largest, coarse.errors.heat_conductivity[0]));
  CHECK(coarse.solving < 1e-2 * coarse.error);
  CHECK(coarse.reciprocity <= coarse.solving);
}

TEST_CASE("grids too coarse for a cold gas are passed over") {
  const Dispersion band = Dispersion::nearest_neighbour(2);
  const Equilibrium cold(Statistics::fermion, 10.0, 1.0, 0.0);
  CHECK_THROWS_AS(onsager_coefficients(LatticeGrid(16, band), cold), Error);
  const auto found = onsager_coefficients(band, cold, up_to(64));
  CHECK(found.points == 64);
  CHECK(found.diffusivities[0][0] > 0.0);
}

TEST_CASE("what has no Onsager coefficients is refused") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  CHECK(says(sentence([&] {
               return onsager_coefficients(grid, fermions, plain(8, TimeWindow::flat, EnergyConstraint::none));
             }),
             "must be projection or reference_temperature (found none)"));
  CHECK(says(sentence([&] {
               return onsager_coefficients(grid, Equilibrium(Statistics::classical, 100.0, 0.0, 0.0),
                                           plain(8, TimeWindow::flat));
             }),
             "too cold or too thin"));
  const Dispersion chain = Dispersion::from_formula(
      1, [](const auto& k) { return 2.0 - cos(two_pi * k[0]) - 0.3 * cos(2.0 * two_pi * k[0]); });
  CHECK(says(sentence([&] { return onsager_coefficients(chain, fermions, OnsagerOptions{}); }), "dimension = 1"));
  const Dispersion band = Dispersion::nearest_neighbour(2);
  for (const double tolerance : {0.0, 1.0, 1e-11, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(says(sentence([&] { return onsager_coefficients(band, fermions, up_to(0, tolerance)); }), "tolerance = "));
  }
  for (const int points : {-1, 31, 4097}) {
    CHECK(says(sentence([&] { return onsager_memory(band, up_to(points)); }), "most_points = "));
  }
  CHECK(onsager_memory(band, up_to(64)) > 8 * 64 * 64);
}
