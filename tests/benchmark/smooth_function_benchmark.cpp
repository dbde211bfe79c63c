// SPDX-License-Identifier: GPL-3.0-or-later
// The nearest-neighbour band in three dimensions as a SmoothFunction, against the same written by hand: what the
// interpreter costs beside the sines and cosines. Then bounds, and the search for critical points.
#include <nordheim/model/critical_points.hpp>
#include <nordheim/model/smooth_function.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

namespace {

using namespace nordheim;

constexpr double two_pi = 2.0 * std::numbers::pi;

std::vector<Vector3> momenta() {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(-0.5, 0.5);
  std::vector<Vector3> points(1024);
  for (Vector3& k : points) k = {unit(random), unit(random), unit(random)};
  return points;
}

SmoothFunction band() {
  return {3, [](const auto& k) {
            return one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) + one_minus_cos(two_pi * k[2]);
          }};
}

/// Calls with one momentum after the other.
template <class Call>
void over_momenta(benchmark::State& state, Call call) {
  const std::vector<Vector3> points = momenta();
  std::size_t i = 0;
  for (auto step : state) {
    benchmark::DoNotOptimize(call(points[i++ % points.size()]));
    (void)step;
  }
}

void value_by_hand(benchmark::State& state) {
  over_momenta(state, [](const Vector3& k) {
    return one_minus_cos(two_pi * k[0]) + one_minus_cos(two_pi * k[1]) + one_minus_cos(two_pi * k[2]);
  });
}

void derivative_by_hand(benchmark::State& state) {
  over_momenta(state, [](const Vector3& k) {
    const double s = std::sin(0.5 * two_pi * k[1]);
    const double derivative = 2.0 * two_pi * s * std::cos(0.5 * two_pi * k[1]);
    return one_minus_cos(two_pi * k[0]) + 2.0 * s * s + one_minus_cos(two_pi * k[2]) + derivative;
  });
}

void value(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) { return f(k); });
}

void with_derivative(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) {
    double derivative = 0.0;
    return f.with_derivative(k, 1, derivative) + derivative;
  });
}

void with_derivative_on_a_line(benchmark::State& state) {
  const SmoothFunction f = band();
  SmoothFunction::Line line(f, 1);
  line.through({0.1, 0.2, 0.3});
  over_momenta(state, [&line](const Vector3& k) {
    double derivative = 0.0;
    return line(k[1], derivative) + derivative;
  });
}

void with_gradient(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) {
    Vector3 gradient{};
    return f.with_gradient(k, gradient) + gradient[0] + gradient[1] + gradient[2];
  });
}

void expansion(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) { return f.expansion(k).hessian[0][0]; });
}

void bounds(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) {
    return f.bounds(k, {k[0] + 0.1, k[1] + 0.1, k[2] + 0.1}).value.lower;
  });
}

void expansion_bounds(benchmark::State& state) {
  over_momenta(state, [f = band()](const Vector3& k) {
    return f.expansion_bounds(k, {k[0] + 0.1, k[1] + 0.1, k[2] + 0.1}).value.lower;
  });
}

void critical_points_of_the_cubic_band(benchmark::State& state) {
  const auto dispersion = Dispersion::nearest_neighbour(3);
  for (auto step : state) {
    benchmark::DoNotOptimize(critical_points(dispersion));
    (void)step;
  }
}

BENCHMARK(value_by_hand);
BENCHMARK(value);
BENCHMARK(derivative_by_hand);
BENCHMARK(with_derivative);
BENCHMARK(with_derivative_on_a_line);
BENCHMARK(with_gradient);
BENCHMARK(expansion);
BENCHMARK(bounds);
BENCHMARK(expansion_bounds);
BENCHMARK(critical_points_of_the_cubic_band);

}  // namespace

BENCHMARK_MAIN();
