// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/correlator.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <string>

using namespace nordheim;
using nordheim::test::says;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();

using Entries = std::vector<CorrelatorEntry>;

/// ϑ(0) = 1, ϑ(±e_j) = t.
Entries star(int dimension, double t) {
  Entries entries{{{0, 0, 0}, 1.0}};
  for (std::size_t j = 0; j < static_cast<std::size_t>(dimension); ++j) {
    for (const int sign : {1, -1}) {
      CorrelatorEntry entry{{}, t};
      entry.x[j] = sign;
      entries.push_back(entry);
    }
  }
  return entries;
}

/// Σ_x ϑ(x) cos 2πq·x, term by term.
double direct_sum(const Entries& entries, const Vector3& q) {
  double sum = 0.0;
  for (const auto& [x, value] : entries) {
    sum += value * std::cos(2.0 * pi * (q[0] * x[0] + q[1] * x[1] + q[2] * x[2]));
  }
  return sum;
}

/// Positive definite as the correlation of a random filter with itself; not symmetric under any reflection of an axis.
Entries random_table(int dimension, int width, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  const int ny = dimension > 1 ? width : 1;
  const int nz = dimension > 2 ? width : 1;
  std::vector<double> filter(static_cast<std::size_t>(width * ny * nz));
  for (double& f : filter) f = normal(random);
  const auto at = [&](int a, int b, int c) {
    const bool inside = a >= 0 && a < width && b >= 0 && b < ny && c >= 0 && c < nz;
    const int index = (a * ny + b) * nz + c;
    return inside ? filter[static_cast<std::size_t>(index)] : 0.0;
  };
  Entries entries;
  for (int x = 1 - width; x < width; ++x) {
    for (int y = 1 - ny; y < ny; ++y) {
      for (int z = 1 - nz; z < nz; ++z) {
        const CorrelatorEntry image{{-x, -y, -z}, 0.0};
        const auto known =
            std::find_if(entries.begin(), entries.end(), [&](const CorrelatorEntry& e) { return e.x == image.x; });
        double sum = 0.0;
        for (int a = 0; a < width; ++a) {
          for (int b = 0; b < ny; ++b) {
            for (int c = 0; c < nz; ++c) sum += at(a, b, c) * at(a + x, b + y, c + z);
          }
        }
        entries.push_back({{x, y, z}, known != entries.end() ? known->value : sum});
      }
    }
  }
  return entries;
}

Vector3 random_momentum(std::mt19937_64& random, int dimension, double size = 0.5) {
  std::uniform_real_distribution<double> unit(-size, size);
  Vector3 q{};
  for (int j = 0; j < dimension; ++j) q[static_cast<std::size_t>(j)] = unit(random);
  return q;
}

}  // namespace

TEST_CASE("an uncorrelated potential scatters alike on every space") {
  const auto correlator = Correlator::delta(0.7);
  CHECK(correlator.dimension() == 0);
  CHECK(correlator.on_lattice());
  CHECK(correlator.in_continuum());
  CHECK(correlator.is_constant());
  CHECK(correlator({0.3, -0.2, 17.0}) == 0.7);
  CHECK(says(correlator.description(), "0.7"));
}

TEST_CASE("the spectrum of a table is the sum of its waves") {
  std::mt19937_64 random(1);
  for (int d = 1; d <= 3; ++d) {
    const auto entries = random_table(d, d == 1 ? 200 : d == 2 ? 7 : 3, random);
    const auto correlator = Correlator::table(d, entries);
    CHECK(correlator.dimension() == d);
    CHECK(correlator.on_lattice());
    CHECK_FALSE(correlator.in_continuum());
    CHECK_FALSE(correlator.is_constant());
    double scale = 0.0;
    for (const auto& entry : entries) scale += std::abs(entry.value);
    for (int trial = 0; trial < 50; ++trial) {
      const auto q = random_momentum(random, d, 1.7);
      // Angles up to 2π·1.7·200 = 2e3 are rounded to 2e-13 in either sum.
      CHECK_THAT(correlator(q), WithinAbs(direct_sum(entries, q), (d == 1 ? 3e-13 : 2e-14) * scale));
      CHECK(correlator(q) >= -1e-13 * scale);
    }
  }
}

