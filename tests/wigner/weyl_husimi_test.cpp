// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/lattice_grid.hpp>
#include <nordheim/wigner/husimi_transform.hpp>
#include <nordheim/wigner/weyl_quantisation.hpp>
#include <nordheim/wigner/wigner_transform.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/one_particle_states.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

using namespace nordheim;
using nordheim::test::Complex;
using nordheim::test::larger;
using nordheim::test::two_pi;

namespace {

template <class Values>
double largest_difference(const Values& a, const Values& b) {
  REQUIRE(a.size() == b.size());
  double result = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) result = larger(result, std::abs(a[i] - b[i]));
  return result;
}

/// A gas that varies along the box, between −0.05 and 0.65.
double gas(const Vector3& r, const Vector3& k) {
  return 0.3 + 0.2 * std::cos(two_pi * k[0]) * (1.0 + 0.5 * std::cos(two_pi * r[0])) +
         0.1 * std::sin(two_pi * (k[0] - r[0]));
}

/// In more dimensions, harmonics of first order in every coordinate.
double gas_everywhere(const Vector3& r, const Vector3& k) {
  double value = 0.3;
  for (std::size_t j = 0; j < 3; ++j) {
    value += 0.1 * std::cos(two_pi * (k[j] - r[(j + 1) % 3])) + 0.05 * std::sin(two_pi * (k[j] + r[j] + 0.1));
  }
  return value;
}

/// Values at the positions and momenta of a PhaseSpaceFunction.
PhaseSpaceFunction sampled(const LatticeBox& box, int nodes, double (*W)(const Vector3&, const Vector3&)) {
  const LatticeGrid grid(box.points(), Dispersion::nearest_neighbour(box.dimension()));
  std::size_t positions = 1;
  for (int j = 0; j < box.dimension(); ++j) positions *= static_cast<std::size_t>(nodes);
  const PhaseSpaceFunction empty(box, nodes, std::vector<double>(positions * box.size()));
  std::vector<double> values;
  for (std::size_t r = 0; r < positions; ++r) {
    Vector3 place = empty.position(r);
    for (double& x : place) x /= box.points();
    for (std::size_t k = 0; k < grid.size(); ++k) values.push_back(W(place, grid.momentum(k)));
  }
  return {box, nodes, values};
}

/// R(y+z, y) from W at the left point y instead of the midpoint, made hermitian, for one dimension.
DensityMatrix left_point(int N) {
  const auto n = static_cast<std::size_t>(N);
  std::vector<Complex> left(n * n);
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y < n; ++y) {
      for (int i = 0; i < N; ++i) {
        const double k = static_cast<double>(i) / N;
        const double z = static_cast<double>(x) - static_cast<double>(y);
        left[x * n + y] += gas({static_cast<double>(y) / N, 0, 0}, {k, 0, 0}) * std::polar(1.0 / N, two_pi * k * z);
      }
    }
  }
  std::vector<Complex> R(n * n);
  for (std::size_t x = 0; x < n; ++x) {
    for (std::size_t y = 0; y < n; ++y) R[x * n + y] = 0.5 * (left[x * n + y] + std::conj(left[y * n + x]));
  }
  return {{1, N}, R};
}

/// Two packets of equal momentum: fringes between them, where W is negative.
WaveMixture cat_state() {
  const LatticeBox box(1, 64);
  const auto left = gaussian_packet(box, {{20, 0, 0}, {0.1, 0, 0}, 4.0});
  auto psi = gaussian_packet(box, {{44, 0, 0}, {0.1, 0, 0}, 4.0});
  for (std::size_t x = 0; x < psi.size(); ++x) psi[x] = (psi[x] + left[x]) / std::sqrt(2.0);
  return WaveMixture::pure(box, psi);
}

/// N^{−1} Σ_y f(y) g(x−y) with the factor given; periodic.
std::vector<double> convolved(const std::vector<double>& f, const std::vector<double>& g, double factor) {
  const std::size_t N = f.size();
  std::vector<double> result(N);
  for (std::size_t x = 0; x < N; ++x) {
    for (std::size_t y = 0; y < N; ++y) result[x] += factor * f[y] * g[(x + N - y) % N];
  }
  return result;
}

}  // namespace

