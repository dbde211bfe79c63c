// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/evolution/evolution.hpp>
#include <nordheim/transport/elastic_model.hpp>
#include <nordheim/transport/elastic_transport.hpp>
#include <nordheim/transport/shell_evolution.hpp>
#include <nordheim/transport/spatial_mode.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/late_spreading.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

using namespace nordheim;

namespace {

constexpr double pi = std::numbers::pi;

WeightedShell shell_at(int dimension, double energy, int order, double weight = 1.0) {
  const auto model =
      ElasticModel::impurities(Dispersion::nearest_neighbour(dimension), Correlator::product(dimension, 0.5));
  return {std::make_shared<const ElasticScattering>(model.scattering(energy, order)), weight};
}

const EnergyShell& space(const WeightedShell& shell) { return shell.scattering->space(); }

double mean_rate(const WeightedShell& shell) {
  double sum = 0.0;
  for (std::size_t a = 0; a < space(shell).size(); ++a) {
    sum += space(shell).weights()[a] * shell.scattering->rates()[a];
  }
  return sum / space(shell).density_of_states();
}

std::vector<double> gaussian(const PeriodicBox& box, double width) {
  std::vector<double> f;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const double x = box.position(r)[0] - 0.5 * box.lengths()[0];
    f.push_back(std::exp(-0.5 * x * x / (width * width)));
  }
  return f;
}

/// 1 + slope v_1, in motion.
std::vector<double> directed(const EnergyShell& shell, double slope) {
  std::vector<double> g;
  const auto d = static_cast<std::size_t>(shell.dimension());
  for (std::size_t a = 0; a < shell.size(); ++a) g.push_back(1.0 + slope * shell.velocities()[a * d]);
  return g;
}

/// A smooth state without symmetry.
std::vector<double> skew_state(const PeriodicBox& box, const EnergyShell& shell) {
  std::vector<double> W;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const Vector3 x = box.position(r);
    for (std::size_t a = 0; a < shell.size(); ++a) {
      const Vector3 k = shell.momentum(a);
      W.push_back(1.5 + std::sin(2.0 * pi * x[0] / box.lengths()[0] + k[0]) * std::cos(x[1] + 6.0 * k[1]) +
                  0.3 * std::cos(x[0] - 2.0 * k[0]));
    }
  }
  return W;
}

/// ∂/∂x of a function on n equidistant nodes as a matrix: Σ over the waves of the nodes but that at the limit.
std::vector<double> derivative(int n, double length) {
  std::vector<double> D(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), 0.0);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int m = 1; 2 * m < n; ++m) {
        const double q = 2.0 * pi * m / length;
        D[static_cast<std::size_t>(i * n + j)] -= 2.0 * q / n * std::sin(2.0 * pi * m * (i - j) / n);
      }
    }
  }
  return D;
}

double largest_difference(const std::vector<double>& f, const std::vector<double>& g) {
  double largest = 0.0;
  for (std::size_t i = 0; i < f.size(); ++i) largest = test::larger(largest, std::abs(f[i] - g[i]));
  return largest;
}

}  // namespace

