// SPDX-License-Identifier: GPL-3.0-or-later
#include "momentum/grid_transfer.hpp"

#include <nordheim/momentum/fourier_series.hpp>
#include <nordheim/momentum/lattice_grid.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <random>
#include <thread>
#include <utility>
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

using detail::AlignedArray;
using detail::Complex;
using detail::FftLayout;
using detail::FftPlan;
using detail::FftSign;

std::size_t power(int base, int exponent) {
  std::size_t result = 1;
  for (int j = 0; j < exponent; ++j) result *= static_cast<std::size_t>(base);
  return result;
}

/// Σ_a f_a e^{± i2πk·a/N}, by its definition, the product k·a reduced modulo N; shape (N^rank), last axis fastest.
std::vector<Complex> by_definition(const std::vector<Complex>& f, int rank, int points, FftSign sign) {
  const auto N = static_cast<std::size_t>(points);
  std::vector<Complex> result(f.size());
  for (std::size_t k = 0; k < f.size(); ++k) {
    for (std::size_t a = 0; a < f.size(); ++a) {
      std::size_t product = 0;
      for (std::size_t j = 0, rest_k = k, rest_a = a; j < static_cast<std::size_t>(rank); ++j) {
        product += (rest_k % N) * (rest_a % N);
        rest_k /= N;
        rest_a /= N;
      }
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(product % N) / points;
      result[k] += f[a] * std::polar(1.0, sign == FftSign::forward ? -angle : angle);
    }
  }
  return result;
}

/// Largest error of a batch of transforms of random numbers, planned from layout to layout, in place if they are equal.
double transform_error(std::mt19937_64& random, int rank, int points, int batch, FftLayout in, FftLayout out,
                       FftSign sign) {
  std::uniform_real_distribution<double> unit(-1.0, 1.0);
  const std::size_t n = power(points, rank);
  const auto transforms = static_cast<std::size_t>(batch);
  const bool in_place = in.stride == out.stride && in.distance == out.distance;
  const auto place = [](FftLayout layout, std::size_t element, std::size_t transform) {
    return element * static_cast<std::size_t>(layout.stride) + transform * static_cast<std::size_t>(layout.distance);
  };
  const auto extent = [&](FftLayout layout) { return place(layout, n - 1, transforms - 1) + 1; };
  std::vector<std::vector<Complex>> values(transforms, std::vector<Complex>(n));
  AlignedArray<Complex> source(extent(in)), target(extent(out));
  for (std::size_t m = 0; m < transforms; ++m) {
    for (std::size_t a = 0; a < n; ++a) source[place(in, a, m)] = values[m][a] = {unit(random), unit(random)};
  }
  if (in_place) {
    FftPlan(rank, points, batch, in, sign).execute(source.data());
  } else {
    FftPlan(rank, points, batch, in, out, sign).execute(source.data(), target.data());
  }
  double error = 0.0;
  for (std::size_t m = 0; m < transforms; ++m) {
    const auto exact = by_definition(values[m], rank, points, sign);
    for (std::size_t a = 0; a < n; ++a) {
      error = std::max(error, std::abs((in_place ? source : target)[place(out, a, m)] - exact[a]));
    }
  }
  return error;
}

}  // namespace

TEST_CASE("planned transforms are the sums that define them in every layout") {
  std::mt19937_64 random(5);
  for (const int rank : {1, 2, 3}) {
    for (const int N : {1, 2, 3, 4, 5, 7, 8}) {
      const auto n = static_cast<std::ptrdiff_t>(power(N, rank));
      for (const auto sign : {FftSign::forward, FftSign::backward}) {
        constexpr int batch = 3;
        const FftLayout one_after_another{1, n}, padded{1, n + 2}, interleaved{batch, 1};
        CAPTURE(rank, N, static_cast<int>(sign));
        // Sums of n numbers of size one, n up to 512: the reference adds up n rounding errors, about √n·1e-16·√n.
        const double tolerance = 1e-15 * static_cast<double>(n + 4);
        CHECK(transform_error(random, rank, N, 1, {}, {}, sign) < tolerance);
        CHECK(transform_error(random, rank, N, batch, one_after_another, one_after_another, sign) < tolerance);
        CHECK(transform_error(random, rank, N, batch, padded, padded, sign) < tolerance);
        CHECK(transform_error(random, rank, N, batch, interleaved, interleaved, sign) < tolerance);
        CHECK(transform_error(random, rank, N, batch, interleaved, padded, sign) < tolerance);
        CHECK(transform_error(random, rank, N, batch, padded, interleaved, sign) < tolerance);
      }
    }
  }
}

TEST_CASE("plans are made used and destroyed by several threads at once") {
  // Sizes that recur in all threads and sizes of their own: the planner shares its tables among plans.
  const FftPlan shared(1, 12, 1, {}, FftSign::forward);
  std::vector<double> errors(8, 0.0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < errors.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        const int N = 3 + (i + static_cast<int>(t)) % 13;
        // δ at x = 1 becomes e^{−i2πk/N}.
        AlignedArray<Complex> own(static_cast<std::size_t>(N)), twelve(12);
        own[1] = twelve[1] = 1.0;
        FftPlan(1, N, 1, {}, FftSign::forward).execute(own.data());
        shared.execute(twelve.data());
        for (int k = 0; k < N; ++k) {
          const Complex exact = std::polar(1.0, -2.0 * std::numbers::pi * k / N);
          errors[t] = std::max(errors[t], std::abs(own[static_cast<std::size_t>(k)] - exact));
        }
        for (int k = 0; k < 12; ++k) {
          const Complex exact = std::polar(1.0, -2.0 * std::numbers::pi * k / 12);
          errors[t] = std::max(errors[t], std::abs(twelve[static_cast<std::size_t>(k)] - exact));
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(*std::max_element(errors.begin(), errors.end()) < 2e-15);  // roundings of numbers of size one, angles below 2π
}

TEST_CASE("a plan holds nothing until it is made and moves with its owner") {
  FftPlan empty;
  CHECK_FALSE(empty);
  empty = FftPlan(2, 4, 1, {}, FftSign::backward);
  CHECK(empty);
  const FftPlan moved = std::move(empty);
  CHECK(moved);
  AlignedArray<Complex> values(16);
  CHECK(std::all_of(values.span().begin(), values.span().end(), [](Complex z) { return z == 0.0; }));
  values[0] = 1.0;
  moved.execute(values.data());
  CHECK(std::all_of(values.span().begin(), values.span().end(), [](Complex z) { return z == 1.0; }));
}

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
