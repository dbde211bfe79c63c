// SPDX-License-Identifier: GPL-3.0-or-later
// What the two-body collision term in R³ conserves, its equilibria, its entropy, its derivative, and what it refuses.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/continuum_states.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr std::array<Statistics, 3> all_statistics{Statistics::fermion, Statistics::classical, Statistics::boson};
constexpr std::array<MomentumSymmetry, 3> all_symmetries{MomentumSymmetry::none, MomentumSymmetry::axial,
                                                         MomentumSymmetry::isotropic};

/// A state with the symmetry and no more.
Occupation state_of(MomentumSymmetry symmetry) {
  if (symmetry == MomentumSymmetry::isotropic) return of_energy([](double w) { return 0.5 * w * std::exp(-w); });
  if (symmetry == MomentumSymmetry::axial) {
    return [](const Vector3& k) {
      return 0.5 * std::exp(-(k[0] * k[0] + k[1] * k[1]) / 1.4 - 0.5 * (k[2] - 0.2) * (k[2] - 0.2)) +
             0.2 * std::exp(-free_energy(k) - k[2]);
    };
  }
  return lopsided;
}

/// max over the invariants ψ of |Σ w ψ C| / Σ w |ψ C|.
double largest_defect(SphericalTwoBody& op, ConstState C) {
  double result = 0.0;
  for (const Invariant& psi : op.invariants()) {
    double sum = 0.0, moduli = 0.0;
    for (std::size_t a = 0; a < C.size(); ++a) {
      const double term = op.space().weights()[a] * psi.values[a] * C[a];
      sum += term;
      moduli += std::abs(term);
    }
    result = std::max(result, std::abs(sum) / moduli);
  }
  return result;
}

}  // namespace

TEST_CASE("number, momentum and energy are conserved to round-off", "[collision]") {
  for (const auto symmetry : all_symmetries) {
    for (const auto statistics : all_statistics) {
      ContinuumGas gas(state_of(symmetry), statistics, 8, symmetry);
      CHECK(gas.op.invariants().size() == (symmetry == MomentumSymmetry::none    ? 5
                                           : symmetry == MomentumSymmetry::axial ? 3
                                                                                 : 2));
      // Sums of up to 2300 terms.
      CHECK(largest_defect(gas.op, gas.apply()) < 1e-14);
    }
  }
}

TEST_CASE("what is corrected falls with the degree", "[collision]") {
  // Before the correction the defects are those of the expansion of P and R: geometric for this entire state. Measured
  // for fermions and bosons: 4e-4 at K = 8, 4e-6 at 12, 4e-8 at 16.
  for (const auto statistics : {Statistics::fermion, Statistics::boson}) {
    double previous = 1e-2;
    for (const int degree : {8, 12, 16}) {
      ContinuumGas gas(lopsided, statistics, degree, MomentumSymmetry::none);
      CollisionReport report;
      const std::vector<double> C = gas.apply(&report);
      const double defect =
          std::max({std::abs(report.number_defect), std::abs(report.energy_defect), largest(report.momentum_defect)});
      CHECK(defect < 0.1 * previous);
      CHECK(defect > 0.0);
      CHECK(report.correction < 10.0 * defect * report.largest_rate);
      CHECK(report.largest_rate == Approx(largest(C)).epsilon(2.0 * defect));
      previous = defect;
    }
  }
}

TEST_CASE("the uncorrected operator reports its own defects", "[collision]") {
  SphericalTwoBodyOptions options;
  options.conserve_exactly = false;
  ContinuumGas gas(lopsided, Statistics::boson, 8, MomentumSymmetry::none, options);
  CollisionReport report;
  const std::vector<double> C = gas.apply(&report);
  double number = 0.0, moduli = 0.0;
  for (std::size_t a = 0; a < C.size(); ++a) {
    number += gas.grid().weights()[a] * C[a];
    moduli += std::abs(gas.grid().weights()[a] * C[a]);
  }
  CHECK(report.number_defect == Approx(number / moduli).epsilon(1e-9));
  CHECK(report.correction == 0.0);
}

