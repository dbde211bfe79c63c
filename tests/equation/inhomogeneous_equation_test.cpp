// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/core/error.hpp>
#include <nordheim/equation/inhomogeneous_equation.hpp>
#include <nordheim/equation/kinetic_equation.hpp>
#include <nordheim/equation/relaxation_preconditioner.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/observables/observables.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/two_pi.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

namespace {

/// The state of the reference runs: one Fourier mode in r, a few in k.
double smooth_state(double turn, const Vector3& k) {
  const double x = two_pi * k[0], y = two_pi * k[1];
  return 0.35 + 0.2 * std::cos(x) * (0.6 + 0.4 * std::cos(turn)) + 0.1 * std::sin(x) * std::sin(turn) -
         0.05 * std::cos(x) * std::cos(y) + 0.1 * std::cos(turn) + 0.05 * std::sin(x + y);
}

struct Gas {
  Gas(int points, int nodes, double length, double knudsen, std::size_t threads = 1,
      Statistics statistics = Statistics::fermion, EnergyConstraint energy = EnergyConstraint::projection)
      : grid(points, Dispersion::nearest_neighbour(2)),
        box({length}, {nodes}),
        equation(box, operators(grid, statistics, energy, threads),
                 {.knudsen = knudsen, .axes = {}, .collision_factor = {}}) {
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double turn = two_pi * box.position(r)[0] / length;
      for (std::size_t a = 0; a < grid.size(); ++a) W.push_back(smooth_state(turn, grid.momentum(a)));
    }
  }

  /// The engine of the reference runs: Parzen window, T = N/2, h = 2π/9 or a little less, no rectangle correction.
  static std::vector<LatticeTwoBody> operators(const LatticeGrid& grid, Statistics statistics, EnergyConstraint energy,
                                               std::size_t threads) {
    const double horizon = 0.5 * grid.points();
    const double step = horizon / std::ceil(horizon / (two_pi / 9.0));
    std::vector<LatticeTwoBody> result;
    for (std::size_t t = 0; t < threads; ++t) {
      result.emplace_back(grid, statistics,
                          LatticeTwoBodyOptions{.window = TimeWindow::parzen,
                                                .horizon = horizon,
                                                .time_step = step,
                                                .energy = energy,
                                                .rectangle_correction = false,
                                                .threads = 1});
    }
    return result;
  }

  [[nodiscard]] double sum(const std::vector<double>& state, bool of_energy) const {
    double total = 0.0;
    for (std::size_t i = 0; i < state.size(); ++i) {
      total += of_energy ? grid.energies()[i % grid.size()] * state[i] : state[i];
    }
    return total / static_cast<double>(state.size());
  }
  /// Twice the mean of ρ cos(2πr/L).
  [[nodiscard]] double first_mode() const {
    double total = 0.0;
    for (std::size_t r = 0; r < box.size(); ++r) {
      const double turn = two_pi * static_cast<double>(r) / static_cast<double>(box.size());
      for (std::size_t a = 0; a < grid.size(); ++a) total += W[r * grid.size() + a] * std::cos(turn);
    }
    return 2.0 * total / static_cast<double>(W.size());
  }

  LatticeGrid grid;
  PeriodicBox box;
  InhomogeneousEquation<LatticeTwoBody> equation;
  std::vector<double> W;
};

/// Wraps the loss rate at the global equilibrium into what the preconditioner inverts.
RelaxationPreconditioner preconditioner_of(Gas& gas, Statistics statistics) {
  std::vector<double> mean(gas.grid.size(), 0.0), rates(gas.grid.size());
  for (std::size_t i = 0; i < gas.W.size(); ++i) {
    mean[i % gas.grid.size()] += gas.W[i] / static_cast<double>(gas.box.size());
  }
  const Equilibrium eq = equilibrium_of(statistics, moments_of(mean, gas.grid.energies(), gas.grid.weights()),
                                        gas.grid.energies(), gas.grid.weights());
  RelaxationModel model;
  const auto W_eq = sample(gas.grid, [&](const Vector3& k) { return eq.occupation(gas.grid.dispersion()(k)); });
  gas.equation.collisions().loss_rate(W_eq, rates);
  model.weights.assign(gas.grid.weights().begin(), gas.grid.weights().end());
  for (std::size_t a = 0; a < W_eq.size(); ++a) {
    model.fluctuation.push_back(fluctuation(statistics, W_eq[a]));
    model.rates.push_back(rates[a] * gas.equation.collision_rates()[0]);
  }
  model.invariants = gas.equation.collisions().invariants();
  return {gas.box, gas.grid.velocities(), 2, std::move(model), {}, 1};
}

