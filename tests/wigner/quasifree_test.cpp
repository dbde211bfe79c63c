// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/momentum/sample.hpp>
#include <nordheim/wigner/quasifree.hpp>
#include <nordheim/wigner/weyl_quantisation.hpp>

#include "support/catch.hpp"
#include "support/fock.hpp"
#include "support/largest.hpp"
#include "support/one_particle_states.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <random>
#include <utility>
#include <vector>

using namespace nordheim;
using nordheim::test::Complex;
using nordheim::test::larger;
using nordheim::test::two_pi;
using nordheim::test::operator*;  // of states in the Fock space
using nordheim::test::operator+;

namespace {

/// Orthonormal waves, by Gram and Schmidt.
std::vector<std::vector<Complex>> random_basis(std::mt19937_64& random, std::size_t n) {
  std::vector<std::vector<Complex>> basis;
  for (std::size_t m = 0; m < n; ++m) {
    auto wave = test::random_wave(random, n);
    for (int twice = 0; twice < 2; ++twice) {
      for (const auto& other : basis) {
        Complex overlap = 0.0;
        for (std::size_t x = 0; x < n; ++x) overlap += std::conj(other[x]) * wave[x];
        for (std::size_t x = 0; x < n; ++x) wave[x] -= overlap * other[x];
      }
    }
    double norm = 0.0;
    for (const Complex value : wave) norm += std::norm(value);
    for (Complex& value : wave) value /= std::sqrt(norm);
    basis.push_back(std::move(wave));
  }
  return basis;
}

/// Fermions on n sites, amplitudes by the set of occupied sites.
using FermionState = std::vector<Complex>;

/// a_x, or its adjoint, with the sign of the occupied sites before x.
FermionState fermion(const FermionState& state, std::size_t x, bool create) {
  FermionState result(state.size());
  const std::size_t bit = std::size_t{1} << x;
  for (std::size_t S = 0; S < state.size(); ++S) {
    if (((S & bit) != 0) == create) continue;
    result[S ^ bit] = (std::popcount(S & (bit - 1)) % 2 == 0 ? 1.0 : -1.0) * state[S];
  }
  return result;
}

Complex product(const FermionState& a, const FermionState& b) {
  Complex sum = 0.0;
  for (std::size_t S = 0; S < a.size(); ++S) sum += std::conj(a[S]) * b[S];
  return sum;
}

/// The quasifree state of fermions with the occupation f_m of wave m, as its eigenvectors and their weights.
std::vector<std::pair<double, FermionState>> fermions(const std::vector<std::vector<Complex>>& waves,
                                                      const std::vector<double>& f) {
  const std::size_t n = waves.size();
  std::vector<std::pair<double, FermionState>> all;
  for (std::size_t S = 0; S < std::size_t{1} << n; ++S) {
    double weight = 1.0;
    FermionState state(std::size_t{1} << n);
    state[0] = 1.0;
    for (std::size_t m = 0; m < n; ++m) {
      const bool occupied = (S >> m & 1U) != 0;
      weight *= occupied ? f[m] : 1.0 - f[m];
      if (!occupied) continue;
      FermionState sum(state.size());
      for (std::size_t x = 0; x < n; ++x) {
        const FermionState added = fermion(state, x, true);
        for (std::size_t T = 0; T < sum.size(); ++T) sum[T] += waves[m][x] * added[T];
      }
      state = sum;
    }
    all.emplace_back(weight, state);
  }
  return all;
}

/// ⟨a*_{x_1} … a*_{x_m} a_{y_m} … a_{y_1}⟩ by the Fock space.
Complex expectation(const std::vector<std::pair<double, FermionState>>& ensemble, const std::vector<std::size_t>& x,
                    const std::vector<std::size_t>& y) {
  Complex sum = 0.0;
  for (const auto& [weight, state] : ensemble) {
    FermionState left = state, right = state;
    for (const std::size_t site : x) left = fermion(left, site, false);
    for (const std::size_t site : y) right = fermion(right, site, false);
    sum += weight * product(left, right);
  }
  return sum;
}

/// a_x of bosons whose ladders are those of the waves.
test::FockState boson(const test::FockState& state, const std::vector<std::vector<Complex>>& waves, std::size_t x) {
  test::FockState result;
  for (std::size_t m = 0; m < waves.size(); ++m) result = std::move(result) + waves[m][x] * test::ladder(state, m, -1);
  return result;
}

Complex product(const test::FockState& a, const test::FockState& b) {
  Complex sum = 0.0;
  for (const auto& [n, c] : a) {
    const auto found = b.find(n);
    if (found != b.end()) sum += std::conj(c) * found->second;
  }
  return sum;
}

WaveMixture mixture_of(const LatticeBox& box, const std::vector<std::vector<Complex>>& waves,
                       const std::vector<double>& f) {
  std::vector<OccupiedWave> occupied;
  for (std::size_t m = 0; m < waves.size(); ++m) occupied.push_back({f[m], waves[m]});
  return {box, occupied};
}

/// ⟨a*_{x_i} a_{y_j}⟩ for Wick's theorem.
std::vector<Complex> coherences(const QuasifreeState& state, const std::vector<std::size_t>& x,
                                const std::vector<std::size_t>& y) {
  std::vector<Complex> values;
  for (const std::size_t i : x) {
    for (const std::size_t j : y) values.push_back(state.coherence(i, j));
  }
  return values;
}

double occupation(const Vector3& k) {
  double value = 0.4;
  for (std::size_t j = 0; j < 3; ++j) value += 0.1 * std::cos(two_pi * k[j]) + 0.02 * std::sin(two_pi * 2 * k[j]);
  return value;
}

/// ∫dk W(1 + θW) on the nodes.
double fluctuation_of(const std::vector<double>& W, Statistics statistics) {
  double sum = 0.0;
  for (const double w : W) sum += fluctuation(statistics, w);
  return sum / static_cast<double>(W.size());
}

std::vector<double> occupations(const LatticeBox& box) {
  return sample(LatticeGrid(box.points(), Dispersion::nearest_neighbour(box.dimension())), occupation);
}

}  // namespace

