// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/model/equilibrium.hpp>
#include <nordheim/momentum/radial_grid.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/density_relaxation.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

using namespace nordheim;
using test::larger;
using test::largest;
using test::two_pi;
using Relaxation = test::DensityRelaxation<LatticeGrid>;

namespace {

/// Terms e^{i2πk·x} with |x_j| < 3.
double few_terms(const Vector3& k, double phase) {
  return 0.5 + 0.2 * std::cos(two_pi * (k[0] - 2.0 * k[1]) + phase) + 0.1 * std::sin(two_pi * (2.0 * k[0] + k[1]));
}

std::vector<double> noise(std::size_t n) {
  std::vector<double> W(n);
  for (std::size_t i = 0; i < n; ++i) W[i] = 0.5 + 0.3 * std::sin(1.0 + static_cast<double>(i * i % 1009));
  return W;
}

InhomogeneousEquation<Relaxation> equation_of(const PeriodicBox& box, const LatticeGrid& grid, double rate,
                                              std::vector<double> force, std::vector<double> potential,
                                              std::size_t threads = 1, double beta = 0.7) {
  std::vector<Relaxation> operators(threads, Relaxation(grid, rate, beta));
  return {box, std::move(operators), {.force = std::move(force), .potential = std::move(potential)}};
}

std::vector<double> at_nodes(const PeriodicBox& box, double amplitude) {
  std::vector<double> U;
  for (std::size_t r = 0; r < box.size(); ++r) {
    U.push_back(amplitude * std::cos(two_pi * box.position(r)[0] / box.lengths()[0]));
  }
  return U;
}

}  // namespace

TEST_CASE("a constant force moves momenta around the torus") {
  for (const int points : {7, 8}) {
    const LatticeGrid grid(points, Dispersion::nearest_neighbour(2));
    std::vector<double> force, W;
    const std::size_t nodes = 19;  // more than are transformed together
    for (std::size_t r = 0; r < nodes; ++r) {
      force.insert(force.end(), {0.1 * static_cast<double>(r) - 0.4, 0.3});
      for (std::size_t a = 0; a < grid.size(); ++a) {
        W.push_back(few_terms(grid.momentum(a), static_cast<double>(r)));
      }
    }
    for (const int threads : {1, 2}) {
      const LatticeForce field(grid, force, threads);
      auto moved = W, rate = std::vector<double>(W.size(), 1.0);
      const double t = 7.3;
      field.flow(t, moved);
      field.add_rate(W, rate);
      double error = 0.0, rate_error = 0.0;
      for (std::size_t r = 0; r < nodes; ++r) {
        const double fx = force[2 * r], fy = force[2 * r + 1], phase = static_cast<double>(r);
        for (std::size_t a = 0; a < grid.size(); ++a) {
          const Vector3 k = grid.momentum(a);
          const Vector3 from{k[0] - fx * t / two_pi, k[1] - fy * t / two_pi, 0.0};
          error = larger(error, std::abs(moved[r * grid.size() + a] - few_terms(from, phase)));
          const double slope = -0.2 * std::sin(two_pi * (k[0] - 2.0 * k[1]) + phase) * (fx - 2.0 * fy) +
                               0.1 * std::cos(two_pi * (2.0 * k[0] + k[1])) * (2.0 * fx + fy);
          rate_error = larger(rate_error, std::abs(rate[r * grid.size() + a] - (1.0 - slope)));
        }
      }
      CHECK(error < 1e-14);  // phases up to 30, rounded
      CHECK(rate_error < 1e-14);
    }
  }
}

TEST_CASE("Bloch oscillations return after the time that a force needs around the torus") {
  // In a constant force the motion is r(t) = r + (ω(k) − ω(k − Ft/2π))/F: no drift without collisions.
  const LatticeGrid grid(32, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({24.0}, {16});
  const double force = 0.8, period = two_pi / force;
  auto equation = equation_of(box, grid, 0.0, {force}, {});
  std::vector<double> W, half;
  const auto state = [](double x, double k) {
    return 1.0 + 0.3 * std::cos(two_pi * x / 24.0) * std::cos(two_pi * k) + 0.2 * std::sin(two_pi * (x / 24.0 + k));
  };
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const double k = grid.momentum(a)[0], x = box.position(r)[0];
      W.push_back(state(x, k));
      const double before = k - 0.5;  // after half a period
      half.push_back(state(x - (grid.dispersion()({k}) - grid.dispersion()({before})) / force, before));
    }
  }
  const auto start = W;
  equation.flow(0.5 * period, W);
  CHECK(max_difference(W, half) < 1e-13);
  CHECK(max_difference(W, start) > 0.3);
  // Steps may be composed, and one over the whole period changes nothing.
  equation.flow(0.2 * period, W);
  equation.flow(0.3 * period, W);
  CHECK(max_difference(W, start) < 1e-13);
  equation.flow(period, W);
  CHECK(max_difference(W, start) < 1e-13);
}

