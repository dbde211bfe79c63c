// SPDX-License-Identifier: GPL-3.0-or-later
// Inversion of (number, energy) to (β, μ) on given nodes.
//
// With ε_a = ±(ω_a − ω_ref) ≥ 0 measured from the end of the band that the particles gather at, and x_a = βε_a + γ,
// β ≥ 0, the occupations are W_a = −φ'(x_a), φ the logarithm of the partition sum of one mode, and
//     L(β, γ) = Σ w φ(βε + γ) + γ n + β e
// is strictly convex with gradient (n − Σ w W, e − Σ w ε W) and Hessian Σ w W(1+θW) (1, ε)⊗(1, ε).
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

/// Occupation 1/(e^x − θ); infinite at and below the pole of the Bose function.
double occupation(Statistics statistics, double x) {
  switch (statistics) {
    case Statistics::fermion:
      return x > 0.0 ? std::exp(-x) / (1.0 + std::exp(-x)) : 1.0 / (1.0 + std::exp(x));
    case Statistics::boson:
      return x > 0.0 ? 1.0 / std::expm1(x) : std::numeric_limits<double>::infinity();
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
      return x > 0.0 ? -std::log(-std::expm1(-x)) : std::numeric_limits<double>::infinity();
    case Statistics::classical:
      break;
  }
  return std::exp(-x);
}

/// The convex problem in the variables (γ, β) on the shifted energies ε.
struct DualProblem {
  Statistics statistics;
  ArrayXd epsilon;  ///< ε_a ≥ 0, smallest exactly 0
  ArrayView weights;
  double number;
  double energy;  ///< Σ w ε W

  struct Evaluation {
    double value = 0.0;
    double number_defect = 0.0, energy_defect = 0.0;  ///< n − Σ w W, e − Σ w ε W
    double h00 = 0.0, h01 = 0.0, h11 = 0.0;           ///< Hessian
  };

  [[nodiscard]] Evaluation evaluate(double gamma, double beta) const {
    const ArrayXd x = beta * epsilon + gamma;
    const ArrayXd W = x.unaryExpr([this](double xi) { return occupation(statistics, xi); });
    const ArrayXd phi = x.unaryExpr([this](double xi) { return log_partition(statistics, xi); });
    const ArrayXd D = weights * W * (1.0 + theta(statistics) * W);
    Evaluation at;
    at.value = (weights * phi).sum() + gamma * number + beta * energy;
    at.number_defect = number - (weights * W).sum();
    at.energy_defect = energy - (weights * epsilon * W).sum();
    at.h00 = D.sum();
    at.h01 = (D * epsilon).sum();
    at.h11 = (D * epsilon.square()).sum();
    return at;
  }
};

struct Solution {
  double gamma;
  double beta;
};

/// Damped Newton; the starting point is the equilibrium of this number at β = 0.
Solution minimise(const DualProblem& problem) {
  const double total = problem.weights.sum();
  const double th = theta(problem.statistics);
  Solution at{std::log(total / problem.number + th), 0.0};
  auto now = problem.evaluate(at.gamma, at.beta);
  double previous_step = std::numeric_limits<double>::infinity();
  constexpr int max_iterations = 2000;  // the damped phase needs some tens, degenerate fermions some hundreds
  for (int iteration = 0; iteration < max_iterations; ++iteration) {
    const double det = now.h00 * now.h11 - now.h01 * now.h01;
    if (!(det > 0.0) || !std::isfinite(det)) break;
    // (γ, β) ← (γ, β) − H⁻¹ ∇L
    const double dgamma = -(now.h11 * now.number_defect - now.h01 * now.energy_defect) / det;
    const double dbeta = -(now.h00 * now.energy_defect - now.h01 * now.number_defect) / det;
    const double decrement = -(now.number_defect * dgamma + now.energy_defect * dbeta);
    // Size of the step in units of its own variables: the lowest mode's exponent for bosons, else 1 + |γ|.
    const double gamma_scale = problem.statistics == Statistics::boson ? at.gamma : 1.0 + std::abs(at.gamma);
    const double step = std::abs(dgamma) / gamma_scale + std::abs(dbeta) / (std::abs(at.beta) + 1e-300);
    const bool quadratic = decrement < 1e-4 * problem.number;
    if (decrement <= 0.0 || (quadratic && step >= previous_step && step < 1e-9)) return at;  // round-off reached
    previous_step = quadratic ? step : previous_step;
    double length = 1.0;
    bool moved = false;
    for (int halving = 0; halving < 200 && !moved; ++halving, length *= 0.5) {
      const Solution trial{at.gamma + length * dgamma, at.beta + length * dbeta};
      if (problem.statistics == Statistics::boson && !(trial.gamma > 0.0 && trial.gamma + trial.beta >= trial.gamma))
        continue;
      const auto next = problem.evaluate(trial.gamma, trial.beta);
      if (!std::isfinite(next.value) || !std::isfinite(next.h00)) continue;
      if (quadratic || next.value <= now.value - 0.1 * length * decrement) {
        at = trial;
        now = next;
        moved = true;
      }
    }
    if (!moved || step < 4.0 * std::numeric_limits<double>::epsilon()) return at;
  }
  return at;
}

