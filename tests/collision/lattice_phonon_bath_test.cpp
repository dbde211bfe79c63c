// SPDX-License-Identifier: GPL-3.0-or-later
// A lattice electron among optical phonons: against double loops, densities of states, and what it conserves.
#include <nordheim/collision/lattice_phonon_bath.hpp>
#include <nordheim/model/cubic_band.hpp>
#include <nordheim/momentum/sample.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/quadrature.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;

namespace {

constexpr double pi = std::numbers::pi;

double state(const Vector3& k) { return 0.4 + 0.2 * std::cos(2.0 * pi * k[0]) + 0.1 * std::sin(2.0 * pi * k[1]); }

/// δ_T(Δ) = (h/2π) Σ_{|n|} χ(nh/T) cos Δnh, from the definition.
double delta(const LatticePhononBath& op, double difference) {
  double sum = 0.5;
  for (int n = 1; n < op.time_nodes(); ++n) {
    const double t = n * op.time_step();
    sum += window_value(op.options().window, t / op.horizon()) * std::cos(difference * t);
  }
  return sum * op.time_step() / pi;
}

/// C(W)(k) = mean over k' of R(k'→k)W(k') − R(k→k')W(k), with rates e^{±β(ω−ω')/2} S.
double double_loop(const LatticePhononBath& op, ConstState W, std::size_t a) {
  const auto& [temperature, omega0, g, window, horizon] = op.options();
  const double n = 1.0 / std::expm1(omega0 / temperature);
  const ConstState omega = op.space().energies();
  double sum = 0.0;
  for (std::size_t b = 0; b < W.size(); ++b) {
    const double difference = omega[a] - omega[b];
    const double S =
        2.0 * pi * g * g * std::sqrt(n * (n + 1.0)) * (delta(op, difference - omega0) + delta(op, difference + omega0));
    const double down = std::exp(0.5 * difference / temperature);
    sum += S * (W[b] / down - W[a] * down);
  }
  return sum / static_cast<double>(W.size());
}

/// D of a band of which ρ(E) and ρ⟨v²⟩/d are known, with Γ = 2πg²[(n+1)ρ(E−ω0) + nρ(E+ω0)].
template <class Density, class Flow>
double exact_diffusion(double beta, double omega0, double top, Density rho, Flow flow, int panels) {
  const double n = 1.0 / std::expm1(beta * omega0);
  double sum = 0.0, norm = 0.0;
  // Between the energies where ρ or a shifted ρ is singular, E = a + (b−a) sin²: square roots at both ends are smooth.
  std::vector<double> cuts;
  for (double e = 0.0; e <= top + 1e-12; e += 2.0) {
    for (const double shift : {-omega0, 0.0, omega0}) {
      if (e + shift >= -1e-12 && e + shift <= top + 1e-12) cuts.push_back(std::min(top, std::max(0.0, e + shift)));
    }
  }
  std::sort(cuts.begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double a = cuts[i], b = cuts[i + 1];
    if (b - a < 1e-9) continue;
    const auto over = [&](auto f) {
      return integral(
          [&](double s) {
            const double sine = std::sin(0.5 * pi * s);
            const double E = a + (b - a) * sine * sine;
            return f(E) * std::exp(-beta * E) * (b - a) * 0.5 * pi * std::sin(pi * s);
          },
          0.0, 1.0, panels);
    };
    const auto density = [&](double E) { return E > 0.0 && E < top ? rho(E) : 0.0; };
    norm += over(density);
    sum += over(
        [&](double E) { return flow(E) / (2.0 * pi * ((n + 1.0) * density(E - omega0) + n * density(E + omega0))); });
  }
  return sum / norm;
}

}  // namespace

TEST_CASE("the lattice bath is a double loop over momenta") {
  for (const TimeWindow window : {TimeWindow::flat, TimeWindow::bohman}) {
    for (const int d : {1, 2, 3}) {
      LatticePhononBath op(LatticeGrid(6, Dispersion::nearest_neighbour(d)),
                           {.temperature = 0.7, .omega0 = 0.6, .coupling = 1.3, .window = window});
      const auto W = sample(op.space(), state);
      std::vector<double> C(W.size());
      op.apply(W, C);
      for (const std::size_t a : {std::size_t{0}, std::size_t{1}, std::size_t{5}, W.size() - 2}) {
        CHECK_THAT(C[a], WithinAbs(double_loop(op, W, a), 1e-13 * largest(C)));
      }
    }
  }
}