TEST_CASE("the flight in a constant force is what its rate says") {
  const LatticeGrid grid(24, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({20.0}, {16});
  const auto run = [&](EvolutionMethod method, double rtol) {
    auto equation = equation_of(box, grid, 0.1, {0.5, -0.3}, at_nodes(box, 0.1));
    std::vector<double> W;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double turn = two_pi * box.position(r)[0] / 20.0;
      for (std::size_t a = 0; a < grid.size(); ++a) W.push_back(1.0 + 0.5 * few_terms(grid.momentum(a), turn));
    }
    const auto report = Evolution(ode_system(equation), {.method = method, .rtol = rtol}).run(W, 0.0, 2.0);
    return std::pair{W, report.steps};
  };
  const auto [lawson, steps] = run(EvolutionMethod::lawson, 1e-9);
  const auto [adams, more_steps] = run(EvolutionMethod::adams, 1e-10);
  CHECK(max_difference(lawson, adams) < 1e-7);
  CHECK(steps < 60);
}

TEST_CASE("particles in a potential follow their characteristics") {
  // W(r, k, t) = W(r(−t), k(−t), 0), with dr/dt = v and dk/dt = F/(2π) backwards by steps of order 4 (error 1e-10).
  const double length = 12.0, depth = 0.5, end = 1.5;
  const auto slope = [&](double x) { return -depth * two_pi / length * std::sin(two_pi * x / length); };
  const auto start = [&](double x, double k) {
    return 1.0 + 0.4 * std::cos(two_pi * x / length) * std::cos(two_pi * k) + 0.2 * std::sin(two_pi * k);
  };
  const Dispersion omega = Dispersion::nearest_neighbour(1);
  const auto exact = [&](double x, double k) {
    const double energy = omega({k}) + depth * std::cos(two_pi * x / length);
    const int steps = 100;
    const double h = -end / steps;
    const auto rate = [&](std::array<double, 2> z) {
      return std::array{std::sin(two_pi * z[1]), -slope(z[0]) / two_pi};
    };
    const auto along = [](std::array<double, 2> z, double s, std::array<double, 2> f) {
      return std::array{z[0] + s * f[0], z[1] + s * f[1]};
    };
    std::array<double, 2> z{x, k};
    for (int i = 0; i < steps; ++i) {
      const auto k1 = rate(z), k2 = rate(along(z, 0.5 * h, k1)), k3 = rate(along(z, 0.5 * h, k2)),
                 k4 = rate(along(z, h, k3));
      for (std::size_t j = 0; j < 2; ++j) z[j] += h / 6.0 * (k1[j] + 2.0 * k2[j] + 2.0 * k3[j] + k4[j]);
    }
    // The energy of a particle does not change: the prefactor of the force is right.
    CHECK(std::abs(omega({z[1]}) + depth * std::cos(two_pi * z[0] / length) - energy) < 1e-9);
    return start(z[0], z[1]);
  };
  std::vector<double> errors;
  for (const int points : {8, 16, 32}) {
    const LatticeGrid grid(points, omega);
    const PeriodicBox box({length}, {points});
    auto equation = equation_of(box, grid, 0.0, {}, at_nodes(box, depth));
    for (std::size_t r = 0; r < box.size(); ++r) {
      CHECK(std::abs(equation.force()[r] + slope(box.position(r)[0])) < 1e-14);  // rounding of up to 32 modes
    }
    std::vector<double> W, expected;
    for (std::size_t r = 0; r < box.size(); ++r) {
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const double x = box.position(r)[0], k = grid.momentum(a)[0];
        W.push_back(start(x, k));
        expected.push_back(exact(x, k));
      }
    }
    auto by_bdf = W;
    Evolution(ode_system(equation), {.method = EvolutionMethod::lawson, .rtol = 1e-11}).run(W, 0.0, end);
    Evolution(ode_system(equation), {.method = EvolutionMethod::adams, .rtol = 1e-10}).run(by_bdf, 0.0, end);
    CHECK(max_difference(W, by_bdf) < 1e-7);  // whole right-hand side and splitting say the same
    errors.push_back(max_difference(W, expected));
  }
  INFO(errors[0] << ", " << errors[1] << ", " << errors[2]);
  // Spectral: each doubling squares the error, up to constants.
  CHECK(errors[1] < errors[0] / 30.0);
  CHECK(errors[2] < 1e-8);
}

