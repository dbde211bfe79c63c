// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/lattice_states.hpp"

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

/// An operator as a user writes it: relaxation at the rate ν to the Fermi distribution that has the number and energy
/// of the state (Bhatnagar, Gross and Krook, Phys. Rev. 94, 511 (1954)), C = ν (f_W − W).
class RelaxationTime {
 public:
  RelaxationTime(LatticeGrid grid, double rate) : grid_(std::move(grid)), rate_(rate) {}

  [[nodiscard]] const LatticeGrid& space() const noexcept { return grid_; }

  CollisionReport apply(ConstState W, State C) {
    const Equilibrium eq = equilibrium(W);
    CollisionReport report;
    for (std::size_t a = 0; a < grid_.size(); ++a) {
      C[a] = rate_ * (eq.occupation(grid_.energies()[a]) - W[a]);
      report.largest_rate = std::max(report.largest_rate, std::abs(C[a]));
    }
    report.reference_beta = eq.beta();
    return report;
  }

  /// df = f(1−f)(a + bω) has the number and energy of dW: two equations for a and b.
  void apply_linearised(ConstState W, ConstState dW, State dC) {
    const Equilibrium eq = equilibrium(W);
    double m0 = 0.0, m1 = 0.0, m2 = 0.0, n = 0.0, e = 0.0;
    for (std::size_t a = 0; a < grid_.size(); ++a) {
      const double omega = grid_.energies()[a], g = slope(eq, omega);
      m0 += g;
      m1 += g * omega;
      m2 += g * omega * omega;
      n += dW[a];
      e += omega * dW[a];
    }
    const double determinant = m0 * m2 - m1 * m1;
    const double offset = (m2 * n - m1 * e) / determinant, per_energy = (m0 * e - m1 * n) / determinant;
    for (std::size_t a = 0; a < grid_.size(); ++a) {
      const double omega = grid_.energies()[a];
      dC[a] = rate_ * (slope(eq, omega) * (offset + per_energy * omega) - dW[a]);
    }
  }

  void loss_rate(ConstState /*W*/, State nu) { std::fill(nu.begin(), nu.end(), rate_); }

  [[nodiscard]] Invariants invariants() const {
    const ConstState energies = grid_.energies();
    return {{"number", std::vector<double>(energies.size(), 1.0)},
            {"energy", std::vector<double>(energies.begin(), energies.end())}};
  }

 private:
  [[nodiscard]] Equilibrium equilibrium(ConstState W) const {
    return equilibrium_of(Statistics::fermion, moments_of(W, grid_.energies(), grid_.weights()), grid_.energies(),
                          grid_.weights());
  }
  static double slope(const Equilibrium& eq, double omega) {
    const double f = eq.occupation(omega);
    return f * (1.0 - f);
  }

  LatticeGrid grid_;
  double rate_;
};

static_assert(CollisionOperator<RelaxationTime>);

LatticeGrid square(int points = 8) { return {points, Dispersion::nearest_neighbour(2)}; }

}  // namespace

TEST_CASE("the right-hand side is the collision term") {
  const LatticeGrid grid = square();
  const auto W = skew_state(grid);
  LatticeTwoBody op(grid, Statistics::fermion);
  std::vector<double> C(grid.size()), dWdt(grid.size());
  const CollisionReport direct = op.apply(W, C);
  KineticEquation equation(LatticeTwoBody(grid, Statistics::fermion));
  CHECK(equation.size() == grid.size());
  CHECK(equation.space().points() == grid.points());
  CHECK(equation.relative_correction() == 0.0);
  equation.right_hand_side(0.0, W, dWdt);
  CHECK(dWdt == C);
  CHECK(equation.report().largest_rate == direct.largest_rate);
  CHECK(equation.report().energy_defect == direct.energy_defect);
  CHECK(equation.report().reference_beta == direct.reference_beta);
  // Autonomous: the time makes no difference.
  equation.right_hand_side(17.0, W, dWdt);
  CHECK(dWdt == C);
}

