// SPDX-License-Identifier: GPL-3.0-or-later
// Inversion of (number, energy) to (β, μ) on given nodes.
//
// In units of the number n and the bandwidth Δ: p_a = w_a/n, ε_a = ±(ω_a − ω_ref)/Δ in [0, 1], measured from the end
// of the band that the particles gather at, and x_a = βε_a + γ with β ≥ 0. The occupations are W_a = −φ'(x_a), φ the
// logarithm of the partition sum of one mode, and
//     L(β, γ) = Σ p φ(βε + γ) + γ + β u,    u = Σ p ε W the energy asked for,
// is strictly convex with gradient (1 − Σ p W, u − Σ p ε W) and Hessian Σ p W(1+θW) (1, ε)⊗(1, ε).
#include <nordheim/core/error.hpp>
#include <nordheim/model/equilibrium.hpp>

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <sstream>
#include <vector>

namespace nordheim {

namespace {

using Eigen::ArrayXd;
using ArrayView = Eigen::Map<const ArrayXd>;

ArrayView view(ConstState values) { return {values.data(), static_cast<Eigen::Index>(values.size())}; }

/// Whether occupations are infinite at x = 0 and make no sense below.
bool has_pole(Statistics statistics) {
  return statistics == Statistics::boson || statistics == Statistics::classical_wave;
}

/// Occupation 1/(e^x − θ), or 1/x of classical waves; infinite at and below a pole.
double occupation(Statistics statistics, double x) {
  switch (statistics) {
    case Statistics::fermion:
      return x > 0.0 ? std::exp(-x) / (1.0 + std::exp(-x)) : 1.0 / (1.0 + std::exp(x));
    case Statistics::boson:
      return x > 0.0 ? 1.0 / std::expm1(x) : std::numeric_limits<double>::infinity();
    case Statistics::classical_wave:
      return x > 0.0 ? 1.0 / x : std::numeric_limits<double>::infinity();
    case Statistics::classical:
      break;
  }
  return std::exp(-x);
}

/// φ(x) = log of the partition sum of one mode, −φ' = occupation.
double log_partition(Statistics statistics, double x) {
  switch (statistics) {
    case Statistics::fermion:
      return x > 0.0 ? std::log1p(std::exp(-x)) : -x + std::log1p(std::exp(x));
    case Statistics::boson:
      if (!(x > 0.0)) return std::numeric_limits<double>::infinity();
      return x < 1.0 ? -std::log(-std::expm1(-x)) : -std::log1p(-std::exp(-x));  // digits at both ends
    case Statistics::classical_wave:
      return x > 0.0 ? -std::log(x) : std::numeric_limits<double>::infinity();
    case Statistics::classical:
      break;
  }
  return std::exp(-x);
}

/// −dW/dx = W(1 + θW), W² of classical waves, for fermions without the cancellation in 1 − W.
double susceptibility(Statistics statistics, double x) {
  if (statistics == Statistics::fermion) {
    const double e = std::exp(-std::abs(x));
    return e / ((1.0 + e) * (1.0 + e));
  }
  return fluctuation(statistics, occupation(statistics, x));
}

/// γ and β of one trial equilibrium.
struct Point {
  double gamma;
  double beta;
};

/// The convex problem in the variables (γ, β).
struct DualProblem {
  Statistics statistics;
  ArrayXd epsilon;  ///< ε_a in [0, 1], smallest exactly 0
  ArrayXd weights;  ///< p_a
  double energy;    ///< u

  struct Evaluation {
    double value = 0.0, scale = 0.0;                  ///< L, sum of the moduli of its terms
    double number_defect = 0.0, energy_defect = 0.0;  ///< 1 − Σ p W, u − Σ p ε W
    double mismatch = 0.0;                            ///< the larger of |log Σ p W|, |log (Σ p ε W/u)|
    double curvature = 0.0;                           ///< Σ D, D = p W(1+θW)
    double centre = 0.0, variance = 0.0;              ///< of ε under D: the Hessian without cancellation
  };