TEST_CASE("equilibria are fixed points to round-off", "[collision]") {
  for (const auto symmetry : all_symmetries) {
    for (const auto statistics : all_statistics) {
      ContinuumGas gas(state_of(symmetry), statistics, 8, symmetry);
      const MovingEquilibrium equilibrium = gas.op.equilibrium_of(gas.W);
      std::vector<double> f(gas.W.size()), C(f.size()), C0 = gas.apply();
      for (std::size_t a = 0; a < f.size(); ++a) f[a] = equilibrium.occupation(gas.grid().momentum(a));
      (void)gas.op.apply(f, C);
      CHECK(largest(C) < 1e-13 * largest(C0));
      // It has the moments of the state, and is found again from its own.
      const auto moments = [&gas](ConstState W) {
        return moving_moments_of(W, gas.grid().velocities(), gas.grid().energies(), gas.grid().weights());
      };
      const MovingMoments of_state = moments(gas.W), of_equilibrium = moments(f);
      CHECK(of_equilibrium.number == Approx(of_state.number).epsilon(1e-14));
      CHECK(of_equilibrium.energy == Approx(of_state.energy).epsilon(1e-14));
      for (std::size_t j = 0; j < 3; ++j) {
        CHECK(std::abs(of_equilibrium.momentum[j] - of_state.momentum[j]) < 1e-14 * of_state.number);
      }
      CHECK(gas.op.equilibrium_of(f).at_rest.beta() == Approx(equilibrium.at_rest.beta()).epsilon(1e-11));
    }
  }
}

TEST_CASE("collisions are the same in a frame that moves fast", "[collision]") {
  // A velocity of 1e4 thermal ones leaves 12 digits of k − u, which e^{±x/2} amplifies by up to 20.
  for (const auto statistics : all_statistics) {
    ContinuumGas gas(lopsided, statistics, 8, MomentumSymmetry::none);
    SphericalGridOptions moved = gas.grid().options();
    const Vector3 velocity{1e4, -3e3, 2e4};
    for (std::size_t j = 0; j < 3; ++j) moved.centre[j] += velocity[j];
    SphericalTwoBody op(SphericalGrid(moved), statistics);
    const MovingEquilibrium here = gas.op.equilibrium_of(gas.W), there = op.equilibrium_of(gas.W);
    CHECK(there.at_rest.beta() == Approx(here.at_rest.beta()).epsilon(1e-12));
    CHECK(std::abs(there.at_rest.exponent(0.0) - here.at_rest.exponent(0.0)) < 1e-12);
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(std::abs(there.velocity[j] - velocity[j] - here.velocity[j]) < 1e-11);
    }
    const std::vector<double> C = gas.apply();
    std::vector<double> C_moved(C.size());
    (void)op.apply(gas.W, C_moved);
    for (std::size_t a = 0; a < C.size(); ++a) C_moved[a] -= C[a];
    CHECK(largest(C_moved) < 1e-10 * largest(C));
  }
}

TEST_CASE("entropy is produced", "[collision]") {
  for (const auto symmetry : all_symmetries) {
    for (const auto statistics : all_statistics) {
      ContinuumGas gas(state_of(symmetry), statistics, 12, symmetry);
      const std::vector<double> C = gas.apply();
      CHECK(entropy_production(statistics, gas.W, C, gas.grid().weights()) > 0.0);
    }
  }
}

