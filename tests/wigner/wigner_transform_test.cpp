// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/momentum/periodic_box.hpp>
#include <nordheim/wigner/wigner_transform.hpp>

#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/one_particle_states.hpp"
#include "support/refusal.hpp"
#include "support/two_pi.hpp"

#include <array>
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

double largest_difference(ConstState a, ConstState b) {
  REQUIRE(a.size() == b.size());
  double result = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) result = larger(result, std::abs(a[i] - b[i]));
  return result;
}

/// Index of site or momentum a along each axis.
std::array<int, 3> index_of(std::size_t a, int d, int N) {
  std::array<int, 3> i{};
  for (int j = d; j-- > 0; a /= static_cast<std::size_t>(N)) {
    i[static_cast<std::size_t>(j)] = static_cast<int>(a % static_cast<std::size_t>(N));
  }
  return i;
}

/// Along one axis: N^{−1} Σ_p e^{i2πp(r − y − z/2)} over |Np| < n_r/2, or up to N/2 for n_r = N with half of each sign.
double midpoint_kernel(int N, int nodes, double r, int y, double z) {
  double sum = 0.0;
  for (int p = -N / 2; p <= N / 2; ++p) {
    if (nodes < N && 2 * std::abs(p) >= nodes) continue;
    const double weight = 2 * std::abs(p) == N ? 0.5 : 1.0;
    sum += weight * std::cos(two_pi * p * (r - y - 0.5 * z) / N);  // the sines of ±p cancel
  }
  return sum / N;
}

/// The definition, sum by sum: shape (n_r^d, N^d).
std::vector<double> by_definition(const DensityMatrix& R, int nodes) {
  const int d = R.box().dimension();
  const int N = R.box().points();
  const std::size_t n = R.box().size();
  // kernel[(j N + z) N + y], the displacement z signed, ±N/2 in the mean.
  std::vector<double> kernel;
  for (int j = 0; j < nodes; ++j) {
    for (int z = 0; z < N; ++z) {
      for (int y = 0; y < N; ++y) {
        const double r = static_cast<double>(j) * N / nodes;
        const double there = midpoint_kernel(N, nodes, r, y, 2 * z >= N ? z - N : z);
        kernel.push_back(2 * z == N ? 0.5 * (there + midpoint_kernel(N, nodes, r, y, z)) : there);
      }
    }
  }
  std::size_t positions = 1;
  for (int j = 0; j < d; ++j) positions *= static_cast<std::size_t>(nodes);
  std::vector<double> W;
  for (std::size_t r = 0; r < positions; ++r) {
    const auto at = index_of(r, d, nodes);
    std::vector<Complex> c(n);
    for (std::size_t x = 0; x < n; ++x) {
      for (std::size_t y = 0; y < n; ++y) {
        const auto i = index_of(x, d, N), o = index_of(y, d, N);
        double product = 1.0;
        std::size_t z = 0;
        for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
          const int difference = (i[j] - o[j] + N) % N;
          product *= kernel[static_cast<std::size_t>((at[j] * N + difference) * N + o[j])];
          z = z * static_cast<std::size_t>(N) + static_cast<std::size_t>(difference);
        }
        c[z] += product * R(x, y);
      }
    }
    for (std::size_t k = 0; k < n; ++k) {
      Complex sum = 0.0;
      for (std::size_t z = 0; z < n; ++z) {
        const auto i = index_of(k, d, N), o = index_of(z, d, N);
        sum += std::polar(1.0, -two_pi * (i[0] * o[0] + i[1] * o[1] + i[2] * o[2]) / N) * c[z];
      }
      CHECK(std::abs(sum.imag()) < 1e-11);  // R is hermitian; sums of up to 4096 terms of size 1
      W.push_back(sum.real());
    }
  }
  return W;
}

/// n(k) = Σ_xy e^{−i2πk(x−y)} R(x,y) in one dimension.
std::vector<double> momentum_distribution(const DensityMatrix& R) {
  const std::size_t N = R.box().size();
  std::vector<double> n(N);
  for (std::size_t k = 0; k < N; ++k) {
    for (std::size_t x = 0; x < N; ++x) {
      double row = 0.0;  // two short sums are rounded less than a long one
      for (std::size_t y = 0; y < N; ++y) {
        const auto product = static_cast<double>(k * (x + N - y) % N);
        row += (std::polar(1.0, -two_pi * product / static_cast<double>(N)) * R(x, y)).real();
      }
      n[k] += row;
    }
  }
  return n;
}

std::vector<double> diagonal(const DensityMatrix& R) {
  std::vector<double> rho;
  for (std::size_t x = 0; x < R.box().size(); ++x) rho.push_back(R(x, x).real());
  return rho;
}