  [[nodiscard]] Evaluation evaluate(const Point& point) const {
    const ArrayXd x = point.beta * epsilon + point.gamma;
    const ArrayXd pW = weights * x.unaryExpr([this](double xi) { return occupation(statistics, xi); });
    const ArrayXd phi = x.unaryExpr([this](double xi) { return log_partition(statistics, xi); });
    const ArrayXd D = weights * x.unaryExpr([this](double xi) { return susceptibility(statistics, xi); });
    Evaluation at;
    const double mean_phi = (weights * phi).sum();
    at.value = mean_phi + point.gamma + point.beta * energy;
    at.scale = std::abs(mean_phi) + std::abs(point.gamma) + std::abs(point.beta * energy);
    at.number_defect = 1.0 - pW.sum();
    at.energy_defect = energy - (epsilon * pW).sum();
    at.mismatch = std::max(std::abs(std::log1p(-at.number_defect)), std::abs(std::log1p(-at.energy_defect / energy)));
    at.curvature = D.sum();
    at.centre = (D * epsilon).sum() / at.curvature;
    at.variance = (D * (epsilon - at.centre).square()).sum() / at.curvature;
    return at;
  }

  /// Whether every mode lies above the pole, if there is one.
  [[nodiscard]] bool allows(const Point& point) const {
    if (!std::isfinite(point.gamma) || !std::isfinite(point.beta)) return false;
    return !has_pole(statistics) || std::min(point.gamma, point.gamma + point.beta) > 0.0;
  }
};

/// γ of the equilibrium that has the number at β = 0.
double start_exponent(const DualProblem& problem) {
  const double total = problem.weights.sum();
  switch (problem.statistics) {
    case Statistics::boson:
      return std::log1p(total);
    case Statistics::classical_wave:
      return total;
    case Statistics::fermion:
    case Statistics::classical:
      break;
  }
  return std::log(total + theta(problem.statistics));
}

/// Damped Newton from the equilibrium of this number at β = 0.
///
/// A step is taken if it lowers L as Armijo's rule asks. Where differences of L are round-off, or very small beside L
/// (nearly all particles in one mode), the mismatch of the moments must fall instead and L not rise: full steps lower
/// it by about one where an energy is too large by orders of magnitude. Where that ends, so does the search.
Point minimise(const DualProblem& problem) {
  Point at{start_exponent(problem), 0.0};
  auto now = problem.evaluate(at);
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  constexpr int max_iterations = 2000;  // some tens, but one for each unit of βΔ if the energy is nearly the lowest
  constexpr int max_halvings = 100;     // to stay on this side of the pole of the Bose function
  for (int iteration = 0; iteration < max_iterations && now.mismatch > epsilon; ++iteration) {
    if (!(now.curvature > 0.0) || !(now.variance > 0.0)) break;
    const double dbeta = -(now.energy_defect - now.centre * now.number_defect) / (now.curvature * now.variance);
    const double dgamma = -now.number_defect / now.curvature - now.centre * dbeta;
    const double decrement = -(now.number_defect * dgamma + now.energy_defect * dbeta);
    const double round_off = 1e-13 * now.scale;
    const int halvings = now.mismatch < 1e-12 ? 2 : max_halvings;  // shorter steps do not help against round-off
    bool moved = false;
    double length = 1.0;
    for (int halving = 0; halving < halvings && !moved; ++halving, length *= 0.5) {
      const Point trial{at.gamma + length * dgamma, at.beta + length * dbeta};
      if (!problem.allows(trial)) continue;
      const auto next = problem.evaluate(trial);
      if (!std::isfinite(next.value) || !std::isfinite(next.mismatch) || !std::isfinite(next.variance)) continue;
      const double fall = 0.1 * length * decrement;
      const bool lower = fall > round_off && next.value <= now.value - fall;
      const bool nearer =
          next.value <= now.value + round_off && next.mismatch < now.mismatch - 0.1 * std::min(1.0, now.mismatch);
      if (lower || nearer) {
        at = trial;
        now = next;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return at;
}

/// Smallest u that fermions can have on the nodes: the lowest modes filled, ε ascending.
double ground_state_energy(const ArrayXd& epsilon, const ArrayXd& weights) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(epsilon.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return epsilon[a] < epsilon[b]; });
  double left = 1.0;
  double energy = 0.0;
  for (const Eigen::Index a : order) {
    const double filled = std::min(left, weights[a]);
    energy += filled * epsilon[a];
    left -= filled;
    if (left <= 0.0) break;
  }
  return energy;
}

void check_input(const Moments& moments, ConstState energies, ConstState weights) {
  if (energies.empty()) throw InvalidArgument("an equilibrium needs at least one node, found none");
  if (weights.size() != energies.size()) throw DimensionMismatch("the weights", weights.size(), energies.size());
  std::ostringstream text;
  for (std::size_t a = 0; a < energies.size(); ++a) {
    if (!std::isfinite(energies[a])) {
      text << "the energy of node " << a << " is " << energies[a] << "; it must be finite";
      throw InvalidArgument(text.str());
    }
    if (!std::isfinite(weights[a]) || weights[a] <= 0.0) {
      text << "the weight of node " << a << " is " << weights[a] << "; it must be positive and finite";
      throw InvalidArgument(text.str());
    }
  }
  if (!std::isfinite(moments.number) || !std::isfinite(moments.energy)) {
    text << "the state has number " << moments.number << " and energy " << moments.energy << "; both must be finite";
    throw InvalidArgument(text.str());
  }
}

[[noreturn]] void refuse(Statistics statistics, const Moments& moments, const std::string& why) {
  std::ostringstream text;
  text.precision(12);
  text << "no " << name(statistics) << " equilibrium has number " << moments.number << " and energy " << moments.energy
       << " on these nodes: " << why;
  throw NoEquilibrium(text.str());
}

}  // namespace

Moments moments_of(ConstState W, ConstState energies, ConstState weights) {
  if (W.size() != energies.size()) throw DimensionMismatch("the state", W.size(), energies.size());
  if (weights.size() != energies.size()) throw DimensionMismatch("the weights", weights.size(), energies.size());
  const auto wW = view(weights) * view(W);  // an expression, evaluated in each sum: no memory is asked for
  return {.number = wW.sum(), .energy = (wW * view(energies)).sum()};
}

Equilibrium equilibrium_of(Statistics statistics, const Moments& moments, ConstState energies, ConstState weights) {
  check_input(moments, energies, weights);
  const ArrayView omega = view(energies);
  const ArrayView w = view(weights);
  const double total = w.sum();
  const double lowest = omega.minCoeff();
  const double highest = omega.maxCoeff();
  if (!std::isfinite(total) || !std::isfinite(highest - lowest)) {
    throw InvalidArgument("the sum of the weights or the width of the band is beyond double precision");
  }
  if (!(moments.number > 0.0)) refuse(statistics, moments, "the number must be positive");
  if (statistics == Statistics::fermion && !(moments.number < total)) {
    std::ostringstream why;
    why << "the number must be below " << total << ", all modes filled";
    refuse(statistics, moments, why.str());
  }
  if (!(highest > lowest)) refuse(statistics, moments, "all modes have the same energy, so no temperature is defined");

  // Reflect the band if the state is hotter than infinitely hot, so that β ≥ 0 below.
  const double width = highest - lowest;
  const double mean = lowest + (w / total * (omega - lowest)).sum();
  const bool inverted = moments.energy / moments.number > mean;
  const double reference = inverted ? highest : lowest;
  const double sign = inverted ? -1.0 : 1.0;
  const DualProblem problem{statistics, sign * (omega - reference) / width, w / moments.number,
                            sign * (moments.energy / moments.number - reference) / width};
  if (!std::isfinite(problem.weights.sum()) || !std::isfinite(problem.energy)) {
    throw InvalidArgument("the moments are too far from one for double precision, beside these energies and weights");
  }
  const double ground = statistics == Statistics::fermion ? ground_state_energy(problem.epsilon, problem.weights) : 0.0;
  if (!(problem.energy > ground * (1.0 + 1e-14))) {
    std::ostringstream why;
    why.precision(12);
    why << "the energy must be " << (inverted ? "below " : "above ")
        << moments.number * (reference + sign * width * ground)
        << (statistics == Statistics::fermion ? ", that of the most degenerate filling"
                                              : ", that of all particles in the extreme mode");
    refuse(statistics, moments, why.str());
  }
  const Point solution = minimise(problem);
  const double beta = sign * solution.beta / width;
  const auto at = problem.evaluate(solution);
  constexpr double tolerance = 1e-12;  // well above the round-off of a converged solution, far below any meaning
  if (!(at.mismatch <= tolerance) || !std::isfinite(beta)) {
    std::ostringstream why;
    why << "the search ended at beta = " << beta << " with relative defects of " << std::abs(at.number_defect)
        << " in the number and " << std::abs(at.energy_defect / problem.energy)
        << " in the energy; the state is too close to the end of the allowed range for double precision";
    refuse(statistics, moments, why.str());
  }
  return {statistics, beta, reference, solution.gamma};
}

}  // namespace nordheim