TEST_CASE("the Weyl quantisation is the inverse of the Wigner transform") {
  std::mt19937_64 random(1);
  for (const auto& box : {LatticeBox(1, 31), LatticeBox(2, 5), LatticeBox(3, 3)}) {
    const DensityMatrix R(test::random_mixture(random, box));
    const auto back = weyl_quantisation(wigner_transform(R));
    double scale = 0.0;
    for (const Complex value : R.values()) scale = larger(scale, std::abs(value));
    CHECK(largest_difference(R.values(), back.values()) < 1e-14 * scale);  // four transforms
  }
  // Even boxes, for what has no mode of alternating signs; a formula and its values, on all sites and on fewer.
  for (const auto& box : {LatticeBox(1, 16), LatticeBox(1, 15), LatticeBox(2, 6), LatticeBox(2, 5), LatticeBox(3, 4)}) {
    const auto W = sampled(box, box.points(), gas_everywhere);
    const auto R = weyl_quantisation(box, gas_everywhere);
    CAPTURE(box.dimension(), box.points());
    CHECK(largest_difference(wigner_transform(R).values(), W.values()) < 2e-15);
    CHECK(largest_difference(weyl_quantisation(W).values(), R.values()) < 1e-15);
    for (const int nodes : {3, 4}) {
      const auto few = sampled(box, nodes, gas_everywhere);
      CAPTURE(nodes);
      CHECK(largest_difference(weyl_quantisation(few).values(), R.values()) < 1e-15);
      CHECK(largest_difference(wigner_transform(R, nodes).values(), few.values()) < 2e-15);
    }
  }
}

TEST_CASE("midpoints are exact where left points are wrong by the square of the lattice constant") {
  const double expected[] = {3.03e-3, 7.78e-4, 1.95e-4, 4.87e-5};  // an independent program's, to the digits printed
  int N = 16;
  for (const double error : expected) {
    const auto W = sampled({1, N}, N, gas);
    CAPTURE(N);
    CHECK(largest_difference(wigner_transform(weyl_quantisation({1, N}, gas)).values(), W.values()) < 1e-14);
    CHECK_THAT(largest_difference(wigner_transform(left_point(N)).values(), W.values()), WithinRel(error, 4e-3));
    N *= 2;
  }
}

TEST_CASE("the spectrum of a density matrix tells whether it is a state") {
  // An independent program's, to the digits printed: inside the range of W, −0.0493 to 0.6493, and not the same.
  const double expected[][2] = {{-0.0094, 0.6094}, {-0.0285, 0.6285}, {-0.0387, 0.6387}, {-0.0440, 0.6440}};
  int N = 16;
  for (const auto& [lowest, highest] : expected) {
    const auto range = spectrum(weyl_quantisation({1, N}, gas));
    CHECK_THAT(range.lowest, WithinAbs(lowest, 5.1e-5));
    CHECK_THAT(range.highest, WithinAbs(highest, 5.1e-5));
    N *= 2;
  }
  // Without r the eigenvectors are plane waves and the eigenvalues the values of W.
  const LatticeBox box(2, 7);
  const auto uniform = [](const Vector3&, const Vector3& k) {
    return 0.5 + 0.4 * std::cos(two_pi * (k[0] - 2 * k[1]));
  };
  const auto range = spectrum(weyl_quantisation(box, uniform));
  CHECK(range.error < 2e-14);
  CHECK(std::abs(range.lowest - (0.5 + 0.4 * std::cos(two_pi * 3 / 7))) <= range.error);
  CHECK(std::abs(range.highest - 0.9) <= range.error);
  // Alternating signs in z, ±N/2 in the mean: again plane waves.
  const auto alternating = spectrum(weyl_quantisation(
      {1, 6}, [](const Vector3&, const Vector3& k) { return 0.5 + 0.3 * std::cos(two_pi * 3 * k[0]); }));
  CHECK(std::abs(alternating.lowest - 0.2) < 1e-14);
  CHECK(std::abs(alternating.highest - 0.8) < 1e-14);
  // 0 ≤ W ≤ 1, and no state: a filled square of one cell of phase space.
  const auto square = [](const Vector3& r, const Vector3& k) {
    return std::abs(r[0] - 0.5) < 0.1 && std::abs(k[0]) < 0.1 ? 1.0 : 0.0;
  };
  const auto sharp = spectrum(weyl_quantisation({1, 25}, square));
  CHECK(sharp.lowest < -0.1);
  CHECK(test::says(test::sentence([] {
                     return spectrum(DensityMatrix({1, 4097}, std::vector<Complex>(std::size_t{4097} * 4097)));
                   }),
                   "at most 4096"));
  CHECK(test::says(test::sentence([&] {
                     return weyl_quantisation(
                         box, [](const Vector3& r, const Vector3& k) { return 1.0 / (r[0] - 0.5 + 0.0 * k[0]); });
                   }),
                   "W = inf at r = (0.5, 0, 0)"));
}

