// SPDX-License-Identifier: GPL-3.0-or-later
// One right-hand side of isotropic bosons beside the bare product that it must do, its table of four indices times the
// products of pairs of coefficients for gain and loss, timed in the same loop; with the raw defects of number and
// energy before any correction.
#include <nordheim/collision/isotropic_two_body.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/momentum/spherical_fit.hpp>

#include <Eigen/Core>
#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <vector>

namespace {

using namespace nordheim;
using Clock = std::chrono::steady_clock;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// The state that the published code starts from: a Gaussian of the energy, of width 6, with ∫dω √ω W = 1.
double occupation(const Vector3& k) {
  constexpr double width = 6.0;
  const double omega = 0.5 * (k[0] * k[0] + k[1] * k[1] + k[2] * k[2]);
  return 2.0 / (std::pow(width, 1.5) * std::tgamma(0.75)) * std::exp(-omega * omega / (width * width));
}

/// Argument: degree.
void isotropic_bosons(benchmark::State& state) {
  const auto degree = static_cast<int>(state.range(0));
  SphericalGridOptions grid_options;
  grid_options.degree = degree;
  grid_options.symmetry = MomentumSymmetry::isotropic;
  const SphericalGrid grid(fitted_to(occupation, Statistics::boson, grid_options));
  IsotropicTwoBodyOptions options;
  options.threads = 1;
  const auto set_up = Clock::now();
  IsotropicTwoBody op(grid, Statistics::boson, options);
  state.counters["set_up_seconds"] = seconds_since(set_up);
  const std::vector<double> W = sample(grid, occupation);
  std::vector<double> C(grid.size());
  op.set_reference(op.equilibrium_of(W));
  const CollisionReport report = op.apply(W, C);
  state.counters["number_defect"] = std::abs(report.number_defect);
  state.counters["energy_defect"] = std::abs(report.energy_defect);

  const Eigen::Index functions = degree / 2 + 1, pairs = functions * (functions + 1) / 2;
  const Matrix table = Matrix::Constant((functions + 1) * functions, pairs, 1e-3);
  const Eigen::VectorXd gain = Eigen::VectorXd::Constant(pairs, 0.1), loss = Eigen::VectorXd::Constant(pairs, 0.2);
  Eigen::VectorXd result(table.rows());
  double total = 0.0, bare = 0.0;
  for (auto _ : state) {
    auto start = Clock::now();
    op.apply(W, C);
    const double seconds = seconds_since(start);
    total += seconds;
    state.SetIterationTime(seconds);
    start = Clock::now();
    result.noalias() = table * gain;
    benchmark::DoNotOptimize(result.data());
    result.noalias() = table * loss;
    benchmark::DoNotOptimize(result.data());
    bare += seconds_since(start);
  }
  state.counters["ratio_to_bare_products"] = total / bare;
}

BENCHMARK(isotropic_bosons)
    ->ArgName("degree")
    ->Arg(16)
    ->Arg(32)
    ->Arg(64)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
