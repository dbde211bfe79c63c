// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/sample.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <thread>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

LatticeGrid grid_of(int points, int dimension) { return {points, Dispersion::nearest_neighbour(dimension)}; }

Vector3 random_momentum(std::mt19937_64& random, int dimension) {
  std::uniform_real_distribution<double> any(-2.0, 2.0);  // the torus and its images
  Vector3 k{};
  for (int j = 0; j < dimension; ++j) k[static_cast<std::size_t>(j)] = any(random);
  return k;
}

std::vector<double> random_values(std::mt19937_64& random, std::size_t n) {
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  std::vector<double> values(n);
  for (double& v : values) v = unit(random);
  return values;
}

/// The interpolant by its kernel: Σ_a f_a Π_j D((k − k_a)_j), D(x) = sin πNx/(N sin πx), for even N times cos πx.
double by_kernel(const LatticeGrid& grid, const std::vector<double>& values, const Vector3& k) {
  const int N = grid.points();
  double sum = 0.0;
  for (std::size_t a = 0; a < grid.size(); ++a) {
    double product = values[a];
    for (std::size_t j = 0; j < static_cast<std::size_t>(grid.dimension()); ++j) {
      const double x = std::numbers::pi * (k[j] - grid.momentum(a)[j]);
      product *= std::sin(N * x) / (N * std::sin(x)) * (N % 2 == 0 ? std::cos(x) : 1.0);
    }
    sum += product;
  }
  return sum;
}

}  // namespace

TEST_CASE("the series passes through the values at the nodes") {
  std::mt19937_64 random(1);
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {2, 3, 4, 7, 10, 13}) {
      const auto grid = grid_of(N, d);
      const auto values = random_values(random, grid.size());
      const FourierSeries f(grid, values);
      double error = 0.0;
      for (std::size_t a = 0; a < grid.size(); ++a) {
        error = std::max(error, std::abs(f(grid.momentum(a)) - values[a]));
      }
      CAPTURE(d, N);
      CHECK(error < 2e-14);  // sums of up to 2197 terms of size 1/√n, angles up to 2π·6
    }
  }
}

TEST_CASE("trigonometric polynomials below the Nyquist degree are reproduced") {
  std::mt19937_64 random(2);
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {3, 5, 6, 8, 11}) {
      const int degree = (N - 1) / 2;
      const auto f = [&](const Vector3& k) {
        return 0.3 + std::cos(two_pi * degree * k[0]) - 0.7 * std::sin(two_pi * degree * (k[0] + k[1] - k[2]) + 0.4) +
               0.2 * std::cos(two_pi * (k[0] - degree * k[static_cast<std::size_t>(d - 1)]));
      };
      const auto grid = grid_of(N, d);
      const FourierSeries series(grid, sample(grid, f));
      for (int trial = 0; trial < 20; ++trial) {
        const auto k = random_momentum(random, d);
        CAPTURE(d, N, k[0], k[1], k[2]);
        CHECK_THAT(series(k), WithinAbs(f(k), 2e-14));  // rounding of angles up to 2π·5·6
      }
    }
  }
}

TEST_CASE("the series is the interpolant of the Dirichlet kernel") {
  // An independent formula, also for the Nyquist modes of even N.
  std::mt19937_64 random(3);
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {2, 3, 4, 6, 7}) {
      const auto grid = grid_of(N, d);
      const auto values = random_values(random, grid.size());
      const FourierSeries series(grid, values);
      for (int trial = 0; trial < 10; ++trial) {
        const auto k = random_momentum(random, d);
        CAPTURE(d, N);
        // The kernel's quotients lose up to 1e-16/|sin| near nodes; values add up to a few.
        CHECK_THAT(series(k), WithinAbs(by_kernel(grid, values, k), 1e-12));
      }
    }
  }
}

TEST_CASE("a Nyquist mode is shared by its two signs") {
  // cos πN k at the nodes of even N alternates in sign; its interpolant is the cosine, real and even.
  for (const int N : {2, 4, 10}) {
    const auto grid = grid_of(N, 1);
    const FourierSeries series(grid,
                               sample(grid, [&](const Vector3& k) { return std::cos(std::numbers::pi * N * k[0]); }));
    for (const double k : {0.01, 0.13, 0.37, -0.37}) {
      CHECK_THAT(series({k, 0.0, 0.0}), WithinAbs(std::cos(std::numbers::pi * N * k), 1e-14));
    }
  }
  // In d = 2 the Nyquist mode of one axis times a sine of the other survives.
  const auto grid = grid_of(6, 2);
  const auto f = [](const Vector3& k) { return std::cos(two_pi * 3.0 * k[0]) * std::sin(two_pi * k[1]); };
  const FourierSeries series(grid, sample(grid, f));
  CHECK_THAT(series({0.07, 0.21, 0.0}), WithinAbs(f({0.07, 0.21, 0.0}), 1e-14));
}