TEST_CASE("a packet goes from ballistic to diffusive") {
  const auto shell = shell_at(2, 1.3, 3);
  const PeriodicBox box({1024.0}, {256});
  const double width = 11.0, slope = 0.8, gamma = mean_rate(shell);
  ShellEvolution evolution({shell}, box);
  evolution.set_packet(0, gaussian(box, width), directed(space(shell), slope));
  const auto spectrum = velocity_spectrum(*shell.scattering, {1.0, 0.0, 0.0});
  const double number = evolution.observe().number;
  CHECK_THAT(number, WithinRel(std::sqrt(2.0 * pi) * width * space(shell).density_of_states(), 1e-13));

  double from_local = 1.0;
  for (const double times : {0.1, 1.0, 10.0, 100.0, 1000.0}) {
    const double t = times / gamma;
    evolution.advance(t);
    const ShellObservables seen = evolution.observe();
    CAPTURE(times, seen.variance[0], seen.spreading[0], seen.from_local, seen.from_diffusion, seen.smallest);
    // The odd part of the start moves the mean only.
    double moved = 0.0, drift = 0.0;
    for (std::size_t j = 0; j < spectrum.rates.size(); ++j) {
      moved -= slope * spectrum.weights[j] * std::expm1(-spectrum.rates[j] * t) / spectrum.rates[j];
      drift += slope * spectrum.weights[j] * std::exp(-spectrum.rates[j] * t);
    }
    double D = -moved * drift;
    for (std::size_t j = 0; j < spectrum.rates.size(); ++j) {
      D -= spectrum.weights[j] * std::expm1(-spectrum.rates[j] * t) / spectrum.rates[j];
    }
    const double spread = spectrum.mean_square_displacement(t) - moved * moved;
    // Rounding of the density, times the square of the distance to the faces over the variance.
    CHECK_THAT(seen.mean[0], WithinAbs(512.0 + moved, 1e-10));
    CHECK_THAT(seen.variance[0], WithinRel(width * width + spread, 1e-10));
    CHECK_THAT(seen.spreading[0], WithinAbs(D, 1e-10));
    REQUIRE(seen.exponent[0].has_value() == (spread > 1e-6 * seen.variance[0]));
    if (seen.exponent[0]) CHECK_THAT(*seen.exponent[0], WithinRel(2.0 * t * D / spread, 1e-5));
    CHECK_THAT(seen.number, WithinRel(number, 1e-13));
    CHECK(seen.smallest > -2e-14);  // of the contour
    CHECK(seen.continuity_error < 1e-15);
    CHECK(seen.from_local < from_local);
    from_local = seen.from_local;
    CHECK(seen.from_global > 0.5);
  }
  const ShellObservables seen = evolution.observe();
  CHECK_THAT(seen.diffusion[0], WithinRel(spectrum.diffusion(), 1e-12));
  CHECK_THAT(seen.spreading[0], WithinRel(seen.diffusion[0], 1e-9));
  CHECK_THAT(*seen.exponent[0], WithinAbs(1.0, 2e-3));
  // What the first collisions leave for ever: a displacement and a variance, against the width.
  CHECK(seen.from_local < 0.05);
  CHECK(seen.from_diffusion < 0.05);
  CHECK(seen.from_diffusion > 1e-4);
  const double q = 2.0 * pi / 1024.0;
  CHECK_THAT(*seen.decay[0], WithinRel(-leading_eigenvalue(*shell.scattering, {q, 0.0, 0.0}).real(), 1e-9));
  CHECK_FALSE(seen.decay[1].has_value());
}

TEST_CASE("after ten thousand mean free times a packet spreads with D_kin") {
  const auto shell = shell_at(3, 1.5, 6);
  const PeriodicBox box({2048.0}, {128});
  const double gamma = mean_rate(shell), D = diffusion_tensor(*shell.scattering)[0][0];
  CHECK_THAT(D, WithinRel(0.581446719016702, 1e-7));  // of finer shells; limited by the order of this one
  ShellEvolution evolution({shell}, box);
  evolution.set_packet(0, gaussian(box, 44.0), directed(space(shell), 0.8));
  const auto [seen, slope, drift] = test::late_spreading(evolution, gamma);
  CAPTURE(slope / D - 1.0, seen.spreading[0] / D - 1.0, drift);
  // Rounding of the density times the square of the distance to the faces, 1e6, over the spread, 5e3; at the faces the
  // density is e^{-48} of the largest, which is as much.
  CHECK_THAT(slope, WithinRel(D, 1e-10));
  CHECK_THAT(seen.spreading[0], WithinRel(D, 1e-11));  // without the difference of two variances
  CHECK(drift <= 1e-14);
}