TEST_CASE("the order of a table does not change a bit of its spectrum") {
  std::mt19937_64 random(2);
  auto entries = random_table(3, 3, random);
  const auto first = Correlator::table(3, entries);
  std::shuffle(entries.begin(), entries.end(), random);
  const auto second = Correlator::table(3, entries);
  for (int trial = 0; trial < 20; ++trial) {
    const auto q = random_momentum(random, 3);
    CHECK(first(q) == second(q));
  }
}

TEST_CASE("neighbours may be correlated up to one over twice the dimension") {
  // ϑ̂ = 1 + 2t Σ_j cos 2πq_j is negative somewhere if and only if |t| > 1/2d.
  for (int d = 1; d <= 3; ++d) {
    for (const double sign : {1.0, -1.0}) {
      CAPTURE(d, sign);
      const double limit = sign / (2.0 * d);
      CHECK_NOTHROW(Correlator::table(d, star(d, limit)));
      CHECK_NOTHROW(Correlator::table(d, star(d, 0.999999 * limit)));
      // The minimum is −1e-9 then, far above the rounding of the sum of 2d + 1 terms.
      const auto text = sentence([&] { return Correlator::table(d, star(d, limit * (1.0 + 1e-9))); });
      CHECK(says(text, "e-"));
      CHECK(says(text, "at q = ("));
    }
  }
  const auto text = sentence([] { return Correlator::table(3, star(3, 0.25)); });
  CHECK(says(text, "is -0.5 at q = (-0.5, -0.5, -0.5)"));
}

TEST_CASE("a negative minimum between the samples of the torus is found") {
  // 1 + 2a cos 2πqn, shifted off every grid by a second wave; negative by 1e-4 only, near q = ±0.1666.
  const double dip = 1e-4;
  const auto value = [](double q) { return 1.0 + 0.9 * std::cos(2.0 * pi * q) + 0.35 * std::cos(4.0 * pi * q); };
  double lowest = 2.0;
  for (int i = 0; i < 1000003; ++i) lowest = std::min(lowest, value(i / 1000003.0));
  const double variance = 1.0 - lowest;  // the minimum is 0 then
  const auto with = [&](double theta0) {
    return Entries{{{0, 0, 0}, theta0}, {{1, 0, 0}, 0.45}, {{-1, 0, 0}, 0.45}, {{2, 0, 0}, 0.175}, {{-2, 0, 0}, 0.175}};
  };
  CHECK_NOTHROW(Correlator::table(1, with(variance + dip)));
  const auto text = sentence([&] { return Correlator::table(1, with(variance - dip)); });
  CHECK(says(text, "0.3"));
}

TEST_CASE("a table without an image is refused and the missing x is named") {
  const Entries one_sided{{{0, 0, 0}, 1.0}, {{1, 0, 0}, 0.125}, {{-1, 0, 0}, 0.125}, {{0, 1, 0}, 0.125}};
  const auto missing = sentence([&] { return Correlator::table(3, one_sided); });
  CHECK(says(missing, "theta(0, 1, 0) = 0.125 but theta(0, -1, 0) is missing"));
  const Entries different{{{0, 0, 0}, 1.0}, {{1, 0, 0}, 0.125}, {{-1, 0, 0}, 0.124}};
  const auto unequal = sentence([&] { return Correlator::table(2, different); });
  CHECK(says(unequal, "theta(-1, 0) = 0.124 but theta(1, 0) = 0.125"));
}

TEST_CASE("tables that say nothing or too much are refused") {
  const auto refusal = [](int dimension, const Entries& entries) {
    return sentence([&] { return Correlator::table(dimension, entries); });
  };
  const Entries twice{{{0, 0, 0}, 1.0}, {{1, 0, 0}, 0.1}, {{-1, 0, 0}, 0.1}, {{1, 0, 0}, 0.1}};
  CHECK(says(refusal(1, twice), "theta(1) comes twice"));
  CHECK(says(refusal(2, {}), "empty"));
  CHECK(says(refusal(1, {{{1, 0, 0}, 0.5}, {{-1, 0, 0}, 0.5}}), "theta(0) = 0"));
  CHECK(says(refusal(1, {{{0, 0, 0}, -1.0}}), "theta(0) = -1"));
  CHECK(says(refusal(1, {{{0, 0, 0}, infinity}}), "must be finite"));
  CHECK(says(refusal(2, {{{0, 0, 1}, 1.0}}), "beyond dimension 2"));
  CHECK(says(refusal(3, {{{0, 9, 0}, 1.0}}), "allowed are -8 to 8"));
  CHECK(says(refusal(4, {{{0, 0, 0}, 1.0}}), "dimension = 4"));
  CHECK(Correlator::table(3, {{{0, 0, 0}, 2.0}}).is_constant());
}