TEST_CASE("the Jacobian action is the derivative of the right-hand side") {
  const LatticeGrid grid = square();
  const auto W = skew_state(grid);
  const auto v = sample(grid, [](const Vector3& k) { return std::cos(two_pi * (k[0] + 2.0 * k[1])) + 0.3; });
  const auto check = [&](auto equation) {
    std::vector<double> Jv(grid.size()), plus(grid.size()), minus(grid.size()), moved(grid.size());
    constexpr double step = 1e-4;
    const auto at = [&](double s, std::vector<double>& f) {
      for (std::size_t a = 0; a < W.size(); ++a) moved[a] = W[a] + s * v[a];
      equation.right_hand_side(0.0, moved, f);
    };
    at(step, plus);
    at(-step, minus);
    equation.jacobian_action(0.0, W, v, Jv);
    for (std::size_t a = 0; a < W.size(); ++a) plus[a] = (plus[a] - minus[a]) / (2.0 * step);
    // The central difference neglects step²/6 times a third derivative, some ten times C'v, and rounds to 1e-16/step.
    CHECK(largest(Jv) > 0.01);
    CHECK(largest_difference(Jv, plus) < 1e-6 * largest(Jv));
  };
  check(KineticEquation(LatticeTwoBody(grid, Statistics::boson)));
  check(KineticEquation(RelaxationTime(grid, 0.8)));
}

TEST_CASE("the equation remembers the largest correction and rate") {
  const LatticeGrid grid = square(10);
  LatticeTwoBodyOptions options;
  options.window = TimeWindow::bohman;
  KineticEquation equation(LatticeTwoBody(grid, Statistics::fermion, options));
  const auto W = skew_state(grid);
  const std::vector<double> uniform(grid.size(), 0.42);
  std::vector<double> C(grid.size());
  equation.right_hand_side(0.0, W, C);
  const double first = equation.report().correction / equation.report().largest_rate;
  CHECK(first > 1e-6);
  CHECK(equation.relative_correction() == first);
  // A state nearer to equilibrium has smaller corrections and rates, which do not lower what was seen.
  auto near = W;
  for (double& w : near) w = 0.42 + 0.01 * (w - 0.42);
  equation.right_hand_side(1.0, near, C);
  CHECK(equation.report().largest_rate < 0.1 * largest(W));
  CHECK(equation.relative_correction() == first);
}

TEST_CASE("what the operator throws passes through the equation") {
  const LatticeGrid grid = square();
  KineticEquation equation(LatticeTwoBody(grid, Statistics::fermion));
  std::vector<double> W = skew_state(grid), C(grid.size()), wrong(grid.size() + 1);
  CHECK_THROWS_AS(equation.right_hand_side(0.0, wrong, C), DimensionMismatch);
  CHECK_THROWS_AS(equation.right_hand_side(0.0, W, wrong), DimensionMismatch);
  CHECK_THROWS_AS(equation.jacobian_action(0.0, W, wrong, C), DimensionMismatch);
}

TEST_CASE("an operator of a user evolves with the same equation and evolution") {
  const LatticeGrid grid = square(12);
  const auto initial = skew_state(grid);
  const Moments moments = moments_of(initial, grid.energies(), grid.weights());
  const Equilibrium eq = equilibrium_of(Statistics::fermion, moments, grid.energies(), grid.weights());
  constexpr double rate = 0.8, time = 3.0;
  for (const EvolutionMethod method :
       {EvolutionMethod::adams, EvolutionMethod::bdf, EvolutionMethod::explicit_runge_kutta}) {
    CAPTURE(name(method));
    KineticEquation equation(RelaxationTime(grid, rate));
    EvolutionOptions options;
    options.method = method;
    std::vector<double> W = initial;
    Evolution(ode_system(equation), options).run(W, 0.0, time);
    // Number and energy are constant, so is f: W = f + (W0 − f) e^{−νt}.
    double worst = 0.0;
    for (std::size_t a = 0; a < W.size(); ++a) {
      const double f = eq.occupation(grid.energies()[a]);
      worst = larger(worst, std::abs(W[a] - f - (initial[a] - f) * std::exp(-rate * time)));
    }
    // rtol = 1e-10 a step, about a hundred steps that do not add up to more than that.
    CHECK(worst < 1e-8);
    const Moments end = moments_of(W, grid.energies(), grid.weights());
    CHECK_THAT(end.number, WithinRel(moments.number, 1e-14));
    CHECK_THAT(end.energy, WithinRel(moments.energy, 1e-14));
  }
}
