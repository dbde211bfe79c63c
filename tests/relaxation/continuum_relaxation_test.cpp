// SPDX-License-Identifier: GPL-3.0-or-later
// Whole runs in R³, to the Bose, Fermi or Maxwell distribution of the same number, momentum and energy.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/evolution/shifted_system.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_fit.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

using namespace nordheim;

namespace {

using Occupation = std::function<double(const Vector3&)>;

Occupation gaussian(double height, Vector3 centre, Vector3 variance) {
  return [=](const Vector3& k) {
    double x = 0.0;
    for (std::size_t j = 0; j < 3; ++j) x += (k[j] - centre[j]) * (k[j] - centre[j]) / variance[j];
    return height * std::exp(-0.5 * x);
  };
}

/// Two beams along e_3, or along a skew axis, of unequal strength and width.
Occupation beams(const Vector3& first, const Vector3& second) {
  return [a = gaussian(0.5, first, {0.8, 0.8, 0.8}), b = gaussian(0.25, second, {1.0, 1.0, 1.0})](const Vector3& k) {
    return a(k) + b(k);
  };
}

/// Sums in extended precision: it is W whose drift is measured, not the rounding of a sum over all nodes.
std::array<long double, 5> exact_moments(const SphericalGrid& grid, ConstState W) {
  std::array<long double, 5> sums{};
  for (std::size_t a = 0; a < W.size(); ++a) {
    const long double wW = static_cast<long double>(grid.weights()[a]) * W[a];
    sums[0] += wW;
    for (std::size_t j = 0; j < 3; ++j) sums[1 + j] += wW * grid.velocities()[3 * a + j];
    sums[4] += wW * grid.energies()[a];
  }
  return sums;
}

/// A run ends where the distance to equilibrium has fallen to this part of the first one: for a tolerance of 1e-10 of
/// the deviation from equilibrium.
constexpr double arrival = 1e-9;

struct Watched {
  EvolutionReport report;
  MovingEquilibrium equilibrium;
  double number_drift = 0.0, energy_drift = 0.0;
  double momentum_drift = 0.0;  ///< relative to Σ w |k| W
  double entropy_fall = 0.0;    ///< relative
  double initial_distance = 0.0;
  double entropy_gap = 0.0;  ///< entropy of the equilibrium less the final one, relative
  double fixed_point = 0.0;  ///< max |C| at the equilibrium relative to the first max |C|
  double min_W = std::numeric_limits<double>::infinity();
  Observables end{};
};

Watched relax(const Occupation& W0, Statistics statistics, SphericalGridOptions options) {
  const SphericalGrid grid(fitted_to(W0, statistics, options));
  const std::vector<double> start = sample(grid, W0);
  SphericalTwoBody op(grid, statistics, {.threads = 1});
  const MovingEquilibrium equilibrium = op.equilibrium_of(start);
  op.set_reference(equilibrium);
  const auto target = sample(grid, [&](const Vector3& k) { return equilibrium.occupation(k); });

  Watched seen{.report = {}, .equilibrium = equilibrium};
  std::vector<double> C(grid.size());
  const double first_rate = op.apply(start, C).largest_rate;
  seen.fixed_point = op.apply(target, C).largest_rate / first_rate;
  seen.initial_distance = max_difference(start, target);

  KineticEquation equation(std::move(op));
  std::vector<double> z(grid.size()), W(grid.size());
  for (std::size_t a = 0; a < z.size(); ++a) z[a] = start[a] - target[a];
  Evolution evolution(shifted(ode_system(equation), target), {.rtol = 1e-10, .atol = 1e-12});
  const auto first = exact_moments(grid, start);
  long double momentum_scale = 0.0L;
  for (std::size_t a = 0; a < W.size(); ++a) {
    momentum_scale += grid.weights()[a] * start[a] * std::sqrt(2.0 * grid.energies()[a]);
  }
  const std::vector<double> at_equilibrium(grid.size(), 0.0);
  // Far out, where W is below the tolerance of the run, it may be negative: such nodes are empty.
  std::vector<double> filled(grid.size());
  const auto entropy_of = [&](const std::vector<double>& state) {
    for (std::size_t a = 0; a < state.size(); ++a) filled[a] = std::max(state[a], 0.0);
    return entropy(statistics, filled, grid.weights());
  };
  double entropy_before = entropy_of(start);
  evolution.observe([&](const Observation& now) {
    for (std::size_t a = 0; a < W.size(); ++a) W[a] = target[a] + now.y[a];
    const auto moments = exact_moments(grid, W);
    const auto drift = [&](std::size_t i, long double scale) {
      return static_cast<double>(std::abs((moments[i] - first[i]) / scale));
    };
    seen.number_drift = std::max(seen.number_drift, drift(0, first[0]));
    for (std::size_t j = 1; j < 4; ++j) seen.momentum_drift = std::max(seen.momentum_drift, drift(j, momentum_scale));
    seen.energy_drift = std::max(seen.energy_drift, drift(4, first[4]));
    const double S = entropy_of(W);
    seen.entropy_fall = std::max(seen.entropy_fall, (entropy_before - S) / std::abs(S));
    entropy_before = S;
    seen.min_W = std::min(seen.min_W, *std::min_element(W.begin(), W.end()));
  });
  evolution.stop_when(
      [&](double, ConstState y) { return max_difference(y, at_equilibrium) <= arrival * seen.initial_distance; });
  seen.report = evolution.run(z, 0.0, 1e4);
  seen.end = observe(grid, equilibrium, W);
  const double last = entropy(statistics, target, grid.weights());
  seen.entropy_gap = (last - entropy_before) / std::abs(last);
  return seen;
}

void check(const Watched& seen) {
  CAPTURE(seen.report.steps, seen.report.time, seen.end.distance, seen.initial_distance, seen.min_W);
  CAPTURE(seen.number_drift, seen.momentum_drift, seen.energy_drift, seen.entropy_fall, seen.fixed_point);
  CHECK(seen.initial_distance > 0.05);
  CHECK(seen.report.stopped_by_condition);
  CHECK(seen.end.distance <= arrival * seen.initial_distance);
  // Each of some hundred steps rounds every W, at random: in the mean over as many nodes 1e-16.
  CHECK(seen.number_drift <= 1e-14);
  CHECK(seen.momentum_drift <= 1e-14);
  CHECK(seen.energy_drift <= 1e-14);
  // The rounding of a sum over some thousand nodes.
  CHECK(seen.entropy_fall <= 1e-13);
  CHECK(seen.fixed_point <= 1e-13);
  CHECK_THAT(seen.entropy_gap, WithinAbs(0.0, 1e-13));
  // Below zero by no more than ten times the tolerance of the run.
  CHECK(seen.min_W >= -1e-9 * seen.initial_distance);
}

SphericalGridOptions axial() { return {.degree = 16, .symmetry = MomentumSymmetry::axial}; }
SphericalGridOptions without_symmetry() { return {.degree = 8}; }

Occupation axial_beams() { return beams({0.0, 0.0, 1.2}, {0.0, 0.0, -0.9}); }
Occupation skew_beams() { return beams({0.3, 0.2, 1.0}, {-0.2, 0.1, -0.8}); }
/// A cloud twice as hot along e_3 as across, moving as a whole.
Occupation hot_along_3() { return gaussian(0.5, {0.0, 0.0, 0.2}, {0.7, 0.7, 1.4}); }

}  // namespace