TEST_CASE("number is conserved at every position and forces do the work that the current says") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(3));
  const PeriodicBox box({9.0, 5.0}, {6, 5});
  std::vector<double> U;
  for (std::size_t r = 0; r < box.size(); ++r) U.push_back(std::sin(1.0 + static_cast<double>(r * r % 17)));
  InhomogeneousEquation<Relaxation> equation(box, std::vector<Relaxation>(1, Relaxation(grid, 0.0, 1.0)),
                                             {.axes = {2, 0}, .force = {0.3, -0.2, 0.5}, .potential = U});
  const std::vector<double> W = noise(equation.size());
  std::vector<double> rate(W.size()), change(box.size()), energy_change(box.size()), power(box.size());
  std::vector<double> J(2 * box.size()), energy_J(2 * box.size()), divergence(box.size()),
      energy_divergence(box.size());
  equation.right_hand_side(0.0, W, rate);
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const std::size_t i = r * grid.size() + a;
      const double w = grid.weights()[a], energy = grid.energies()[a];
      const double* const v = grid.velocities().data() + 3 * a;
      change[r] += w * rate[i];
      energy_change[r] += w * energy * rate[i];
      J[2 * r] += w * v[2] * W[i];
      J[2 * r + 1] += w * v[0] * W[i];
      energy_J[2 * r] += w * energy * v[2] * W[i];
      energy_J[2 * r + 1] += w * energy * v[0] * W[i];
      for (std::size_t j = 0; j < 3; ++j) power[r] += equation.force()[3 * r + j] * w * v[j] * W[i];
    }
  }
  equation.streaming().divergence(J, divergence);
  equation.streaming().divergence(energy_J, energy_divergence);
  double total = 0.0;  // of ω + U in a box without the constant force
  for (std::size_t r = 0; r < box.size(); ++r) {
    CHECK(std::abs(change[r] + divergence[r]) < 1e-15);
    CHECK(std::abs(energy_change[r] + energy_divergence[r] - power[r]) < 5e-15);  // sums of 216 numbers of size 3
    double work = 0.0;                                                            // of the constant force
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const double* const v = grid.velocities().data() + 3 * a;
      work += grid.weights()[a] * W[r * grid.size() + a] * (0.3 * v[0] - 0.2 * v[1] + 0.5 * v[2]);
    }
    total += energy_change[r] + U[r] * change[r] - work;
  }
  CHECK(largest(power) > 1e-2);
  CHECK(std::abs(total) < 1e-13);  // of thirty positions
}

TEST_CASE("equilibria in a potential are stationary to the accuracy of the grids") {
  const auto rate_of = [](Statistics statistics, int points, int nodes) {
    const LatticeGrid grid(points, Dispersion::nearest_neighbour(2));
    const PeriodicBox box({30.0}, {nodes});
    const auto U = at_nodes(box, 0.8);
    std::vector<LatticeTwoBody> operators;
    operators.emplace_back(grid, statistics, LatticeTwoBodyOptions{.threads = 1});
    InhomogeneousEquation<LatticeTwoBody> equation(box, std::move(operators), {.potential = U});
    std::vector<double> W, rate(equation.size()), flight(equation.size());
    for (std::size_t r = 0; r < box.size(); ++r) {
      const Equilibrium local(statistics, 0.6, 0.0, 0.6 * (U[r] + 2.5));
      for (const double energy : grid.energies()) W.push_back(local.occupation(energy));
    }
    equation.right_hand_side(0.0, W, rate);
    equation.streaming().rate(W, flight);
    CHECK(largest(flight) > 1e-3);
    return largest(rate);
  };
  for (const auto statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    const double coarse = rate_of(statistics, 6, 6), middle = rate_of(statistics, 12, 12),
                 fine = rate_of(statistics, 20, 20);
    INFO(coarse << ", " << middle << ", " << fine);
    CHECK(middle < coarse / 10.0);
    CHECK(fine < middle / 10.0);
  }
}

