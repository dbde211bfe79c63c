// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/moving_equilibrium.hpp>

#include "model/moving_frame.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <gsl/gsl_sf_zeta.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

namespace nordheim {

namespace {

using Moments5 = detail::Vector5;

/// Equilibria with exponent Σ_j c_j ψ_j(a), the ψ_j being the columns of the moving frame.
class MovingProblem {
 public:
  MovingProblem(Statistics statistics, const MovingMoments& moments, ConstState velocities, ConstState energies,
                ConstState weights)
      : statistics_(statistics), weights_(weights) {
    for (std::size_t j = 0; j < 3; ++j) u_[j] = moments.momentum[j] / moments.number;
    const double square = u_[0] * u_[0] + u_[1] * u_[1] + u_[2] * u_[2];
    target_ << moments.number, 0.0, 0.0, 0.0, moments.energy - 0.5 * square * moments.number;
    for (std::size_t a = 0; a < weights.size(); ++a) {
      const Vector3 v{velocities[3 * a], velocities[3 * a + 1], velocities[3 * a + 2]};
      columns_.push_back(detail::moving_frame(v, energies[a], u_));
      for (std::size_t j = 0; j < 3; ++j) carried_[j] = carried_[j] || v[j] != 0.0;
    }
  }

  [[nodiscard]] const Vector3& velocity() const noexcept { return u_; }
  [[nodiscard]] double energy() const noexcept { return target_[4]; }
  [[nodiscard]] std::vector<double> energies() const {
    std::vector<double> result;
    for (const Moments5& column : columns_) result.push_back(column[4]);
    return result;
  }

  /// Newton's method from coefficients close to the solution, until round-off ends the improvement.
  [[nodiscard]] Moments5 solve(Moments5 c) const {
    constexpr int most_steps = 50;
    Linearisation at = linearise(c);
    for (int step = 0; step < most_steps; ++step) {
      const Moments5 direction = at.slope.ldlt().solve(at.defect);
      double length = 1.0;
      bool better = false;
      for (int halving = 0; halving < 30 && !better; ++halving, length *= 0.5) {
        const Moments5 trial = c - length * direction;
        const Linearisation next = linearise(trial);
        if (!(next.size < at.size)) continue;
        better = true;
        c = trial;
        at = next;
      }
      if (!better) break;
    }
    return c;
  }

  /// The largest defect of a moment, relative to its scale.
  [[nodiscard]] double defect(const Moments5& c) const { return linearise(c).size; }

 private:
  struct Linearisation {
    Moments5 defect;                    // asked for, less what is there
    Eigen::Matrix<double, 5, 5> slope;  // Σ w W(1+θW) ψψᵀ
    double size = std::numeric_limits<double>::infinity();
  };

  [[nodiscard]] Linearisation linearise(const Moments5& c) const {
    Linearisation at;
    at.defect = target_;
    at.slope.setZero();
    const double th = theta(statistics_);
    for (std::size_t a = 0; a < weights_.size(); ++a) {
      const double x = c.dot(columns_[a]);
      if (statistics_ == Statistics::boson && !(x > 0.0)) return at;
      const double W = 1.0 / (std::exp(x) - th);
      at.defect -= weights_[a] * W * columns_[a];
      at.slope += weights_[a] * W * (1.0 + th * W) * columns_[a] * columns_[a].transpose();
    }
    // Scales of the moments: number, number times thermal momentum, energy. Axes that no node carries stay as they are.
    const double number = target_[0], energy = target_[4], momentum = std::sqrt(2.0 * number * energy);
    for (Eigen::Index j = 0; j < 3; ++j) {
      if (carried_[static_cast<std::size_t>(j)]) continue;
      at.defect[1 + j] = 0.0;
      at.slope.row(1 + j).setZero();
      at.slope.col(1 + j).setZero();
      at.slope(1 + j, 1 + j) = 1.0;
    }
    at.size = std::max({std::abs(at.defect[0]) / number, at.defect.segment<3>(1).cwiseAbs().maxCoeff() / momentum,
                        std::abs(at.defect[4]) / energy});
    return at;
  }