/// What a state W carries across the positions in free flight over the time t: the integral of ⟨vψW⟩ over that time,
/// ψ = 1 or ω. A mode q of W turns with e^{−iqvs}, whose integral is t φ(−iqvt) with φ(x) = (e^x − 1)/x; the one at the
/// limit of the nodes rests.
std::vector<double> carried(const Gas& gas, const std::vector<double>& W, double t, bool of_energy) {
  using Complex = std::complex<double>;
  const std::size_t n = gas.box.size(), momenta = gas.grid.size();
  std::vector<Complex> modes(n, 0.0);
  const auto wave = [n](std::size_t p, std::size_t r) {
    return std::polar(1.0, two_pi * static_cast<double>(p * r % n) / static_cast<double>(n));
  };
  for (std::size_t p = 0; p < n; ++p) {
    const double m = 2 * p < n   ? static_cast<double>(p)
                     : 2 * p > n ? static_cast<double>(p) - static_cast<double>(n)
                                 : 0.0;
    const double q = two_pi * m / gas.box.lengths()[0];
    for (std::size_t a = 0; a < momenta; ++a) {
      Complex mode = 0.0;
      for (std::size_t r = 0; r < n; ++r) mode += std::conj(wave(p, r)) * W[r * momenta + a] / static_cast<double>(n);
      const double v = gas.grid.velocities()[2 * a], half = 0.5 * q * v * t;
      const Complex phi = (half == 0.0 ? 1.0 : std::sin(half) / half) * std::polar(1.0, -half);
      modes[p] += gas.grid.weights()[a] * v * (of_energy ? gas.grid.energies()[a] : 1.0) * t * phi * mode;
    }
  }
  std::vector<double> result(n, 0.0);
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t p = 0; p < n; ++p) result[r] += (wave(p, r) * modes[p]).real();
  }
  return result;
}

/// Number or energy at the positions.
std::vector<double> density_of(const Gas& gas, const std::vector<double>& W, bool of_energy) {
  std::vector<double> result(gas.box.size(), 0.0);
  for (std::size_t i = 0; i < W.size(); ++i) {
    const std::size_t a = i % gas.grid.size();
    result[i / gas.grid.size()] += gas.grid.weights()[a] * (of_energy ? gas.grid.energies()[a] : 1.0) * W[i];
  }
  return result;
}

/// The four stages of a step of Lawson's method.
std::array<std::vector<double>, 4> lawson_stages(Gas& gas, double h) {
  const auto collided = [&](const std::vector<double>& W) {
    std::vector<double> k(W.size());
    gas.equation.collision_rate(0.0, W, k);
    return k;
  };
  const auto flown = [&](std::vector<double> W) {
    gas.equation.flow(0.5 * h, W);
    return W;
  };
  const auto moved = [](std::vector<double> W, double t, const std::vector<double>& k) {
    for (std::size_t i = 0; i < W.size(); ++i) W[i] += t * k[i];
    return W;
  };
  const auto k1 = collided(gas.W);
  const auto k2 = collided(flown(moved(gas.W, 0.5 * h, k1)));
  const auto k3 = collided(moved(flown(gas.W), 0.5 * h, k2));
  const auto k4 = collided(flown(moved(flown(gas.W), h, k3)));
  return {k1, k2, k3, k4};
}

}  // namespace

