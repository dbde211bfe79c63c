// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/observables/observables.hpp>
#include <nordheim/wigner/husimi_transform.hpp>
#include <nordheim/wigner/momentum_nodes.hpp>
#include <nordheim/wigner/wigner_transform.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/one_particle_states.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

namespace {

/// Σ_z c(z) e^{−i2πk·z} of W(r,·), by its definition: real, as the term of alternating signs is the mean of both.
double polynomial(const LatticeGrid& grid, ConstState W, const Vector3& k) {
  double value = 0.0;
  const int N = grid.points();
  for (std::size_t a = 0; a < W.size(); ++a) {
    double kernel = 1.0;  // N^{−1} Σ_z e^{i2πz(q−k)}, z_j from −N/2 to N/2
    for (std::size_t j = 0; j < static_cast<std::size_t>(grid.dimension()); ++j) {
      const double angle = two_pi * (grid.momentum(a)[j] - k[j]);
      double sum = 1.0;
      for (int z = 1; 2 * z < N; ++z) sum += 2.0 * std::cos(z * angle);
      if (N % 2 == 0) sum += std::cos(N / 2 * angle);
      kernel *= sum / N;
    }
    value += kernel * W[a];
  }
  return value;
}

std::vector<double> densities(const std::vector<double>& W, std::size_t positions) {
  const std::size_t momenta = W.size() / positions;
  std::vector<double> rho(positions, 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) rho[i / momenta] += W[i] / static_cast<double>(momenta);
  return rho;
}

}  // namespace

TEST_CASE("W at other momenta is its trigonometric polynomial") {
  std::mt19937_64 random(5);
  for (const auto& [box, others] : std::vector<std::pair<LatticeBox, std::vector<int>>>{
           {{1, 12}, {13, 31, 12}}, {{1, 9}, {9, 10, 27}}, {{2, 5}, {6, 8}}, {{2, 4}, {7}}, {{3, 4}, {5}}}) {
    const auto W = wigner_transform(test::random_mixture(random, box));
    const LatticeGrid from(box.points(), Dispersion::nearest_neighbour(box.dimension()));
    const double scale = test::largest(W.values());
    for (const int points : others) {
      const LatticeGrid to(points, Dispersion::nearest_neighbour(box.dimension()));
      const auto found = at_momenta(W, points, FewerMomenta::resolved);
      REQUIRE(found.size() == W.positions() * to.size());
      double error = 0.0;
      for (std::size_t r = 0; r < W.positions(); r += 3) {
        for (std::size_t k = 0; k < to.size(); ++k) {
          error = larger(error, std::abs(found[r * to.size() + k] - polynomial(from, W.at(r), to.momentum(k))));
        }
      }
      CAPTURE(box.dimension(), box.points(), points);
      CHECK(error < 1e-13 * scale);  // sums of up to 64 numbers
      CHECK(found == at_momenta(W, points, FewerMomenta::sampled));
    }
  }
}

TEST_CASE("fewer momenta keep the density or the range") {
  std::mt19937_64 random(6);
  for (const auto& [box, points] : std::vector<std::pair<LatticeBox, int>>{{{1, 24}, 10}, {{2, 9}, 4}, {{3, 4}, 2}}) {
    const auto mixture = test::random_mixture(random, box);
    const auto W = wigner_transform(mixture);
    const auto resolved = at_momenta(W, points, FewerMomenta::resolved);
    const std::vector<double> exact = W.density();
    CAPTURE(box.dimension(), box.points(), points);
    CHECK(max_difference(densities(resolved, W.positions()), exact) < 1e-14 * test::largest(exact));
    // White noise: what 10 of 24 momenta do not resolve is much.
    CHECK(max_difference(densities(at_momenta(W, points, FewerMomenta::sampled), W.positions()), exact) > 0.01);
  }
  // Where M divides N, samples are every (N/M)-th value.
  const LatticeBox ring(1, 24);
  const auto H = husimi_transform(test::random_mixture(random, ring), 1.0);
  const auto sampled = at_momenta(H, 8, FewerMomenta::sampled);
  double error = 0.0;
  for (std::size_t r = 0; r < 24; ++r) {
    for (std::size_t k = 0; k < 8; ++k) error = larger(error, std::abs(sampled[r * 8 + k] - H.at(r)[3 * k]));
  }
  CHECK(error < 1e-13 * test::largest(H.values()));
  // The density of a Husimi function of width σ misses e^{−M²/4σ²}: of the density of white noise, which is all
  // coherent.
  const auto wide = at_momenta(H, 12, FewerMomenta::sampled);
  const std::vector<double> exact = H.density();
  CHECK(max_difference(densities(wide, 24), exact) < 2 * std::exp(-36.0) * test::largest(exact) + 1e-14);
  CHECK(*std::min_element(wide.begin(), wide.end()) >= -1e-13 * test::largest(H.values()));
}

TEST_CASE("what momenta W cannot have is said") {
  const auto W = wigner_transform(WaveMixture::pure({1, 4}, {1.0, 0.0, 0.0, 0.0}));
  CHECK(test::says(test::sentence([&] { return at_momenta(W, 1, FewerMomenta::resolved); }), "points = 1 momenta"));
}