TEST_CASE("the lattice bath keeps electrons and the Maxwell distribution") {
  const Dispersion skew = Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 0.7}, {{1, 1, 0}, 0.3}});
  for (const Dispersion& band : {Dispersion::nearest_neighbour(1), skew, Dispersion::nearest_neighbour(3)}) {
    LatticePhononBath op(LatticeGrid(8, band), {.temperature = 0.5, .omega0 = 0.9});
    const auto W = sample(op.space(), state);
    std::vector<double> C(W.size()), thermal(W.size()), nu(W.size());
    const CollisionReport report = op.apply(W, C);
    CHECK(std::abs(report.number_defect) < 1e-14);
    CHECK(report.correction < 1e-13 * report.largest_rate);  // in the shape of the thermal state, largest at its top
    op.stationary_state(W, thermal);
    op.loss_rate(thermal, nu);
    op.apply(thermal, C);
    for (std::size_t a = 0; a < C.size(); ++a) CHECK(std::abs(C[a]) < 1e-12 * largest(nu) * largest(thermal));
    CHECK_THAT(thermal[0] / thermal[3],
               WithinRel(std::exp((op.space().energies()[3] - op.space().energies()[0]) / 0.5), 1e-12));
  }
}

TEST_CASE("the estimate bounds the error of C at every node of a lattice") {
  // W = f(ω) + h(ω) cos 2πk_1 + odd sin 2πk_1; the mean of cos 2πk_1 over an energy surface of Σ(1−cos) is 1 − E/d.
  struct Case {
    int dimension, points;
    double temperature, omega0;
    TimeWindow window;
    double slope, width;  // f = e^{−slope ω}, or a peak of a width in the middle of the band
    double even, odd;
  };
  constexpr TimeWindow flat = TimeWindow::flat, bohman = TimeWindow::bohman, parzen = TimeWindow::parzen;
  // The hardest of many cases: coarse grids, peaks, nodes beside singular energies, two horizons that nearly agree.
  for (const auto& [d, points, T, omega0, window, slope, width, even, odd] :
       {Case{1, 12, 1.0, 0.4999, flat, 0.0, 0.0, 0.3, 0.0}, Case{2, 12, 1.0, 0.5 + 1e-9, flat, 0.0, 0.0, 0.3, 0.0},
        Case{1, 16, 1.0, 0.25, flat, 0.0, 0.0, 0.3, 0.0}, Case{1, 17, 0.2, 0.25, bohman, 5.0, 0.0, 0.5, 0.0},
        Case{1, 17, 4.0, 0.25, flat, 5.0, 0.0, 0.5, 0.0}, Case{1, 128, 0.2, 1.3, flat, 0.0, 0.35, 0.0, 0.0},
        Case{2, 8, 0.5, 0.5, bohman, 5.0, 0.0, 0.5, 0.0}, Case{2, 13, 4.0, 0.25, flat, 0.0, 0.0, 0.1, 0.3},
        Case{2, 16, 0.2, 0.25, flat, 5.0, 0.0, 0.5, 0.0}, Case{2, 48, 1.0, 0.1, bohman, 0.0, 0.0, 0.3, 0.0},
        Case{2, 48, 4.0, 0.1, parzen, 0.0, 0.0, 0.3, 0.0}, Case{3, 8, 4.0, 0.5, bohman, 0.0, 0.09, 0.0, 0.0},
        Case{3, 11, 4.0, 0.25, flat, 0.0, 0.09, 0.0, 0.0}, Case{3, 12, 0.5, 0.5, bohman, 5.0, 0.0, 0.5, 0.0}}) {
    CAPTURE(d, points, T, omega0, name(window), slope, width, even, odd);
    const double middle = 0.7 * d;
    const auto f = [=, s = slope, w = width](double E) {
      return w > 0.0 ? std::exp(-0.5 * (E - middle) * (E - middle) / (w * w)) : std::exp(-s * E);
    };
    const auto h = [=, s = slope, c = even](double E) { return c * std::exp(-s * E); };
    LatticePhononBath op(LatticeGrid(points, Dispersion::nearest_neighbour(d)),
                         {.temperature = T, .omega0 = omega0, .window = window});
    const ConstState omega = op.space().energies();
    auto W = sample(op.space(), [&, c = odd](const Vector3& k) {
      const double E = op.space().dispersion()(k);
      return f(E) + h(E) * std::cos(2.0 * pi * k[0]) + c * std::sin(2.0 * pi * k[0]);
    });
    std::vector<double> C(W.size());
    op.apply(W, C);
    const double n = 1.0 / std::expm1(omega0 / T), top = 2.0 * d;
    const auto rho = [&, dimension = d](double E) {
      return E > 0.0 && E < top ? cubic_band_shell(dimension, E).density_of_states : 0.0;
    };
    const auto held = [&, dimension = d](double E) { return rho(E) * (f(E) + h(E) * (1.0 - E / dimension)); };
    double error = 0.0;
    for (std::size_t a = 0; a < W.size(); ++a) {
      const double E = omega[a];
      const double exact = 2.0 * pi *
                           ((n + 1.0) * held(E + omega0) + n * held(E - omega0) -
                            ((n + 1.0) * rho(E - omega0) + n * rho(E + omega0)) * W[a]);
      error = std::max(error, std::abs(C[a] - exact));
    }
    const ErrorEstimate estimate = op.error_estimate(W);
    CHECK(error > 0.01 * estimate.absolute);
    CHECK(error < estimate.absolute);
    CHECK_THAT(estimate.relative, WithinRel(estimate.absolute / largest(C), 1e-14));
  }
}

