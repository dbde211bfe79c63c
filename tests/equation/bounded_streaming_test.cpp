// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/bounded_streaming.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/density_relaxation.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;
using Relaxation = test::DensityRelaxation<LatticeGrid>;

namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

/// The value of f(r, k) at all nodes.
template <class Function>
std::vector<double> sampled(const PeriodicBox& box, const LatticeGrid& grid, const Function& f) {
  std::vector<double> W;
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) W.push_back(f(box.position(r), grid.momentum(a)));
  }
  return W;
}

/// Zeros and ones of no order.
std::vector<double> rough(std::size_t n) {
  std::vector<double> W(n);
  for (std::size_t i = 0; i < n; ++i) W[i] = std::sin(static_cast<double>(i * i % 1009)) > 0.3 ? 1.0 : 0.0;
  return W;
}

InhomogeneousEquation<LatticeTwoBody> fermions(const LatticeGrid& grid, const PeriodicBox& box,
                                               StreamingScheme scheme) {
  // The engine of the reference runs: Parzen window, T = N/2, steps of 2π/9 or a little less, no rectangle correction.
  const double horizon = 0.5 * grid.points();
  std::vector<LatticeTwoBody> operators;
  operators.emplace_back(grid, Statistics::fermion,
                         LatticeTwoBodyOptions{.window = TimeWindow::parzen,
                                               .horizon = horizon,
                                               .time_step = horizon / std::ceil(horizon / (two_pi / 9.0)),
                                               .rectangle_correction = false,
                                               .threads = 1});
  return {box, std::move(operators), {.knudsen = 0.3, .streaming = scheme, .largest_occupation = 1.0}};
}

std::vector<double> densities(const std::vector<double>& W, std::size_t momenta) {
  std::vector<double> rho(W.size() / momenta, 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) rho[i / momenta] += W[i] / static_cast<double>(momenta);
  return rho;
}

}  // namespace

TEST_CASE("bounded streaming moves smooth states as exact flight does, by order three") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(3));
  const auto error = [&](int n, double displacement, int repeat) {
    const PeriodicBox box({6.0, 5.0, 4.0}, {n, n, n});
    const BoundedStreaming bounded(box, grid.velocities(), 3, 1.0, {}, 1);
    const Streaming exact(box, grid.velocities(), 3, {}, 1);
    auto W = sampled(box, grid, [](const Vector3& x, const Vector3& k) {
      return 0.5 + 0.1 * std::cos(two_pi * (x[0] / 6.0 + k[0])) * std::cos(two_pi * x[1] / 5.0) +
             0.1 * std::sin(two_pi * x[2] / 4.0);
    });
    auto expected = W;
    for (int i = 0; i < repeat; ++i) bounded.flow(displacement / repeat, W);
    exact.flow(displacement, expected);
    return max_difference(W, expected);
  };
  // As many steps as cells: the same parts of cells are crossed in each.
  CHECK(std::log2(error(8, 2.1, 4) / error(16, 2.1, 8)) == Approx(3.0).margin(0.3));
  CHECK(error(16, 2.1, 8) < 3e-3);
}

TEST_CASE("bounds and the sum over positions are kept whatever the state") {
  const LatticeGrid grid(5, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({7.0, 3.0}, {12, 7});
  for (const double largest : {1.0, no_bound}) {
    const BoundedStreaming streaming(box, grid.velocities(), 2, largest, {1, 0}, 1);
    auto W = rough(box.size() * grid.size());
    const auto before = W;
    double lowest = 0.0, highest = 1.0;
    for (int i = 0; i < 40; ++i) {
      streaming.flow(0.7 * static_cast<double>(i % 5 - 1), W);
      lowest = std::min(lowest, *std::min_element(W.begin(), W.end()));
      highest = std::max(highest, *std::max_element(W.begin(), W.end()));
    }
    CHECK(lowest > -1e-15);
    CHECK((highest < 1.0 + 1e-15) == (largest == 1.0));  // without the bound it overshoots
    CHECK(max_difference(W, before) > 0.1);
    double kept = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      double sum = 0.0;
      for (std::size_t r = 0; r < box.size(); ++r) sum += W[r * grid.size() + a] - before[r * grid.size() + a];
      kept = larger(kept, std::abs(sum));
    }
    CHECK(kept < 1e-13);  // 40 times 84 roundings of numbers of size 1
  }
}