TEST_CASE("the Fock space of fermions obeys the theorem of Wick") {
  std::mt19937_64 random(1);
  const LatticeBox box(2, 2);
  const auto waves = random_basis(random, 4);
  const std::vector<double> f{0.9, 0.3, 0.0, 0.55};
  const auto ensemble = fermions(waves, f);
  const QuasifreeState state(DensityMatrix(mixture_of(box, waves, f)), Statistics::fermion);
  const double tolerance = 1e-14;  // sums over 16 states of numbers below 1
  for (std::size_t x = 0; x < 4; ++x) {
    for (std::size_t y = 0; y < 4; ++y) {
      CHECK(std::abs(state.coherence(x, y) - expectation(ensemble, {x}, {y})) < tolerance);
      // n_x n_y = a*_x a*_y a_y a_x + δ_xy n_x.
      const Complex pair = expectation(ensemble, {x, y}, {x, y}) + (x == y ? state.density(x) : 0.0);
      CHECK(std::abs(state.density_correlation(x, y) - (pair - state.density(x) * state.density(y))) < tolerance);
    }
  }
  for (const auto& [x, y] :
       std::vector<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>>{{{0, 1}, {2, 3}},
                                                                                  {{3, 1}, {1, 0}},
                                                                                  {{0, 1, 2}, {3, 1, 0}},
                                                                                  {{2, 0, 3}, {0, 2, 3}},
                                                                                  {{3, 0, 1, 2}, {0, 1, 2, 3}}}) {
    const auto exact = expectation(ensemble, x, y);
    CHECK(std::abs(wick_expectation(coherences(state, x, y), Statistics::fermion) - exact) < tolerance);
    if (x.size() < 4) CHECK(std::abs(exact) > 1e-3);  // of four, one wave of the four being empty, it is zero
  }
  CHECK(std::abs(wick_expectation({}, Statistics::fermion) - 1.0) == 0.0);
}