/// tr R².
double purity(const DensityMatrix& R) {
  double sum = 0.0;
  for (const Complex value : R.values()) sum += std::norm(value);
  return sum;
}

WaveMixture plane_wave(const LatticeBox& box, int k) {
  std::vector<Complex> psi(box.size());
  for (std::size_t x = 0; x < psi.size(); ++x) {
    psi[x] = std::polar(1.0 / std::sqrt(box.points()), two_pi * k * static_cast<double>(x) / box.points());
  }
  return WaveMixture::pure(box, psi);
}

WaveMixture one_site(const LatticeBox& box) {
  std::vector<Complex> psi(box.size());
  psi[box.size() / 2] = 1.0;
  return WaveMixture::pure(box, psi);
}

}  // namespace

TEST_CASE("the Wigner function is the sum that defines it") {
  struct Size {
    int d, N, nodes;
  };
  std::mt19937_64 random(1);
  for (const auto [d, N, nodes] : {Size{1, 2, 2},
                                   {1, 9, 9},
                                   {1, 10, 10},
                                   {1, 12, 12},
                                   {1, 9, 4},
                                   {1, 10, 7},
                                   {1, 10, 1},
                                   {2, 4, 4},
                                   {2, 5, 5},
                                   {2, 6, 4},
                                   {3, 2, 2},
                                   {3, 3, 3},
                                   {3, 4, 3}}) {
    const DensityMatrix R(test::random_mixture(random, {d, N}));
    const auto W = wigner_transform(R, nodes);
    CAPTURE(d, N, nodes);
    // Sums of N^{2d} <= 4096 terms whose moduli add up to some 100.
    CHECK(largest_difference(W.values(), by_definition(R, nodes)) < 1e-12);
  }
}

TEST_CASE("marginals of the Wigner function are exact for odd and even boxes") {
  std::mt19937_64 random(2);
  for (const int N : {63, 64}) {
    const LatticeBox box(1, N);
    const PacketShape shape{{N / 2.0, 0, 0}, {0.2, 0, 0}, 5.0};
    const WaveMixture states[] = {test::random_mixture(random, box),
                                  WaveMixture::pure(box, gaussian_packet(box, shape)), one_site(box),
                                  plane_wave(box, 16)};
    for (const WaveMixture& state : states) {
      const DensityMatrix R(state);
      const auto W = wigner_transform(R);
      const auto rho = diagonal(R);
      const auto n = momentum_distribution(R);
      CAPTURE(N, &state - &states[0]);
      // Round-off of transforms of 64 points, and that of n by its definition: sums of 64 terms, twice.
      CHECK(largest_difference(W.density(), rho) < 1e-13 * test::largest(rho));
      CHECK(largest_difference(W.momentum_distribution(), n) < 1e-13 * test::largest(n));
      double number = 0.0;
      for (const double value : rho) number += value;
      CHECK_THAT(W.number(), WithinRel(number, 1e-14));
      // Even N: the mean at the Nyquist mode loses what a smooth state does not have.
      if (N % 2 == 1) CHECK_THAT(W.square(), WithinRel(purity(R), 1e-13));  // plain sums of 4000 squares;
      if (N % 2 == 0 && &state == &states[1]) CHECK_THAT(W.square(), WithinRel(1.0, 1e-10));
    }
  }
}

TEST_CASE("a packet has no ghosts at the other end of the box or of the torus") {
  for (const int N : {63, 64}) {
    const LatticeBox box(1, N);
    const auto W = wigner_transform(WaveMixture::pure(box, gaussian_packet(box, {{15, 0, 0}, {0.2, 0, 0}, 3.0})));
    double peak = 0.0, far = 0.0, ghost = 0.0;
    for (int x = 0; x < N; ++x) {
      for (int i = 0; i < N; ++i) {
        const double k = static_cast<double>(i) / N;
        const double value = std::abs(W.at(static_cast<std::size_t>(x))[static_cast<std::size_t>(i)]);
        peak = larger(peak, value);
        if (std::min(std::abs(x - 15), N - std::abs(x - 15)) > 20) far = larger(far, value);
        if (std::min(std::abs(k - 0.2), 1.0 - std::abs(k - 0.2)) > 0.25) ghost = larger(ghost, value);
      }
    }
    CAPTURE(N);
    CHECK(peak > 1.9);           // 2 of a Gaussian
    CHECK(far < 2e-8 * peak);    // its tail, e^{−(20/3)²/...}; 1 with integer midpoints alone
    CHECK(ghost < 2e-7 * peak);  // its tail; 1 with integer midpoints alone
  }
}