TEST_CASE("the Husimi function is positive and its marginals are smeared ones") {
  const auto state = cat_state();
  const LatticeBox& box = state.box();
  const auto W = wigner_transform(state);
  CHECK(*std::min_element(W.values().begin(), W.values().end()) < -1.4);
  for (const double width : {2.0, balanced_width(box), 6.0}) {
    const auto H = husimi_transform(state, width);
    const auto g = WaveMixture::pure(box, gaussian_packet(box, {{}, {}, width}));
    const auto window = wigner_transform(g);
    CAPTURE(width);
    CHECK(*std::min_element(H.values().begin(), H.values().end()) >= 0.0);
    CHECK_THAT(H.number(), WithinRel(W.number(), 1e-14));
    // Sums of 64 numbers of size 0.1 and 6.
    CHECK(largest_difference(H.density(), convolved(W.density(), window.density(), 1.0)) < 1e-15);
    CHECK(largest_difference(H.momentum_distribution(),
                             convolved(W.momentum_distribution(), window.momentum_distribution(), 1.0 / 64)) < 2e-14);
    // H = W convolved with the Wigner function of the window, by its definition.
    double error = 0.0;
    for (std::size_t r = 0; r < 64; r += 7) {
      for (std::size_t k = 0; k < 64; k += 5) {
        double sum = 0.0;
        for (std::size_t s = 0; s < 64; ++s) {
          for (std::size_t q = 0; q < 64; ++q) sum += W.at(s)[q] * window.at((r + 64 - s) % 64)[(k + 64 - q) % 64] / 64;
        }
        error = larger(error, std::abs(sum - H.at(r)[k]));
      }
    }
    CHECK(error < 1e-14);  // 4096 terms whose moduli add up to some units
  }
}

TEST_CASE("waves and their density matrix have the same Husimi function, within the spectrum") {
  std::mt19937_64 random(2);
  for (const auto& box : {LatticeBox(1, 30), LatticeBox(1, 15), LatticeBox(2, 6), LatticeBox(3, 3)}) {
    const auto mixture = test::random_mixture(random, box);
    const DensityMatrix R(mixture);
    const auto range = spectrum(R);
    // From the overlaps of three waves: R has sites enough for other eigenvalues, which are zero.
    const auto of_waves = spectrum(mixture);
    CHECK(std::abs(of_waves.highest - range.highest) < range.error + of_waves.error);
    CHECK(std::abs(of_waves.lowest - range.lowest) < range.error + of_waves.error);
    const auto all = husimi_transform(mixture, 1.3);
    const auto [low, high] = std::minmax_element(all.values().begin(), all.values().end());
    CHECK(*low >= 0.0);
    CHECK(*high <= range.highest);
    CHECK(largest_difference(all.values(), husimi_transform(R, 1.3).values()) < 2e-14 * range.highest);
    const auto few = husimi_transform(mixture, 1.3, 3);
    CHECK(largest_difference(few.values(), husimi_transform(R, 1.3, 3).values()) < 2e-14 * range.highest);
    // Every (N/3)-th site; the last position stands for all.
    const auto last = few.position(few.positions() - 1);
    std::size_t site = 0;
    for (std::size_t j = 0; j < static_cast<std::size_t>(box.dimension()); ++j) {
      site = site * static_cast<std::size_t>(box.points()) + static_cast<std::size_t>(last[j]);
    }
    CHECK(largest_difference(few.at(few.positions() - 1), all.at(site)) == 0.0);
  }
  CHECK(test::says(test::sentence([] { return husimi_transform(cat_state(), 2.0, 5); }), "divisors of the 64"));
  CHECK(test::says(test::sentence([] { return husimi_transform(cat_state(), 65.0); }), "width 65"));
}

TEST_CASE("coarse Husimi functions miss the number by what is promised") {
  // One particle on one site: the sum over every step-th centre against that over all.
  std::vector<Complex> psi(32);
  psi[0] = 1.0;
  const auto state = WaveMixture::pure({1, 32}, psi);
  for (const double width : {2.5, 4.0}) {
    const double step = 4.0;
    const double bound = 2.0 * std::exp(-std::pow(3.14159265358979 * width / step, 2));
    const double error = std::abs(husimi_transform(state, width, 8).number() - 1.0);
    CHECK(error < 1.01 * bound);  // and e^{−4 (…)²} less
    CHECK(error > 0.9 * bound);
  }
}