TEST_CASE("the linearised collision term is the derivative", "[collision]") {
  // C is a polynomial of third degree in W at a fixed reference: its fourth-order central difference is exact, but for
  // the rounding of C, divided by the step. With a potential as well.
  for (const bool potential : {false, true}) {
    for (const auto symmetry : all_symmetries) {
      SphericalTwoBodyOptions options;
      if (potential) options.potential = [](double q) { return 1.0 / (1.0 + q * q); };
      ContinuumGas gas(state_of(symmetry), Statistics::boson, potential ? 4 : 8, symmetry, options);
      const std::size_t n = gas.W.size();
      std::vector<double> dW(n), dC(n), difference(n), C(n), moved(n);
      for (std::size_t a = 0; a < n; ++a) {
        const Vector3 k = gas.grid().momentum(a);
        dW[a] = gas.W[a] * (0.3 * std::cos(k[0]) + 0.2 * std::sin(2.0 * k[2]));
      }
      constexpr double h = 0.1;
      constexpr std::array<std::array<double, 2>, 4> stencil{
          {{-2.0, 1.0 / 12.0}, {-1.0, -2.0 / 3.0}, {1.0, 2.0 / 3.0}, {2.0, -1.0 / 12.0}}};
      // Without the correction, which is a quotient.
      options.conserve_exactly = false;
      SphericalTwoBody bare(gas.grid(), Statistics::boson, options);
      bare.set_reference(gas.op.equilibrium_of(gas.W));
      for (const auto& [step, weight] : stencil) {
        for (std::size_t a = 0; a < n; ++a) moved[a] = gas.W[a] + step * h * dW[a];
        (void)bare.apply(moved, C);
        for (std::size_t a = 0; a < n; ++a) difference[a] += weight / h * C[a];
      }
      bare.apply_linearised(gas.W, dW, dC);
      for (std::size_t a = 0; a < n; ++a) CHECK(std::abs(dC[a] - difference[a]) < 1e-11 * largest(dC));

      // With it, the error of the difference is of fifth order in the step.
      constexpr double small = 1e-3;
      std::fill(difference.begin(), difference.end(), 0.0);
      for (const auto& [step, weight] : stencil) {
        for (std::size_t a = 0; a < n; ++a) moved[a] = gas.W[a] + step * small * dW[a];
        (void)gas.op.apply(moved, C);
        for (std::size_t a = 0; a < n; ++a) difference[a] += weight / small * C[a];
      }
      gas.op.apply_linearised(gas.W, dW, dC);
      for (std::size_t a = 0; a < n; ++a) CHECK(std::abs(dC[a] - difference[a]) < 1e-9 * largest(dC));
      CHECK(largest_defect(gas.op, dC) < 1e-13);
    }
  }
}

TEST_CASE("the loss rate is the slope of the loss", "[collision]") {
  // C = gain − ν W with G as it is: ν = C(k, W = 0) − C(k, W = 1), uncorrected. value_at() sums the same expansions in
  // another order.
  for (const auto statistics : all_statistics) {
    SphericalTwoBodyOptions options;
    options.conserve_exactly = false;
    ContinuumGas gas(lopsided, statistics, 8, MomentumSymmetry::none, options);
    (void)gas.apply();
    std::vector<double> nu(gas.W.size());
    gas.op.loss_rate(gas.W, nu);
    for (std::size_t a = 0; a < nu.size(); a += 37) {
      const Vector3 k = gas.grid().momentum(a);
      const double expected = gas.op.value_at(k, 0.0) - gas.op.value_at(k, 1.0);
      CHECK(nu[a] == Approx(expected).epsilon(1e-11).margin(1e-11));
    }
  }
}

TEST_CASE("values between nodes are of the last evaluation", "[collision]") {
  ContinuumGas gas(lopsided, Statistics::fermion, 8, MomentumSymmetry::none);
  CHECK(says(sentence([&gas] { return gas.op.value_at({0.0, 0.0, 0.0}, 0.1); }), "of the last apply()"));
  (void)gas.apply();
  const Vector3 k{0.3, -0.2, 0.5};
  const double value = gas.op.value_at(k, lopsided(k));
  std::vector<double> half(gas.W), out(half.size());
  for (double& w : half) w *= 0.5;
  gas.op.loss_rate(half, out);
  gas.op.apply_linearised(half, gas.W, out);
  (void)gas.op.error_estimate(gas.W);
  CHECK(gas.op.value_at(k, lopsided(k)) == value);
  // Far out everything vanishes, e^{x/2} overflows.
  CHECK(gas.op.value_at({200.0, 0.0, 0.0}, 0.0) == 0.0);
}