TEST_CASE("the evolution is that of the kinetic equation on the nodes") {
  // Every value of W(r, k) by a Runge-Kutta method with derivatives as matrices, in a box of two axes of which one has
  // waves at the limit of its nodes.
  const auto shell = shell_at(2, 1.3, 2);
  const EnergyShell& momenta = space(shell);
  const std::size_t n = momenta.size();
  const PeriodicBox box({7.0, 4.0}, {5, 4});
  const double knudsen = 0.7, t = 1.5;
  const auto Dx = derivative(5, 7.0), Dy = derivative(4, 4.0);
  OdeSystem system;
  system.size = box.size() * n;
  system.right_hand_side = [&](double, ConstState W, State rate) {
    for (std::size_t r = 0; r < box.size(); ++r) {
      shell.scattering->apply(W.subspan(r * n, n), rate.subspan(r * n, n));
      const std::size_t x = r / 4, y = r % 4;
      for (std::size_t a = 0; a < n; ++a) {
        double flow = 0.0;
        for (std::size_t i = 0; i < 5; ++i)
          flow += momenta.velocities()[2 * a] * Dx[x * 5 + i] * W[(i * 4 + y) * n + a];
        for (std::size_t i = 0; i < 4; ++i) {
          flow += momenta.velocities()[2 * a + 1] * Dy[y * 4 + i] * W[(x * 4 + i) * n + a];
        }
        rate[r * n + a] = rate[r * n + a] / knudsen - flow;
      }
    }
  };
  auto W = skew_state(box, momenta);
  ShellEvolution evolution({shell}, box, knudsen);
  evolution.set_state(0, W);
  CHECK(largest_difference(evolution.state(0), W) < 1e-14);
  evolution.advance(0.4);
  evolution.advance(t);

  EvolutionOptions options;
  options.method = EvolutionMethod::explicit_runge_kutta;
  options.rtol = 1e-12;
  Evolution(system, options).run(W, 0.0, t);
  CHECK(largest_difference(evolution.state(0), W) < 1e-10);  // 1e-12 a step

  const ShellProfiles profiles = evolution.profiles(0);
  double largest = 0.0;
  for (std::size_t r = 0; r < box.size(); ++r) {
    double density = 0.0, current = 0.0;
    for (std::size_t a = 0; a < n; ++a) {
      density += momenta.weights()[a] * W[r * n + a];
      current += momenta.weights()[a] * momenta.velocities()[2 * a + 1] * W[r * n + a];
    }
    largest = std::max({largest, std::abs(density - profiles.density[r]), std::abs(current - profiles.current[1][r])});
  }
  CHECK(largest < 1e-10);
  CHECK(profiles.current[2].empty());
  CHECK(evolution.observe().continuity_error < 1e-14);
}

TEST_CASE("one wave in a box of three axes is one spatial mode") {
  const auto shell = shell_at(3, 1.5, 1);
  const EnergyShell& momenta = space(shell);
  const std::size_t n = momenta.size();
  const PeriodicBox box({4.0, 7.0, 9.0}, {3, 6, 5});
  const Vector3 q{2.0 * pi / 4.0, -4.0 * pi / 7.0, 2.0 * pi / 9.0};
  const double knudsen = 0.4, t = 2.3;
  std::vector<double> f;
  std::vector<std::complex<double>> waves;
  for (std::size_t r = 0; r < box.size(); ++r) {
    const Vector3 x = box.position(r);
    waves.push_back(std::polar(1.0, q[0] * x[0] + q[1] * x[1] + q[2] * x[2]));
    f.push_back(waves.back().real());
  }
  const auto g = directed(momenta, 0.8);
  ShellEvolution evolution({shell}, box, knudsen);
  evolution.set_packet(0, f, g);
  evolution.advance(t);
  std::vector<std::complex<double>> mode(g.begin(), g.end());
  SpatialMode(shell.scattering, {knudsen * q[0], knudsen * q[1], knudsen * q[2]}).propagate(mode, t / knudsen);
  const auto W = evolution.state(0);
  double largest = 0.0;
  for (std::size_t r = 0; r < box.size(); ++r) {
    for (std::size_t a = 0; a < n; ++a) {
      largest = test::larger(largest, std::abs(W[r * n + a] - (waves[r] * mode[a]).real()));
    }
  }
  CHECK(largest < 1e-14);
}

