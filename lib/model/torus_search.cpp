// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/torus_search.hpp"

#include <nordheim/core/error.hpp>

#include <gsl/gsl_deriv.h>
#include <gsl/gsl_multimin.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <exception>
#include <limits>
#include <memory>
#include <sstream>
#include <vector>

namespace nordheim::detail {

namespace {

using Function = std::function<double(const Vector3&)>;

struct VectorDeleter {
  void operator()(gsl_vector* v) const { gsl_vector_free(v); }
};
struct MinimizerDeleter {
  void operator()(gsl_multimin_fminimizer* m) const { gsl_multimin_fminimizer_free(m); }
};

double checked(const Function& f, const Vector3& k, int dimension, const std::string& what) {
  const double value = f(k);
  if (!std::isfinite(value)) {
    std::ostringstream text;
    text << what << " is not finite at k = (" << k[0];
    for (int j = 1; j < dimension; ++j) text << ", " << k[static_cast<std::size_t>(j)];
    text << "); it must be finite on the whole torus";
    throw InvalidArgument(text.str());
  }
  return value;
}

/// Runs a function for GSL, whose frames no exception may cross: it is kept, GSL sees a harmless number, and
/// rethrow() hands it on afterwards.
class Guard {
 public:
  template <class Call>
  double operator()(Call call) noexcept {
    try {
      return call();
    } catch (...) {
      if (!caught_) caught_ = std::current_exception();
      return std::numeric_limits<double>::max();
    }
  }
  void rethrow() const {
    if (caught_) std::rethrow_exception(caught_);
  }

 private:
  std::exception_ptr caught_;
};

/// Values of f on the sampling grid, the last axis fastest.
struct Samples {
  int dimension;
  int n;
  std::vector<double> values{};

  [[nodiscard]] std::array<int, 3> index(std::size_t sample) const {
    std::array<int, 3> i{};
    for (auto j = static_cast<std::size_t>(dimension); j-- > 0; sample /= static_cast<std::size_t>(n)) {
      i[j] = static_cast<int>(sample % static_cast<std::size_t>(n));
    }
    return i;
  }
  [[nodiscard]] Vector3 momentum(std::size_t sample) const {
    Vector3 k{};
    const auto i = index(sample);
    for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) k[j] = static_cast<double>(i[j]) / n - 0.5;
    return k;
  }
  /// Not above its neighbours along the axes.
  [[nodiscard]] bool is_local_minimum(std::size_t sample) const {
    const auto i = index(sample);
    std::ptrdiff_t stride = 1;
    for (auto j = static_cast<std::size_t>(dimension); j-- > 0; stride *= n) {
      const std::ptrdiff_t up = i[j] + 1 < n ? stride : stride * (1 - n);
      const std::ptrdiff_t down = i[j] > 0 ? -stride : stride * (n - 1);
      const auto at = static_cast<std::ptrdiff_t>(sample);
      if (values[static_cast<std::size_t>(at + up)] < values[sample]) return false;
      if (values[static_cast<std::size_t>(at + down)] < values[sample]) return false;
    }
    return true;
  }
};

Samples sampled(int dimension, const Function& f, const std::string& what) {
  Samples samples{dimension, samples_per_axis(dimension)};
  std::size_t total = 1;
  for (int j = 0; j < dimension; ++j) total *= static_cast<std::size_t>(samples.n);
  samples.values.resize(total);
  for (std::size_t a = 0; a < total; ++a) samples.values[a] = checked(f, samples.momentum(a), dimension, what);
  return samples;
}

/// The lowest local minima of the samples, at most @p count. Several, because the true minimum can lie between the
/// samples of a basin whose lowest sample is not the lowest of all.
std::vector<std::size_t> lowest_minima(const Samples& samples, std::size_t count) {
  std::vector<std::size_t> minima;
  for (std::size_t a = 0; a < samples.values.size(); ++a) {
    if (samples.is_local_minimum(a)) minima.push_back(a);
  }
  const auto lower = [&](std::size_t a, std::size_t b) { return samples.values[a] < samples.values[b]; };
  std::stable_sort(minima.begin(), minima.end(), lower);
  if (minima.size() > count) minima.resize(count);
  return minima;
}

}  // namespace

LowPoint simplex_minimum(const std::function<double(std::span<const double>)>& f, std::vector<double> x, double size) {
  struct Target {
    const std::function<double(std::span<const double>)>& f;
    Guard guard{};
  } target{f};
  const std::unique_ptr<gsl_vector, VectorDeleter> start(gsl_vector_alloc(x.size()));
  const std::unique_ptr<gsl_vector, VectorDeleter> step(gsl_vector_alloc(x.size()));
  for (std::size_t j = 0; j < x.size(); ++j) gsl_vector_set(start.get(), j, x[j]);
  gsl_vector_set_all(step.get(), size);
  // GSL keeps its points in vectors of its own, which may be strided.
  gsl_multimin_function function{[](const gsl_vector* point, void* data) {
                                   auto& t = *static_cast<Target*>(data);
                                   std::array<double, 9> dense{};
                                   for (std::size_t j = 0; j < point->size; ++j) dense[j] = gsl_vector_get(point, j);
                                   return t.guard([&] { return t.f({dense.data(), point->size}); });
                                 },
                                 x.size(), &target};
  const std::unique_ptr<gsl_multimin_fminimizer, MinimizerDeleter> search(
      gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, x.size()));
  gsl_multimin_fminimizer_set(search.get(), &function, start.get(), step.get());
  constexpr int max_iterations = 500;
  constexpr double simplex_size = 1e-6;  // the error of a smooth extremum is its square
  for (int i = 0; i < max_iterations; ++i) {
    if (gsl_multimin_fminimizer_iterate(search.get()) != 0) break;
    if (gsl_multimin_fminimizer_size(search.get()) < simplex_size) break;
  }
  target.guard.rethrow();
  for (std::size_t j = 0; j < x.size(); ++j) x[j] = gsl_vector_get(search->x, j);
  return {std::move(x), search->fval};
}

double torus_minimum(int dimension, const Function& f, const std::string& what) {
  const auto samples = sampled(dimension, f, what);
  const Function finite = [&](const Vector3& k) { return checked(f, k, dimension, what); };
  constexpr std::size_t starts = 48;  // the images of one point under the symmetries of the cube
  const double step = 0.5 / samples_per_axis(dimension);
  double lowest = *std::min_element(samples.values.begin(), samples.values.end());
  for (const std::size_t a : lowest_minima(samples, starts)) {
    const Vector3 k = samples.momentum(a);
    const auto at = [&finite](std::span<const double> x) {
      Vector3 point{};
      std::copy(x.begin(), x.end(), point.begin());
      return finite(point);
    };
    lowest = std::min(lowest, simplex_minimum(at, {k.begin(), k.begin() + dimension}, step).value);
  }
  return lowest;
}

double central_derivative(const Function& f, const Vector3& k, int axis) {
  struct Line {
    const Function& f;
    Vector3 k;
    std::size_t axis;
    Guard guard{};
  } line{f, k, static_cast<std::size_t>(axis)};
  gsl_function along{[](double x, void* data) {
                       auto& l = *static_cast<Line*>(data);
                       l.k[l.axis] = x;
                       return l.guard([&] { return l.f(l.k); });
                     },
                     &line};
  double derivative = 0.0;
  double error = 0.0;
  constexpr double step = 1e-3;
  gsl_deriv_central(&along, k[line.axis], step, &derivative, &error);
  line.guard.rethrow();
  return derivative;
}

}  // namespace nordheim::detail