TEST_CASE("interpolation of reflected values is the reflected interpolation") {
  std::mt19937_64 random(4);
  for (const int N : {5, 6}) {
    const auto grid = grid_of(N, 2);
    const auto values = random_values(random, grid.size());
    std::vector<double> reflected(grid.size());
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const auto k = grid.momentum(a);
      const std::array<int, 3> index{static_cast<int>(std::lround(-N * k[0])), static_cast<int>(std::lround(-N * k[1])),
                                     0};
      reflected[grid.node(index)] = values[a];
    }
    const FourierSeries f(grid, values), g(grid, reflected);
    const auto k = random_momentum(random, 2);
    CHECK_THAT(g({-k[0], -k[1], 0.0}), WithinAbs(f(k), 1e-13));
  }
}

TEST_CASE("interpolation of an analytic function converges geometrically") {
  // f = 1/(a − cos 2πk) has poles at Im 2πk = s = arcosh a, so its Fourier coefficients fall like e^{−s|x|} and the
  // error of the interpolant like e^{−sN/2}: by e^{−2s} with every four more points.
  const double s = 0.8;
  const auto f = [&](const Vector3& k) { return 1.0 / (std::cosh(s) - std::cos(two_pi * k[0])); };
  const auto error = [&](int N) {
    const auto grid = grid_of(N, 1);
    const FourierSeries series(grid, sample(grid, f));
    double largest = 0.0;
    for (int i = 0; i < 1000; ++i) {
      const Vector3 k{(i + 0.5) / 1000.0, 0.0, 0.0};
      largest = std::max(largest, std::abs(series(k) - f(k)));
    }
    return largest;
  };
  for (const int N : {12, 20, 28, 36, 44}) {
    CAPTURE(N);
    CHECK_THAT(std::log(error(N) / error(N + 8)) / 4.0, WithinRel(s, 0.02));  // the next order is e^{−sN} ≤ 1e-4
  }
  CHECK(error(96) < 1e-14);
}

TEST_CASE("the series is periodic to the last digit") {
  std::mt19937_64 random(7);
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {5, 6}) {
      const auto grid = grid_of(N, d);
      const FourierSeries f(grid, random_values(random, grid.size()));
      const Vector3 k{0.125, d > 1 ? -0.25 : 0.0, d > 2 ? 0.375 : 0.0};
      const Vector3 moved{0.125 + 1e9, d > 1 ? -0.25 - 1e14 : 0.0, d > 2 ? 2.375 : 0.0};  // exact in binary
      CAPTURE(d, N);
      CHECK(f(moved) == f(k));
    }
  }
}

TEST_CASE("the grid interpolates as its series") {
  std::mt19937_64 random(5);
  const auto grid = grid_of(6, 3);
  const auto values = random_values(random, grid.size());
  const FourierSeries series(grid, values);
  for (int trial = 0; trial < 5; ++trial) {
    const auto k = random_momentum(random, 3);
    CHECK(grid.interpolate(values, k) == series(k));
  }
}

TEST_CASE("values of the wrong length are refused") {
  const auto grid = grid_of(4, 2);
  const std::vector<double> values(15, 1.0);
  CHECK_THROWS_AS(FourierSeries(grid, values), DimensionMismatch);
  CHECK_THROWS_AS(FourierSeries(grid, {}), DimensionMismatch);
  CHECK_THROWS_AS(grid.interpolate(values, {}), DimensionMismatch);
}

TEST_CASE("series are built and evaluated by several threads at once") {
  // Plans are made under a lock; one series is evaluated by all.
  const auto grid = grid_of(8, 3);
  const auto f = [](const Vector3& k) {
    return std::cos(two_pi * (k[0] + k[1] + k[2])) + 0.5 * std::sin(two_pi * k[2]);
  };
  const auto values = sample(grid, f);
  const FourierSeries shared(grid, values);
  std::vector<double> errors(8, 0.0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < errors.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 30; ++i) {
        const Vector3 k{0.013 * i, 0.1 * static_cast<double>(t), -0.3};
        const FourierSeries own(grid, values);
        errors[t] = std::max({errors[t], std::abs(own(k) - f(k)), std::abs(shared(k) - f(k))});
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(*std::max_element(errors.begin(), errors.end()) < 1e-13);
}
