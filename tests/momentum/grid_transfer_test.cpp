// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/grid_transfer.hpp"

#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace nordheim;

namespace {

std::vector<double> random_values(std::mt19937_64& random, std::size_t n) {
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  std::vector<double> values(n);
  for (double& v : values) v = unit(random);
  return values;
}

double mean_product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum / static_cast<double>(a.size());
}

struct Pair {
  int dimension, coarse, fine;
};

const Pair pairs[] = {{1, 2, 3}, {1, 6, 7},  {1, 7, 12}, {1, 8, 16}, {2, 2, 5}, {2, 6, 8},
                      {2, 5, 9}, {2, 9, 10}, {3, 2, 3},  {3, 4, 6},  {3, 5, 7}, {2, 6, 6}};

}  // namespace

TEST_CASE("prolongation evaluates the interpolant on the finer grid") {
  std::mt19937_64 random(1);
  for (const auto& [d, N, M] : pairs) {
    const LatticeGrid coarse(N, Dispersion::nearest_neighbour(d));
    const auto fine = coarse.resampled(M);
    const auto values = random_values(random, coarse.size());
    std::vector<double> prolonged(fine.size());
    detail::GridTransfer(d, N, M).prolong(values, prolonged);
    const FourierSeries series(coarse, values);
    double error = 0.0;
    for (std::size_t a = 0; a < fine.size(); ++a) {
      error = std::max(error, std::abs(prolonged[a] - series(fine.momentum(a))));
    }
    CAPTURE(d, N, M);
    CHECK(error < 1e-14);  // a few roundings of sums of up to 343 modes of size 1/√n
  }
}

TEST_CASE("restriction is the adjoint of prolongation") {
  std::mt19937_64 random(2);
  for (const auto& [d, N, M] : pairs) {
    const LatticeGrid coarse(N, Dispersion::nearest_neighbour(d));
    const auto fine = coarse.resampled(M);
    const auto a = random_values(random, coarse.size());
    const auto b = random_values(random, fine.size());
    std::vector<double> up(fine.size()), down(coarse.size());
    detail::GridTransfer transfer(d, N, M);
    transfer.prolong(a, up);
    transfer.restrict(b, down);
    CAPTURE(d, N, M);
    CHECK_THAT(mean_product(a, down), WithinAbs(mean_product(up, b), 1e-15));  // round-off of sums of size 0.1
  }
}

TEST_CASE("restriction undoes prolongation where no mode is shared") {
  std::mt19937_64 random(3);
  for (const auto& [d, N, M] : pairs) {
    if (N % 2 == 0) continue;  // a Nyquist mode comes back halved, as the adjoint of the real interpolant must
    const LatticeGrid coarse(N, Dispersion::nearest_neighbour(d));
    const auto a = random_values(random, coarse.size());
    std::vector<double> up(coarse.resampled(M).size()), back(coarse.size());
    detail::GridTransfer transfer(d, N, M);
    transfer.prolong(a, up);
    transfer.restrict(up, back);
    double error = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) error = std::max(error, std::abs(back[i] - a[i]));
    CAPTURE(d, N, M);
    CHECK(error < 1e-14);
  }
}

TEST_CASE("transfers keep the mean") {
  std::mt19937_64 random(4);
  for (const auto& [d, N, M] : pairs) {
    const LatticeGrid coarse(N, Dispersion::nearest_neighbour(d));
    const auto fine = coarse.resampled(M);
    const auto a = random_values(random, coarse.size());
    const auto b = random_values(random, fine.size());
    std::vector<double> up(fine.size()), down(coarse.size());
    detail::GridTransfer transfer(d, N, M);
    transfer.prolong(a, up);
    transfer.restrict(b, down);
    CAPTURE(d, N, M);
    const std::vector<double> one_coarse(coarse.size(), 1.0), one_fine(fine.size(), 1.0);
    CHECK_THAT(mean_product(up, one_fine), WithinAbs(mean_product(a, one_coarse), 1e-15));
    CHECK_THAT(mean_product(down, one_coarse), WithinAbs(mean_product(b, one_fine), 1e-15));
  }
}