TEST_CASE("the Fock space of bosons obeys the theorem of Wick") {
  std::mt19937_64 random(2);
  const LatticeBox box(1, 2);
  const auto waves = random_basis(random, 2);
  const std::vector<double> f{0.2, 0.08};
  const QuasifreeState state(DensityMatrix(mixture_of(box, waves, f)), Statistics::boson);
  // Occupations have the weights (1−q) qⁿ, q = f/(1+f) ≤ 1/6: what is left out beyond 26 is below 1e-17.
  const auto expected = [&](const std::vector<std::size_t>& x, const std::vector<std::size_t>& y) {
    Complex sum = 0.0;
    for (int n = 0; n <= 26; ++n) {
      for (int m = 0; m <= 26; ++m) {
        const double weight =
            std::pow(f[0] / (1.0 + f[0]), n) / (1.0 + f[0]) * std::pow(f[1] / (1.0 + f[1]), m) / (1.0 + f[1]);
        if (weight < 1e-22) continue;
        test::FockState left{{{n, m}, 1.0}}, right = left;
        for (const std::size_t site : x) left = boson(left, waves, site);
        for (const std::size_t site : y) right = boson(right, waves, site);
        sum += weight * product(left, right);
      }
    }
    return sum;
  };
  const double tolerance = 1e-15;  // numbers of size 0.1 and below
  for (std::size_t x = 0; x < 2; ++x) {
    for (std::size_t y = 0; y < 2; ++y) {
      const Complex pair = expected({x, y}, {x, y}) + (x == y ? state.density(x) : 0.0);
      CHECK(std::abs(state.coherence(x, y) - expected({x}, {y})) < tolerance);
      CHECK(std::abs(state.density_correlation(x, y) - (pair - state.density(x) * state.density(y))) < tolerance);
    }
  }
  for (const auto& [x, y] : std::vector<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>>{
           {{0, 1}, {1, 1}}, {{0, 0, 1}, {1, 0, 0}}, {{0, 1, 1}, {1, 1, 1}}}) {
    CHECK(std::abs(wick_expectation(coherences(state, x, y), Statistics::boson) - expected(x, y)) < tolerance);
  }
}

TEST_CASE("Poisson fields and waves have the theorem of Wick of their kind") {
  const std::vector<Complex> c{0.3, {0.1, 0.2}, {0.1, -0.2}, 0.5};
  CHECK(std::abs(wick_expectation(c, Statistics::classical) - 0.15) < 1e-16);
  CHECK(std::abs(wick_expectation(c, Statistics::classical_wave) - 0.20) < 1e-16);  // ⟨|a|²|b|²⟩ of Gaussian numbers
  CHECK(std::abs(wick_expectation(c, Statistics::fermion) - 0.10) < 1e-16);
  const QuasifreeState waves(DensityMatrix({1, 2}, c), Statistics::classical_wave);
  CHECK_THAT(waves.density_correlation(0, 0), WithinAbs(0.09, 1e-16));
  CHECK_THAT(waves.density_correlation(0, 1), WithinAbs(0.05, 1e-16));
  const QuasifreeState poisson(DensityMatrix({1, 2}, c), Statistics::classical);
  CHECK_THAT(poisson.density_correlation(0, 0), WithinAbs(0.3, 1e-16));
  CHECK(poisson.density_correlation(0, 1) == 0.0);
}

