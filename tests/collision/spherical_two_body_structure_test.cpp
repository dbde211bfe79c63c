// SPDX-License-Identifier: GPL-3.0-or-later
// What the two-body collision term in R³ conserves, its equilibria, its entropy, its derivative, and what it refuses.
#include <nordheim/collision/spherical_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/continuum_states.hpp"
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

double largest(ConstState values) {
  double result = 0.0;
  for (const double v : values) result = std::max(result, std::abs(v));
  return result;
}

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
  // C = gain − ν W: at one node, with all else fixed in G, the derivative of C with the node's W. Checked by C + ν W,
  // which is e^{−x/2} G1 and depends on the node only through the smooth G: positive, and ν positive where W is not
  // small.
  ContinuumGas gas(lopsided, Statistics::fermion, 12, MomentumSymmetry::none);
  const std::vector<double> C = gas.apply();
  std::vector<double> nu(C.size());
  gas.op.loss_rate(gas.W, nu);
  for (std::size_t a = 0; a < C.size(); ++a) {
    if (gas.W[a] < 1e-3) continue;
    CHECK(nu[a] > 0.0);
    CHECK(C[a] + nu[a] * gas.W[a] > 0.0);
  }
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
  options.potential = [](double q) { return q > 0.1 ? 1.0 / (q - q) : 1.0; };
  CHECK(says(with(options), "must be finite"));

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
