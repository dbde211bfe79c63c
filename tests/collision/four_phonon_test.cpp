// SPDX-License-Identifier: GPL-3.0-or-later
// Four-phonon collisions: against sums over momenta and over events of a quantum chain, and what is promised whatever
// the resolution.
#include <nordheim/collision/four_phonon.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/fock.hpp"
#include "support/lattice_states.hpp"
#include "support/phonon_loops.hpp"

#include <array>
#include <cmath>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr std::array phonons{Statistics::boson, Statistics::classical_wave};
constexpr double golden_rule = 576.0 * std::numbers::pi;

/// A state without any symmetry, of about one quantum a mode.
std::vector<double> phonon_state(const LatticeGrid& grid) {
  return sample(grid, [](const Vector3& k) {
    return 0.6 + 0.3 * std::cos(two_pi * k[0]) + 0.2 * std::cos(two_pi * k[1]) +
           0.04 * std::sin(two_pi * (k[0] - k[1])) + 0.05 * std::sin(two_pi * (k[2] + k[0]));
  });
}

FourPhononOptions sampled(TimeWindow window, double horizon, double step) {
  FourPhononOptions options;
  options.window = window;
  options.horizon = horizon;
  options.time_step = step;
  options.energy = EnergyConstraint::none;
  options.threads = 1;
  return options;
}

/// Decays are possible in the second.
const std::array bands{Dispersion::optical(2, 0.7), Dispersion::bending(2, 0.4)};

}  // namespace

TEST_CASE("finite-grid test vector of four-phonon collisions") {
  // Made by an independent program (complex FFTs in Python and a triple loop).
  const LatticeGrid grid(8, Dispersion::optical(2, 1.0));
  const auto W = sample(grid, [](const Vector3& k) {
    return 0.6 + 0.3 * std::cos(two_pi * k[0]) + 0.2 * std::cos(two_pi * k[1]) +
           0.04 * std::sin(two_pi * (k[0] - k[1]));
  });
  auto options = sampled(TimeWindow::parzen, 6.0, 0.4);
  options.lambda = 0.3;
  FourPhonon op(grid, Statistics::boson, options);
  op.set_reference(Equilibrium(Statistics::boson, 0.4, 1.7, 0.6));  // μ drops out
  std::vector<double> C(grid.size());
  op.apply(W, C);
  const double scale = golden_rule * 0.09;
  CHECK_THAT(C[grid.node({0, 0, 0})], WithinRel(scale * 4.996956713405730e-04, 1e-13));
  CHECK_THAT(C[grid.node({1, 2, 0})], WithinRel(scale * -1.099387156222356e-04, 1e-13));
  CHECK_THAT(C[grid.node({3, 1, 0})], WithinRel(scale * -7.081960458984958e-05, 1e-13));
}

TEST_CASE("four-phonon collisions equal a sum over all momenta") {
  struct Setting {
    Dispersion dispersion;
    int points;
    TimeWindow window;
    double horizon, step;
  };
  const std::array settings{Setting{Dispersion::optical(2, 0.7), 5, TimeWindow::flat, 5.0, 0.5},
                            Setting{Dispersion::bending(2, 0.4), 5, TimeWindow::parzen, 1.2, 0.2},
                            Setting{Dispersion::bending(1, 0.3), 14, TimeWindow::bohman, 3.0, 0.5}};
  for (const Setting& setting : settings) {
    const LatticeGrid grid(setting.points, setting.dispersion);
    const auto W = phonon_state(grid);
    for (const Statistics statistics : phonons) {
      for (const auto processes : {FourPhononProcesses::resonant, FourPhononProcesses::scattering}) {
        auto options = sampled(setting.window, setting.horizon, setting.step);
        options.lambda = 0.2;
        options.processes = processes;
        FourPhonon op(grid, statistics, options);
        CAPTURE(setting.dispersion.description(), name(statistics), op.decays());
        CHECK(op.decays() == (op.decay().found && processes == FourPhononProcesses::resonant));
        const Equilibrium reference(statistics, 0.5, 0.0, 0.0);
        op.set_reference(reference);
        std::vector<double> C(grid.size()), nu(grid.size());
        op.apply(W, C);
        op.loss_rate(W, nu);
        const SampledDelta delta{setting.window, setting.horizon, setting.step};
        const auto slow = four_phonon_loop(grid, statistics, op.decays(), reference, delta, W);
        // Gain and loss are some ten times C: their round-off is what is left.
        for (std::size_t a = 0; a < grid.size(); ++a) {
          CHECK_THAT(C[a], WithinAbs(golden_rule * 0.04 * slow[a], 1e-13 * largest(nu)));
        }
      }
    }
  }
}