TEST_CASE("waves and their density matrix have the same Wigner function") {
  std::mt19937_64 random(3);
  for (const auto& box : {LatticeBox(1, 30), LatticeBox(2, 7), LatticeBox(3, 4)}) {
    const auto mixture = test::random_mixture(random, box);
    for (const int nodes : {0, 3}) {
      const auto a = wigner_transform(mixture, nodes);
      const auto b = wigner_transform(DensityMatrix(mixture), nodes);
      CHECK(a.nodes() == (nodes == 0 ? box.points() : nodes));
      CHECK(largest_difference(a.values(), b.values()) < 1e-12);  // round-off at 2 Σ p |ψ|² of 500
    }
  }
}

TEST_CASE("fewer positions keep the momenta and cut the density off") {
  const LatticeBox box(2, 15);
  std::mt19937_64 random(4);
  const auto mixture = test::random_mixture(random, box);
  const auto all = wigner_transform(mixture);
  const auto few = wigner_transform(mixture, 5);
  // Sums over r are the mode p = 0, which is kept; round-off at n(k) of 1000.
  CHECK(largest_difference(all.momentum_distribution(), few.momentum_distribution()) < 1e-11);
  CHECK_THAT(few.number(), WithinRel(all.number(), 1e-13));
  // The positions of an inhomogeneous state on as many nodes.
  const PeriodicBox space({15.0, 15.0}, {5, 5});
  REQUIRE(few.positions() == space.size());
  for (std::size_t r = 0; r < space.size(); ++r) CHECK(few.position(r) == space.position(r));
  // A packet that five positions per axis resolve: every third site. Its modes fall like e^{−(π p σ)²}: at p = 3/15
  // with σ = 6 to e^{−14}.
  const auto smooth = WaveMixture::pure(box, gaussian_packet(box, {{7, 6.5, 0}, {0.1, 0.3, 0}, 6.0}));
  const auto fine = wigner_transform(smooth);
  const auto coarse = wigner_transform(smooth, 5);
  double error = 0.0;
  for (std::size_t r = 0; r < coarse.positions(); ++r) {
    const std::size_t site = (r / 5 * 3) * 15 + r % 5 * 3;
    error = larger(error, largest_difference(coarse.at(r), fine.at(site)));
  }
  CHECK(error < 1e-4);
  CHECK(test::largest(fine.values()) > 0.5);
}

TEST_CASE("the Wigner transform says what it refuses") {
  const LatticeBox box(1, 3);
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  using test::says;
  using test::sentence;
  CHECK(says(sentence([] { return LatticeBox(4, 3); }), "dimension 4"));
  CHECK(says(sentence([] { return LatticeBox(1, 1); }), "at least 2"));
  CHECK(says(sentence([&] { return DensityMatrix(box, std::vector<Complex>(8)); }), "needs 9"));
  std::vector<Complex> R(9);
  R[1] = {0.0, 1.0};
  R[3] = {0.0, 1.0};
  CHECK(says(sentence([&] { return DensityMatrix(box, R); }), "R(1,0) differs from the conjugate of R(0,1) by 2"));
  R[3] = -R[3];
  CHECK(sentence([&] { return DensityMatrix(box, R); }) == "accepted");
  CHECK(says(sentence([&] { return wigner_transform(DensityMatrix(box, R), 4); }), "nodes = 4"));
  R[0] = nan;
  CHECK(says(sentence([&] { return DensityMatrix(box, R); }), "not finite at (0, 0)"));
  CHECK(says(sentence([&] { return WaveMixture(box, {}); }), "no waves"));
  CHECK(says(sentence([&] { return WaveMixture::pure(box, std::vector<Complex>(2)); }), "has 2 values"));
  CHECK(says(sentence([&] { return WaveMixture(box, {{-1.0, std::vector<Complex>(3)}}); }), "occupation -1"));
  CHECK(says(sentence([&] { return WaveMixture::pure(box, {0.0, nan, 0.0}); }), "not finite at site 1"));
  CHECK(says(sentence([&] { return gaussian_packet(box, {{}, {}, 4.0}); }), "width 4"));
  CHECK(says(sentence([&] { return gaussian_packet(box, {{nan, 0, 0}, {}, 1.0}); }), "finite"));
  CHECK(says(sentence([&] { return PhaseSpaceFunction(box, 2, std::vector<double>(5)); }), "need 6"));
  CHECK(says(sentence([&] { return PhaseSpaceFunction(box, 4, {}); }), "4 positions"));
  CHECK(says(sentence([&] { return PhaseSpaceFunction(box, 1, {0.0, 0.0, nan}); }), "position 0, momentum 2"));
  CHECK(says(sentence([] {
               const LatticeBox large(1, 100000);
               return wigner_transform(WaveMixture::pure(large, std::vector<Complex>(100000)));
             }),
             "at most 8589934592"));
}