TEST_CASE("step functions are corrected, too", "[collision]") {
  // W(1 − W) is zero but on one shell, where it has no energy of its own to give.
  ContinuumGas gas(of_energy([](double w) { return std::exp(-w); }), Statistics::fermion, 8,
                   MomentumSymmetry::isotropic);
  std::vector<double> W(gas.W.size(), 0.0), C(W.size());
  W[0] = W[1] = 1.0;
  W[2] = 0.5;
  (void)gas.op.apply(W, C);
  CHECK(largest(C) > 0.0);
  CHECK(largest_defect(gas.op, C) < 1e-13);
}

TEST_CASE("the memory that is foretold is what is used", "[collision]") {
  // Tables and work space of the operator and of its error estimate: the largest arrays alone.
  SphericalGridOptions grid;
  grid.degree = 16;
  const std::size_t small = SphericalTwoBody::memory(grid);
  grid.degree = 32;
  const std::size_t large = SphericalTwoBody::memory(grid);
  CHECK(small > std::size_t{8} << 20U);
  CHECK(small < std::size_t{64} << 20U);
  CHECK(large > 5 * small);
  CHECK(large < 16 * small);
  grid.degree = 2;
  CHECK_THROWS_AS(SphericalTwoBody::memory(grid), InvalidArgument);
}

TEST_CASE("collision terms do not depend on the number of threads", "[collision]") {
  SphericalTwoBodyOptions options;
  options.threads = 1;
  ContinuumGas one(lopsided, Statistics::boson, 8, MomentumSymmetry::none, options);
  options.threads = 3;
  ContinuumGas three(lopsided, Statistics::boson, 8, MomentumSymmetry::none, options);
  const std::vector<double> first = one.apply(), second = three.apply();
  for (std::size_t a = 0; a < first.size(); ++a) CHECK(std::abs(first[a] - second[a]) < 1e-13 * largest(first));
}

TEST_CASE("without a reference the equilibrium of the state is taken", "[collision]") {
  ContinuumGas gas(lopsided, Statistics::fermion, 8, MomentumSymmetry::none);
  SphericalTwoBody free(gas.grid(), Statistics::fermion);
  std::vector<double> C(gas.W.size());
  const CollisionReport report = free.apply(gas.W, C);
  const std::vector<double> expected = gas.apply();
  for (std::size_t a = 0; a < C.size(); ++a) CHECK(std::abs(C[a] - expected[a]) < 1e-13 * largest(expected));
  CHECK(report.reference_beta == Approx(gas.op.equilibrium_of(gas.W).at_rest.beta()).epsilon(1e-14));
}

