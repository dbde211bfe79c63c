// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/number_text.hpp>
#include <nordheim/model/green_function.hpp>

#include "model/deformed_torus.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace nordheim {

namespace {

using Complex = std::complex<double>;

constexpr std::size_t most_points = std::size_t{1} << 23U;
/// With fewer points the next sum is tried in any case: in one dimension many an axis are cheap.
constexpr std::size_t worth_a_try = std::size_t{1} << 17U;
constexpr std::size_t worth_a_try_in_one_dimension = std::size_t{1} << 20U;
constexpr int first_points = 16;
/// Near a critical point k the path is k(1 − iaH): a rotation by arctan 0.8 where the curvature is largest.
constexpr double first_strength = 0.8;
/// The second deformation is weaker and has the larger errors as a rule: their difference is about that of the first.
constexpr double second_deformation = 0.7;
constexpr double safety = 3.0;

void check(const Dispersion& dispersion, double energy, double tolerance) {
  if (dispersion.formula() == nullptr) {
    throw InvalidArgument("green function: the dispersion \"" + dispersion.description() +
                          "\" has no formula, which continues it to complex momenta; all but functions have one");
  }
  if (!std::isfinite(energy)) {
    throw InvalidArgument("green function: energy = " + shortest_text(energy) + " must be finite");
  }
  if (!(tolerance > 0.0 && tolerance < 1.0)) {
    throw InvalidArgument("green function: tolerance = " + shortest_text(tolerance) + " must be between 0 and 1");
  }
}

[[noreturn]] void refuse(double energy, int n, double found, double allowed) {
  throw InvalidArgument("green function: at the energy " + shortest_text(energy) + " " + std::to_string(n) +
                        " points an axis leave an error of " + shortest_text(found) + " where " +
                        shortest_text(allowed) + " is allowed, and more points help too slowly: " +
                        "this is a van Hove energy or too close to one, or the band is not analytic");
}

/// 16, 24, 32, 48, 64, 96 …
int next(int n) { return (n & (n - 1)) == 0 ? n / 2 * 3 : n / 3 * 4; }

int most_points_of_axis(const detail::DeformedTorus& torus) {
  int most = first_points;
  while (torus.points(next(most)) <= most_points) most = next(most);
  return most;
}

/// How the sums settle as points are added.
class Progress {
 public:
  void add(int n, const Complex& value) {
    before_ = last_;
    last_ = {n, std::abs(value - value_)};
    value_ = value;
  }
  /// The last change.
  [[nodiscard]] double change() const { return last_.change; }
  /// @brief Whether an exponential that goes on as the last two changes did would need far more than @p most points an
  /// axis. At a van Hove energy the changes fall like a power for any number of points, near one for few points, too.
  [[nodiscard]] bool is_hopeless(double allowed, int most) const {
    constexpr int asymptotic = 128;
    constexpr double generosity = 2.0;
    if (last_.n < asymptotic) return false;
    const double rate = std::log(before_.change / last_.change) / (last_.n - before_.n);
    return !(rate > 0.0) || last_.n + std::log(last_.change / allowed) / rate > generosity * most;
  }

 private:
  struct Step {
    int n = 0;
    double change = std::numeric_limits<double>::infinity();
  };
  Step before_{};
  Step last_{};
  Complex value_{};
};

/// @brief The error that an exponential leaves after the last change: n grew by a third at least, so that the error is
/// at most the power 4/3 of what it was.
///
/// A second opinion, in case the two deformations agree by chance.
double extrapolated(double change, double magnitude) { return magnitude * std::pow(change / magnitude, 4.0 / 3.0); }

/// The largest strength, from the first one downwards, that keeps Im ω(z) ≤ 0: E − ω has no zero on the path then.
double admissible_strength(const detail::DeformedTorus& torus, double bandwidth) {
  constexpr double rounding = 1e-13;
  constexpr double reduction = 0.7;
  constexpr int trials = 24;
  constexpr int coarse = 24;
  double strength = first_strength / torus.curvature();
  for (int trial = 0; trial < trials; ++trial) {
    if (torus.sum(strength, coarse).rise <= rounding * bandwidth) break;
    strength *= reduction;
  }
  return strength;
}

}  // namespace

GreenFunctionValue green_function(const Dispersion& dispersion, double energy, double tolerance,
                                  const std::function<Complex(const std::array<Complex, 3>&)>& f) {
  check(dispersion, energy, tolerance);
  const detail::DeformedTorus torus(*dispersion.formula(), energy, f);
  if (!(torus.curvature() > 0.0)) {
    throw InvalidArgument("green function: the dispersion \"" + dispersion.description() +
                          "\" is constant; a band with curvature is needed");
  }
  const double strength = admissible_strength(torus, dispersion.range().width());
  const int most = most_points_of_axis(torus);
  const std::size_t cheap = dispersion.dimension() == 1 ? worth_a_try_in_one_dimension : worth_a_try;
  constexpr double nearly = 1e-3;  // not worth the second deformation before
  Progress progress;
  for (int n = first_points;; n = next(n)) {
    const auto sum = torus.sum(strength, n);
    progress.add(n, sum.value);
    const double allowed = std::max(tolerance * std::abs(sum.value), sum.rounding);
    if (progress.change() <= nearly * sum.magnitude) {
      const double difference = std::abs(sum.value - torus.sum(second_deformation * strength, n).value);
      const double error = std::max(safety * difference, extrapolated(progress.change(), sum.magnitude));
      if (error <= allowed) return {sum.value, error + sum.rounding};
    }
    if (n == most || (torus.points(n) >= cheap && progress.is_hopeless(allowed, most)))
      refuse(energy, n, progress.change(), allowed);
  }
}

double green_function_reach(const Dispersion& dispersion, double tolerance) {
  check(dispersion, dispersion.range().max, tolerance);
  const detail::DeformedTorus torus(*dispersion.formula(), dispersion.range().max, {});
  const double root = std::log(tolerance) / most_points_of_axis(torus);
  constexpr double clear = 2.0;  // so that extrapolation from few points does not give up
  return clear * root * root;
}

}  // namespace nordheim
