// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/periodic_box.hpp>

#include "momentum/box_transform.hpp"
#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/two_pi.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

using namespace nordheim;
using test::larger;
using test::two_pi;

namespace {

double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/// Any function of node and momentum without symmetry.
double pattern(std::size_t r, std::size_t k) {
  const auto x = static_cast<double>(3 * r + 7 * k);
  return std::sin(1.0 + x * x);
}

}  // namespace

TEST_CASE("nodes and modes of a box") {
  const PeriodicBox box({6.0, 4.0}, {3, 4});
  CHECK(box.dimension() == 2);
  CHECK(box.size() == 12);
  CHECK(box.volume() == 24.0);
  CHECK(box.position(0) == Vector3{});
  CHECK(box.position(1) == Vector3{0.0, 1.0, 0.0});
  CHECK(box.position(11) == Vector3{4.0, 3.0, 0.0});
  CHECK(box.positions()[23] == 3.0);
  CHECK(box.modes() == 9);
  CHECK(box.wavevector(0) == Vector3{});
  CHECK(box.wavevector(1) == Vector3{0.0, two_pi / 4.0, 0.0});
  CHECK(box.wavevector(2) == Vector3{});  // at the limit of the last axis
  CHECK(box.wavevector(6) == Vector3{-two_pi / 6.0, 0.0, 0.0});
  CHECK(box.multiplicity(6) == 1);
  CHECK(box.multiplicity(7) == 2);
  CHECK(box.multiplicity(8) == 1);
  CHECK(box.fineness(2) == 1.0);
  CHECK(box.fineness(3) == Approx(2.0 / 3.0));
  std::size_t terms = 0;
  for (std::size_t m = 0; m < box.modes(); ++m) terms += static_cast<std::size_t>(box.multiplicity(m));
  CHECK(terms == box.size());
}

TEST_CASE("the transform in space gives the Fourier coefficients of every momentum") {
  for (const auto& points : {std::vector{8}, {5}, {1}, {4, 3}, {3, 4}, {2, 3, 4}}) {
    std::vector<double> lengths(points.size());
    for (std::size_t j = 0; j < points.size(); ++j) lengths[j] = 1.5 + static_cast<double>(j);
    const PeriodicBox box(lengths, points);
    const std::size_t n_k = 19;  // one full buffer and some lanes of a second
    std::vector<double> state(box.size() * n_k), back(box.size() * n_k);
    for (std::size_t r = 0; r < box.size(); ++r) {
      for (std::size_t k = 0; k < n_k; ++k) state[r * n_k + k] = pattern(r, k);
    }
    const detail::BoxTransform transform(box);
    auto buffer = transform.buffer();
    double error = 0.0;
    for (std::size_t first = 0; first < n_k; first += detail::BoxTransform::lanes) {
      const std::size_t count = std::min(detail::BoxTransform::lanes, n_k - first);
      transform.gather(state.data(), n_k, first, count, buffer);
      transform.to_modes(buffer);
      for (std::size_t m = 0; m < box.modes(); ++m) {
        if (box.fineness(m) == 1.0) continue;  // there q is not that of the mode
        for (std::size_t a = 0; a < count; ++a) {
          std::complex<double> sum = 0.0;
          for (std::size_t r = 0; r < box.size(); ++r) {
            sum += std::polar(pattern(r, first + a), -dot(box.wavevector(m), box.position(r)));
          }
          sum /= static_cast<double>(box.size());
          error = larger(error, std::abs(sum - buffer.modes[m * detail::BoxTransform::lanes + a]));
        }
      }
      transform.to_space(buffer);
      transform.scatter(buffer, back.data(), n_k, first, count, [](double, double value) { return value; });
    }
    for (std::size_t i = 0; i < state.size(); ++i) error = larger(error, std::abs(back[i] - state[i]));
    CHECK(error < 1e-14);  // sums of at most 24 numbers of size 1
  }
}

TEST_CASE("boxes that cannot be are refused") {
  CHECK_THROWS_AS(PeriodicBox({}, {}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({1.0, 1.0, 1.0, 1.0}, {1, 1, 1, 1}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({1.0}, {4, 4}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({0.0}, {4}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({-1.0}, {4}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({std::nan("")}, {4}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({1.0}, {0}), InvalidArgument);
  CHECK_THROWS_AS(PeriodicBox({1.0, 1.0, 1.0}, {2048, 2048, 2048}), InvalidArgument);
}