TEST_CASE("a constant force and collisions give the drift of Drude") {
  // d⟨v⟩/dt = F⟨cos⟩ − ν⟨v⟩, d⟨cos⟩/dt = −F⟨v⟩ − ν(⟨cos⟩ − c): stationary at ⟨v⟩ = c Fν/(ν² + F²) (Esaki and Tsu 1970).
  const LatticeGrid grid(16, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({1.0}, {1});
  const double force = 0.3, rate = 0.2;
  auto equation = equation_of(box, grid, rate, {force}, {}, 1, 0.5);
  const ConstState target = equation.collisions().target();
  std::vector<double> W(target.begin(), target.end());
  double cosine = 0.0, drift = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    cosine += grid.weights()[a] * std::cos(two_pi * grid.momentum(a)[0]) * W[a];
  }
  Evolution(ode_system(equation), {.method = EvolutionMethod::lawson, .rtol = 1e-11}).run(W, 0.0, 200.0);
  for (std::size_t a = 0; a < grid.size(); ++a) drift += grid.weights()[a] * grid.velocities()[a] * W[a];
  CHECK(drift == Approx(cosine * force * rate / (rate * rate + force * force)).margin(1e-10));
}

TEST_CASE("the Jacobian action has the force and threads do not change it") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({9.0}, {20});
  auto one = equation_of(box, grid, 0.4, {0.3, 0.1}, at_nodes(box, 0.2)),
       two = equation_of(box, grid, 0.4, {0.3, 0.1}, at_nodes(box, 0.2), 2);
  const auto W = noise(one.size());
  std::vector<double> rate(W.size()), other(W.size()), Jv(W.size()), parts(W.size()), streamed(W.size());
  one.right_hand_side(0.0, W, rate);
  two.right_hand_side(0.0, W, other);
  CHECK(rate == other);
  one.jacobian_action(0.0, W, W, Jv);  // the equation is linear here
  CHECK(max_difference(rate, Jv) < 1e-15);
  one.remainder(0.0, W, parts);
  one.flight_rate(0.0, W, streamed);
  for (std::size_t i = 0; i < W.size(); ++i) parts[i] += streamed[i];
  CHECK(max_difference(rate, parts) < 1e-14);
}

TEST_CASE("momenta that the grid does not resolve are told") {
  const LatticeGrid grid(32, Dispersion::nearest_neighbour(2));
  const std::size_t nodes = 18;
  const LatticeForce field(grid, std::vector<double>(2 * nodes, 0.1), 1);
  std::vector<double> smooth, peak, sharp;
  for (std::size_t r = 0; r < nodes; ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const Vector3 k = grid.momentum(a);
      smooth.push_back(few_terms(k, static_cast<double>(r)));
      peak.push_back(1.0 / (std::cosh(1.0) - std::cos(two_pi * k[1])));
      sharp.push_back(grid.energies()[a] < 1.5 ? 1.0 : 0.0);
    }
  }
  CHECK(field.unresolved(smooth) < 1e-13);  // rounding, 1e-16 in each of a thousand terms
  // Terms e^{−|x|}, of which those with |x| ≥ 11 of 16 are fine.
  const double expected = 2.0 * std::exp(-11.0) / (1.0 - std::exp(-1.0)) * std::tanh(0.5);
  CHECK(field.unresolved(peak) == Approx(expected).epsilon(1e-2));
  CHECK(field.unresolved(sharp) > 1e-2);
}

TEST_CASE("forces that cannot be are refused") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({1.0}, {4});
  const auto refused = [&](std::vector<double> force, std::vector<double> potential) {
    return test::sentence([&] { return equation_of(box, grid, 1.0, std::move(force), std::move(potential)).size(); });
  };
  CHECK(refused({1.0, 2.0}, {}) == "accepted");
  CHECK(refused(std::vector<double>(8, 1.0), {1.0, 2.0, 1.0, 0.0}) == "accepted");
  CHECK(test::says(refused({1.0}, {}), "the force"));
  CHECK(test::says(refused({}, {1.0, 2.0}), "the potential"));
  CHECK(test::says(refused({1.0, std::nan("")}, {}), "nan; it must be finite"));
  CHECK(test::says(refused({}, {1.0, 2.0, INFINITY, 1.0}), "inf; it must be finite"));
  CHECK_THROWS_AS(LatticeForce(grid, {1.0}), DimensionMismatch);
  CHECK_THROWS_AS(LatticeForce(grid, {}), DimensionMismatch);
  std::vector<double> W(3);
  CHECK_THROWS_AS(LatticeForce(grid, {1.0, 1.0}).flow(1.0, W), DimensionMismatch);

  using Continuum = test::DensityRelaxation<RadialGrid>;
  const RadialGrid radial = RadialGrid::elements({0.0, 2.0}, 3);
  const auto in_space = [&](std::vector<double> force) {
    return test::sentence([&] {
      return InhomogeneousEquation<Continuum>(box, std::vector<Continuum>(1, Continuum(radial, 1.0, 1.0)),
                                              {.force = std::move(force)})
          .size();
    });
  };
  CHECK(in_space({}) == "accepted");
  CHECK(test::says(in_space({1.0}), "no lattice torus"));
}
