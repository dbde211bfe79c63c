// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/sample.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <thread>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

LatticeGrid nearest_neighbour(int points, int dimension) { return {points, Dispersion::nearest_neighbour(dimension)}; }

}  // namespace

TEST_CASE("nodes are in the order of the fast Fourier transform") {
  const auto even = nearest_neighbour(4, 1);
  CHECK(std::vector<double>(even.momenta().begin(), even.momenta().end()) == std::vector{0.0, 0.25, -0.5, -0.25});
  const auto odd = nearest_neighbour(5, 1);
  CHECK(std::vector<double>(odd.momenta().begin(), odd.momenta().end()) == std::vector{0.0, 0.2, 0.4, -0.4, -0.2});
  // The last axis runs fastest: rows (0,0), (0,1/3), (0,−1/3), (1/3,0) …
  const auto plane = nearest_neighbour(3, 2);
  CHECK(plane.size() == 9);
  CHECK(plane.momentum(1) == Vector3{0.0, 1.0 / 3.0, 0.0});
  CHECK(plane.momentum(2) == Vector3{0.0, -1.0 / 3.0, 0.0});
  CHECK(plane.momentum(3) == Vector3{1.0 / 3.0, 0.0, 0.0});
  CHECK(plane.momentum(8) == Vector3{-1.0 / 3.0, -1.0 / 3.0, 0.0});
  const auto two = nearest_neighbour(2, 3);
  CHECK(two.size() == 8);
  CHECK(two.momentum(1) == Vector3{0.0, 0.0, -0.5});
  CHECK(two.momentum(6) == Vector3{-0.5, -0.5, 0.0});
}

TEST_CASE("tables hold momenta weights energies and velocities of the nodes") {
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {2, 3, 7, 8, 11}) {
      CAPTURE(d, N);
      const LatticeGrid grid(N, Dispersion::optical(d, 0.7, 1.3));
      std::size_t n = 1;
      for (int j = 0; j < d; ++j) n *= static_cast<std::size_t>(N);
      const auto axes = static_cast<std::size_t>(d);
      CHECK(grid.size() == n);
      CHECK(grid.dimension() == d);
      CHECK(grid.points() == N);
      CHECK(grid.momenta().size() == n * axes);
      CHECK(grid.velocities().size() == n * axes);
      CHECK(grid.energies().size() == n);
      CHECK(grid.weights().size() == n);
      double total = 0.0;
      for (const double w : grid.weights()) total += w;
      CHECK_THAT(total, WithinAbs(1.0, 1e-15 * std::sqrt(static_cast<double>(n))));  // rounding of n additions
      for (std::size_t a = 0; a < n; ++a) {
        const auto k = grid.momentum(a);
        const auto v = grid.dispersion().velocity(k);
        CHECK(grid.energies()[a] == grid.dispersion()(k));
        for (std::size_t j = 0; j < axes; ++j) {
          CHECK(k[j] >= -0.5);
          CHECK(k[j] < 0.5);
          CHECK(grid.momenta()[a * axes + j] == k[j]);
          CHECK(grid.velocities()[a * axes + j] == v[j]);
        }
        for (std::size_t j = axes; j < 3; ++j) CHECK(k[j] == 0.0);
      }
    }
  }
}

TEST_CASE("node is the inverse of momentum for any representative of the index") {
  for (int d = 1; d <= 3; ++d) {
    for (const int N : {2, 3, 6, 7}) {
      const auto grid = nearest_neighbour(N, d);
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const auto k = grid.momentum(a);
        std::array<int, 3> index{};
        for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j)
          index[j] = static_cast<int>(std::lround(N * k[j]));
        CHECK(grid.node(index) == a);
        for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) index[j] += (j == 1 ? 3 : -2) * N;
        CHECK(grid.node(index) == a);
      }
    }
  }
  const auto grid = nearest_neighbour(5, 1);
  CHECK(grid.node({std::numeric_limits<int>::min(), 0, 0}) == 2);  // −2147483648 = −429496730·5 + 2
  CHECK(grid.node({std::numeric_limits<int>::max(), 0, 0}) == 2);
}

TEST_CASE("sums over the grid integrate trigonometric polynomials below degree N exactly") {
  for (const int N : {2, 3, 8, 13}) {
    const auto grid = nearest_neighbour(N, 1);
    for (int degree = 0; degree <= N; ++degree) {
      const auto f = sample(grid, [&](const Vector3& k) { return std::cos(two_pi * degree * k[0]); });
      double sum = 0.0;
      for (std::size_t a = 0; a < f.size(); ++a) sum += grid.weights()[a] * f[a];
      CAPTURE(N, degree);
      CHECK_THAT(sum, WithinAbs(degree % N == 0 ? 1.0 : 0.0, 1e-14));  // degree N aliases to 1
    }
  }
}

TEST_CASE("sample takes a function at the nodes") {
  const auto grid = nearest_neighbour(6, 2);
  const auto f = sample(grid, [](const Vector3& k) { return 8.0 * k[0] + k[1]; });
  REQUIRE(f.size() == 36);
  for (std::size_t a = 0; a < f.size(); ++a) CHECK(f[a] == 8.0 * grid.momentum(a)[0] + grid.momentum(a)[1]);
}

