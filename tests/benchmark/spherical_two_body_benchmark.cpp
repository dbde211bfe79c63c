// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side of the two-body operator in R³ against the bare matrix products that it must do: for each angle
// of the lens transform two syntheses and two analyses, each of products over n, l and m, functions of different parity
// apart.
// The bare products are timed in the same loop, so that the ratio does not depend on what else the machine does.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/momentum/spherical_fit.hpp>

#include "in_turns.hpp"

#include <Eigen/Core>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace {

using namespace nordheim;
using nordheim::benchmarks::median;
using Clock = std::chrono::steady_clock;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// A product of matrices of given sizes, done a number of times.
class Product {
 public:
  Product(int rows, int inner, int columns, int times)
      : times_(times),
        left_(Matrix::Constant(rows, inner, 0.1)),
        right_(Matrix::Constant(inner, columns, 0.2)),
        result_(rows, columns) {}
  void run() {
    for (int i = 0; i < times_; ++i) {
      result_.noalias() = left_ * right_;
      benchmark::DoNotOptimize(result_.data());
    }
  }

 private:
  int times_;
  Matrix left_, right_, result_;
};

/// What one angle needs, for a full grid of degree K and an output degree of K + 6.
class BareProducts {
 public:
  explicit BareProducts(int degree) {
    constexpr int extra = 6, fields = 2;
    const int radii = degree + extra / 4 + 1, polar = 2 * degree + 1, quarter = degree + 2;
    for (const auto& [K, lmax] : {std::pair{degree, degree}, {degree + extra, degree + 1}}) {
      for (int l = 0; l <= lmax; ++l) products_.emplace_back(2 * (2 * l + 1), (K - l) / 2 + 1, radii, fields);
      for (int m = 0; m <= lmax; ++m) {
        const int signs = (m == 0 ? 1 : 2) * fields;
        products_.emplace_back((polar + 1) / 2, (lmax - m) / 2 + 1, 2 * radii, signs);
        if (lmax > m) products_.emplace_back((polar + 1) / 2, (lmax - m + 1) / 2, 2 * radii, signs);
      }
      for (const int family : {lmax / 2 + 1, (lmax + 1) / 2, lmax / 2, (lmax + 1) / 2}) {  // cosines, then sines
        products_.emplace_back(quarter, family, 2 * radii, polar * fields);
      }
    }
  }
  void run() {
    for (Product& product : products_) product.run();
  }

 private:
  std::vector<Product> products_;
};

struct Problem {
  Problem(int degree, MomentumSymmetry symmetry, int threads, bool potential = false)
      : op(grid(degree, symmetry), Statistics::fermion, options(threads, potential)) {
    for (std::size_t a = 0; a < op.space().size(); ++a) W.push_back(occupation(op.space().momentum(a)));
    C.resize(W.size());
    op.set_reference(op.equilibrium_of(W));
    step();
  }
  static double occupation(const Vector3& k) {
    return 0.6 * std::exp(-0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]));
  }
  static SphericalGrid grid(int degree, MomentumSymmetry symmetry) {
    SphericalGridOptions options;
    options.degree = degree;
    options.symmetry = symmetry;
    return SphericalGrid(fitted_to(occupation, Statistics::fermion, options));
  }
  static SphericalTwoBodyOptions options(int threads, bool potential) {
    SphericalTwoBodyOptions result;
    result.threads = threads;
    if (potential) result.potential = [](double q) { return 1.0 / (1.0 + q * q); };
    return result;
  }
  /// A state that the operator has not seen: it would remember the last one.
  void step() {
    W[0] *= 1.0 - 1e-15;
    op.apply(W, C);
  }
  SphericalTwoBody op;
  std::vector<double> W, C;
};

struct Comparison {
  double first;  ///< s
  double ratio;  ///< of the second to the first
};

/// Medians of the time of the first of two calls that are made in turns, which is the time of the benchmark, and of the
/// ratios: the machine is now faster, now slower, for both.
template <class First, class Second>
Comparison in_turns(benchmark::State& state, const First& first, const Second& second) {
  std::vector<double> of_first, ratios;
  for (auto _ : state) {
    auto start = Clock::now();
    first();
    of_first.push_back(seconds_since(start));
    state.SetIterationTime(of_first.back());
    start = Clock::now();
    second();
    ratios.push_back(seconds_since(start) / of_first.back());
  }
  return {median(of_first), median(ratios)};
}

/// Argument: degree. A state without symmetry, one thread.
void right_hand_side(benchmark::State& state) {
  const auto degree = static_cast<int>(state.range(0));
  Problem problem(degree, MomentumSymmetry::none, 1);
  BareProducts bare(degree);
  const Comparison measured = in_turns(
      state, [&] { problem.step(); },
      [&] {
        for (std::size_t s = 0; s < problem.op.angles(); ++s) bare.run();
      });
  state.counters["ratio_to_bare_products"] = 1.0 / measured.ratio;
  state.counters["median_ms"] = 1e3 * measured.first;
}

/// Argument: degree. One thread against two.
void two_threads(benchmark::State& state) {
  const auto degree = static_cast<int>(state.range(0));
  Problem one(degree, MomentumSymmetry::none, 1), two(degree, MomentumSymmetry::none, 2);
  const Comparison measured = in_turns(
      state, [&] { two.step(); }, [&] { one.step(); });
  state.counters["speed_up"] = measured.ratio;
}

/// Arguments: degree, symmetry. What a symmetry saves. Several steps in a row, as in a relaxation: otherwise most of
/// the time of a small operator would go into its way back to the cache.
void with_symmetry(benchmark::State& state) {
  constexpr int steps = 32;
  const auto degree = static_cast<int>(state.range(0));
  Problem reduced(degree, static_cast<MomentumSymmetry>(state.range(1)), 1), full(degree, MomentumSymmetry::none, 1);
  const Comparison measured = in_turns(
      state,
      [&] {
        for (int i = 0; i < steps; ++i) reduced.step();
      },
      [&] { full.step(); });
  state.counters["times_cheaper"] = steps * measured.ratio;
}

/// Argument: degree. The derivative at a remembered state, in units of a right-hand side: six transforms an angle
/// against four.
void linearised(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)), MomentumSymmetry::none, 1);
  const std::vector<double> dW(problem.W.size(), 0.1);
  const Comparison measured = in_turns(
      state, [&] { problem.op.apply_linearised(problem.W, dW, problem.C); }, [&] { problem.step(); });
  state.counters["ratio_to_right_hand_side"] = 1.0 / measured.ratio;
}

/// Argument: degree. A potential, in units of a contact right-hand side.
void potential(benchmark::State& state) {
  const auto degree = static_cast<int>(state.range(0));
  Problem filtered(degree, MomentumSymmetry::none, 1, true), contact(degree, MomentumSymmetry::none, 1);
  const Comparison measured = in_turns(
      state, [&] { filtered.step(); }, [&] { contact.step(); });
  state.counters["ratio_to_contact"] = 1.0 / measured.ratio;
}

BENCHMARK(right_hand_side)->ArgName("degree")->Arg(8)->Arg(16)->Arg(24)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(two_threads)->ArgName("degree")->Arg(16)->Arg(24)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(with_symmetry)
    ->ArgNames({"degree", "symmetry"})
    ->Args({16, static_cast<int>(MomentumSymmetry::axial)})
    ->Args({16, static_cast<int>(MomentumSymmetry::isotropic)})
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(linearised)->ArgName("degree")->Arg(16)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(potential)->ArgName("degree")->Arg(8)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
