// SPDX-License-Identifier: GPL-3.0-or-later
// Three-phonon collisions: against sums over momenta and over events of a quantum chain, and what is promised whatever
// the resolution.
#include <nordheim/collision/three_phonon.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/fock.hpp"
#include "support/lattice_states.hpp"
#include "support/phonon_loops.hpp"

#include <array>
#include <cmath>
#include <complex>

using namespace nordheim;
using namespace nordheim::test;

namespace {

const std::vector<CubicBond> two_bonds{{{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.35}};

std::vector<double> phonon_state(const LatticeGrid& grid) {
  return sample(grid, [](const Vector3& k) {
    return 0.6 + 0.3 * std::cos(two_pi * k[0]) + 0.2 * std::cos(two_pi * k[1]) +
           0.04 * std::sin(two_pi * (k[0] - k[1])) + 0.05 * std::sin(two_pi * (k[2] + k[0]));
  });
}

ThreePhononOptions sampled(std::vector<CubicBond> bonds, TimeWindow window, double horizon, double step) {
  ThreePhononOptions options;
  options.bonds = std::move(bonds);
  options.window = window;
  options.horizon = horizon;
  options.time_step = step;
  options.energy = EnergyConstraint::none;
  options.threads = 1;
  return options;
}

/// |Σ_x α Π_legs (e^{±i2πk·x} − 1)|² Π (2ω)⁻¹, momenta counted positive where a quantum is destroyed.
double vertex(const LatticeGrid& grid, const std::vector<CubicBond>& bonds, const std::array<LegOf, 3>& legs) {
  std::complex<double> sum = 0.0;
  for (const CubicBond& bond : bonds) {
    std::complex<double> product = bond.alpha;
    for (const LegOf& leg : legs) {
      const Vector3 k = grid.momentum(leg.node);
      product *= std::polar(1.0, -leg.sign * two_pi * (k[0] * bond.x[0] + k[1] * bond.x[1] + k[2] * bond.x[2])) - 1.0;
    }
    sum += product;
  }
  double result = std::norm(sum);
  for (const LegOf& leg : legs) result /= 2.0 * grid.energies()[leg.node];
  return result;
}

/// The collision term as it is written in the header, ω > 0 everywhere, at every node or at each `stride`-th.
std::vector<double> three_phonon_loop(const LatticeGrid& grid, const std::vector<CubicBond>& bonds,
                                      const Equilibrium& reference, const SampledDelta& delta,
                                      const std::vector<double>& W, std::size_t stride = 1) {
  const std::size_t n = grid.size();
  std::vector<double> C(n);
  const auto add = [&](std::size_t a, double factor, const std::array<LegOf, 3>& legs) {
    double energy = 0.0;
    for (const LegOf& leg : legs) energy += leg.sign * grid.energies()[leg.node];
    C[a] += factor / static_cast<double>(n) * vertex(grid, bonds, legs) * delta(energy) *
            bracket(grid, Statistics::boson, reference, W, legs);
  };
  for (std::size_t a = 0; a < n; a += stride) {
    for (std::size_t b = 0; b < n; ++b) {
      add(a, 2.0 * two_pi, {{{+1, a}, {-1, b}, {-1, node_of_sum(grid, {{1, a}, {-1, b}})}}});
      add(a, 4.0 * two_pi, {{{+1, a}, {+1, b}, {-1, node_of_sum(grid, {{1, a}, {1, b}})}}});
    }
  }
  return C;
}

}  // namespace

TEST_CASE("finite-grid test vector of three-phonon collisions") {
  // Made by an independent program (complex FFTs in Python and a loop).
  const LatticeGrid grid(8, Dispersion::bending(2, 0.4));
  const auto W = sample(grid, [](const Vector3& k) {
    return 0.6 + 0.3 * std::cos(two_pi * k[0]) + 0.2 * std::cos(two_pi * k[1]) +
           0.04 * std::sin(two_pi * (k[0] - k[1]));
  });
  ThreePhonon op(grid, sampled(two_bonds, TimeWindow::parzen, 3.0, 0.15));
  op.set_reference(Equilibrium(Statistics::boson, 0.4, 0.0, 0.0));
  std::vector<double> C(grid.size());
  op.apply(W, C);
  CHECK_THAT(C[grid.node({1, 0, 0})], WithinRel(4.330009363867168e-02, 1e-13));
  CHECK_THAT(C[grid.node({1, 2, 0})], WithinRel(4.470380958683278e-03, 1e-13));
  CHECK_THAT(C[grid.node({3, 1, 0})], WithinRel(-4.453143053974519e-03, 1e-13));
}

TEST_CASE("three-phonon collisions equal a sum over all momenta") {
  struct Setting {
    Dispersion dispersion;
    int points;
    std::vector<CubicBond> bonds;
    TimeWindow window;
    double horizon, step;
  };
  // Odd and even grids, bonds along and across the axes, longer than the grid, in every dimension.
  const std::array settings{
      Setting{Dispersion::bending(1, 0.3), 15, {{{1, 0, 0}, 0.7}, {{-2, 0, 0}, 0.2}}, TimeWindow::bohman, 3.0, 0.5},
      Setting{Dispersion::bending(2, 0.4), 7, {{{1, 2, 0}, 0.6}, {{0, -1, 0}, 0.3}}, TimeWindow::flat, 2.0, 0.2},
      Setting{Dispersion::bending(2, 0.7), 6, {{{7, 1, 0}, 0.6}}, TimeWindow::parzen, 1.5, 0.2},
      Setting{Dispersion::bending(3, 0.5),
              5,
              {{{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.3}, {{1, -1, 2}, 0.4}},
              TimeWindow::flat,
              1.0,
              0.2}};
  for (const Setting& setting : settings) {
    const LatticeGrid grid(setting.points, setting.dispersion);
    const auto W = phonon_state(grid);
    ThreePhonon op(grid, sampled(setting.bonds, setting.window, setting.horizon, setting.step));
    const Equilibrium reference(Statistics::boson, 0.3, 0.0, 0.0);
    op.set_reference(reference);
    std::vector<double> C(grid.size()), nu(grid.size());
    op.apply(W, C);
    op.loss_rate(W, nu);
    const auto slow =
        three_phonon_loop(grid, setting.bonds, reference, {setting.window, setting.horizon, setting.step}, W);
    CAPTURE(setting.dispersion.description(), setting.points);
    CHECK(largest(slow) > 1e-4);
    // Gain and loss are some ten times C: their round-off is what is left.
    for (std::size_t a = 0; a < grid.size(); ++a) CHECK_THAT(C[a], WithinAbs(slow[a], 1e-13 * largest(nu)));
    CHECK(C[0] == 0.0);
    CHECK(nu[0] == 0.0);
  }
}

TEST_CASE("three-phonon collisions equal a sum over momenta on grids that are swept slab by slab") {
  // Bonds along the axes, one after the other in the memory of the grid; across slabs and rows at once; over half of
  // the grid; more than three.
  const std::vector<CubicBond> axes{{{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.3}, {{0, 0, 1}, 0.5}};
  const std::vector<CubicBond> plane{{{1, 0, 0}, 0.6}, {{0, 0, 1}, 0.4}};
  const std::vector<CubicBond> oblique{{{0, 1, 1}, 0.4}, {{2, -1, 0}, 0.2}};
  const std::vector<CubicBond> far{{{0, 7, -2}, 0.4}, {{5, 0, 1}, 0.2}, {{0, 8, 1}, 0.3}};
  const std::vector<CubicBond> many{
      {{1, 0, 0}, 0.6}, {{0, 1, 0}, -0.3}, {{0, 0, 1}, 0.5}, {{0, 2, 0}, 0.2}, {{2, 0, 0}, 0.1}};
  for (const auto& bonds : {axes, plane, oblique, far, many}) {
    const LatticeGrid grid(bonds == far ? 17 : 16, Dispersion::bending(3, 0.5));
    const auto W = phonon_state(grid);
    ThreePhonon op(grid, sampled(bonds, TimeWindow::flat, 0.4, 0.2));
    const Equilibrium reference(Statistics::boson, 0.1, 0.0, 0.0);
    op.set_reference(reference);
    std::vector<double> C(grid.size()), nu(grid.size());
    op.apply(W, C);
    op.loss_rate(W, nu);
    const std::size_t stride = 1361;  // no two in one slab or row
    const auto slow = three_phonon_loop(grid, bonds, reference, {TimeWindow::flat, 0.4, 0.2}, W, stride);
    CAPTURE(grid.points(), bonds.size());
    CHECK(largest(slow) > 1e-4);
    for (std::size_t a = 0; a < grid.size(); a += stride) CHECK_THAT(C[a], WithinAbs(slow[a], 1e-13 * largest(nu)));
  }
}

TEST_CASE("the three-phonon amplitude of a quantum chain") {
  // ⟨1 quantum|H₃|2 quanta⟩ = 2Γ L^{−1/2}, from explicit states.
  const LatticeGrid grid(4, Dispersion::bending(1, 0.6));
  const Ring ring{{grid.energies().begin(), grid.energies().end()}};
  const std::vector<CubicBond> bonds{{{1, 0, 0}, 0.23}, {{2, 0, 0}, -0.4}};
  const FockState reached = ring.cubic(quanta(4, {1, 2}), {{1, 0.23}, {2, -0.4}});
  const double expected = 4.0 / 4.0 * vertex(grid, bonds, {{{+1, 3}, {-1, 1}, {-1, 2}}});
  CHECK_THAT(std::norm(amplitude(reached, 4, {3})), WithinRel(expected, 1e-13));
  CHECK(std::abs(amplitude(reached, 4, {1})) < 1e-15);  // momentum
}

TEST_CASE("three-phonon collisions equal the golden rule summed over the events of a quantum chain") {
  const LatticeGrid grid(6, Dispersion::bending(1, 0.3));
  const std::vector<CubicBond> bonds{{{1, 0, 0}, 0.23}, {{2, 0, 0}, -0.4}};
  ThreePhonon op(grid, sampled(bonds, TimeWindow::flat, 2.0, 0.2));
  op.set_reference(Equilibrium(Statistics::boson, 0.0, 0.0, 0.0));  // β = 0: the bare bracket off the shell as well
  const auto W = phonon_state(grid);
  std::vector<double> C(grid.size());
  op.apply(W, C);
  const Ring ring{{grid.energies().begin(), grid.energies().end()}};
  const auto events = golden_rule_sum(
      ring, W, 1, 2,
      [&](const FockState& in) {
        return ring.cubic(in, {{1, 0.23}, {2, -0.4}});
      },
      SampledDelta{TimeWindow::flat, 2.0, 0.2});
  for (std::size_t k = 0; k < events.size(); ++k) CHECK_THAT(C[k], WithinAbs(events[k], 1e-13 * largest(events)));
}

TEST_CASE("three-phonon collisions conserve energy and make entropy, equilibria stay") {
  for (const int dimension : {2, 3}) {
    const LatticeGrid grid(dimension == 2 ? 10 : 6, Dispersion::bending(dimension, 0.4));
    const auto W = phonon_state(grid);
    for (const auto energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
      ThreePhononOptions options;
      options.bonds = two_bonds;
      options.energy = energy;
      options.window = TimeWindow::parzen;
      options.threads = 1;
      ThreePhonon op(grid, options);
      CAPTURE(dimension, static_cast<int>(energy));
      std::vector<double> C(grid.size()), dC(grid.size()), nu(grid.size());
      const CollisionReport report = op.apply(W, C);
      op.apply_linearised(W, phonon_state(grid), dC);
      REQUIRE(op.invariants().size() == 1);
      double sum = 0.0, d_sum = 0.0;
      for (std::size_t a = 0; a < C.size(); ++a) {
        sum += grid.weights()[a] * grid.energies()[a] * C[a];
        d_sum += grid.weights()[a] * grid.energies()[a] * dC[a];
      }
      // Sums of 100 to 200 numbers of size max |C| and energies up to 12.
      CHECK_THAT(sum, WithinAbs(0.0, 6e-15 * largest(C)));
      CHECK_THAT(d_sum, WithinAbs(0.0, 6e-15 * largest(dC)));
      CHECK(entropy_production(Statistics::boson, W, C, grid.weights()) > 1e-3 * report.largest_rate);
      if (energy == EnergyConstraint::reference_temperature) CHECK(report.correction < 1e-11 * report.largest_rate);

      const Equilibrium eq(Statistics::boson, 0.5, 0.0, 0.0);
      std::vector<double> f(grid.size());
      for (std::size_t a = 0; a < f.size(); ++a) f[a] = eq.occupation(grid.energies()[a]);
      f[0] = 17.0;  // decoupled: whatever it is, the rest does not see it
      op.apply(f, C);
      op.loss_rate(f, nu);
      CHECK_THAT(op.reference_for(f).beta(), WithinRel(0.5, 1e-12));
      CHECK(largest(C) < 2e-14 * largest(nu) * 17.0);
    }
  }
}

TEST_CASE("the linearisation of three-phonon collisions is the derivative") {
  for (const auto& [dimension, points] : {std::pair{1, 12}, {2, 6}, {3, 6}, {3, 16}}) {
    const LatticeGrid grid(points, Dispersion::bending(dimension, 0.4));
    const auto W = phonon_state(grid);
    const auto dW = sample(grid, [](const Vector3& k) { return 0.3 + 0.5 * std::sin(two_pi * (k[1] - 2.0 * k[0])); });
    for (const auto energy :
         {EnergyConstraint::none, EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
      ThreePhononOptions options;
      options.bonds = {{{1, 0, 0}, 0.6}};
      if (dimension > 1) options.bonds.push_back({{0, 1, 0}, -0.35});
      options.energy = energy;
      options.window = TimeWindow::parzen;
      options.threads = 1;
      ThreePhonon op(grid, options);
      CAPTURE(dimension, points, static_cast<int>(energy));
      const auto at = [&](double step) {
        std::vector<double> moved(W), C(W.size());
        for (std::size_t a = 0; a < W.size(); ++a) moved[a] += step * dW[a];
        op.apply(moved, C);
        return C;
      };
      const double s = 3e-4;
      const auto p1 = at(s), m1 = at(-s), p2 = at(2 * s), m2 = at(-2 * s);
      std::vector<double> dC(W.size()), difference(W.size());
      op.apply_linearised(W, dW, dC);
      for (std::size_t a = 0; a < W.size(); ++a) {
        difference[a] = (8.0 * (p1[a] - m1[a]) - (p2[a] - m2[a])) / (12.0 * s);
      }
      // s⁴ times fifth derivatives, and round-off over s.
      CHECK(largest_difference(dC, difference) < 3e-10 * std::max(1.0, largest(dC)));
    }
  }
}

TEST_CASE("modes that no bond moves are frozen") {
  const LatticeGrid plane(6, Dispersion::bending(2, 0.4));
  ThreePhononOptions options;
  options.threads = 1;
  options.bonds = {{{1, 0, 0}, 0.6}};
  CHECK(ThreePhonon(plane, options).frozen() == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});  // kx = 0
  options.bonds = {{{2, 0, 0}, 0.6}, {{0, 1, 0}, 0.6}};
  CHECK(ThreePhonon(plane, options).frozen() == std::vector<std::size_t>{0, 18});  // (0, 0) and (½, 0)
  options.bonds = two_bonds;
  CHECK(ThreePhonon(plane, options).frozen() == std::vector<std::size_t>{0});
  // ω(0) = 0 is no obstacle there.
  ThreePhonon soft(LatticeGrid(6, Dispersion::bending(2, 0.0)), options);
  std::vector<double> W = phonon_state(soft.space()), C(W.size());
  soft.apply(W, C);
  CHECK(C[0] == 0.0);
  CHECK(largest(C) > 1e-4);
}

TEST_CASE("the result of three-phonon collisions does not depend on the number of threads") {
  const LatticeGrid grid(8, Dispersion::bending(3, 0.5));
  const auto W = phonon_state(grid);
  std::vector<double> one(grid.size()), C(grid.size());
  ThreePhononOptions options;
  options.bonds = two_bonds;
  options.threads = 1;
  ThreePhonon(grid, options).apply(W, one);
  for (const int threads : {2, 5}) {
    options.threads = threads;
    ThreePhonon(grid, options).apply(W, C);
    CHECK(largest_difference(C, one) < 1e-14 * largest(one));
  }
}

TEST_CASE("what three-phonon collisions refuse") {
  using Catch::Matchers::Contains;
  const auto refused = [](const Dispersion& band, const std::vector<CubicBond>& bonds) {
    ThreePhononOptions options;
    options.bonds = bonds;
    return ThreePhonon(LatticeGrid(6, band), options);
  };
  for (const Dispersion& band : {Dispersion::optical(2, 0.7), Dispersion::acoustic(2)}) {
    CHECK_THROWS_WITH(refused(band, two_bonds), Contains("no phonon can decay into two") && Contains("omega(k+k')"));
  }
  CHECK_THROWS_WITH(refused(Dispersion::bending(2, 7.0), two_bonds), Contains("twice the lowest frequency"));
  const Dispersion band = Dispersion::bending(2, 0.4);
  CHECK_THROWS_WITH(refused(band, {}), Contains("at least one bond"));
  CHECK_THROWS_WITH(refused(band, {{{0, 0, 0}, 1.0}}), Contains("bond 1: x = 0 joins a site with itself"));
  CHECK_THROWS_WITH(refused(band, {{{1, 0, 0}, 0.0}}), Contains("bond 1: alpha = 0 must be finite and not zero"));
  CHECK_THROWS_WITH(refused(band, {{{1, 0, 0}, -1e150}}), Contains("bond 1: alpha = -1e+150; its absolute value"));
  CHECK_THROWS_WITH(refused(band, {{{1, 0, 1}, 1.0}}), Contains("beyond dimension 2"));
  CHECK_THROWS_WITH(refused(band, {{{1, 0, 0}, 1.0}, {{-1, 0, 0}, 1.0}}), Contains("already bond 1"));
  // The soft mode k = 0 is moved by no bond, one at kx = ½ is.
  CHECK_THROWS_WITH(refused(Dispersion::from_function(1,
                                                      [](const Vector3& k) {
                                                        const double s = std::sin(two_pi * k[0]);
                                                        return 2.0 * s * s;
                                                      }),
                            {{{1, 0, 0}, 1.0}}),
                    Contains("a mode that the bonds move"));
  ThreePhonon op = refused(band, two_bonds);
  CHECK(op.resonance().found);
  CHECK_THROWS_WITH(op.set_reference(Equilibrium(Statistics::boson, 1.0, 0.1, 0.0)), Contains("mu must be 0"));
  std::vector<double> W(36, 0.5), C(36), short_one(35);
  CHECK_THROWS_AS(op.apply(W, short_one), DimensionMismatch);
  // A state that is not finite leaves nothing behind.
  W[3] = std::nan("");
  op.set_reference(Equilibrium(Statistics::boson, 0.5, 0.0, 0.0));
  CHECK_THROWS_AS(op.apply(W, C), RecoverableError);
  W[3] = 0.5;
  op.apply(W, C);
  CHECK(std::isfinite(largest(C)));
  ThreePhononOptions options;
  options.bonds = two_bonds;
  CHECK(ThreePhonon::time_nodes(6, band, options) == op.time_nodes());
  CHECK(ThreePhonon::memory(6, band, options) > std::size_t{8} * 13 * 36);
}

TEST_CASE("the estimate bounds the error of three-phonon collisions") {
  // Against a grid four times as fine. The error falls slowly: in d = 2 the term has van Hove singularities, where it
  // is as large as the term itself on coarse grids, and the estimate has to say so.
  const Dispersion band = Dispersion::bending(2, 0.4);
  for (const int points : {8, 12, 24}) {
    const LatticeGrid grid(points, band), fine(4 * points, band);
    ThreePhononOptions options;
    options.threads = 1;
    options.bonds = two_bonds;
    ThreePhonon op(grid, options), exact(fine, options);
    std::vector<double> C(grid.size()), C_fine(fine.size());
    op.apply(phonon_state(grid), C);
    exact.apply(phonon_state(fine), C_fine);
    double error = 0.0;
    for (int i = 0; i < points; ++i) {
      for (int j = 0; j < points; ++j) {
        error = std::max(error, std::abs(C[grid.node({i, j, 0})] - C_fine[fine.node({4 * i, 4 * j, 0})]));
      }
    }
    CAPTURE(points, error / largest(C));
    CHECK(error < op.error_estimate(phonon_state(grid)).absolute);
  }
}
