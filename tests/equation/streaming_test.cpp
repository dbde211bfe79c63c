// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/equation/state_check.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <cmath>
#include <limits>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

namespace {

/// Few Fourier modes in every axis of the box, different at each momentum.
double wave(const PeriodicBox& box, const Vector3& x, const Vector3& k) {
  double phase = 0.3, second = 0.1;
  for (std::size_t j = 0; j < box.lengths().size(); ++j) {
    const double turn = two_pi * x[j] / box.lengths()[j];
    phase += static_cast<double>(j % 2 == 0 ? 1 : -1) * turn;
    second += 2.0 * turn;
  }
  return 0.5 + 0.2 * std::cos(phase + two_pi * k[0]) + 0.1 * std::sin(second) * std::cos(two_pi * (k[0] - k[1]));
}

std::vector<double> sampled(const PeriodicBox& box, const LatticeGrid& grid, double t) {
  std::vector<double> W;
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      Vector3 x = box.position(r);
      for (std::size_t j = 0; j < box.lengths().size(); ++j) x[j] -= t * grid.velocities()[a * 3 + j];
      W.push_back(wave(box, x, grid.momentum(a)));
    }
  }
  return W;
}

}  // namespace

TEST_CASE("free flight moves every momentum with its velocity") {
  const LatticeGrid grid(3, Dispersion::nearest_neighbour(3));
  for (const auto& box :
       {PeriodicBox({7.0}, {6}), PeriodicBox({7.0, 5.0}, {6, 5}), PeriodicBox({7.0, 5.0, 6.0}, {6, 5, 8})}) {
    for (const int threads : {1, 2}) {
      const Streaming streaming(box, grid.velocities(), 3, {}, threads);
      auto W = sampled(box, grid, 0.0);
      const auto before = W;
      streaming.flow(11.3, W);
      // A flight of twice the box: rounding of the phases, some units of 2π.
      CHECK(max_difference(W, sampled(box, grid, 11.3)) < 1e-14);
      auto displaced = before;
      std::vector<double> d(grid.velocities().begin(), grid.velocities().end());
      for (double& x : d) x *= 11.3;
      streaming.displace(d, displaced);
      CHECK(max_difference(W, displaced) < 1e-13);
      std::vector<double> rate(W.size()), there = before, back = before;
      streaming.rate(before, rate);
      // The derivative by differences of order 4, whose error is 0.1 h⁴ (q v)⁵/30 < 3e-12 (q v < 6.5) and round-off
      // over h.
      const double h = 5e-4;
      std::vector<double> expected(W.size());
      for (const auto& [steps, factor] : {std::pair{1.0, 8.0}, {2.0, -1.0}}) {
        there = back = before;
        streaming.flow(steps * h, there);
        streaming.flow(-steps * h, back);
        for (std::size_t i = 0; i < W.size(); ++i) expected[i] += factor * (there[i] - back[i]) / (12.0 * h);
      }
      CHECK(max_difference(rate, expected) < 1e-11);
    }
  }
}

TEST_CASE("free flight keeps the sum over positions of every momentum") {
  const LatticeGrid grid(5, Dispersion::nearest_neighbour(3));
  const PeriodicBox box({7.0, 3.0}, {6, 4});
  const Streaming streaming(box, grid.velocities(), 3);
  std::vector<double> W(box.size() * grid.size());
  for (std::size_t i = 0; i < W.size(); ++i) W[i] = std::sin(1.0 + static_cast<double>(i * i % 1009));
  auto moved = W;
  streaming.flow(2.0, moved);
  std::vector<double> rate(W.size());
  streaming.rate(W, rate);
  double kept = 0.0, produced = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    double sum = 0.0, made = 0.0;
    for (std::size_t r = 0; r < box.size(); ++r) {
      sum += moved[r * grid.size() + a] - W[r * grid.size() + a];
      made += rate[r * grid.size() + a];
    }
    kept = larger(kept, std::abs(sum));
    produced = larger(produced, std::abs(made));
  }
  CHECK(kept < 1e-14);  // sums of 24 numbers of size 1
  CHECK(produced < 1e-13);
}

TEST_CASE("the divergence is the derivative that moves the density") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(3));
  const PeriodicBox box({7.0, 3.0}, {6, 5});
  const Streaming streaming(box, grid.velocities(), 3, {2, 0});  // box axes along v_3 and v_1
  std::vector<double> W(box.size() * grid.size()), rate(W.size());
  for (std::size_t i = 0; i < W.size(); ++i) W[i] = std::sin(1.0 + static_cast<double>(i * i % 1009));
  streaming.rate(W, rate);
  std::vector<double> J(box.size() * 2, 0.0), divergence(box.size());
  std::vector<double> change(box.size(), 0.0);
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const double w = grid.weights()[a], value = W[r * grid.size() + a];
      J[2 * r] += w * grid.velocities()[3 * a + 2] * value;
      J[2 * r + 1] += w * grid.velocities()[3 * a] * value;
      change[r] += w * rate[r * grid.size() + a];
    }
  }
  streaming.divergence(J, divergence);
  for (std::size_t r = 0; r < box.size(); ++r) CHECK(std::abs(change[r] + divergence[r]) < 1e-15);
}