TEST_CASE("a resampled grid has the same dispersion on other nodes") {
  const LatticeGrid grid(6, Dispersion::hopping(2, {{{1, 0, 0}, 0.5}, {{1, 1, 0}, 0.25}}));
  const auto finer = grid.resampled(9);
  CHECK(finer.points() == 9);
  CHECK(finer.dimension() == 2);
  CHECK(finer.dispersion().description() == grid.dispersion().description());
  CHECK(finer.energies()[finer.node({3, 6, 0})] == grid.energies()[grid.node({2, 4, 0})]);  // k = (1/3, −1/3)
  CHECK_THROWS_AS(grid.resampled(1), InvalidArgument);
}

TEST_CASE("good numbers of points are even and have small prime factors") {
  CHECK(LatticeGrid::good_points(-7) == 2);
  CHECK(LatticeGrid::good_points(0) == 2);
  CHECK(LatticeGrid::good_points(2) == 2);
  CHECK(LatticeGrid::good_points(3) == 4);
  CHECK(LatticeGrid::good_points(13) == 14);
  CHECK(LatticeGrid::good_points(17) == 18);
  CHECK(LatticeGrid::good_points(22) == 24);
  CHECK(LatticeGrid::good_points(121) == 126);
  CHECK(LatticeGrid::good_points(1 << 30) == 1 << 30);
  CHECK_THROWS_AS(LatticeGrid::good_points((1 << 30) + 1), InvalidArgument);
  CHECK_THROWS_AS(LatticeGrid::good_points(std::numeric_limits<int>::max()), InvalidArgument);
}

TEST_CASE("grids out of range are refused") {
  const auto message = [](int points, int dimension) -> std::string {
    try {
      (void)nearest_neighbour(points, dimension);
    } catch (const InvalidArgument& error) {
      return error.what();
    }
    return "accepted";
  };
  for (const int points : {1, 0, -4}) {
    CHECK(message(points, 2) == "points = " + std::to_string(points) + " per direction, at least 2 are needed");
  }
  CHECK(message(1291, 3) ==
        "points = 1291 per direction in dimension 3 makes 2151685171 nodes; at most 2147483647 are allowed");
  CHECK(message(46341, 2).find("2147488281 nodes") != std::string::npos);
  CHECK(message(std::numeric_limits<int>::max(), 3).find("at most 2147483647") != std::string::npos);
}

TEST_CASE("energies and velocities that are not finite at a node are refused") {
  // Finite at the samples of the search, which are multiples of 1/1024, and not at ±1/3.
  const auto third = [](const Vector3& k) { return std::abs(std::abs(k[0]) - 1.0 / 3.0) < 1e-9; };
  const double infinity = std::numeric_limits<double>::infinity();
  const auto hole = Dispersion::from_function(
      1, [=](const Vector3& k) { return third(k) ? infinity : 1.0; }, [](const Vector3&) { return Vector3{}; });
  CHECK_NOTHROW(LatticeGrid(4, hole));
  CHECK_THROWS_AS(LatticeGrid(3, hole), InvalidArgument);
  const auto cliff = Dispersion::from_function(
      1, [](const Vector3&) { return 1.0; }, [=](const Vector3& k) { return Vector3{third(k) ? infinity : 0.0}; });
  CHECK_NOTHROW(LatticeGrid(4, cliff));
  CHECK_THROWS_AS(LatticeGrid(3, cliff), InvalidArgument);
}

TEST_CASE("copies of a grid share its tables") {
  const auto grid = nearest_neighbour(8, 2);
  const auto copy = grid;  // NOLINT(performance-unnecessary-copy-initialization): the copy is what is tested
  CHECK(copy.momenta().data() == grid.momenta().data());
  CHECK(copy.energies().data() == grid.energies().data());
}

TEST_CASE("grids are built and used by several threads at once") {
  const auto shared = nearest_neighbour(12, 2);
  const auto W = sample(shared, [](const Vector3& k) { return 0.5 + 0.25 * std::cos(two_pi * (k[0] + 2.0 * k[1])); });
  std::vector<int> failures(8, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < failures.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const int N = 4 + static_cast<int>((t + static_cast<std::size_t>(i)) % 9);
        const auto own = nearest_neighbour(N, 2);
        const auto f = sample(own, [](const Vector3& k) { return std::sin(two_pi * (k[0] - k[1])); });
        const double x = 0.01 * i;
        if (std::abs(own.interpolate(f, {x, 0.1, 0.0}) - std::sin(two_pi * (x - 0.1))) > 1e-14) ++failures[t];
        const double exact = 0.5 + 0.25 * std::cos(two_pi * (x + 0.2));
        if (std::abs(shared.interpolate(W, {x, 0.1, 0.0}) - exact) > 1e-14) ++failures[t];
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(failures == std::vector<int>(8, 0));
}