TEST_CASE("a homogeneous state stays one, and changes as without a box") {
  Gas gas(8, 4, 10.0, 0.3);
  const std::vector<double> one(gas.W.begin(), gas.W.begin() + static_cast<std::ptrdiff_t>(gas.grid.size()));
  std::vector<double> W, rate(gas.W.size()), expected(one.size());
  for (int r = 0; r < 4; ++r) W.insert(W.end(), one.begin(), one.end());
  gas.equation.right_hand_side(0.0, W, rate);
  auto op = Gas::operators(gas.grid, Statistics::fermion, EnergyConstraint::projection, 1);
  op.front().apply(one, expected);
  double error = 0.0, size = 0.0;
  for (std::size_t i = 0; i < W.size(); ++i) {
    error = larger(error, std::abs(rate[i] - expected[i % one.size()] / 0.3));
    size = larger(size, std::abs(rate[i]));
  }
  CHECK(size > 1e-3);
  CHECK(error < 1e-15);
}

TEST_CASE("number and energy are conserved at every position") {
  for (const auto statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    for (const auto energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
      Gas gas(8, 16, 64.0, 0.1, 1, statistics, energy);
      std::vector<double> rate(gas.W.size());
      gas.equation.right_hand_side(0.0, gas.W, rate);
      for (const bool of_energy : {false, true}) {
        std::vector<double> J(gas.box.size(), 0.0), divergence(gas.box.size());
        double defect = 0.0, size = 0.0;
        std::vector<double> change(gas.box.size(), 0.0);
        for (std::size_t r = 0; r < gas.box.size(); ++r) {
          for (std::size_t a = 0; a < gas.grid.size(); ++a) {
            const double phi = gas.grid.weights()[a] * (of_energy ? gas.grid.energies()[a] : 1.0);
            J[r] += phi * gas.grid.velocities()[2 * a] * gas.W[r * gas.grid.size() + a];
            change[r] += phi * rate[r * gas.grid.size() + a];
          }
        }
        gas.equation.streaming().divergence(J, divergence);
        for (std::size_t r = 0; r < gas.box.size(); ++r) {
          defect = larger(defect, std::abs(change[r] + divergence[r]));
          size = larger(size, std::abs(divergence[r]));
        }
        CHECK(size > 1e-4);
        CHECK(defect < 1e-15);  // 64 numbers of size 0.1, rounded
      }
    }
  }
}

TEST_CASE("the Jacobian action is the derivative of the right-hand side") {
  for (const auto energy : {EnergyConstraint::projection, EnergyConstraint::reference_temperature}) {
    Gas gas(6, 4, 20.0, 0.2, 1, Statistics::boson, energy);
    std::vector<double> v(gas.W.size()), Jv(v.size()), up(v.size()), down(v.size());
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = std::sin(1.0 + static_cast<double>(i * i % 101));
    gas.equation.jacobian_action(0.0, gas.W, v, Jv);
    const double h = 1e-5;
    const auto shifted_by = [&](double step, std::vector<double>& result) {
      auto W = gas.W;
      for (std::size_t i = 0; i < W.size(); ++i) W[i] += step * v[i];
      gas.equation.right_hand_side(0.0, W, result);
    };
    shifted_by(h, up);
    shifted_by(-h, down);
    double error = 0.0;
    for (std::size_t i = 0; i < v.size(); ++i) error = larger(error, std::abs(Jv[i] - (up[i] - down[i]) / (2.0 * h)));
    CHECK(error < 1e-8);  // h² times a third derivative of order one, and 1e-16/h
  }
}

TEST_CASE("results do not depend on the number of threads") {
  Gas one(8, 8, 64.0, 0.1, 1), two(8, 8, 64.0, 0.1, 2);
  std::vector<double> a(one.W.size()), b(one.W.size());
  for (int repeat = 0; repeat < 3; ++repeat) {
    one.equation.right_hand_side(0.0, one.W, a);
    two.equation.right_hand_side(0.0, two.W, b);
    CHECK(a == b);  // to the bit: each node is computed by one thread, from the same start
  }
}

