// SPDX-License-Identifier: GPL-3.0-or-later
// Long waves of number and energy in lattice gases, and the limit of short mean free paths, against Onsager
// coefficients.
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/equation/streaming.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/onsager.hpp>

#include "support/catch.hpp"
#include "support/onsager_gases.hpp"
#include "support/sum_over_collisions.hpp"
#include "support/two_pi.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

using namespace nordheim;
using test::bosons;
using test::fermions;
using test::LinearisedGas;
using test::plain;
using test::two_pi;

namespace {

/// A gas in a box of length L, disturbed by one long wave.
class LongWave {
 public:
  LongWave(const Equilibrium& eq, double length)
      : eq_(eq), box_({length}, {8}), equation_(box_, one_operator(grid_, eq)), preconditioner_(model()) {}

  [[nodiscard]] const LatticeGrid& grid() const { return grid_; }
  [[nodiscard]] double q() const { return two_pi / box_.lengths()[0]; }

  /// −log of the propagator of the first Fourier components of number and energy, over time: q²D for long waves.
  [[nodiscard]] Eigen::Matrix2d decay() {
    // Transients have died by then: e^{−28}.
    const double first = 1000.0, duration = 0.7 / (14.0 * q() * q());
    Eigen::Matrix2d early, late;
    for (const int kind : {0, 1}) {
      std::vector<double> W = disturbed(kind);
      run(W, 0.0, first);
      early.col(kind) = amplitude(W);
      run(W, first, first + duration);
      late.col(kind) = amplitude(W);
    }
    const Eigen::Matrix2d propagator = late * early.inverse();
    const Eigen::EigenSolver<Eigen::Matrix2d> modes(propagator);
    const Eigen::Matrix2d V = modes.eigenvectors().real();
    const Eigen::Vector2d rates = -modes.eigenvalues().real().array().log() / duration;
    return V * rates.asDiagonal() * V.inverse();
  }

 private:
  static std::vector<LatticeTwoBody> one_operator(const LatticeGrid& grid, const Equilibrium& eq) {
    std::vector<LatticeTwoBody> result;
    result.emplace_back(grid, eq.statistics(), plain(grid.points(), TimeWindow::parzen));
    return result;
  }
  [[nodiscard]] RelaxationPreconditioner model() {
    RelaxationModel model{.weights = {grid_.weights().begin(), grid_.weights().end()},
                          .rates = std::vector<double>(grid_.size()),
                          .invariants = equation_.collisions().invariants()};
    std::vector<double> W;
    for (const double omega : grid_.energies()) {
      W.push_back(eq_.occupation(omega));
      model.fluctuation.push_back(fluctuation(eq_.statistics(), W.back()));
    }
    equation_.collisions().loss_rate(W, model.rates);
    return {box_, grid_.velocities(), 2, std::move(model), {}, 1};
  }
  /// α or −β varies like a cosine; what is quadratic in the amplitude is in other Fourier components.
  [[nodiscard]] std::vector<double> disturbed(int kind) const {
    constexpr double size = 5e-4;
    std::vector<double> W;
    for (std::size_t r = 0; r < box_.size(); ++r) {
      const double wave = size * std::cos(q() * box_.position(r)[0]);
      for (const double omega : grid_.energies()) {
        const double exponent = eq_.exponent(omega) - wave * (kind == 0 ? 1.0 : omega);
        W.push_back(1.0 / (std::exp(exponent) - theta(eq_.statistics())));
      }
    }
    return W;
  }
  void run(std::vector<double>& W, double from, double to) {
    OdeSystem system = ode_system(equation_);
    system.preconditioner = preconditioner_.for_ode();
    Evolution(system, {.method = EvolutionMethod::bdf, .rtol = 1e-12, .atol = 1e-14}).run(W, from, to);
  }
  [[nodiscard]] Eigen::Vector2d amplitude(const std::vector<double>& W) const {
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    for (std::size_t i = 0; i < W.size(); ++i) {
      const double share = W[i] * std::cos(q() * box_.position(i / grid_.size())[0]);
      sum += share * Eigen::Vector2d(1.0, grid_.energies()[i % grid_.size()]);
    }
    return sum / static_cast<double>(W.size());
  }

  Equilibrium eq_;
  LatticeGrid grid_{12, Dispersion::nearest_neighbour(2)};
  PeriodicBox box_;
  InhomogeneousEquation<LatticeTwoBody> equation_;
  RelaxationPreconditioner preconditioner_;
};

/// The two smallest decay rates of −iqv + L over q², increasing.
Eigen::Vector2d slow_rates(const LinearisedGas& gas, double q) {
  const Eigen::VectorXd root = gas.g.cwiseSqrt().cwiseInverse();
  const Eigen::MatrixXcd A = (root.asDiagonal() * gas.L * root.asDiagonal()).cast<std::complex<double>>() -
                             std::complex<double>(0.0, q) * Eigen::MatrixXcd(gas.velocity(0).asDiagonal());
  Eigen::VectorXd rates = -Eigen::ComplexEigenSolver<Eigen::MatrixXcd>(A, false).eigenvalues().real();
  std::sort(rates.begin(), rates.end());
  return rates.head<2>() / (q * q);
}

}  // namespace

