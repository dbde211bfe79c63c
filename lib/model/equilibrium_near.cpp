// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/equilibrium_near.hpp"

#include "model/moving_frame.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nordheim::detail {

namespace {

constexpr int most_steps = 12;
// A step of this size in the exponents, its square is round-off: after it the method has converged.
constexpr double last_step = 1e-8;

/// W and −dW/dx at the exponent x; not finite or not positive beyond a pole.
struct Occupation {
  double W = 0.0, slope = 0.0;
};

Occupation occupation_at(Statistics statistics, double x) {
  if (statistics == Statistics::classical_wave) return {1.0 / x, 1.0 / (x * x)};
  if (statistics == Statistics::boson) {
    const double W = 1.0 / std::expm1(x);
    return {W, W * (1.0 + W)};
  }
  if (statistics == Statistics::classical) {
    const double W = std::exp(-x);
    return {W, W};
  }
  const double e = std::exp(-std::abs(x)), hole = 1.0 / (1.0 + e);
  return {x > 0.0 ? e * hole : hole, e * hole * hole};
}

}  // namespace

std::optional<Equilibrium> equilibrium_near(const Equilibrium& guess, const Moments& moments, ConstState energies,
                                            ConstState weights) {
  const double origin = guess.reference_energy();
  double beta = guess.beta(), gamma = guess.reference_exponent();
  for (int step = 0; step < most_steps; ++step) {
    double number = 0.0, energy = 0.0, g0 = 0.0, g1 = 0.0, g2 = 0.0, lowest = 1.0, reach = 0.0;
    for (std::size_t a = 0; a < energies.size(); ++a) {
      const double epsilon = energies[a] - origin;
      const Occupation at = occupation_at(guess.statistics(), beta * epsilon + gamma);
      const double w = weights[a], wg = w * at.slope;
      number += w * at.W;
      energy += w * epsilon * at.W;
      g0 += wg;
      g1 += wg * epsilon;
      g2 += wg * epsilon * epsilon;
      lowest = std::min(lowest, at.W);
      reach = std::max(reach, std::abs(epsilon));
    }
    const double centre = g1 / g0, variance = g2 - g1 * centre;
    if (!(lowest >= 0.0) || !(g0 > 0.0) || !(variance > 0.0)) return std::nullopt;
    const double missing_number = moments.number - number;
    const double missing_energy = moments.energy - origin * moments.number - energy;
    // dW = −slope (dγ + ε dβ)
    const double dbeta = -(missing_energy - centre * missing_number) / variance;
    const double dgamma = -missing_number / g0 - centre * dbeta;
    const double change = std::abs(dgamma) + reach * std::abs(dbeta);
    if (!std::isfinite(change)) return std::nullopt;
    beta += dbeta;
    gamma += dgamma;
    if (change < last_step) return Equilibrium(guess.statistics(), beta, origin, gamma);
  }
  return std::nullopt;
}

std::optional<Equilibrium> equilibrium_of_energy_near(const Equilibrium& guess, double energy, ConstState energies,
                                                      ConstState weights) {
  double beta = guess.beta();
  for (int step = 0; step < most_steps; ++step) {
    double found = 0.0, slope = 0.0;
    for (std::size_t a = 0; a < energies.size(); ++a) {
      const Occupation at = occupation_at(guess.statistics(), beta * energies[a]);
      found += weights[a] * energies[a] * at.W;
      slope += weights[a] * energies[a] * energies[a] * at.slope;
    }
    // In log β, which stays positive.
    const double change = (found - energy) / (slope * beta);
    if (!std::isfinite(change) || std::abs(change) > 1.0) return std::nullopt;
    beta *= std::exp(change);
    if (std::abs(change) < last_step) return Equilibrium(guess.statistics(), beta, 0.0, 0.0);
  }
  return std::nullopt;
}

std::optional<MovingEquilibrium> moving_equilibrium_near(const MovingEquilibrium& guess, const MovingMoments& moments,
                                                         ConstState velocities, ConstState energies,
                                                         ConstState weights) {
  using Matrix5 = Eigen::Matrix<double, 5, 5>;
  const Vector3& u = guess.velocity;
  const Statistics statistics = guess.at_rest.statistics();
  const Vector3& p = moments.momentum;
  const double n = moments.number;
  // The exponent is c·(1, v − u, |k − u|²/2).
  Vector5 c;
  c << guess.at_rest.exponent(0.0), 0.0, 0.0, 0.0, guess.at_rest.beta();
  const Vector5 target = moving_frame({p[0] / n, p[1] / n, p[2] / n}, moments.energy / n, u) * n;
  bool converged = false;
  for (int step = 0; step < most_steps && !converged; ++step) {
    Vector5 missing = target;
    Matrix5 slope = Matrix5::Zero();
    double lowest = 1.0;
    Vector5 reach = Vector5::Zero();
    for (std::size_t a = 0; a < weights.size(); ++a) {
      const double* const v = velocities.data() + 3 * a;
      const Vector5 psi = moving_frame({v[0], v[1], v[2]}, energies[a], u);
      const Occupation at = occupation_at(statistics, c.dot(psi));
      lowest = std::min(lowest, at.W);
      missing -= weights[a] * at.W * psi;
      slope += (weights[a] * at.slope) * psi * psi.transpose();
      if (at.W > 0.0) reach = reach.cwiseMax(psi.cwiseAbs());
    }
    if (!(lowest >= 0.0)) return std::nullopt;
    for (Eigen::Index j = 1; j <= 3; ++j) {
      if (slope(j, j) > 0.0) continue;  // no node carries this component
      slope(j, j) = 1.0;
      missing[j] = 0.0;
    }
    const Eigen::LDLT<Matrix5> factor(slope);
    const Vector5 change = -factor.solve(missing);
    c += change;
    const double size = reach.dot(change.cwiseAbs());
    if (!std::isfinite(size) || !(c[4] > 0.0)) return std::nullopt;
    // Nodes far out, where nothing is, count in `reach`: a looser limit than for a band.
    converged = size < 1e2 * last_step;
  }
  if (!converged) return std::nullopt;
  // Complete the square: γ + λ·(k − u) + β|k − u|²/2 is the exponent of the velocity u − λ/β.
  MovingEquilibrium result{Equilibrium(statistics, c[4], 0.0, 0.0), u};
  double exponent = c[0];
  for (std::size_t j = 0; j < 3; ++j) {
    const double lambda = c[static_cast<Eigen::Index>(1 + j)];
    result.velocity[j] -= lambda / c[4];
    exponent -= 0.5 * lambda * lambda / c[4];
  }
  if (statistics == Statistics::boson && !(exponent > 0.0)) return std::nullopt;
  result.at_rest = Equilibrium(statistics, c[4], 0.0, exponent);
  return result;
}

}  // namespace nordheim::detail