TEST_CASE("Lawson's method has order four and knows its error") {
  // Kn = 1, as in the report that the steps are from: halving them divides the error by 16.
  const auto at_end = [](double step) {
    Gas gas(8, 16, 64.0, 1.0);
    Evolution evolution(ode_system(gas.equation),
                        {.method = EvolutionMethod::lawson, .rtol = 0.9, .initial_step = step, .max_step = step});
    const EvolutionReport report = evolution.run(gas.W, 0.0, 40.0);
    CHECK(report.steps == std::lround(40.0 / step));
    CHECK(report.rhs_evaluations == 4 * report.steps + 1);
    return gas.W;
  };
  const auto coarse = at_end(4.0), middle = at_end(2.0), fine = at_end(1.0), finest = at_end(0.5);
  const double first = max_difference(coarse, middle), second = max_difference(middle, fine);
  // The error has a term of order five, too: 4.09 with the steps 4, 2 and 1, and 4.03 with half of them.
  CHECK(std::log2(first / second) == Approx(4.0).margin(0.1));
  CHECK(std::log2(second / max_difference(fine, finest)) == Approx(4.0).margin(0.05));
  CHECK(first < 3e-6);  // 2.1e-6 is the error at h = 4 of the prototype

  const auto adaptive = [](double rtol) {
    Gas gas(8, 16, 64.0, 1.0);
    Evolution(ode_system(gas.equation), {.method = EvolutionMethod::lawson, .rtol = rtol}).run(gas.W, 0.0, 40.0);
    return gas.W;
  };
  const auto accurate = adaptive(1e-11);
  CHECK(max_difference(adaptive(1e-7), accurate) < 1e-7);
  CHECK(max_difference(adaptive(1e-9), accurate) < 1e-9);
}

TEST_CASE("Lawson's method goes on until a condition holds") {
  Gas gas(8, 4, 64.0, 1.0), same(8, 4, 64.0, 1.0);
  const EvolutionOptions options{.method = EvolutionMethod::lawson, .rtol = 1e-8, .max_step = 0.5};
  Evolution evolution(ode_system(gas.equation), options);
  evolution.stop_when([](double t, ConstState) { return t >= 5.0; });
  const EvolutionReport report = evolution.run(gas.W, 0.0, std::numeric_limits<double>::infinity());
  CHECK(report.stopped_by_condition);
  CHECK(report.time >= 5.0);
  CHECK(report.time < 5.5);
  Evolution(ode_system(same.equation), options).run(same.W, 0.0, report.time);
  CHECK(max_difference(gas.W, same.W) < 1e-7);  // some ten steps of 1e-8, of other lengths
}

TEST_CASE("a step of Lawson's method changes densities by the divergence of a flux") {
  // The new state is the old one after free flight for h, and h b_i times the stages k_i after free flight for
  // (1 − c_i)h, b the weights and c the times of the method. Collisions change no density, so that
  //
  //     ρ' − ρ + ∂_r⟨vψ[h φ(−iqvh) W + Σ_i h b_i (1 − c_i)h φ(−iqv(1 − c_i)h) k_i]⟩ = 0,   ψ = 1 and ω.
  constexpr std::array b{1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0}, c{0.0, 0.5, 0.5, 1.0};
  for (const double h : {0.5, 2.0}) {
    Gas gas(8, 16, 64.0, 1.0);
    const auto stages = lawson_stages(gas, h);
    const auto before = gas.W;
    const EvolutionReport report =
        Evolution(ode_system(gas.equation),
                  {.method = EvolutionMethod::lawson, .rtol = 0.9, .initial_step = h, .max_step = h})
            .run(gas.W, 0.0, h);
    REQUIRE(report.steps == 1);
    for (const bool of_energy : {false, true}) {
      const auto rho = density_of(gas, before, of_energy), now = density_of(gas, gas.W, of_energy);
      const auto divergence_of = [&](const std::vector<double>& J) {
        std::vector<double> result(J.size());
        gas.equation.streaming().divergence(J, result);
        return result;
      };
      auto J = carried(gas, before, h, of_energy);
      for (std::size_t i = 0; i < 4; ++i) {
        auto part = carried(gas, stages[i], (1.0 - c[i]) * h, of_energy);
        for (double& x : part) x *= h * b[i];
        for (std::size_t r = 0; r < J.size(); ++r) J[r] += part[r];
        // Each stage counts, but the last, which does not fly.
        CHECK((test::largest(divergence_of(part)) > 1e-6) == (i < 3));
      }
      const auto divergence = divergence_of(J);
      double defect = 0.0;
      for (std::size_t r = 0; r < rho.size(); ++r) defect = larger(defect, std::abs(now[r] - rho[r] + divergence[r]));
      CAPTURE(h, of_energy, defect / test::largest(rho));
      // Rounding of the densities, 64 numbers each, and of W on its way through three transforms: 4e-16 where h = 0.5.
      CHECK(defect < 1e-15 * test::largest(rho));
    }
  }
}