TEST_CASE("steps are told from what the nodes resolve") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({10.0}, {32});
  const Streaming streaming(box, grid.velocities(), 1);
  std::vector<double> smooth, step;
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < grid.size(); ++a) {
      smooth.push_back(0.5 + 0.2 * std::cos(two_pi * box.position(r)[0] / 10.0));
      step.push_back(r < 16 ? 0.1 : 0.7);
    }
  }
  CHECK(streaming.unresolved(smooth) < 1e-15);
  CHECK(streaming.unresolved(step) > 1e-2);
  CHECK(streaming.unresolved(std::vector<double>(smooth.size(), 0.0)) == 0.0);

  CHECK_NOTHROW(require_resolved(streaming, smooth));
  CHECK(test::says(test::sentence([&] { return require_resolved(streaming, step), 0; }), "take more positions"));
  // Modes e^{−|m|}, of which those with |m| ≥ 11 of 16 are fine; what is beyond 16 is 1e-3 of these.
  std::vector<double> peak;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const double turn = two_pi * box.position(r)[0] / 10.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      peak.push_back(std::sinh(1.0) / (std::cosh(1.0) - std::cos(turn)));
    }
  }
  const double expected = 2.0 * std::exp(-11.0) / (1.0 - std::exp(-1.0)) * std::tanh(0.5);
  CHECK(streaming.unresolved(peak) == Approx(expected).epsilon(1e-2));
  CHECK_THROWS_AS(require_resolved(streaming, peak), InvalidArgument);  // 2e-5
}

TEST_CASE("states out of range are seen") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(1));
  const PeriodicBox box({10.0}, {8});
  const Streaming streaming(box, grid.velocities(), 1);
  std::vector<double> W(box.size() * grid.size(), 0.5);
  W[3] = 0.2;
  W[7] = 0.9;
  const StateCheck fine = check_state(streaming, Statistics::fermion, W);
  CHECK(fine.smallest == 0.2);
  CHECK(fine.room == 1.0 - 0.9);
  CHECK(fine.unresolved == streaming.unresolved(W));
  CHECK(fine.is_in_range());
  CHECK_FALSE(fine.is_resolved());
  CHECK(check_state(streaming, Statistics::boson, W).room == std::numeric_limits<double>::infinity());
  W[7] = 1.25;
  const StateCheck full = check_state(streaming, Statistics::fermion, W);
  CHECK(full.room == -0.25);
  CHECK_FALSE(full.is_in_range());
  CHECK(check_state(streaming, Statistics::boson, W).is_in_range());
  W[7] = -0.5;
  const StateCheck negative = check_state(streaming, Statistics::boson, W);
  CHECK(negative.smallest == -0.5);
  CHECK_FALSE(negative.is_in_range());
  const StateCheck both = worse(full, negative);
  CHECK(both.smallest == -0.5);
  CHECK(both.room == -0.25);
  CHECK(both.unresolved == std::fmax(full.unresolved, negative.unresolved));
  W[5] = std::nan("");
  for (const auto statistics : {Statistics::fermion, Statistics::boson}) {
    const StateCheck broken = check_state(streaming, statistics, W);
    for (const StateCheck& check : {broken, worse(fine, broken), worse(broken, fine)}) {
      CHECK(std::isnan(check.smallest));
      CHECK(std::isnan(check.room));
      CHECK(std::isnan(check.unresolved));
      CHECK_FALSE(check.is_in_range());
      CHECK_FALSE(check.is_resolved());
    }
  }
  CHECK_THROWS_AS(require_resolved(streaming, W), InvalidArgument);
}

TEST_CASE("axes that do not exist are refused") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(2));
  const PeriodicBox line({1.0}, {4}), cube({1.0, 1.0, 1.0}, {4, 4, 4});
  CHECK_THROWS_AS(Streaming(cube, grid.velocities(), 2), InvalidArgument);
  CHECK_THROWS_AS(Streaming(line, grid.velocities(), 2, {2}), InvalidArgument);
  CHECK_THROWS_AS(Streaming(line, grid.velocities(), 2, {-1}), InvalidArgument);
  CHECK_THROWS_AS(Streaming(PeriodicBox({1.0, 1.0}, {4, 4}), grid.velocities(), 2, {1, 1}), InvalidArgument);
  CHECK_THROWS_AS(Streaming(line, grid.velocities(), 2, {0, 1}), InvalidArgument);
  std::vector<double> W(3);
  CHECK_THROWS_AS(Streaming(line, grid.velocities(), 2).flow(1.0, W), DimensionMismatch);
  std::vector<double> whole(4 * grid.size());
  CHECK_THROWS_AS(Streaming(line, grid.velocities(), 2).displace(W, whole), DimensionMismatch);
}
