// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/gas_solver.hpp"

#include "transport/gas_spectrum.hpp"
#include "transport/harmonic_operator.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <deque>
#include <numbers>
#include <utility>
#include <vector>

namespace nordheim::detail {

namespace {

/// What rounding leaves of sums over some ten thousand pairs.
constexpr double rounding = 3e-14;

/// Beyond so many temperatures nothing of E² remains.
constexpr double least_tail = 50.0;

/// Sizes of trial space and quadrature.
struct Step {
  int functions;
  int resolution;  ///< number of functions whose products the quadrature is made for
};

/// ⟨S, (−L)⁻¹S⟩ in a trial space, and with S alone.
struct Ritz {
  double value;
  double first_order;
};

/// The source is the first function of the basis: k_x k_y for l = 2, k_x (ω − h) for l = 1.
Ritz ritz(const HarmonicOperator& op, int functions) {
  const bool viscosity = op.space().l() == 2;
  const double norm = viscosity ? op.space().norm_of_one() : op.space().norm_of_energy();
  const double square = (viscosity ? 4.0 / 15.0 : 4.0 / 3.0) * std::numbers::pi * norm * norm;
  const Eigen::MatrixXd D = op.matrix(functions);
  const Eigen::VectorXd solution = D.llt().solve(Eigen::VectorXd::Unit(D.rows(), 0));
  return {square * solution[0], square / D(0, 0)};
}

/// One step of the refinement: operators in a trial space on a quadrature rule, and what they give.
class Level {
 public:
  Level(const ContactGas& gas, TrialFunctions kind, const Step& step)
      : gas_(gas), kind_(kind), functions_(step.functions), shells_(gas, shell_orders(step.resolution, kind)) {
    add({1, 2});
  }

  [[nodiscard]] int functions() const noexcept { return functions_; }
  /// Of l = 1, heat conductivity, and l = 2, viscosity.
  [[nodiscard]] Ritz coefficient(int l, int functions) const { return ritz(harmonic(l), functions); }
  /// @param l  one of those that are there: 1, 2 and what was added
  [[nodiscard]] const HarmonicOperator& harmonic(int l) const {
    return *std::find_if(operators_.begin(), operators_.end(), [l](const auto& op) { return op.space().l() == l; });
  }
  void add(const std::vector<int>& degrees) {
    for (auto& op : harmonic_operators(gas_, shells_, kind_, degrees, functions_)) operators_.push_back(std::move(op));
  }