TEST_CASE("bond currents are what densities change by") {
  // dR/dt = −i(hR − Rh) for a random Hamiltonian on eight sites.
  std::mt19937_64 random(3);
  const LatticeBox box(3, 2);
  const DensityMatrix R(test::random_mixture(random, box));
  const DensityMatrix h(test::random_mixture(random, box));
  const QuasifreeState state(R, Statistics::boson);
  for (std::size_t y = 0; y < 8; ++y) {
    Complex change = 0.0;
    double inflow = 0.0;
    for (std::size_t x = 0; x < 8; ++x) {
      change += Complex(0.0, -1.0) * (h(y, x) * R(x, y) - R(y, x) * h(x, y));
      inflow += bond_current(h(y, x), state.coherence(y, x));
    }
    CHECK_THAT(inflow, WithinAbs(change.real(), 1e-13 * (1.0 + std::abs(inflow))));
  }
  // Nearest neighbours, ω = Σ (1 − cos 2πk_j), have h(±e) = −½: the current on the bond to the next site is ∫dk v W.
  for (const auto& sites : {LatticeBox(1, 9), LatticeBox(2, 6), LatticeBox(3, 5)}) {
    const LatticeGrid grid(sites.points(), Dispersion::nearest_neighbour(sites.dimension()));
    const auto axes = static_cast<std::size_t>(sites.dimension());
    const auto W = occupations(sites);
    for (std::size_t j = 0; j < axes; ++j) {
      auto moving = W;
      double current = 0.0;
      for (std::size_t a = 0; a < W.size(); ++a) {
        moving[a] += 0.01 * std::sin(two_pi * grid.momentum(a)[j]);
        current += grid.weights()[a] * grid.velocities()[axes * a + j] * moving[a];
      }
      const LocalState local(sites, moving, Statistics::boson);
      std::array<int, 3> back{};
      back[j] = -1;  // ⟨a*_{x+e} a_x⟩
      CHECK_THAT(bond_current(-0.5, local.coherence(back)), WithinAbs(current, 1e-15));
      CHECK(std::abs(current) > 1e-3);
    }
  }
}

TEST_CASE("a local state is the Weyl quantisation of what does not depend on r") {
  for (const auto& box : {LatticeBox(1, 12), LatticeBox(2, 5), LatticeBox(3, 3)}) {
    const auto W = occupations(box);
    const LocalState local(box, W, Statistics::fermion);
    const QuasifreeState state(weyl_quantisation(box, [](const Vector3&, const Vector3& k) { return occupation(k); }),
                               Statistics::fermion);
    const int N = box.points();
    double sum = 0.0;
    for (std::size_t x = 0; x < box.size(); ++x) {
      std::array<int, 3> z{};
      std::size_t rest = x;
      for (auto j = static_cast<std::size_t>(box.dimension()); j-- > 0; rest /= static_cast<std::size_t>(N)) {
        z[j] = static_cast<int>(rest % static_cast<std::size_t>(N));
      }
      CHECK(std::abs(local.coherence(z) - state.coherence(0, x)) < 1e-15);
      CHECK_THAT(local.density_correlation(z), WithinAbs(state.density_correlation(0, x), 1e-15));
      z[0] -= 3 * N;
      CHECK_THAT(local.density_correlation(z), WithinAbs(state.density_correlation(0, x), 1e-15));
      sum += local.density_correlation(z);
    }
    CHECK_THAT(sum, WithinAbs(fluctuation_of(W, Statistics::fermion), 1e-14));  // the sum rule
    // A cube of two sites per axis at the origin.
    std::vector<double> cube(box.size());
    const int last = box.dimension();
    for (int corner = 0; corner < 1 << last; ++corner) {
      std::size_t x = 0;
      for (int j = 0; j < last; ++j) x = x * static_cast<std::size_t>(N) + static_cast<std::size_t>(corner >> j & 1);
      cube[x] = 1.0 / (1 << last);
    }
    const auto direct = state.sum_of_densities(cube);
    const auto average = local.box_average(2);
    CHECK_THAT(average.mean, WithinAbs(direct.mean, 1e-15));
    CHECK_THAT(average.variance, WithinAbs(direct.variance, 1e-15));
  }
}