TEST_CASE("two fermion beams relax to the Fermi distribution") {
  check(relax(axial_beams(), Statistics::fermion, axial()));
}

TEST_CASE("an anisotropic boson cloud relaxes to the Bose distribution") {
  check(relax(hot_along_3(), Statistics::boson, axial()));
}

TEST_CASE("two classical beams relax to the Maxwell distribution of their moments") {
  const Watched seen = relax(axial_beams(), Statistics::classical, axial());
  check(seen);
  // Two Gaussians of weights n h s³, in closed form: mean velocity, and temperature from what they move against it.
  const double first = 0.5 * std::pow(0.8, 1.5), second = 0.25, u = (1.2 * first - 0.9 * second) / (first + second);
  const double spread = (first * (3 * 0.8 + 1.2 * 1.2) + second * (3.0 + 0.9 * 0.9)) / (first + second) - u * u;
  // The moments of the nodes are those of the integrals but for what degree 16 leaves, 1e-7.
  CHECK_THAT(seen.equilibrium.velocity[2], WithinAbs(u, 1e-6));
  CHECK_THAT(1.0 / seen.equilibrium.at_rest.beta(), WithinRel(spread / 3.0, 1e-6));
}

TEST_CASE("skew fermion beams without symmetry relax to the Fermi distribution") {
  check(relax(skew_beams(), Statistics::fermion, without_symmetry()));
}

TEST_CASE("a boson cloud without symmetry relaxes to the Bose distribution") {
  check(relax(gaussian(0.5, {0.1, -0.2, 0.2}, {0.7, 1.0, 1.3}), Statistics::boson, without_symmetry()));
}

TEST_CASE("classical beams without symmetry relax to the Maxwell distribution") {
  check(relax(skew_beams(), Statistics::classical, without_symmetry()));
}

TEST_CASE("isotropic states of every statistics relax") {
  const SphericalGridOptions isotropic{.degree = 16, .symmetry = MomentumSymmetry::isotropic};
  const Occupation hollow = [](const Vector3& k) {
    const double square = k[0] * k[0] + k[1] * k[1] + k[2] * k[2];
    return (0.1 + 0.3 * square) * std::exp(-0.6 * square);
  };
  for (const Statistics statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    CAPTURE(name(statistics));
    check(relax(hollow, statistics, isotropic));
  }
}