TEST_CASE("the loss rate is what multiplies W") {
  // C is affine in the occupation of one mode but for its collisions with itself: on a fine grid a small change of one
  // mode changes C there by −ν dW, up to the weight of the mode, 1/n of it.
  const LatticeGrid grid(16, Dispersion::bending(2, 0.4));
  for (const Statistics statistics : phonons) {
    FourPhononOptions options;
    options.energy = EnergyConstraint::none;
    options.threads = 1;
    FourPhonon op(grid, statistics, options);
    op.set_reference(Equilibrium(statistics, 0.3, 0.0, 0.0));
    const auto W = phonon_state(grid);
    std::vector<double> nu(grid.size()), dW(grid.size()), dC(grid.size());
    op.loss_rate(W, nu);
    for (const std::size_t a : {std::size_t{7}, std::size_t{100}}) {
      dW[a] = 1.0;
      op.apply_linearised(W, dW, dC);
      dW[a] = 0.0;
      CHECK_THAT(dC[a], WithinRel(-nu[a], 0.1));
    }
  }
}

TEST_CASE("the four-phonon amplitude of a quantum chain") {
  // ⟨out|λΣq⁴|in⟩ = 24 λ L⁻¹ Π(2ω)^{−1/2} for different modes, whatever the number of them on each side.
  const Ring ring{{0.7, 1.2, 1.9, 1.4}};
  const double lambda = 0.37;
  const double expected = 24.0 * lambda / 4.0 / std::sqrt(16.0 * 0.7 * 1.2 * 1.9 * 1.4);
  const auto element = [&](const std::vector<std::size_t>& in, const std::vector<std::size_t>& out) {
    return amplitude(ring.quartic(quanta(4, in), lambda), 4, out);
  };
  // 1 + 2 = 0 + 3 and 3 = 0 + 1 + 2: all four modes once.
  CHECK_THAT(element({1, 2}, {0, 3}).real(), WithinRel(expected, 1e-14));
  CHECK_THAT(element({3}, {0, 1, 2}).real(), WithinRel(expected, 1e-14));
  CHECK(std::abs(element({1, 2}, {0, 3}).imag()) < 1e-15);
  CHECK(std::abs(element({0, 1}, {0, 2})) < 1e-15);  // momentum
}

TEST_CASE("four-phonon collisions equal the golden rule summed over the events of a quantum chain") {
  const double lambda = 0.11;
  for (const double omega0 : {0.3, 5.0}) {
    const LatticeGrid grid(5, Dispersion::bending(1, omega0));
    auto options = sampled(TimeWindow::flat, 2.0, 0.2);
    options.lambda = lambda;
    FourPhonon op(grid, Statistics::boson, options);
    CHECK(op.decays() == (omega0 < 1.0));
    op.set_reference(Equilibrium(Statistics::boson, 0.0, 0.0, 0.0));  // β = 0: the bare bracket off the shell as well
    const auto W = phonon_state(grid);
    std::vector<double> C(grid.size());
    op.apply(W, C);
    const Ring ring{{grid.energies().begin(), grid.energies().end()}};
    const SampledDelta delta{TimeWindow::flat, 2.0, 0.2};
    const auto interaction = [&](const FockState& in) { return ring.quartic(in, lambda); };
    auto events = golden_rule_sum(ring, W, 2, 2, interaction, delta);
    if (op.decays()) {
      const auto decays = golden_rule_sum(ring, W, 1, 3, interaction, delta);
      for (std::size_t k = 0; k < events.size(); ++k) events[k] += decays[k];
    }
    for (std::size_t k = 0; k < events.size(); ++k) CHECK_THAT(C[k], WithinAbs(events[k], 1e-13 * largest(events)));
  }
}