TEST_CASE("a long wave in a lattice gas decays as the linearised equation and the Onsager matrix say") {
  for (const Equilibrium& eq : {fermions, bosons}) {
    LongWave wave(eq, 2000.0);
    const LinearisedGas linearised(wave.grid(), eq, plain(12, TimeWindow::parzen));
    const Eigen::Matrix2d decay = wave.decay() / (wave.q() * wave.q());
    Eigen::Vector2d found = decay.eigenvalues().real();
    std::sort(found.begin(), found.end());
    const Eigen::Vector2d expected = slow_rates(linearised, wave.q());
    // The square of the amplitude, 2.5e-7, and the time integration, 1e-7.
    CHECK_THAT(found[0], WithinRel(expected[0], 1e-6));
    CHECK_THAT(found[1], WithinRel(expected[1], 1e-6));

    const auto onsager = onsager_coefficients(wave.grid(), eq, plain(12, TimeWindow::parzen));
    // What is left is of the order (q v/ν)² = 0.003² / 0.03²: a quarter of a percent.
    for (const std::size_t a : {0U, 1U}) {
      for (const std::size_t b : {0U, 1U}) {
        CHECK(std::abs(decay(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) -
                       onsager.diffusion[0][0][a][b]) < 4e-3 * onsager.diffusivities[0][1]);
      }
    }
    // It vanishes like q² and q⁴, which two extrapolations take away.
    const Eigen::Vector2d longer = slow_rates(linearised, 0.5 * wave.q());
    const Eigen::Vector2d longest = slow_rates(linearised, 0.25 * wave.q());
    const Eigen::Vector2d limit = (16.0 * (4.0 * longest - longer) / 3.0 - (4.0 * longer - expected) / 3.0) / 15.0;
    CHECK_THAT(limit[0], WithinRel(onsager.diffusivities[0][0], 1e-7));
    CHECK_THAT(limit[1], WithinRel(onsager.diffusivities[0][1], 1e-7));
  }
}

namespace {

/// The nonlinear diffusion equation ∂(n, e) = ∂_r [L(α, β) ∂_r(α, −β)] in a periodic box, y = (n(r), e(r)).
class NonlinearDiffusion {
 public:
  NonlinearDiffusion(double length, int positions)
      : box_({length}, {positions}), flight_(box_, grid_.velocities(), 2) {}

  /// The moments of a state W(2πr/L, k).
  template <class Occupation>
  [[nodiscard]] std::vector<double> moments(Occupation&& W) const {
    const std::size_t n = box_.size();
    std::vector<double> y(2 * n, 0.0);
    for (std::size_t r = 0; r < n; ++r) {
      const double turn = two_pi * box_.position(r)[0] / box_.lengths()[0];
      for (std::size_t k = 0; k < grid_.size(); ++k) {
        const double share = grid_.weights()[k] * W(turn, grid_.momentum(k));
        y[r] += share;
        y[n + r] += share * grid_.energies()[k];
      }
    }
    return y;
  }
  /// States are even in r, so that half of the positions stand for all.
  void operator()(ConstState y, State rate) const {
    const std::size_t n = box_.size();
    std::vector<double> alpha(n), beta(n), number(n), energy(n), slope_alpha(n), slope_beta(n);
    std::vector<ConservedMatrix> L(n);
    for (std::size_t r = 0; r < n; ++r) {
      if (r > n / 2) {
        alpha[r] = alpha[n - r];
        beta[r] = beta[n - r];
        L[r] = L[n - r];
        continue;
      }
      const Equilibrium eq = equilibrium_of(Statistics::fermion, {y[r], y[n + r]}, grid_.energies(), grid_.weights());
      alpha[r] = -eq.exponent(0.0);
      beta[r] = eq.beta();
      L[r] = onsager_coefficients(grid_, eq, options_).onsager[0][0];
    }
    flight_.divergence(alpha, slope_alpha);
    flight_.divergence(beta, slope_beta);
    for (std::size_t r = 0; r < n; ++r) {
      number[r] = L[r][0][0] * slope_alpha[r] - L[r][0][1] * slope_beta[r];
      energy[r] = L[r][1][0] * slope_alpha[r] - L[r][1][1] * slope_beta[r];
    }
    flight_.divergence(number, rate.first(n));
    flight_.divergence(energy, rate.last(n));
  }

 private:
  LatticeGrid grid_{8, Dispersion::nearest_neighbour(2)};
  LatticeTwoBodyOptions options_ = plain(8, TimeWindow::parzen);
  PeriodicBox box_;
  Streaming flight_;
};

}  // namespace

TEST_CASE("the limit of short mean free paths is the diffusion equation with Onsager coefficients") {
  const NonlinearDiffusion diffusion(64.0, 16);
  std::vector<double> y = diffusion.moments([](double turn, const Vector3& k) {
    const double x = two_pi * k[0], z = two_pi * k[1];
    return 0.35 + 0.2 * std::cos(x) * (0.6 + 0.4 * std::cos(turn)) + 0.1 * std::sin(x) * std::sin(turn) -
           0.05 * std::cos(x) * std::cos(z) + 0.1 * std::cos(turn) + 0.05 * std::sin(x + z);
  });
  const double q = two_pi / 64.0, end = 0.3 / (14.0 * q * q);
  const OdeSystem system{y.size(), [&](double, ConstState now, State rate) { diffusion(now, rate); }};
  Evolution(system, {.method = EvolutionMethod::adams, .rtol = 1e-8, .atol = 1e-10}).run(y, 0.0, end);
  double first = 0.0;
  for (std::size_t r = 0; r < 16; ++r) first += y[r] / 8.0 * std::cos(two_pi * static_cast<double>(r) / 16.0);
  // The kinetic equation has 0.0751935940, 0.0760131130, 0.0760968950 at Kn = 1e-2, 1e-3, 1e-4 and 0.07610620 in the
  // limit; 0.076106225 is another program's solution of this equation, and 3e-8 the time integration.
  CHECK_THAT(first, WithinAbs(0.076106225, 3e-8));
}