TEST_CASE("the variance of box averages falls like the inverse volume") {
  for (const Statistics statistics : {Statistics::fermion, Statistics::boson, Statistics::classical}) {
    for (const auto& [box, sides] : std::vector<std::pair<LatticeBox, std::vector<int>>>{
             {{1, 512}, {32, 64, 128, 256}}, {{2, 48}, {6, 12, 24}}, {{3, 12}, {2, 4, 6}}}) {
      const auto W = occupations(box);
      const LocalState local(box, W, statistics);
      const double limit = fluctuation_of(W, statistics);
      const double mean = local.density();
      for (const int side : sides) {
        const auto average = local.box_average(side);
        const double volume = std::pow(side, box.dimension());
        CHECK(average.mean == mean);
        // |⟨a*_x a_{x+z}⟩| = 0.05 and 0.01 for z = ±1, ±2 along each axis; the surface cuts off the part |z|/ℓ.
        const double cut = theta(statistics) * box.dimension() * (2 * 0.0025 + 4 * 0.0001) / side;
        CHECK_THAT(average.variance * volume, WithinRel(limit - cut, 1e-12));
      }
      // All sites: the number, exactly.
      CHECK_THAT(local.box_average(box.points()).variance * static_cast<double>(box.size()), WithinRel(limit, 1e-12));
    }
  }
}

TEST_CASE("averages with a test function become sharp as the lattice becomes fine") {
  // N⁻¹ Σ φ(x/N) n_x of a gas with W(r,k): mean → ∫dr φ ∫dk W, N·variance → ∫dr φ² ∫dk W(1−W).
  const auto W = [](const Vector3& r, const Vector3& k) {
    return 0.4 + 0.2 * std::cos(two_pi * r[0]) + 0.1 * std::cos(two_pi * k[0]) * std::sin(two_pi * r[0]);
  };
  // φ = 1 + cos 2πr. ∫φ∫W = 0.5. ∫W(1−W)dk = w − w² − 0.005 sin², w = 0.4 + 0.2 cos; times φ²:
  // ⟨φ²⟩ = 1.5, ⟨φ² cos⟩ = 1, ⟨φ² cos²⟩ = 0.875, ⟨φ² sin²⟩ = 0.625; w − w² = 0.24 + 0.04 cos − 0.04 cos².
  const double limit = 0.24 * 1.5 + 0.04 - 0.04 * 0.875 - 0.005 * 0.625;
  double previous = 0.0;
  for (const int N : {16, 32, 64}) {
    const LatticeBox box(1, N);
    const QuasifreeState state(weyl_quantisation(box, W), Statistics::fermion);
    std::vector<double> phi;
    for (int x = 0; x < N; ++x) phi.push_back((1.0 + std::cos(two_pi * x / N)) / N);
    const auto average = state.sum_of_densities(phi);
    CAPTURE(N);
    CHECK_THAT(average.mean, WithinAbs(0.5, 1e-14));
    const double error = N * average.variance - limit;
    CHECK(std::abs(error) < 1.0 / (N * N));
    if (previous != 0.0) CHECK_THAT(previous / error, WithinAbs(4.0, 0.2));  // midpoints: second order
    previous = error;
  }
}

TEST_CASE("quasifree states say what they refuse") {
  using test::says;
  using test::sentence;
  const LatticeBox box(1, 3);
  const auto local = [&](std::vector<double> W, Statistics statistics) {
    return sentence([&] { return LocalState(box, W, statistics); });
  };
  CHECK(says(local({0.1, 0.2}, Statistics::boson), "2 values"));
  CHECK(says(local({0.1, -0.2, 0.3}, Statistics::boson), "W = -0.2 at momentum number 1"));
  CHECK(says(local({0.1, 0.2, 1.3}, Statistics::fermion), "W <= 1"));
  CHECK(says(local({0.1, 0.2, std::numeric_limits<double>::infinity()}, Statistics::boson), "W = inf"));
  CHECK(local({0.1, 0.2, 1.3}, Statistics::boson) == "accepted");
  const std::vector<double> W{0.1, 0.2, 0.3};
  CHECK(says(sentence([&] { return LocalState(box, W, Statistics::boson).box_average(4); }), "4 sites per axis"));
  const QuasifreeState state(DensityMatrix(box, std::vector<Complex>(9)), Statistics::boson);
  CHECK(says(sentence([&] { return state.sum_of_densities(std::vector<double>(2)); }), "2 weights"));
  CHECK(says(sentence([] { return wick_expectation(std::vector<Complex>(5), Statistics::boson); }), "5 coherences"));
  CHECK(says(sentence([] { return wick_expectation(std::vector<Complex>(289), Statistics::boson); }), "m <= 16"));
}