TEST_CASE("the product has neighbours correlated by half of c") {
  std::mt19937_64 random(3);
  Entries entries;
  for (int x = -1; x <= 1; ++x) {
    for (int y = -1; y <= 1; ++y) {
      for (int z = -1; z <= 1; ++z) {
        entries.push_back({{x, y, z}, 1.7 * std::pow(-0.4, std::abs(x) + std::abs(y) + std::abs(z))});
      }
    }
  }
  const auto product = Correlator::product(3, -0.8, 1.7);
  const auto table = Correlator::table(3, entries);
  for (int trial = 0; trial < 20; ++trial) {
    const auto q = random_momentum(random, 3, 2.0);
    CHECK_THAT(product(q), WithinAbs(table(q), 3e-14));  // the sum of 27 terms below 1.7, with angles up to 20
  }
  CHECK(Correlator::product(2, 0.0).is_constant());
  CHECK_FALSE(product.is_constant());
  CHECK_NOTHROW(Correlator::product(3, 1.0));
  CHECK_NOTHROW(Correlator::product(3, -1.0));
  // (1 − 1.5)(1 + 1.5)² = −3.125, where one cosine has the sign that the others have not.
  CHECK(says(sentence([] { return Correlator::product(3, 1.5); }), "-3.125 at q = (0.5, 0, 0)"));
  CHECK(says(sentence([] { return Correlator::product(3, -1.5); }), "-3.125 at q = (0, 0.5, 0.5)"));
  CHECK(says(sentence([] { return Correlator::product(1, infinity); }), "c = inf"));
  CHECK(says(sentence([] { return Correlator::product(3, 0.5, 0.0); }), "variance = 0"));
}

TEST_CASE("the Gaussian on the lattice is the sum over all sites for every length") {
  // Lengths on either side of the switch between the direct and the dual sum, and close to it.
  for (const double length : {0.05, 0.2, 0.5, 0.699999, 0.700001, 1.0, 1.5, 4.0}) {
    const auto correlator = Correlator::gaussian_lattice(1, length, 2.5);
    for (int i = -30; i <= 30; ++i) {
      const double q = i / 20.0;
      long double sum = 1.0L;
      for (int n = 1; n <= 60; ++n) {
        sum += 2.0L * std::exp(-0.5L * n * n / (static_cast<long double>(length) * length)) *
               std::cos(2.0L * std::numbers::pi_v<long double> * n * static_cast<long double>(q));
      }
      CAPTURE(length, q);
      // The reference loses digits in absolute terms, 1e-19 of a sum of order ℓ√(2π); the dual sum keeps relative ones:
      // the rounding of q + m in an exponent of up to 2π²ℓ²/4 = 80.
      CHECK_THAT(correlator({q, 0.0, 0.0}),
                 WithinRel(static_cast<double>(2.5L * sum), 3e-15 * (1.0 + 5.0 * length * length)) ||
                     WithinAbs(static_cast<double>(2.5L * sum), 1e-17));
    }
  }
}

TEST_CASE("the Gaussian is a product over the axes and periodic") {
  const auto one = Correlator::gaussian_lattice(1, 1.0);
  const auto three = Correlator::gaussian_lattice(3, 1.0, 0.5);
  const double product = 0.5 * one({0.1, 0, 0}) * one({-0.3, 0, 0}) * one({0.45, 0, 0});
  CHECK_THAT(three({0.1, -0.3, 0.45}), WithinRel(product, 1e-15));
  CHECK_THAT(three({1.1, -2.3, 0.45}), WithinRel(product, 1e-14));  // q is rounded to 2e-16, with a slope of 40 q
  CHECK(three({0.5, 0.5, 0.5}) > 0.0);
  CHECK(Correlator::gaussian_lattice(3, 300.0)({0.5, 0.0, 0.0}) == 0.0);
  CHECK(says(sentence([] { return Correlator::gaussian_lattice(3, 0.0); }), "length = 0"));
}