TEST_CASE("impossible continuum states and options are refused", "[collision]") {
  const auto isotropic_gas = [](double (*W)(double), Statistics statistics) {
    return sentence([&] { return ContinuumGas(of_energy(W), statistics, 16, MomentumSymmetry::isotropic).W.size(); });
  };
  // A third of the particles at 1, the rest at 1/10: the tail is hotter than twice the equilibrium, 0.36.
  CHECK(says(isotropic_gas([](double w) { return 0.01 * std::exp(-w) + std::exp(-10.0 * w); }, Statistics::classical),
             "it must be colder than twice the equilibrium"));
  CHECK(says(isotropic_gas([](double w) { return 40.0 * std::exp(-w); }, Statistics::boson),
             "bosons per volume have an equilibrium without condensate"));
  // At 27.8 of 32.0, with mu = -0.0088: degree 16 does not see what is so close to k = 0, degree 24 does.
  const auto nearly_condensed = [](int degree) {
    return sentence([degree] {
      return ContinuumGas(of_energy([](double w) { return 5.0 * std::exp(-2.0 * w); }), Statistics::boson, degree,
                          MomentumSymmetry::isotropic)
          .W.size();
    });
  };
  CHECK(says(nearly_condensed(16), "close to that number the nodes do not resolve it; more of them may"));
  CHECK(nearly_condensed(24) == "accepted");
  CHECK(says(isotropic_gas([](double w) { return 1.0 / (1.0 + w); }, Statistics::boson), "decay"));
  CHECK(says(isotropic_gas([](double) { return 0.0; }, Statistics::boson), "must be positive and finite"));
  CHECK(says(isotropic_gas([](double w) { return 1.0 / w - 1.0 / w; }, Statistics::boson), "must be positive"));
  CHECK(says(sentence([] { return fitted_grid(lopsided, Statistics::boson, 8, MomentumSymmetry::axial).size(); }),
             "which contradicts symmetry = \"axial\""));

  SphericalGridOptions grid;
  const auto with = [&grid](const SphericalTwoBodyOptions& options) {
    return sentence([&] { return SphericalTwoBody(SphericalGrid(grid), Statistics::boson, options).angles(); });
  };
  grid.degree = 4;
  SphericalTwoBodyOptions options;
  options.strength = 0.0;
  CHECK(says(with(options), "strength = 0"));
  options = {};
  options.extra_degree = 1;
  CHECK(says(with(options), "extra_degree = 1, allowed are 2"));
  options = {};
  options.threads = -1;
  CHECK(says(with(options), "threads = -1"));
  options = {};
  options.potential = [](double q) { return 1.0 / (q * q); };
  CHECK(says(with(options), "at q = 0, its square must be finite"));
  options.potential = [](double q) { return q > 0.1 ? 1.0 / (q - q) : 1.0; };
  CHECK(says(with(options), "must be finite"));

  // Grids that do not fit a Maxwellian of temperature 1.
  const auto by_hand = [](double scale, int degree, double height) {
    SphericalGridOptions o;
    o.degree = degree;
    o.scale = scale;
    o.symmetry = MomentumSymmetry::isotropic;
    const SphericalTwoBody gas(SphericalGrid(o), Statistics::fermion);
    const std::vector<double> W = nodal(gas.space(), of_energy([=](double w) { return height * std::exp(-w); }));
    return sentence([&] { return gas.equilibrium_of(W).at_rest.beta(); });
  };
  CHECK(by_hand(1.0, 16, 0.5) == "accepted");
  CHECK(says(by_hand(8.0, 16, 0.5), "does not fit an equilibrium of temperature"));
  CHECK(says(by_hand(0.35, 8, 0.5), "the nodes end within the state"));
  CHECK(says(by_hand(1.0, 16, NAN), "it must be finite"));
  // Two narrow beams far apart, of which one rule sees one.
  const auto beams = [](const Vector3& k) {
    const double near = k[2] - 3.0, far = k[2] + 3.0, across = k[0] * k[0] + k[1] * k[1];
    return 0.3 * (std::exp(-200.0 * (across + near * near)) + std::exp(-200.0 * (across + far * far)));
  };
  CHECK(says(sentence([&beams] { return fitted_to(beams, Statistics::classical).scale; }), "too narrow"));
  // Degenerate fermions: accepted as far as double precision allows.
  const auto degenerate = [](double mu) {
    return sentence([mu] {
      const auto W = of_energy([mu](double w) { return fermi(w, 1.0, mu); });
      return ContinuumGas(W, Statistics::fermion, 32, MomentumSymmetry::isotropic).W.size();
    });
  };
  CHECK(degenerate(40.0) == "accepted");
  CHECK(says(degenerate(65.0), "mu/T"));

  SphericalTwoBody op(SphericalGrid(grid), Statistics::boson);
  CHECK(says(sentence([&op] {
               op.set_reference({Equilibrium::from_temperature(Statistics::fermion, 1.0, 1.0), {}});
               return 0;
             }),
             "fermion"));
  std::vector<double> C(op.space().size());
  CHECK_THROWS_AS(op.apply(std::vector<double>(3), C), DimensionMismatch);
  op.set_reference({Equilibrium::from_temperature(Statistics::boson, 1.0, 0.5), {}});
  CHECK_THROWS_AS(op.apply(std::vector<double>(C.size(), NAN), C), RecoverableError);
}