TEST_CASE("errors do not depend on the Knudsen number") {
  const auto shell = shell_at(2, 1.3, 2);
  const PeriodicBox box({20.0}, {16});
  std::vector<double> f;
  for (std::size_t r = 0; r < box.size(); ++r) f.push_back(1.0 + 0.5 * std::cos(2.0 * pi * box.position(r)[0] / 20.0));
  const double q = 2.0 * pi / 20.0, D = diffusion_tensor(*shell.scattering)[0][0];
  for (const double knudsen : {1.0, 1e-2, 1e-4}) {
    const double t = 0.3 / (knudsen * D * q * q);
    ShellEvolution exact({shell}, box, knudsen), steps({shell}, box, knudsen);
    exact.set_packet(0, f, directed(space(shell), 0.8));
    steps.set_packet(0, f, directed(space(shell), 0.8));
    exact.advance(t);
    for (int i = 0; i < 32; ++i) steps.radau_step(t / 32);
    CAPTURE(knudsen);
    CHECK_THAT(steps.time(), WithinRel(t, 1e-14));
    // The slowest wave; of the first collisions e^{−3.5} is left at Kn = 1. The current is small like q Kn, and
    // rounding of the sum over W is not.
    const double rate = -leading_eigenvalue(*shell.scattering, {knudsen * q, 0.0, 0.0}).real() / knudsen;
    const double error = knudsen == 1.0 ? 1e-2 : 1e-14 / (knudsen * q);
    CHECK_THAT(*exact.observe().decay[0], WithinRel(rate, error));
    // (λh)⁶/7200 a step with λh = 0.3/32, and a layer of the thickness Kn that the first steps pass.
    CHECK(largest_difference(exact.profiles().density, steps.profiles().density) < 1e-8);
    CHECK(exact.observe().from_diffusion < 0.1 * knudsen);
  }
}

TEST_CASE("free flight around the box returns to its start") {
  // On the chain at E = 1 all velocities are 1 or -1; in 1e-9 mean free times nothing else happens.
  const auto shell = shell_at(1, 1.0, 2);
  const PeriodicBox box({10.0}, {15});
  const auto start = skew_state(box, space(shell));
  ShellEvolution evolution({shell}, box, 1e10);
  evolution.set_state(0, start);
  evolution.advance(5.0);
  CHECK(largest_difference(evolution.state(0), start) > 0.5);
  evolution.advance(10.0);
  CHECK(largest_difference(evolution.state(0), start) < 1e-8);
}

TEST_CASE("a million mean free times conserve the number and end in equilibrium") {
  const auto shell = shell_at(2, 1.3, 2);
  const PeriodicBox box({6.0, 5.0}, {5, 3});  // without waves at the limit of the nodes, which stay
  const double gamma = mean_rate(shell);
  ShellEvolution evolution({shell}, box);
  evolution.set_state(0, skew_state(box, space(shell)));
  const double number = evolution.observe().number;
  for (int i = 1; i <= 100; ++i) evolution.advance(1e4 * i / gamma);
  const ShellObservables seen = evolution.observe();
  CHECK(std::abs(seen.number / number - 1.0) < 1e-14);  // rounding of a sum, once
  CHECK(seen.from_global < 1e-14);
  CHECK(seen.from_local < 1e-14);
}

TEST_CASE("a run that was interrupted gives the same digits") {
  const auto shell = shell_at(2, 1.3, 2);
  const PeriodicBox box({20.0}, {16});
  ShellEvolution whole({shell}, box, 0.3), first({shell}, box, 0.3), second({shell}, box, 0.3);
  for (ShellEvolution* run : {&whole, &first}) run->set_packet(0, gaussian(box, 2.0), directed(space(shell), 0.5));
  for (ShellEvolution* run : {&whole, &first}) run->advance(1.0);
  second.restore(0, first.checkpoint(0));
  for (ShellEvolution* run : {&whole, &second}) run->advance(7.0);
  CHECK(second.state(0) == whole.state(0));
  CHECK(second.time() == 7.0);
  CHECK(second.observe().from_diffusion == whole.observe().from_diffusion);
  CHECK(second.observe().exponent == whole.observe().exponent);
  ShellCheckpoint wrong = first.checkpoint(0);
  wrong.modes.pop_back();
  CHECK_THROWS_AS(second.restore(0, wrong), DimensionMismatch);
}

TEST_CASE("waves that the nodes hardly resolve are reported") {
  const auto shell = shell_at(1, 1.0, 2);
  const PeriodicBox box({9.0}, {9});
  std::vector<double> f;
  for (std::size_t r = 0; r < 9; ++r) {
    const double x = 2.0 * pi * static_cast<double>(r) / 9.0;
    f.push_back(2.0 + std::cos(2.0 * x) + 1e-3 * std::sin(4.0 * x));  // m = 4 of at most 4.5
  }
  ShellEvolution evolution({shell}, box);
  evolution.set_packet(0, f, directed(space(shell), 0.0));
  CHECK_THAT(evolution.observe().unresolved, WithinRel(1e-3 / std::sqrt(9.0 + 1e-6), 1e-12));
}

