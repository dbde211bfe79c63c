// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/torus_search.hpp"

#include <nordheim/core/error.hpp>

#include <gsl/gsl_deriv.h>
#include <gsl/gsl_multimin.h>

#include <cmath>
#include <memory>
#include <sstream>
#include <utility>

namespace nordheim::detail {

namespace {

using Function = std::function<double(const Vector3&)>;

constexpr int samples_per_axis(int dimension) { return dimension == 1 ? 1024 : dimension == 2 ? 96 : 32; }

struct VectorDeleter {
  void operator()(gsl_vector* v) const { gsl_vector_free(v); }
};
struct MinimizerDeleter {
  void operator()(gsl_multimin_fminimizer* m) const { gsl_multimin_fminimizer_free(m); }
};

Vector3 to_momentum(const gsl_vector* x) {
  Vector3 k{};
  for (std::size_t j = 0; j < x->size; ++j) k[j] = gsl_vector_get(x, j);
  return k;
}

double evaluate(const gsl_vector* x, void* f) { return (*static_cast<const Function*>(f))(to_momentum(x)); }

double checked(const Function& f, const Vector3& k, int dimension) {
  const double value = f(k);
  if (!std::isfinite(value)) {
    std::ostringstream text;
    text << "the dispersion is " << value << " at k = (" << k[0];
    for (int j = 1; j < dimension; ++j) text << ", " << k[static_cast<std::size_t>(j)];
    text << "); it must be finite on the whole torus";
    throw InvalidArgument(text.str());
  }
  return value;
}

/// Lowest sample of f and where it is.
std::pair<double, Vector3> lowest_sample(int dimension, const Function& f) {
  const int n = samples_per_axis(dimension);
  long total = 1;
  for (int j = 0; j < dimension; ++j) total *= n;
  std::pair<double, Vector3> lowest{INFINITY, {}};
  for (long index = 0; index < total; ++index) {
    Vector3 k{};
    long rest = index;
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j, rest /= n) {
      k[j] = static_cast<double>(rest % n) / n - 0.5;
    }
    const double value = checked(f, k, dimension);
    if (value < lowest.first) lowest = {value, k};
  }
  return lowest;
}

}  // namespace

double torus_minimum(int dimension, const Function& f) {
  const auto [sample, at] = lowest_sample(dimension, f);
  const auto d = static_cast<std::size_t>(dimension);
  const std::unique_ptr<gsl_vector, VectorDeleter> start(gsl_vector_alloc(d));
  const std::unique_ptr<gsl_vector, VectorDeleter> step(gsl_vector_alloc(d));
  for (std::size_t j = 0; j < d; ++j) gsl_vector_set(start.get(), j, at[j]);
  gsl_vector_set_all(step.get(), 0.5 / samples_per_axis(dimension));
  Function copy = f;
  gsl_multimin_function target{&evaluate, d, &copy};
  const std::unique_ptr<gsl_multimin_fminimizer, MinimizerDeleter> search(
      gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, d));
  gsl_multimin_fminimizer_set(search.get(), &target, start.get(), step.get());
  constexpr int max_iterations = 500;
  constexpr double simplex_size = 1e-6;  // the error of a smooth extremum is its square
  for (int i = 0; i < max_iterations; ++i) {
    if (gsl_multimin_fminimizer_iterate(search.get()) != 0) break;
    if (gsl_multimin_fminimizer_size(search.get()) < simplex_size) break;
  }
  return std::min(sample, search->fval);
}

double central_derivative(const Function& f, const Vector3& k, int axis) {
  struct Line {
    const Function& f;
    Vector3 k;
    std::size_t axis;
  } line{f, k, static_cast<std::size_t>(axis)};
  gsl_function along{[](double x, void* data) {
                       auto& l = *static_cast<Line*>(data);
                       l.k[l.axis] = x;
                       return l.f(l.k);
                     },
                     &line};
  double derivative = 0.0;
  double error = 0.0;
  constexpr double step = 1e-3;
  gsl_deriv_central(&along, k[line.axis], step, &derivative, &error);
  return derivative;
}

}  // namespace nordheim::detail
