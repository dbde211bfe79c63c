// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic scattering on a shell of the cubic band against what it cannot do without: as many values of the correlator
// as its functions have (set-up), and the products of a dense matrix of these functions, on the nodes of one octant,
// with a vector (operator, solver) or with itself (resolvent). The bare work is timed in the same loop.
#include <nordheim/collision/elastic_scattering.hpp>

#include <Eigen/Dense>
#include <benchmark/benchmark.h>

#include <chrono>
#include <complex>
#include <cstddef>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

enum Kind : int { delta, product, gaussian };

Correlator correlator(int kind) {
  if (kind == delta) return Correlator::delta(1.0);
  return kind == product ? Correlator::product(3, 0.5) : Correlator::gaussian_lattice(3, 1.0);
}

EnergyShell shell() { return {Dispersion::nearest_neighbour(3), 1.5}; }

struct Problem {
  explicit Problem(int kind)
      : op(shell(), correlator(kind)),
        n(static_cast<Eigen::Index>(op.space().size())),
        functions(Eigen::MatrixXd::Random(n / 8, static_cast<Eigen::Index>(op.rank()))),
        part(Eigen::VectorXd::Random(n / 8)) {
    for (std::size_t a = 0; a < op.space().size(); ++a) W.push_back(1.0 + op.space().momentum(a)[0]);
    C.resize(W.size());
  }
  void report(benchmark::State& state, double total, double bare) const {
    state.counters["nodes"] = static_cast<double>(n);
    state.counters["rank"] = static_cast<double>(op.rank());
    state.counters["ratio_to_bare"] = total / bare;
  }
  ElasticScattering op;
  Eigen::Index n;
  Eigen::MatrixXd functions;
  Eigen::VectorXd part;
  std::vector<double> W, C;
};

/// Times @p work and @p bare in turns.
template <class Work, class Bare>
void compare(benchmark::State& state, const Problem& problem, Work work, Bare bare) {
  double total = 0.0, least = 0.0;
  work();
  for (auto _ : state) {
    auto start = Clock::now();
    work();
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    start = Clock::now();
    bare();
    least += seconds_since(start);
  }
  problem.report(state, total, least);
}

/// All sectors; rank × nodes values of the correlator.
void set_up(benchmark::State& state) {
  const auto kind = static_cast<int>(state.range(0));
  const Problem problem(kind);
  const EnergyShell space = problem.op.space();
  const Correlator theta = correlator(kind);
  compare(
      state, problem, [&] { benchmark::DoNotOptimize(ElasticScattering(space, theta).rank()); },
      [&] {
        double sum = 0.0;
        for (std::size_t r = 0; r < problem.op.rank(); ++r) {
          for (std::size_t a = 0; a < space.size(); ++a) {
            const Vector3 k = space.momentum(a), p = space.momentum(r);
            sum += theta({k[0] - p[0], k[1] - p[1], k[2] - p[2]});
          }
        }
        benchmark::DoNotOptimize(sum);
      });
}

void right_hand_side(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)));
  Eigen::VectorXd moments, out(problem.part.size());
  compare(
      state, problem, [&] { problem.op.apply(problem.W, problem.C); },
      [&] {
        moments.noalias() = problem.functions.transpose() * problem.part;
        out.noalias() = problem.functions * moments;
        benchmark::DoNotOptimize(out.data());
      });
}

void solve(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)));
  Eigen::VectorXd moments, out(problem.part.size());
  compare(
      state, problem, [&] { problem.op.solve(problem.W, problem.C); },
      [&] {
        moments.noalias() = problem.functions.transpose() * problem.part;
        out.noalias() = problem.functions * moments;
        benchmark::DoNotOptimize(out.data());
      });
}

/// One (z, q) with q along an axis, two sectors coupled and only those needed; the bare work is the real and imaginary
/// part of the matrix that must be made, with all functions.
void resolve(benchmark::State& state) {
  Problem problem(static_cast<int>(state.range(0)));
  const std::size_t n = problem.op.space().size();
  std::vector<std::complex<double>> b(n, 1.0), u(n);
  Eigen::MatrixXd gram;
  compare(
      state, problem,
      [&] {
        problem.op.resolve({0.1, 0.2}, {0.3, 0.0, 0.0}, b, u);
      },
      [&] {
        for (int part = 0; part < 2; ++part) {
          gram.noalias() = problem.functions.transpose() * problem.functions;
          benchmark::DoNotOptimize(gram.data());
        }
      });
}

BENCHMARK(set_up)->Arg(delta)->Arg(product)->Arg(gaussian)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(right_hand_side)->Arg(delta)->Arg(product)->Arg(gaussian)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(solve)->Arg(delta)->Arg(product)->Arg(gaussian)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(resolve)->Arg(delta)->Arg(product)->Arg(gaussian)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