  Statistics statistics_;
  ConstState weights_;
  Vector3 u_{};
  Moments5 target_;
  std::vector<Moments5> columns_;
  bool carried_[3] = {false, false, false};
};

[[noreturn]] void refuse(Statistics statistics, const MovingMoments& moments, double energy, const std::string& why) {
  std::ostringstream text;
  text.precision(12);
  text << "no " << name(statistics) << " equilibrium has number " << moments.number << " and energy " << energy
       << " in the frame that moves with it: " << why;
  throw NoEquilibrium(text.str());
}

/// The largest number of bosons that has a given energy per volume with none of them condensed: at μ = 0,
/// n = (2πT)^{3/2} ζ(3/2) and e = (3/2) T (2πT)^{3/2} ζ(5/2).
double critical_number(double energy) {
  const double pi2 = 2.0 * std::numbers::pi;
  const double T = std::pow(energy / (1.5 * std::pow(pi2, 1.5) * gsl_sf_zeta(2.5)), 0.4);
  return std::pow(pi2 * T, 1.5) * gsl_sf_zeta(1.5);
}

}  // namespace

MovingMoments moving_moments_of(ConstState W, ConstState velocities, ConstState energies, ConstState weights) {
  if (velocities.size() != 3 * W.size()) throw DimensionMismatch("the velocities", velocities.size(), 3 * W.size());
  const Moments scalar = moments_of(W, energies, weights);
  MovingMoments moments{scalar.number, {}, scalar.energy};
  for (std::size_t a = 0; a < W.size(); ++a) {
    for (std::size_t j = 0; j < 3; ++j) moments.momentum[j] += weights[a] * W[a] * velocities[3 * a + j];
  }
  return moments;
}

MovingEquilibrium moving_equilibrium_of(Statistics statistics, const MovingMoments& moments, ConstState velocities,
                                        ConstState energies, ConstState weights) {
  if (weights.size() != energies.size()) throw DimensionMismatch("the weights", weights.size(), energies.size());
  if (velocities.size() != 3 * energies.size()) {
    throw DimensionMismatch("the velocities", velocities.size(), 3 * energies.size());
  }
  if (!(moments.number > 0.0)) refuse(statistics, moments, moments.energy, "the number must be positive");
  const MovingProblem problem(statistics, moments, velocities, energies, weights);
  const Equilibrium start = equilibrium_of(statistics, {moments.number, problem.energy()}, problem.energies(), weights);
  Moments5 c;
  c << start.exponent(0.0), 0.0, 0.0, 0.0, start.beta();
  c = problem.solve(c);
  const double beta = c[4];
  if (!(beta > 0.0)) {
    refuse(statistics, moments, problem.energy(),
           "its temperature would be negative or infinite; the momenta of the nodes do not reach far enough");
  }
  // Complete the square: γ + λ·(k − u) + β|k − u|²/2 is the exponent of the velocity u − λ/β.
  Vector3 velocity = problem.velocity();
  double exponent = c[0];
  for (std::size_t j = 0; j < 3; ++j) {
    const double lambda = c[static_cast<Eigen::Index>(1 + j)];
    velocity[j] -= lambda / beta;
    exponent -= 0.5 * lambda * lambda / beta;
  }
  if (statistics == Statistics::boson && !(exponent > 0.0)) {
    std::ostringstream why;
    why.precision(6);
    const double critical = critical_number(problem.energy());
    why << "at this energy at most " << critical << " bosons per volume have an equilibrium without condensate";
    if (moments.number < critical) why << ", and close to that number the nodes do not resolve it; more of them may";
    refuse(statistics, moments, problem.energy(), why.str());
  }
  constexpr double tolerance = 1e-11;  // far above the round-off of the sums, far below any meaning
  if (!(problem.defect(c) <= tolerance)) {
    refuse(statistics, moments, problem.energy(), "the search for it ended with a defect of the moments");
  }
  return {Equilibrium(statistics, beta, 0.0, exponent), velocity};
}

}  // namespace nordheim