TEST_CASE("an electron in equilibrium with a lattice bath has no error") {
  LatticePhononBath op(LatticeGrid(8, Dispersion::nearest_neighbour(2)), {.temperature = 0.5, .omega0 = 0.9});
  const auto W = sample(op.space(), state);
  std::vector<double> thermal(W.size());
  op.stationary_state(W, thermal);
  CHECK(op.error_estimate(thermal).relative == 0.0);
  CHECK(op.error_estimate(thermal).absolute < 1e-12);
}

TEST_CASE("diffusion of a lattice electron from densities of states") {
  // d = 1: ρ = 1/(π√(E(2−E))), v² = E(2−E).
  const double chain = exact_diffusion(
      1.0, 0.5, 2.0, [](double E) { return 1.0 / (pi * std::sqrt(E * (2.0 - E))); },
      [](double E) { return std::sqrt(E * (2.0 - E)) / pi; }, 4);
  // d = 3: ρ and ρ⟨s_1²⟩ in closed form.
  const double cubic = exact_diffusion(
      1.0, 0.5, 6.0, [](double E) { return cubic_band_shell(3, E).density_of_states; },
      [](double E) {
        const CubicBandShell shell = cubic_band_shell(3, E);
        return shell.density_of_states * shell.s1_squared;
      },
      1);
  struct Case {
    int dimension, points;
    double exact;
  };
  // A non-negative window is less accurate, and two horizons may agree by chance.
  for (const int points : {8, 16, 24}) {
    const auto found = lattice_bath_transport(LatticeGrid(points, Dispersion::nearest_neighbour(3)),
                                              {.temperature = 1.0, .omega0 = 0.5, .window = TimeWindow::bohman});
    CHECK(std::abs(found.diffusion / cubic - 1.0) < found.diffusion_error);
  }
  for (const auto& [d, points, exact] :
       {Case{1, 64, chain}, Case{1, 256, chain}, Case{3, 16, cubic}, Case{3, 32, cubic}}) {
    const auto found = lattice_bath_transport(LatticeGrid(points, Dispersion::nearest_neighbour(d)),
                                              {.temperature = 1.0, .omega0 = 0.5});
    const double deviation = std::abs(found.diffusion / exact - 1.0);
    INFO("dimension " << d << ", " << points << " points: " << found.diffusion << ", exact " << exact << ", deviation "
                      << deviation << ", estimate " << found.diffusion_error);
    CHECK(deviation < found.diffusion_error);
    // In d = 1 the rate has poles of order one half, which a grid cannot resolve.
    CHECK(deviation < (d == 3 ? 5e-4 : 0.05));
    CHECK(found.mobility == found.diffusion);
  }
}

TEST_CASE("the estimate bounds the error of the diffusion of a lattice electron") {
  // Coarse grids, where the window matters most; exact values to some 1e-4, for the logarithm of ρ in d = 2.
  struct Case {
    int dimension;
    double temperature, omega0;
  };
  for (const auto& [d, T, omega0] : {Case{1, 1.0, 0.2}, Case{1, 4.0, 0.9}, Case{2, 0.25, 0.3}, Case{2, 0.25, 0.5},
                                     Case{2, 1.0, 1.5}, Case{2, 4.0, 0.3}, Case{3, 0.25, 0.9}}) {
    const int dimension = d;
    const auto rho = [=](double E) { return cubic_band_shell(dimension, E).density_of_states; };
    const auto flow = [=](double E) {
      const CubicBandShell shell = cubic_band_shell(dimension, E);
      return shell.density_of_states * shell.s1_squared;
    };
    const double exact = exact_diffusion(1.0 / T, omega0, 2.0 * d, rho, flow, 4);
    for (const int points : {8, 12, 16, 24, 32}) {
      if (d == 3 && points > 16) continue;
      const LatticeGrid grid(points, Dispersion::nearest_neighbour(d));
      for (const TimeWindow window : {TimeWindow::bohman, TimeWindow::parzen}) {
        const auto found = lattice_bath_transport(grid, {.temperature = T, .omega0 = omega0, .window = window});
        CAPTURE(d, T, omega0, points, name(window), exact, found.diffusion, found.diffusion_error);
        CHECK(std::abs(found.diffusion / exact - 1.0) < found.diffusion_error + 1e-3);
      }
    }
  }
}

TEST_CASE("lattice baths without meaning are refused") {
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(1));
  CHECK(says(sentence([&] { return LatticePhononBath(grid, {.omega0 = 2.5}); }), "omega0 = 2.5 is not below 2"));
  CHECK(says(sentence([&] { return LatticePhononBath(grid, {.coupling = 0.0}); }), "coupling = 0"));
  CHECK(says(sentence([&] { return LatticePhononBath(grid, {.temperature = 1e-3}); }), "too cold"));
  CHECK(says(sentence([&] { return LatticePhononBath(grid, {.horizon = -1.0}); }), "horizon = -1"));
  CHECK(says(sentence([&] { return lattice_bath_transport(grid, {.omega0 = 1.5}); }), "diffusion is infinite"));
}
