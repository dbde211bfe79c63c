// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/isotropic_momentum.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/core/interval.hpp>
#include <nordheim/io/number_text.hpp>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace nordheim::detail {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// A function for GSL, whose C frames no exception may cross: kept, and thrown again by the caller.
template <class Function>
struct Guarded {
  Function function;
  std::exception_ptr failure{};

  [[nodiscard]] static double call(double x, void* self) {
    auto& guarded = *static_cast<Guarded*>(self);
    if (guarded.failure) return 0.0;
    try {
      return guarded.function(x);
    } catch (...) {
      guarded.failure = std::current_exception();
      return 0.0;
    }
  }
  [[nodiscard]] gsl_function gsl() { return {&Guarded::call, this}; }
  void rethrow() const {
    if (failure) std::rethrow_exception(failure);
  }
};

double finite_energy(const std::function<double(double)>& energy, double k) {
  const double value = energy(k);
  if (!std::isfinite(value)) {
    throw InvalidArgument("the energy at k = " + shortest_text(k) + " is " + shortest_text(value) +
                          "; finite numbers are needed");
  }
  return value;
}

[[noreturn]] void refuse_slope(const std::string& found, double k, double largest) {
  throw NotIncreasing("the energy must increase with k, but its derivative " + found + " at k = " + shortest_text(k) +
                      "; allowed are functions with a positive derivative for 0 < k <= " + shortest_text(largest));
}

/// Whether ω' > 0 inside 0 < k ≤ b is certain by ω' ≥ 0 at 0 and ω'' ≥ 0.
bool increases_from_zero(const SmoothFunction& energy, double b) {
  if (!(energy.expansion_bounds({}, {b, 0.0, 0.0}).hessian[0][0].lower >= 0.0)) return false;
  return energy.bounds({}, {}).gradient[0].upper >= 0.0;
}

/// By bisection of 0 < k ≤ largest. Near 0, where a formula may be singular, down to 2⁻⁶⁰ of the largest k.
void require_increasing(const SmoothFunction& energy, double largest) {
  constexpr int most = 100'000;  // some 0.1 s
  constexpr double narrowest = 1e-10;
  constexpr double nearest = 0x1p-60;
  std::vector<Interval> open{{0.0, largest}};
  for (int step = 0; !open.empty(); ++step) {
    const Interval part = open.back();
    open.pop_back();
    if (energy.bounds({part.lower, 0.0, 0.0}, {part.upper, 0.0, 0.0}).gradient[0].lower > 0.0) continue;
    if (part.lower == 0.0 && (part.upper <= nearest * largest || increases_from_zero(energy, part.upper))) continue;
    const double middle = 0.5 * (part.lower + part.upper);
    double slope = 0.0;
    static_cast<void>(energy.with_derivative({middle, 0.0, 0.0}, 0, slope));
    if (slope <= 0.0) refuse_slope("is " + shortest_text(slope), middle, largest);
    if (part.width() <= narrowest * part.lower || step >= most) refuse_slope("cannot be told from 0", middle, largest);
    open.push_back({middle, part.upper});
    open.push_back({part.lower, middle});
  }
}

/// By samples, equidistant and with equal ratios.
void require_increasing(const std::function<double(double)>& energy, const std::function<double(double)>& velocity,
                        double largest) {
  constexpr int samples = 256;
  constexpr double octaves = 20.0;  // below, rounding may hide the increase
  std::vector<double> momenta;
  for (int i = 1; i <= samples; ++i) {
    momenta.push_back(largest * i / samples);
    momenta.push_back(largest * std::exp2(-octaves * i / samples));
  }
  std::sort(momenta.begin(), momenta.end());
  double previous = finite_energy(energy, momenta.front());
  for (const double k : momenta) {
    const double slope = velocity(k);
    if (!(slope > 0.0)) refuse_slope("is " + shortest_text(slope), k, largest);
    const double value = finite_energy(energy, k);
    const double rounding = 16.0 * epsilon * std::max(std::abs(value), std::abs(previous));
    if (value < previous - rounding) refuse_slope("cannot be positive everywhere: the energy falls", k, largest);
    previous = value;
  }
}