TEST_CASE("what enters a cell has left its neighbour") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({7.0, 4.0}, {8, 5});
  const BoundedStreaming streaming(box, grid.velocities(), 2, 1.0, {}, 1);
  for (const double t : {0.4, 3.0, -2.2}) {
    for (const int axis : {0, 1}) {
      auto W = rough(box.size() * grid.size());
      const auto before = W;
      std::vector<double> P(W.size()), homogeneous(W.size(), 0.25), Q(W.size());
      streaming.flow_along(axis, t, W, P);
      streaming.flow_along(axis, t, homogeneous, Q);
      double defect = 0.0, current_defect = 0.0;
      for (std::size_t x = 0; x < 8; ++x) {
        for (std::size_t y = 0; y < 5; ++y) {
          for (std::size_t a = 0; a < grid.size(); ++a) {
            const std::size_t i = (x * 5 + y) * grid.size() + a;
            const std::size_t below = ((axis == 0 ? (x + 7) % 8 : x) * 5 + (axis == 1 ? (y + 4) % 5 : y)) * grid.size();
            defect = larger(defect, std::abs(W[i] - (before[i] - P[i] + P[below + a])));
            const double v = grid.velocities()[2 * a + static_cast<std::size_t>(axis)];
            const double cells = v * t * (axis == 0 ? 8.0 / 7.0 : 5.0 / 4.0);
            current_defect = larger(current_defect, std::abs(Q[i] - 0.25 * cells));
          }
        }
      }
      CHECK(max_difference(W, before) > 0.1);
      CHECK(defect < 4e-15);  // sums of a few cells
      CHECK(current_defect < 4e-15);
    }
  }
}

TEST_CASE("bounded streaming does not depend on the number of threads") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({7.0, 4.0}, {8, 5});
  auto one = rough(box.size() * grid.size()), two = one;
  BoundedStreaming(box, grid.velocities(), 2, 1.0, {}, 1).flow(1.3, one);
  BoundedStreaming(box, grid.velocities(), 2, 1.0, {}, 2).flow(1.3, two);
  CHECK(one == two);
}

TEST_CASE("bounded streaming of fermions gives the errors of an independent program") {
  // Forty steps of Strang, h = 1, of the smooth state of the reference runs; the errors of the density are those of
  // the program's table: 7.5e-6, 8.8e-7, 5e-8.
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const auto run = [&](int nodes, StreamingScheme scheme) {
    const PeriodicBox box({64.0}, {nodes});
    auto equation = fermions(grid, box, scheme);
    auto W = sampled(box, grid, [](const Vector3& position, const Vector3& k) {
      const double x = two_pi * k[0], y = two_pi * k[1], turn = two_pi * position[0] / 64.0;
      return 0.35 + 0.2 * std::cos(x) * (0.6 + 0.4 * std::cos(turn)) + 0.1 * std::sin(x) * std::sin(turn) -
             0.05 * std::cos(x) * std::cos(y) + 0.1 * std::cos(turn) + 0.05 * std::sin(x + y);
    });
    Evolution(ode_system(equation), {.method = EvolutionMethod::strang, .max_step = 1.0}).run(W, 0.0, 40.0);
    return densities(W, grid.size());
  };
  const auto exact = run(32, StreamingScheme::spectral);  // round-off is all that is wrong with 32 nodes
  for (const auto& [nodes, expected] : {std::pair<int, double>{32, 7.5e-6}, {64, 8.8e-7}, {128, 5e-8}}) {
    const auto rho = run(nodes, StreamingScheme::bounded);
    double error = 0.0;
    for (std::size_t r = 0; r < exact.size(); ++r) {
      error = larger(error, std::abs(rho[r * rho.size() / exact.size()] - exact[r]));
    }
    CHECK(error == Approx(expected).epsilon(0.1));
  }
}

TEST_CASE("fermions that begin as a step stay between zero and one") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({64.0}, {64});
  auto equation = fermions(grid, box, StreamingScheme::bounded);
  auto W = sampled(box, grid, [&](const Vector3& x, const Vector3& k) {
    const double energy = grid.dispersion()(k);
    return x[0] >= 16.0 && x[0] < 48.0 ? 1.0 / (std::exp(energy - 2.5) + 1.0)
                                       : 1.0 / (std::exp(4.0 + 0.2 * energy) + 1.0);
  });
  const auto sum = [&] {
    double total = 0.0;
    for (const double x : W) total += x;
    return total / static_cast<double>(W.size());
  };
  CHECK(equation.largest_loss_rate(W) < 0.3);  // of the step 1
  const double before = sum();
  double lowest = 1.0, highest = 0.0;
  Evolution evolution(ode_system(equation), {.method = EvolutionMethod::strang, .max_step = 1.0});
  evolution.observe([&](const Observation& now) {
    lowest = std::min(lowest, *std::min_element(now.y.begin(), now.y.end()));
    highest = std::max(highest, *std::max_element(now.y.begin(), now.y.end()));
  });
  const auto report = evolution.run(W, 0.0, 40.0);
  CHECK(report.steps == 40);
  // The table of the independent program: the extremes of the initial state, 1/(e^{4.8} + 1) and 1/(e^{−2.5} + 1).
  CHECK(lowest >= 5.5e-3);
  CHECK(highest <= 1.0 - 7.5e-2);
  CHECK(std::abs(sum() - before) < 1e-14);
}