TEST_CASE("continuum spectra are those of their formulas") {
  const auto gaussian = Correlator::gaussian(0.8, 3.0);
  CHECK(gaussian.dimension() == 3);
  CHECK(gaussian.in_continuum());
  CHECK_FALSE(gaussian.on_lattice());
  CHECK_THAT(gaussian({1.0, 2.0, -2.0}), WithinRel(3.0 * std::exp(-0.5 * 9.0 * 0.64), 1e-15));
  const auto screened = Correlator::screened(0.5, 2.0);
  CHECK_THAT(screened({1.0, 2.0, -2.0}), WithinRel(2.0 / (9.25 * 9.25), 1e-15));
  const auto own = Correlator::in_continuum([](double q) { return 2.0 / std::pow(q * q + 0.25, 2); });
  CHECK_THAT(own({1.0, 2.0, -2.0}), WithinRel(screened({1.0, 2.0, -2.0}), 1e-15));
  CHECK(says(sentence([] { return Correlator::screened(0.0); }), "kappa = 0"));
  CHECK(says(sentence([] { return Correlator::screened(1e-100); }), "inf at q = 0"));
  CHECK(says(sentence([] { return Correlator::gaussian(1.0, -1.0); }), "strength = -1"));
  CHECK(says(sentence([] { return Correlator::delta(0.0); }), "variance = 0"));
  CHECK(says(sentence([] { return Correlator::delta(infinity); }), "variance = inf"));
}

TEST_CASE("functions of q are checked on the torus and called inside it") {
  const auto inside = Correlator::on_lattice(2, [](const Vector3& q) {
    for (const double component : q) {
      if (!(component >= -0.5 && component < 0.5)) return -1.0;
    }
    return 1.0 + 0.5 * std::cos(2.0 * pi * (q[0] - q[1]));
  });
  CHECK_THAT(inside({1.2, -3.4, 0.0}), WithinAbs(1.0 + 0.5 * std::cos(2.0 * pi * 4.6), 1e-14));
  const auto negative = [] {
    return Correlator::on_lattice(
        1, [](const Vector3& q) { return 0.9 + std::cos(2.0 * pi * q[0]); }, "0.9 + cos");
  };
  CHECK(says(sentence(negative), "0.9 + cos is"));
  const auto odd = [] {
    return Correlator::on_lattice(3, [](const Vector3& q) { return 2.0 + std::sin(2.0 * pi * q[2]); });
  };
  CHECK(says(sentence(odd), "must be even"));
  CHECK(says(sentence([] { return Correlator::on_lattice(2, [](const Vector3&) { return 0.0; }); }), "is 0 at q"));
  CHECK(says(sentence([] { return Correlator::on_lattice(2, [](const Vector3& q) { return 1.0 / q[0]; }); }),
             "not finite"));
  CHECK(says(sentence([] { return Correlator::on_lattice(2, {}); }), "empty"));
}

TEST_CASE("functions of the length of q are checked where they are used") {
  const auto coulomb = Correlator::in_continuum([](double q) { return 1.0 / std::pow(q, 4); });
  CHECK_THAT(coulomb({0.0, 2.0, 0.0}), WithinRel(0.0625, 1e-15));
  CHECK(says(sentence([&] { return coulomb({}); }), "inf at q = 0"));
  CHECK(says(sentence([] { return Correlator::in_continuum([](double q) { return 5.0 - q; }); }),
             "it must be finite and not negative"));
  // Negative only beyond the samples.
  const auto late = Correlator::in_continuum([](double q) { return 2000.0 - q; });
  CHECK(says(sentence([&] { return late({3000.0, 0.0, 0.0}); }), "is -1000 at q = 3000"));
  CHECK(says(sentence([] { return Correlator::in_continuum([](double) { return 0.0; }); }), "vanishes"));
}