TEST_CASE("what four-phonon collisions conserve") {
  for (const Dispersion& band : bands) {
    const LatticeGrid grid(10, band);
    const auto W = phonon_state(grid);
    for (const Statistics statistics : phonons) {
      for (const auto energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
        FourPhononOptions options;
        options.energy = energy;
        options.window = TimeWindow::bohman;
        options.threads = 1;
        FourPhonon op(grid, statistics, options);
        CAPTURE(band.description(), name(statistics), static_cast<int>(energy));
        std::vector<double> C(grid.size()), dC(grid.size());
        const CollisionReport report = op.apply(W, C);
        op.apply_linearised(W, phonon_state(grid), dC);
        CHECK(op.invariants().size() == (op.decays() ? 1 : 2));
        // Sums of 100 numbers of size max |C| and energies up to 8.
        for (const Invariant& invariant : op.invariants()) {
          double sum = 0.0, d_sum = 0.0;
          for (std::size_t a = 0; a < C.size(); ++a) {
            sum += invariant.values[a] * C[a] / 100.0;
            d_sum += invariant.values[a] * dC[a] / 100.0;
          }
          CHECK_THAT(sum, WithinAbs(0.0, 4e-15 * largest(C)));
          CHECK_THAT(d_sum, WithinAbs(0.0, 4e-15 * largest(dC)));
        }
        CHECK(report.largest_rate > 0.0);
        CHECK(entropy_production(statistics, W, C, grid.weights()) > 1e-3 * report.largest_rate);
        if (energy == EnergyConstraint::reference_temperature) {
          CHECK(report.correction < 1e-11 * report.largest_rate);
          // The energy defect of waves is affine in β: a secant meets its root at once.
          if (statistics == Statistics::classical_wave) CHECK(report.engine_calls <= 4);
        } else {
          CHECK(report.correction < 0.2 * report.largest_rate);
        }
      }
    }
  }
}