 private:
  ContactGas gas_;
  TrialFunctions kind_;
  int functions_;
  ContactShells shells_;
  std::vector<HarmonicOperator> operators_;
};

/// The next smaller trial space.
int smaller(int functions) {
  // Functions of one parity about the Fermi energy can be without effect: a step has two at least.
  return std::min(3 * functions / 4, functions - 2);
}

/// The part of the trial space in the error: values of three spaces, each about 3/4 of the next, that grow to the
/// exact one.
double truncation(int l, const Level& level, const Level& before) {
  const int least = smaller(before.functions());
  const double now = level.coefficient(l, level.functions()).value;
  if (least < 1) return now;  // so few functions tell nothing
  const double last = now - level.coefficient(l, before.functions()).value;
  const double previous = now - last - level.coefficient(l, least).value;
  // If the steps shrink by a constant factor, as they do where convergence is only algebraic, what remains is their
  // geometric series; the safety is for factors that vary. Faster convergence leaves less than the last step.
  constexpr double safety = 8.0;
  constexpr double slowest = 0.95;
  const double factor = previous > 0.0 ? std::clamp(last / previous, 0.0, slowest) : slowest;
  const double remainder = std::abs(last) * std::max(0.5 * safety, safety * factor / (1.0 - factor));
  // A rate shows after some functions only; until then what they have added to the first is not trusted.
  constexpr int enough = 8;
  return level.functions() < enough ? std::max(remainder, now - level.coefficient(l, 1).value) : remainder;
}

/// The error is that of the trial space, and what the finer quadrature changed.
TransportCoefficient settled(int l, const Level& level, const Level& before, double tolerance) {
  const Ritz now = level.coefficient(l, level.functions());
  const Ritz smaller_space = level.coefficient(l, before.functions());
  const Ritz coarser = before.coefficient(l, before.functions());
  const double quadrature =
      std::abs(smaller_space.value - coarser.value) + std::abs(now.first_order - coarser.first_order);
  const double error = (truncation(l, level, before) + quadrature) / now.value + rounding;
  return {now.value, now.first_order, now.value / now.first_order, error, error <= tolerance};
}

Eigen::VectorXd eigenvalues(const Eigen::MatrixXd& D) {
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(D, Eigen::EigenvaluesOnly).eigenvalues();
}

/// Ritz values below the edge: by the principle of Courant and Fischer the true eigenvalues are there, and not above.
HarmonicSpectrum discrete_spectrum(int l, const Level& level, const Level& before, double edge) {
  constexpr double safety = 3.0;  // eigenvalues near the edge converge slowly
  const HarmonicOperator& op = level.harmonic(l);
  const Eigen::VectorXd now = eigenvalues(op.matrix(level.functions()));
  const Eigen::VectorXd smaller_space = eigenvalues(op.matrix(before.functions()));
  const Eigen::VectorXd coarser = eigenvalues(before.harmonic(l).matrix(before.functions()));
  HarmonicSpectrum spectrum{l, {}};
  for (Eigen::Index i = 0; i < coarser.size(); ++i) {
    const double quadrature = std::abs(smaller_space[i] - coarser[i]) + rounding * now[i];
    if (now[i] + quadrature >= edge) break;
    spectrum.rates.push_back({now[i], safety * std::abs(smaller_space[i] - now[i]) + quadrature});
  }
  return spectrum;
}

void add_spectrum(GasTransport& result, const ContactGas& gas, Level& level, Level& before, int degrees) {
  std::vector<int> others{0};
  for (int l = 3; l <= degrees; ++l) others.push_back(l);
  level.add(others);
  before.add(others);
  const LeastRate edge = least_loss_rate(gas);
  result.continuum_edge = edge.rate;
  result.continuum_edge_momentum = edge.k;
  result.spectral_gap = {edge.rate, 1e-10 * edge.rate};
  for (int l = 0; l <= degrees; ++l) {
    result.spectrum.push_back(discrete_spectrum(l, level, before, edge.rate));
    const auto& rates = result.spectrum.back().rates;
    if (rates.empty() || rates.front().rate >= result.spectral_gap.rate) continue;
    result.spectral_gap = rates.front();
    result.gap_is_discrete = true;
  }
  const auto scale = [&gas](RelaxationRate& r) {
    r.rate *= gas.activity();
    r.error *= gas.activity();
  };
  for (HarmonicSpectrum& harmonic : result.spectrum) std::for_each(harmonic.rates.begin(), harmonic.rates.end(), scale);
  scale(result.spectral_gap);
  result.continuum_edge *= gas.activity();
}

void add_moments(GasTransport& result, const ContactGas& gas) {
  const QuadratureRule rule = radial_rule(gas);
  double number = 0.0;
  double square = 0.0;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const double k2 = rule.nodes[i] * rule.nodes[i];
    const double share = rule.weights[i] * k2 * gas.scaled_occupation(0.5 * k2);
    number += share;
    square += share * k2;
  }
  result.density = gas.activity() * 4.0 * std::numbers::pi * number;
  result.pressure = gas.activity() * 4.0 / 3.0 * std::numbers::pi * square;
}

/// What to try one after the other, at least two.
std::vector<Step> refinement(const GasTransportOptions& options) {
  if (options.functions > 0) {
    // Few functions do not mean a coarse integral.
    const Step last{options.functions, std::max(options.functions, 16)};
    return {{std::max(smaller(last.functions), 1), 3 * last.resolution / 4}, last};
  }
  std::vector<Step> steps;
  for (const int step : {8, 12, 16, 22, 28}) {
    if (step < options.most_functions) steps.push_back({step, step});
  }
  steps.push_back({options.most_functions, options.most_functions});
  return steps;
}

/// Polynomials of ω converge, to all appearance, to what leaves out the slow particles of a gas near condensation: the
/// difference to graded functions is an error, too.
void compare_with_graded(GasTransport& result, Statistics statistics, double fugacity,
                         const GasTransportOptions& options) {
  GasTransportOptions graded = options;
  graded.trial = TrialFunctions::graded;
  graded.functions = std::max(result.functions, 12);
  graded.degrees = -1;
  const GasTransport other = reduced_gas_transport(statistics, fugacity, graded);
  const auto compare = [&options](TransportCoefficient& own, const TransportCoefficient& reference) {
    own.error += std::abs(own.value - reference.value) / own.value + reference.error;
    own.converged = own.error <= options.tolerance;
  };
  compare(result.viscosity, other.viscosity);
  compare(result.heat_conductivity, other.heat_conductivity);
  result.converged = result.viscosity.converged && result.heat_conductivity.converged;
}

}  // namespace

GasTransport reduced_gas_transport(Statistics statistics, double fugacity, const GasTransportOptions& options) {
  const std::vector<Step> steps = refinement(options);
  // Sonine polynomials of degree n reach to energies of 4n temperatures.
  const double reach = options.trial == TrialFunctions::sonine ? 4.0 * steps.back().functions : 0.0;
  const ContactGas gas(statistics, fugacity, least_tail + reach);
  GasTransport result;
  std::deque<Level> levels;  // the last two are of use
  levels.emplace_back(gas, options.trial, steps.front());
  for (std::size_t i = 1; i < steps.size() && !result.converged; ++i) {
    levels.emplace_back(gas, options.trial, steps[i]);
    if (levels.size() > 2) levels.pop_front();
    result.heat_conductivity = settled(1, levels.back(), levels.front(), options.tolerance);
    result.viscosity = settled(2, levels.back(), levels.front(), options.tolerance);
    result.converged = result.viscosity.converged && result.heat_conductivity.converged;
    result.functions = steps[i].functions;
  }
  if (options.trial == TrialFunctions::sonine && statistics != Statistics::classical) {
    compare_with_graded(result, statistics, fugacity, options);
  }
  if (options.degrees >= 0) add_spectrum(result, gas, levels.back(), levels.front(), options.degrees);
  add_moments(result, gas);
  return result;
}

}  // namespace nordheim::detail