/// Smallest energy that fermions of this number can have on the nodes: the lowest modes filled, ε ascending.
double ground_state_energy(const ArrayXd& epsilon, const ArrayView& weights, double number) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(epsilon.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return epsilon[a] < epsilon[b]; });
  double left = number;
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
  if (!view(energies).isFinite().all()) throw InvalidArgument("an energy of the nodes is not finite");
  if (!(view(weights) > 0.0).all() || !view(weights).isFinite().all()) {
    throw InvalidArgument("a weight of the nodes is not a positive finite number");
  }
  if (!std::isfinite(moments.number) || !std::isfinite(moments.energy)) {
    throw InvalidArgument("the number or the energy of the state is not finite");
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
  const ArrayXd wW = view(weights) * view(W);
  return {.number = wW.sum(), .energy = (wW * view(energies)).sum()};
}

Equilibrium equilibrium_of(Statistics statistics, const Moments& moments, ConstState energies, ConstState weights) {
  check_input(moments, energies, weights);
  const ArrayView omega = view(energies);
  const ArrayView w = view(weights);
  const double total = w.sum();
  const double lowest = omega.minCoeff();
  const double highest = omega.maxCoeff();
  if (!(moments.number > 0.0)) refuse(statistics, moments, "the number must be positive");
  if (statistics == Statistics::fermion && !(moments.number < total)) {
    std::ostringstream why;
    why << "the number must be below " << total << ", all modes filled";
    refuse(statistics, moments, why.str());
  }
  if (!(highest > lowest)) refuse(statistics, moments, "all modes have the same energy, so no temperature is defined");

  // Reflect the band if the state is hotter than infinitely hot, so that β ≥ 0 below.
  const double mean = (w * omega).sum() / total;
  const bool inverted = moments.energy > moments.number * mean;
  const double reference = inverted ? highest : lowest;
  const double sign = inverted ? -1.0 : 1.0;
  const DualProblem problem{statistics, sign * (omega - reference), w, moments.number,
                            sign * (moments.energy - moments.number * reference)};
  const double ground =
      statistics == Statistics::fermion ? ground_state_energy(problem.epsilon, w, moments.number) : 0.0;
  if (!(problem.energy > ground * (1.0 + 1e-14))) {
    std::ostringstream why;
    why.precision(12);
    why << "the energy must be " << (inverted ? "below " : "above ") << reference * moments.number + sign * ground
        << (statistics == Statistics::fermion ? ", that of the most degenerate filling"
                                              : ", that of all particles in the extreme mode");
    refuse(statistics, moments, why.str());
  }
  const Solution solution = minimise(problem);
  const auto at = problem.evaluate(solution.gamma, solution.beta);
  constexpr double tolerance = 1e-10;  // far above the 1e-15 of a converged solution, far below any meaning
  if (!(std::abs(at.number_defect) <= tolerance * moments.number) ||
      !(std::abs(at.energy_defect) <= tolerance * problem.energy)) {
    std::ostringstream why;
    why << "the search ended at beta = " << sign * solution.beta << " with a relative defect of "
        << std::abs(at.number_defect) / moments.number << " in the number and "
        << std::abs(at.energy_defect) / problem.energy
        << " in the energy; the state is too close to the end of the allowed range for double precision";
    refuse(statistics, moments, why.str());
  }
  return {statistics, sign * solution.beta, reference, solution.gamma};
}

}  // namespace nordheim