TEST_CASE("equilibria of phonons are fixed points to round-off") {
  for (const Dispersion& band : bands) {
    const LatticeGrid grid(8, band);
    for (const Statistics statistics : phonons) {
      for (const auto energy :
           {EnergyConstraint::none, EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
        FourPhononOptions options;
        options.energy = energy;
        options.threads = 1;
        FourPhonon op(grid, statistics, options);
        CAPTURE(band.description(), name(statistics), static_cast<int>(energy));
        const Equilibrium eq(statistics, 0.6, 0.0, op.decays() ? 0.0 : 0.2);
        std::vector<double> W(grid.size()), C(grid.size()), nu(grid.size());
        for (std::size_t a = 0; a < W.size(); ++a) W[a] = eq.occupation(grid.energies()[a]);
        op.apply(W, C);
        op.loss_rate(W, nu);
        CHECK_THAT(op.reference_for(W).beta(), WithinRel(0.6, 1e-12));
        // Gain and loss, each of the size ν W, cancel; the reference is known to some 1e-15.
        CHECK(largest(C) < 2e-14 * largest(nu) * largest(W));
      }
    }
  }
}

TEST_CASE("classical waves are the limit of many quanta") {
  // W = N w: C(W)/N³ is the cubic bracket up to terms 1/N.
  const LatticeGrid grid(8, Dispersion::optical(2, 0.7));
  const auto w = phonon_state(grid);
  auto options = sampled(TimeWindow::flat, 4.0, 0.5);
  FourPhonon waves(grid, Statistics::classical_wave, options), quanta_of_them(grid, Statistics::boson, options);
  waves.set_reference(Equilibrium(Statistics::classical_wave, 0.0, 0.0, 0.0));
  quanta_of_them.set_reference(Equilibrium(Statistics::boson, 0.0, 0.0, 0.0));
  std::vector<double> C(grid.size()), C_quanta(grid.size()), W(w);
  const double N = 1e5;
  for (double& value : W) value *= N;
  waves.apply(w, C);
  quanta_of_them.apply(W, C_quanta);
  // The terms of fourth order cancel, which costs a digit for each power of N.
  for (std::size_t a = 0; a < C.size(); ++a) {
    CHECK_THAT(C_quanta[a] / (N * N * N), WithinAbs(C[a], 1e-4 * largest(C)));
  }
}

TEST_CASE("the linearisation of four-phonon collisions is the derivative") {
  for (const Dispersion& band : bands) {
    const LatticeGrid grid(6, band);
    const auto W = phonon_state(grid);
    const auto dW = sample(grid, [](const Vector3& k) { return 0.3 + 0.5 * std::sin(two_pi * (k[1] - 2.0 * k[0])); });
    for (const Statistics statistics : phonons) {
      for (const bool fixed : {false, true}) {
        for (const auto energy :
             {EnergyConstraint::none, EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
          FourPhononOptions options;
          options.energy = energy;
          options.window = TimeWindow::parzen;
          options.threads = 1;
          options.lambda = 0.05;
          FourPhonon op(grid, statistics, options);
          if (fixed) op.set_reference(Equilibrium(statistics, 0.4, 0.0, 0.0));
          CAPTURE(band.description(), name(statistics), fixed, static_cast<int>(energy));
          const auto at = [&](double step) {
            std::vector<double> moved(W), C(W.size());
            for (std::size_t a = 0; a < W.size(); ++a) moved[a] += step * dW[a];
            op.apply(moved, C);
            return C;
          };
          const double s = 3e-4;
          const auto p1 = at(s), m1 = at(-s), p2 = at(2 * s), m2 = at(-2 * s);
          std::vector<double> dC(W.size()), difference(W.size());
          op.apply_linearised(W, dW, dC);
          for (std::size_t a = 0; a < W.size(); ++a) {
            difference[a] = (8.0 * (p1[a] - m1[a]) - (p2[a] - m2[a])) / (12.0 * s);
          }
          // As in the test of two-body collisions: s⁴ times fifth derivatives, and round-off over s.
          CHECK(largest_difference(dC, difference) < 3e-10 * std::max(1.0, largest(dC)));
        }
      }
    }
  }
}

TEST_CASE("the estimate bounds the error of four-phonon collisions") {
  // Against a grid four times as fine, at its nodes on the coarse one.
  for (const Dispersion& band : bands) {
    const LatticeGrid grid(12, band), fine(48, band);
    for (const Statistics statistics : phonons) {
      FourPhononOptions options;
      options.threads = 1;
      FourPhonon op(grid, statistics, options), exact(fine, statistics, options);
      std::vector<double> C(grid.size()), C_fine(fine.size());
      op.apply(phonon_state(grid), C);
      exact.apply(phonon_state(fine), C_fine);
      double error = 0.0;
      for (int i = 0; i < 12; ++i) {
        for (int j = 0; j < 12; ++j) {
          error = std::max(error, std::abs(C[grid.node({i, j, 0})] - C_fine[fine.node({4 * i, 4 * j, 0})]));
        }
      }
      const ErrorEstimate estimate = op.error_estimate(phonon_state(grid));
      CAPTURE(band.description(), name(statistics), error / largest(C), estimate.relative);
      CHECK(error < estimate.absolute);
    }
  }
}

TEST_CASE("what four-phonon collisions refuse") {
  using Catch::Matchers::Contains;
  const LatticeGrid grid(6, Dispersion::optical(2, 0.7));
  const auto refused = [](const LatticeGrid& on, Statistics statistics, const FourPhononOptions& options) {
    return FourPhonon(on, statistics, options);
  };
  for (const Statistics statistics : {Statistics::fermion, Statistics::classical}) {
    CHECK_THROWS_WITH(refused(grid, statistics, {}), Contains("phonons have the statistics boson or classical-wave"));
  }
  for (const Dispersion& band : {Dispersion::acoustic(2), Dispersion::nearest_neighbour(2)}) {
    CHECK_THROWS_WITH(refused(LatticeGrid(6, band), Statistics::boson, {}), Contains("positive everywhere"));
  }
  CHECK_THROWS_WITH(
      refused(LatticeGrid(6, Dispersion::from_function(2, [](const Vector3&) { return 3.0; })), Statistics::boson, {}),
      Contains("is flat"));
  FourPhononOptions options;
  options.lambda = 0.0;
  CHECK_THROWS_WITH(refused(grid, Statistics::boson, options), "lambda = 0; a positive number is needed");
  options.lambda = 1e150;
  CHECK_THROWS_WITH(refused(grid, Statistics::boson, options), Contains("must be from 1e-100 to 1e+100"));
  options = {};
  options.threads = -1;
  CHECK_THROWS_WITH(refused(grid, Statistics::boson, options), Contains("threads = -1"));
  options = {};
  options.time_step = 3.0;
  CHECK_THROWS_WITH(refused(LatticeGrid(6, Dispersion::bending(2, 0.4)), Statistics::boson, options),
                    Contains("3 max"));
  FourPhonon op(LatticeGrid(6, Dispersion::bending(2, 0.4)), Statistics::boson);
  CHECK_THROWS_WITH(op.set_reference(Equilibrium(Statistics::boson, 1.0, 0.1, 0.0)), Contains("mu must be 0"));
  CHECK_THROWS_WITH(op.set_reference(Equilibrium(Statistics::fermion, 1.0, 0.0, 0.0)), Contains("fermions"));
  std::vector<double> W(36, 0.5), short_one(35);
  CHECK_THROWS_AS(op.apply(W, short_one), DimensionMismatch);
  CHECK(FourPhonon::time_nodes(6, Dispersion::bending(2, 0.4)) == op.time_nodes());
  CHECK(FourPhonon::memory(6, Dispersion::bending(2, 0.4)) > std::size_t{8} * 13 * 36);
}
