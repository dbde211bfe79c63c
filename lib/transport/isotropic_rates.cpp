// SPDX-License-Identifier: GPL-3.0-or-later
// Elastic scattering in R³: k(E) and the eigenvalues of the collision operator on the sphere.
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>

#include "transport/elastic_model_impl.hpp"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_roots.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <numbers>
#include <string>

namespace nordheim {

namespace {

constexpr double pi = std::numbers::pi;
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

/// The k > 0 where an increasing ω has the value E: bracketed by doubling, then by Brent's method (GSL).
double momentum_at(const std::function<double(double)>& energy, double E) {
  const auto out_of_range = [&] {
    return InvalidArgument("no momentum k > 0 has the energy " + shortest_text(E) +
                           "; allowed are energies that the increasing function ω(k) takes");
  };
  if (!std::isfinite(E)) throw out_of_range();
  double lower = 1.0;
  double upper = 1.0;
  while (!(finite_energy(energy, lower) < E)) {
    lower *= 0.5;
    if (lower < 1e-150) throw out_of_range();
  }
  while (!(finite_energy(energy, upper) >= E)) {
    upper *= 2.0;
    if (upper > 1e150) throw out_of_range();
  }
  auto excess = [&](double k) { return finite_energy(energy, k) - E; };
  Guarded<decltype(excess)> guarded{excess};
  gsl_function f = guarded.gsl();
  const std::unique_ptr<gsl_root_fsolver, void (*)(gsl_root_fsolver*)> solver(
      gsl_root_fsolver_alloc(gsl_root_fsolver_brent), &gsl_root_fsolver_free);
  if (gsl_root_fsolver_set(solver.get(), &f, lower, upper) != GSL_SUCCESS) throw out_of_range();
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

/// 1 − P_l(1 − 2y) as a sum of differences, P_l − P_{l+1}, which loses nothing at small y.
double one_minus_legendre(int l, double y) {
  double difference = 0.0;
  double sum = 0.0;
  for (int n = 0; n < l; ++n) {
    difference = (n * difference + (2 * n + 1) * 2.0 * y * (1.0 - sum)) / (n + 1);
    sum += difference;
  }
  return sum;
}

struct Integral {
  double value = 0.0;
  double error = 0.0;
};

/// ∫_0^{2k} dq q ϑ̂(q) weight(q²/4k²): in momentum transfer, in which ϑ̂ varies, so that forward scattering at large k is
/// resolved by bisection.
template <class Weight>
Integral over_transfer(const Correlator& correlator, double k, const Weight& weight) {
  auto integrand = [&](double q) {
    const double spectrum = correlator({q, 0.0, 0.0});
    if (!std::isfinite(spectrum)) {  // GSL ends the process for what is not finite
      throw InvalidArgument("the correlator, " + correlator.description() + ", is " + shortest_text(spectrum) +
                            " at q = " + shortest_text(q) + "; finite numbers are needed");
    }
    return q * spectrum * weight(0.25 * (q / k) * (q / k));
  };
  Guarded<decltype(integrand)> guarded{integrand};
  gsl_function f = guarded.gsl();
  constexpr std::size_t intervals = 400;
  const std::unique_ptr<gsl_integration_cquad_workspace, void (*)(gsl_integration_cquad_workspace*)> workspace(
      gsl_integration_cquad_workspace_alloc(intervals), &gsl_integration_cquad_workspace_free);
  Integral integral;
  const int status =
      gsl_integration_cquad(&f, 0.0, 2.0 * k, 0.0, 1e-14, workspace.get(), &integral.value, &integral.error, nullptr);
  guarded.rethrow();
  if (status != GSL_SUCCESS || !std::isfinite(integral.value)) {
    throw InvalidArgument("the relaxation rates of the correlator, " + correlator.description() +
                          ", cannot be integrated at k = " + shortest_text(k) + ": " + gsl_strerror(status));
  }
  return integral;
}

double relative(const Integral& integral) {
  return integral.value != 0.0 ? std::abs(integral.error / integral.value) : 0.0;
}

}  // namespace

ElasticModel::Isotropic ElasticModel::isotropic(double energy) const {
  if (on_lattice()) throw InvalidArgument("a model on a lattice has no momentum as a function of energy");
  Isotropic at;
  if (!impl_->energy) {
    if (!(std::isfinite(energy) && energy > 0.0)) {
      throw InvalidArgument("energy = " + shortest_text(energy) + "; allowed are positive numbers");
    }
    at.k = at.velocity = std::sqrt(2.0 * energy);
  } else {
    at.k = momentum_at(impl_->energy, energy);
    at.velocity = impl_->velocity(at.k);
  }
  if (!(std::isfinite(at.velocity) && at.velocity > 0.0)) {
    throw InvalidArgument("the velocity at k = " + shortest_text(at.k) + " is " + shortest_text(at.velocity) +
                          "; allowed are positive numbers");
  }
  at.density_of_states = 4.0 * pi * at.k * at.k / at.velocity;
  return at;
}

ElasticModel::RelaxationRates ElasticModel::relaxation_rates(double energy, int lmax) const {
  if (lmax < 0) throw InvalidArgument("lmax = " + std::to_string(lmax) + "; allowed are whole numbers from 0");
  const Isotropic at = isotropic(energy);
  RelaxationRates result;
  result.rates.assign(static_cast<std::size_t>(lmax) + 1, 0.0);
  if (impl_->phase_shifts) {
    const PhaseShifts shifts = impl_->phase_shifts(at.k);
    const double flux = impl_->density * at.velocity;
    for (int l = 1; l <= lmax; ++l) {
      result.rates[static_cast<std::size_t>(l)] = flux * shifts.relaxation_cross_section(l);
    }
    result.total = flux * shifts.total_cross_section();
    result.error = 1e-14;  // sums of a few terms of rounded sines
    return result;
  }
  const Correlator correlator = impl_->correlator(energy);
  // dμ = −q dq/k², and the factor k²/ω' of the shell.
  const double factor = 4.0 * pi * pi / at.velocity;
  const Integral total = over_transfer(correlator, at.k, [](double) { return 1.0; });
  result.total = factor * total.value;
  result.error = relative(total);
  for (int l = 1; l <= lmax; ++l) {
    const Integral rate = over_transfer(correlator, at.k, [l](double y) { return one_minus_legendre(l, y); });
    result.rates[static_cast<std::size_t>(l)] = factor * rate.value;
    result.error = std::max(result.error, relative(rate));
  }
  return result;
}

}  // namespace nordheim