TEST_CASE("the preconditioner inverts the model that it is for") {
  const LatticeGrid grid(5, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({9.0}, {6});
  RelaxationModel model;
  model.weights.assign(grid.weights().begin(), grid.weights().end());
  for (std::size_t a = 0; a < grid.size(); ++a) {
    model.rates.push_back(0.5 + 0.1 * grid.energies()[a]);
    model.fluctuation.push_back(std::exp(-0.3 * grid.energies()[a]));
  }
  model.invariants = {{"number", std::vector<double>(grid.size(), 1.0)},
                      {"energy", {grid.energies().begin(), grid.energies().end()}}};
  RelaxationPreconditioner preconditioner(box, grid.velocities(), 2, model, {}, 2);
  const Streaming streaming(box, grid.velocities(), 2);
  // The model itself: b = Σ_cd φ_c (N⁻¹)_cd ⟨φ_d ν W⟩ with N_cd = ⟨φ_c ν g φ_d⟩.
  const auto relax = [&](ConstState W, State out) {
    double n00 = 0.0, n01 = 0.0, n11 = 0.0;
    for (std::size_t a = 0; a < grid.size(); ++a) {
      const double x = grid.weights()[a] * model.rates[a] * model.fluctuation[a], e = grid.energies()[a];
      n00 += x;
      n01 += x * e;
      n11 += x * e * e;
    }
    const double det = n00 * n11 - n01 * n01;
    for (std::size_t r = 0; r < box.size(); ++r) {
      double m0 = 0.0, m1 = 0.0;
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const double x = grid.weights()[a] * model.rates[a] * W[r * grid.size() + a];
        m0 += x;
        m1 += x * grid.energies()[a];
      }
      for (std::size_t a = 0; a < grid.size(); ++a) {
        const double b = ((n11 * m0 - n01 * m1) + (n00 * m1 - n01 * m0) * grid.energies()[a]) / det;
        out[r * grid.size() + a] += model.rates[a] * (model.fluctuation[a] * b - W[r * grid.size() + a]);
      }
    }
  };
  std::vector<double> r(box.size() * grid.size()), z(r.size()), image(r.size());
  for (std::size_t i = 0; i < r.size(); ++i) r[i] = std::sin(1.0 + static_cast<double>(i * i % 1009));
  for (const double gamma : {1e-2, 1.0, 1e3, 1e8}) {
    preconditioner.set_up(gamma);
    preconditioner.solve(r, z);
    streaming.rate(z, image);
    relax(z, image);
    double error = 0.0, size = 0.0;
    for (std::size_t i = 0; i < z.size(); ++i) {
      error = larger(error, std::abs(z[i] - gamma * image[i] - r[i]));
      size = std::max(size, gamma * std::abs(z[i]));
    }
    // The product with γJ, of size γ, is where the digits go when the result is checked, not in the solution.
    CHECK(error < 1e-14 * std::max(1.0, size));
  }
}