/// Whether two functions belong together: a quotient of differences is good to about 1e-8 where ω is smooth on the
/// scale of k/1000, and to far less than this bound else.
void require_derivative(const std::function<double(double)>& energy, double k, double velocity) {
  const double step = 1e-3 * k;
  const double slope = (finite_energy(energy, k + step) - finite_energy(energy, k - step)) / (2.0 * step);
  const double rounding = 4.0 * epsilon * std::abs(energy(k)) / step;
  if (std::abs(slope - velocity) <= 0.1 * velocity + rounding) return;
  throw InvalidArgument("the velocity at k = " + shortest_text(k) + " is " + shortest_text(velocity) +
                        " but the energy has the slope " + shortest_text(slope) +
                        " there; the velocity must be the derivative of the energy");
}

/// Brent's method (GSL) between momenta with energies below and not below E.
double root(const std::function<double(double)>& energy, double E, double lower, double upper) {
  auto excess = [&](double k) { return finite_energy(energy, k) - E; };
  Guarded<decltype(excess)> guarded{excess};
  gsl_function f = guarded.gsl();
  const std::unique_ptr<gsl_root_fsolver, void (*)(gsl_root_fsolver*)> solver(
      gsl_root_fsolver_alloc(gsl_root_fsolver_brent), &gsl_root_fsolver_free);
  const int status = gsl_root_fsolver_set(solver.get(), &f, lower, upper);
  guarded.rethrow();
  if (status != GSL_SUCCESS) throw LibraryError("gsl_root_fsolver_set: " + std::string(gsl_strerror(status)));
  constexpr int enough = 200;
  for (int i = 0; i < enough; ++i) {
    if (gsl_root_fsolver_iterate(solver.get()) != GSL_SUCCESS) break;
    guarded.rethrow();
    if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver.get()), gsl_root_fsolver_x_upper(solver.get()), 0.0,
                               4.0 * epsilon) == GSL_SUCCESS) {
      break;
    }
  }
  guarded.rethrow();
  return gsl_root_fsolver_root(solver.get());
}

}  // namespace

double momentum_at(const ElasticModel::Impl& model, double E) {
  const auto out_of_range = [&] {
    return InvalidArgument("no momentum k > 0 has the energy " + shortest_text(E) +
                           "; allowed are energies that the increasing function ω(k) takes");
  };
  if (!std::isfinite(E)) throw out_of_range();
  double lower = 1.0;
  double upper = 1.0;
  while (!(finite_energy(model.energy, lower) < E)) {
    lower *= 0.5;
    if (lower < 1e-150) throw out_of_range();
  }
  while (!(finite_energy(model.energy, upper) >= E)) {
    upper *= 2.0;
    // A band that falls without end has no such momentum either.
    if (upper > 1e150 || !std::isfinite(model.energy(upper))) throw out_of_range();
  }
  // One of the two is still 1; what matters for this energy is near the other.
  (lower < 1.0 ? upper : lower) = lower < 1.0 ? 2.0 * lower : 0.5 * upper;
  if (model.band) {
    require_increasing(*model.band, upper);
    return root(model.energy, E, lower, upper);
  }
  require_increasing(model.energy, model.velocity, upper);
  const double k = root(model.energy, E, lower, upper);
  require_derivative(model.energy, k, model.velocity(k));
  return k;
}

double momentum_error(const ElasticModel::Impl& model, double k, double velocity) {
  constexpr double of_search = 8.0 * epsilon;
  const Vector3 at{k, 0.0, 0.0};
  const double rounding = model.band ? model.band->bounds(at, at).value.width() : epsilon * std::abs(model.energy(k));
  return of_search + rounding / (velocity * k);
}

}  // namespace nordheim::detail