TEST_CASE("a stack of shells is the sum of its shells") {
  const PeriodicBox box({40.0}, {24});
  const auto f = gaussian(box, 3.5);
  const std::vector<WeightedShell> shells{shell_at(2, 1.3, 2, 0.3), shell_at(2, 0.7, 2, 0.2)};
  ShellEvolution stack(shells, box, 0.5, 2), serial(shells, box, 0.5, 1);
  for (std::size_t s = 0; s < 2; ++s) {
    stack.set_packet(s, f, directed(space(shells[s]), 0.5));
    serial.set_packet(s, f, directed(space(shells[s]), 0.5));
  }
  stack.advance(2.0);
  serial.advance(2.0);
  // Modes do not meet: the same bits for all numbers of threads.
  CHECK(stack.state(0) == serial.state(0));
  CHECK(stack.state(1) == serial.state(1));
  const ShellObservables total = stack.observe();
  CHECK(total.variance[0] == serial.observe().variance[0]);
  CHECK(total.from_local == serial.observe().from_local);

  std::vector<double> density(box.size(), 0.0), diffused(box.size(), 0.0);
  double number = 0.0, D = 0.0;
  for (std::size_t s = 0; s < 2; ++s) {
    ShellEvolution single({shells[s]}, box, 0.5);
    single.set_packet(0, f, directed(space(shells[s]), 0.5));
    single.advance(2.0);
    CHECK(single.state(0) == stack.state(s));
    const ShellObservables seen = single.observe(0);
    CHECK(seen.number == stack.observe(s).number);
    CHECK(seen.variance[0] == stack.observe(s).variance[0]);
    number += shells[s].weight * seen.number;
    D += shells[s].weight * seen.number * 0.5 * diffusion_tensor(*shells[s].scattering)[0][0];
    for (std::size_t r = 0; r < box.size(); ++r) {
      density[r] += shells[s].weight * single.profiles(0).density[r];
      diffused[r] += shells[s].weight * single.diffused_density(0)[r];
    }
  }
  CHECK_THAT(total.number, WithinRel(number, 1e-14));
  CHECK_THAT(total.diffusion[0], WithinRel(D / number, 1e-13));
  CHECK(largest_difference(stack.profiles().density, density) < 1e-15);
  CHECK(largest_difference(stack.diffused_density(), diffused) < 1e-15);
}

TEST_CASE("an evolution on shells refuses bad input") {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto shell = shell_at(1, 1.0, 2);
  const PeriodicBox box({10.0}, {4});
  CHECK_THROWS_AS(ShellEvolution({}, box), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({{nullptr, 1.0}}, box), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({{shell.scattering, 0.0}}, box), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({shell}, box, 0.0), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({shell}, box, nan), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({shell}, box, 1.0, -1), InvalidArgument);
  CHECK_THROWS_AS(ShellEvolution({shell}, PeriodicBox({1.0, 1.0}, {2, 2})), InvalidArgument);
  ShellEvolution evolution({shell}, box);
  const std::size_t n = space(shell).size();
  CHECK_THROWS_AS(evolution.set_state(1, std::vector<double>(4 * n, 1.0)), InvalidArgument);
  CHECK_THROWS_AS(evolution.set_state(0, std::vector<double>(4 * n + 1, 1.0)), DimensionMismatch);
  CHECK_THROWS_AS(evolution.set_state(0, std::vector<double>(4 * n, nan)), InvalidArgument);
  CHECK_THROWS_AS(evolution.set_packet(0, std::vector<double>(3, 1.0), std::vector<double>(n, 1.0)), DimensionMismatch);
  CHECK_THROWS_AS(evolution.observe(), InvalidArgument);  // nobody is there
  evolution.set_packet(0, std::vector<double>(4, 1.0), std::vector<double>(n, 1.0));
  evolution.advance(1.0);
  CHECK_THROWS_AS(evolution.advance(0.5), InvalidArgument);
  CHECK_THROWS_AS(evolution.advance(nan), InvalidArgument);
  CHECK_THROWS_AS(evolution.radau_step(0.0), InvalidArgument);
  CHECK_THAT(evolution.observe().from_global, WithinAbs(0.0, 1e-15));
  // Nothing spreads or decays.
  CHECK_FALSE(evolution.observe().exponent[0].has_value());
  CHECK_FALSE(evolution.observe().decay[0].has_value());
}