TEST_CASE("the diffusive limit is reached uniformly in the Knudsen number") {
  // To t = 0.3/(14 Kn q²); ρ_1 at rtol 1e-8 and the number of evaluations of an independent program, a tenth more of
  // which are allowed.
  struct Row {
    double knudsen, first_mode, evaluations;
  };
  for (const Row& row : {Row{1.0, 0.088473441, 63}, Row{0.1, 0.068554115, 249}, Row{1e-2, 0.075193595, 439},
                         Row{1e-3, 0.076013111, 481}, Row{1e-4, 0.076096897, 489}}) {
    const double q = two_pi / 64.0, end = 0.3 / (14.0 * row.knudsen * q * q);
    Gas gas(8, 16, 64.0, row.knudsen);
    auto preconditioner = preconditioner_of(gas, Statistics::fermion);
    OdeSystem system = ode_system(gas.equation);
    system.preconditioner = preconditioner.for_ode();
    const double number = gas.sum(gas.W, false), energy = gas.sum(gas.W, true);
    const EvolutionReport report =
        Evolution(system, {.method = EvolutionMethod::bdf, .rtol = 1e-8}).run(gas.W, 0.0, end);
    INFO("Kn = " << row.knudsen << ": rho_1 = " << gas.first_mode() << ", " << report.steps << " steps, "
                 << report.rhs_evaluations << " + " << report.jacobian_actions << " evaluations");
    CHECK(gas.first_mode() == Approx(row.first_mode).margin(1e-6));
    CHECK(std::abs(gas.sum(gas.W, false) - number) < 1e-14);
    CHECK(std::abs(gas.sum(gas.W, true) - energy) < 1e-14);
    CHECK(static_cast<double>(report.rhs_evaluations + report.jacobian_actions) < 1.1 * row.evaluations);

    Gas accurate(8, 16, 64.0, row.knudsen);
    auto its_preconditioner = preconditioner_of(accurate, Statistics::fermion);
    OdeSystem its_system = ode_system(accurate.equation);
    its_system.preconditioner = its_preconditioner.for_ode();
    Evolution(its_system, {.method = EvolutionMethod::bdf, .rtol = 1e-12}).run(accurate.W, 0.0, end);
    double error = 0.0;
    for (std::size_t i = 0; i < gas.W.size(); ++i) error = larger(error, std::abs(gas.W[i] - accurate.W[i]));
    INFO("error " << error);
    // 3e-9 to 3e-8: some tolerances of a step, and no more for small Kn than for large.
    CHECK(error < 5e-8);
  }
}

TEST_CASE("a run that goes on from a checkpoint gives the same bits") {
  for (const auto method : {EvolutionMethod::bdf, EvolutionMethod::lawson}) {
    const auto run = [method](Gas& gas, double from, double to) {
      Evolution(ode_system(gas.equation), {.method = method, .rtol = 1e-6}).run(gas.W, from, to);
    };
    Gas whole(8, 8, 64.0, 0.1), second(8, 8, 64.0, 0.1, 2);
    run(whole, 0.0, 5.0);
    second.W = whole.W;
    const std::vector<double> memory = whole.equation.memory();
    CHECK(memory.size() == 3 * whole.box.size());
    second.equation.restore(memory);
    run(whole, 5.0, 10.0);
    run(second, 5.0, 10.0);
    CHECK(second.W == whole.W);
    CHECK_THROWS_AS(second.equation.restore(std::vector<double>(5)), DimensionMismatch);
  }
}

TEST_CASE("impossible equations are refused") {
  const LatticeGrid grid(4, Dispersion::nearest_neighbour(2));
  const PeriodicBox box({1.0}, {4});
  const auto with = [&](double knudsen, std::vector<double> factors) {
    InhomogeneousEquation<LatticeTwoBody>(box,
                                          Gas::operators(grid, Statistics::fermion, EnergyConstraint::projection, 1),
                                          {.knudsen = knudsen, .axes = {}, .collision_factor = std::move(factors)});
  };
  CHECK_NOTHROW(with(1.0, {1.0, 0.0, 2.0, 1.0}));
  CHECK_THROWS_AS(with(0.0, {}), InvalidArgument);
  CHECK_THROWS_AS(with(-1.0, {}), InvalidArgument);
  CHECK_THROWS_AS(with(std::nan(""), {}), InvalidArgument);
  CHECK_THROWS_AS(with(1.0, {1.0}), DimensionMismatch);
  CHECK_THROWS_AS(with(1.0, {1.0, 1.0, -1.0, 1.0}), InvalidArgument);
  CHECK_THROWS_AS(InhomogeneousEquation<LatticeTwoBody>(box, {}), InvalidArgument);
  KineticEquation homogeneous(LatticeTwoBody(grid, Statistics::fermion));
  CHECK_THROWS_AS(Evolution(ode_system(homogeneous), {.method = EvolutionMethod::lawson}), InvalidArgument);
}