TEST_CASE("the splitting of Strang has order two and its steps end at output times") {
  const LatticeGrid grid(6, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({10.0}, {8});
  const auto start = sampled(box, grid, [](const Vector3& x, const Vector3& k) {
    return 1.0 + 0.3 * std::cos(two_pi * (x[0] / 10.0 + k[0])) + 0.2 * std::sin(two_pi * x[0] / 10.0);
  });
  const auto run = [&](EvolutionOptions options) {
    InhomogeneousEquation<Relaxation> equation(box, std::vector<Relaxation>(1, Relaxation(grid, 0.8, 0.5)), {});
    auto W = start;
    Evolution(ode_system(equation), options).run(W, 0.0, 6.0);
    return W;
  };
  const auto exact = run({.method = EvolutionMethod::lawson, .rtol = 1e-11});
  const auto error = [&](double h) {
    return max_difference(run({.method = EvolutionMethod::strang, .max_step = h}), exact);
  };
  CHECK(std::log2(error(0.2) / error(0.1)) == Approx(2.0).margin(0.1));
  CHECK(std::log2(error(0.1) / error(0.05)) == Approx(2.0).margin(0.05));

  // Its rule for the step: the largest rate of loss.
  InhomogeneousEquation<Relaxation> denser(box, std::vector<Relaxation>(1, Relaxation(grid, 0.8, 0.5)),
                                           {.knudsen = 0.5, .collision_factor = {0, 1, 3, 1, 0, 2, 1, 1}});
  CHECK(denser.largest_loss_rate(start) == Approx(0.8 * 3.0 / 0.5).epsilon(1e-15));
  CHECK_THROWS_AS(denser.largest_loss_rate(std::vector<double>(3)), DimensionMismatch);

  // Steps are equal between output times.
  InhomogeneousEquation<Relaxation> equation(box, std::vector<Relaxation>(1, Relaxation(grid, 0.8, 0.5)), {});
  auto W = start;
  std::vector<double> times;
  Evolution evolution(ode_system(equation), {.method = EvolutionMethod::strang, .max_step = 1.0});
  evolution.observe([&](const Observation& now) { times.push_back(now.time); });
  const auto report = evolution.run(W, 0.0, 4.0, std::vector<double>{1.5, 2.5});
  CHECK(times == std::vector<double>{0.0, 0.75, 1.5, 2.5, 3.25, 4.0});
  CHECK(report.rhs_evaluations == 3 * report.steps);
}

TEST_CASE("bounded streaming is refused where it does not fit") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({1.0}, {4});
  const auto equation = [&](std::vector<double> force, double largest) {
    return InhomogeneousEquation<Relaxation>(
        box, std::vector<Relaxation>(1, Relaxation(grid, 1.0, 1.0)),
        {.force = std::move(force), .streaming = StreamingScheme::bounded, .largest_occupation = largest});
  };
  CHECK_THROWS_AS(equation({1.0}, 1.0), InvalidArgument);
  CHECK_THROWS_AS(equation({}, 0.0), InvalidArgument);
  CHECK_THROWS_AS(equation({}, std::nan("")), InvalidArgument);
  auto bounded = equation({}, 1.0);
  const auto run = [&](EvolutionOptions options) {
    return test::sentence([&] {
      std::vector<double> W(bounded.size(), 0.5);
      return Evolution(ode_system(bounded), options).run(W, 0.0, 1.0);
    });
  };
  CHECK(run({.method = EvolutionMethod::strang, .max_step = 0.3}) == "accepted");
  CHECK(test::says(run({.method = EvolutionMethod::strang}), "max_step"));
  CHECK(test::says(run({.method = EvolutionMethod::lawson}), "use \"strang\""));
  for (const auto method : {EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::imex}) {
    CHECK(test::says(run({.method = method}), "bounded streaming has no derivative"));
  }
  OdeSystem plain{1, [](double, ConstState y, State f) { f[0] = -y[0]; }};
  for (const auto method : {EvolutionMethod::strang, EvolutionMethod::imex}) {
    CHECK(test::says(test::sentence([&] { return Evolution(plain, {.method = method, .max_step = 1.0}), 0; }),
                     "this has none"));
  }
  BoundedStreaming streaming(box, grid.velocities(), 1, 1.0);
  std::vector<double> W(3), right(16);
  CHECK_THROWS_AS(streaming.flow(1.0, W), DimensionMismatch);
  CHECK_THROWS_AS(streaming.flow_along(1, 1.0, right, right), InvalidArgument);
}
