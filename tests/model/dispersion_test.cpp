// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/dispersion.hpp>

#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nordheim;
using nordheim::test::sentence;

namespace {

constexpr double pi = std::numbers::pi;

struct Case {
  Dispersion dispersion;
  Dispersion::Energy formula;
};

double sum_of_cosines(int dimension, const Vector3& k) {
  double sum = 0.0;
  for (int j = 0; j < dimension; ++j) sum += 1.0 - std::cos(2.0 * pi * k[static_cast<std::size_t>(j)]);
  return sum;
}

/// Every kind with parameters that are not special.
std::vector<Case> cases(int d) {
  const auto S = [d](const Vector3& k) { return sum_of_cosines(d, k); };
  std::vector<HoppingTerm> terms{{{1, 0, 0}, 0.7}, {{2, 0, 0}, -0.4}};
  if (d > 1) terms.push_back({{1, -1, 0}, -0.9});
  if (d > 2) terms.push_back({{1, 2, -3}, 0.35});
  const auto hopping = [terms](const Vector3& k) {
    double sum = 0.0;
    for (const auto& [R, t] : terms) sum += t * (1.0 - std::cos(2.0 * pi * (k[0] * R[0] + k[1] * R[1] + k[2] * R[2])));
    return sum;
  };
  const auto smooth = [](const Vector3& k) {
    return std::exp(std::sin(2.0 * pi * k[0])) + 0.5 * std::cos(2.0 * pi * (k[0] + 2.0 * k[1] - k[2]));
  };
  return {
      {Dispersion::nearest_neighbour(d), S},
      {Dispersion::hopping(d, terms), hopping},
      {Dispersion::optical(d, 0.8, 1.7), [S](const Vector3& k) { return std::sqrt(0.64 + 3.4 * S(k)); }},
      {Dispersion::optical(d, 0.8), [S](const Vector3& k) { return std::sqrt(0.64 + 2.0 * S(k)); }},
      {Dispersion::acoustic(d, 0.6), [S](const Vector3& k) { return std::sqrt(1.2 * S(k)); }},
      {Dispersion::bending(d, 0.9, 0.7), [S](const Vector3& k) { return std::sqrt(0.81 + 1.96 * S(k) * S(k)); }},
      {Dispersion::bending(d, 0.0, 0.7), [S](const Vector3& k) { return 1.4 * S(k); }},
      {Dispersion::from_function(d, smooth), smooth},
  };
}

Vector3 random_momentum(std::mt19937_64& random, int dimension) {
  std::uniform_real_distribution<double> unit(-0.5, 0.5);
  Vector3 k{};
  for (int j = 0; j < dimension; ++j) k[static_cast<std::size_t>(j)] = unit(random);
  return k;
}

/// Smallest and largest value on n^d equidistant points that are no sampling points of the library's own search.
EnergyRange dense_range(int dimension, int n, const std::function<double(const Vector3&)>& f) {
  EnergyRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  Vector3 k{};
  for (int a = 0; a < n; ++a) {
    for (int b = 0; b < (dimension > 1 ? n : 1); ++b) {
      for (int c = 0; c < (dimension > 2 ? n : 1); ++c) {
        k = {(a + 0.3) / n - 0.5, dimension > 1 ? (b + 0.3) / n - 0.5 : 0.0, dimension > 2 ? (c + 0.3) / n - 0.5 : 0.0};
        const double value = f(k);
        range.min = std::min(range.min, value);
        range.max = std::max(range.max, value);
      }
    }
  }
  return range;
}

int dense_points(int dimension) { return dimension == 1 ? 5000 : dimension == 2 ? 300 : 61; }

}  // namespace

TEST_CASE("every kind of dispersion has the energies of its formula") {
  std::mt19937_64 random(1);
  for (int d = 1; d <= 3; ++d) {
    for (const auto& [dispersion, formula] : cases(d)) {
      CAPTURE(d, dispersion.description());
      CHECK(dispersion.dimension() == d);
      for (int trial = 0; trial < 50; ++trial) {
        const auto k = random_momentum(random, d);
        CHECK_THAT(dispersion(k), WithinAbs(formula(k), 1e-14));  // a dozen roundings of numbers below ten
        // Periodic; 1 and −2 are exact, k + 1 loses 1e-16 of k, times a slope below 2π·4.
        Vector3 shifted = k;
        for (int j = 0; j < d; ++j) shifted[static_cast<std::size_t>(j)] += j == 1 ? -2.0 : 1.0;
        CHECK_THAT(dispersion(shifted), WithinAbs(formula(k), 3e-14));
      }
    }
  }
}

TEST_CASE("velocities are the gradients of the energies") {
  std::mt19937_64 random(2);
  for (int d = 1; d <= 3; ++d) {
    for (const auto& [dispersion, formula] : cases(d)) {
      CAPTURE(d, dispersion.description());
      for (int trial = 0; trial < 20; ++trial) {
        const auto k = random_momentum(random, d);
        if (std::max({std::abs(k[0]), std::abs(k[1]), std::abs(k[2])}) < 0.05) continue;  // the acoustic kink
        const auto v = dispersion.velocity(k);
        for (std::size_t j = 0; j < 3; ++j) {
          if (j >= static_cast<std::size_t>(d)) {
            CHECK(v[j] == 0.0);
            continue;
          }
          // Central differences of fourth order: h⁴ f⁽⁵⁾/30 ≲ 1e-12·(2π·3)⁵/30, round-off 1e-15/h.
          const double h = 1e-3;
          const auto at = [&k, j, &energy = formula](double s) {
            Vector3 moved = k;
            moved[j] += s;
            return energy(moved);
          };
          const double gradient = (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h);
          CHECK_THAT(v[j], WithinAbs(gradient / (2.0 * pi), 2e-7));
        }
      }
    }
  }
}

TEST_CASE("numerical velocities are good to 1e-9") {
  const auto energy = [](const Vector3& k) {
    return std::cos(2.0 * pi * (k[0] - 2.0 * k[1])) + std::exp(std::cos(2.0 * pi * k[2]));
  };
  const auto dispersion = Dispersion::from_function(3, energy);
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 100; ++trial) {
    const auto k = random_momentum(random, 3);
    const auto v = dispersion.velocity(k);
    const double s = std::sin(2.0 * pi * (k[0] - 2.0 * k[1]));
    CHECK_THAT(v[0], WithinAbs(-s, 1e-9));
    CHECK_THAT(v[1], WithinAbs(2.0 * s, 1e-9));
    CHECK_THAT(v[2], WithinAbs(-std::sin(2.0 * pi * k[2]) * std::exp(std::cos(2.0 * pi * k[2])), 1e-9));
  }
  // At the border of the torus the function is continued periodically.
  CHECK_THAT(dispersion.velocity({-0.5, 0.0, 0.0})[0], WithinAbs(0.0, 1e-9));
  CHECK_THAT(dispersion.velocity({0.25 - 0.5, -0.5, 0.0})[0], WithinAbs(1.0, 1e-9));
}

TEST_CASE("momenta far from the torus keep their digits") {
  // The representative of k is exact, whatever the distance: eighths and integers below 2⁵⁰ are exact in binary.
  for (int d = 1; d <= 3; ++d) {
    for (const auto& [dispersion, formula] : cases(d)) {
      CAPTURE(d, dispersion.description());
      for (const double far : {1e3, -1e6, 1e9, -1e14}) {
        Vector3 k{}, moved{};
        for (std::size_t j = 0; j < static_cast<std::size_t>(d); ++j) {
          k[j] = 0.125 * (static_cast<double>(j) + 1.0);
          moved[j] = k[j] + far;
        }
        CHECK(dispersion(moved) == dispersion(k));
        CHECK(dispersion.velocity(moved) == dispersion.velocity(k));
      }
    }
  }
}

TEST_CASE("small momenta keep their digits") {
  // ω = 2π√κ |k|, v = √κ k/|k| as k → 0, with relative corrections of order (πk)²/6.
  for (const double k : {1e-5, 1e-8, 1e-12, 1e-100}) {
    CAPTURE(k);
    const auto dispersion = Dispersion::acoustic(2, 4.0);
    const double correction = pi * pi * k * k;
    CHECK_THAT(dispersion({0.6 * k, 0.8 * k, 0.0}), WithinRel(4.0 * pi * k, correction + 1e-15));
    const auto v = dispersion.velocity({0.6 * k, -0.8 * k, 0.0});
    CHECK_THAT(v[0], WithinRel(1.2, 4.0 * correction + 1e-15));
    CHECK_THAT(v[1], WithinRel(-1.6, 4.0 * correction + 1e-15));
    CHECK_THAT(Dispersion::nearest_neighbour(1)({k, 0.0, 0.0}), WithinRel(2.0 * pi * pi * k * k, correction + 1e-15));
  }
  CHECK(Dispersion::acoustic(3).velocity({}) == Vector3{});
  CHECK(Dispersion::acoustic(3)({}) == 0.0);
}

TEST_CASE("band edges and largest velocities in closed form") {
  for (int d = 1; d <= 3; ++d) {
    CAPTURE(d);
    const auto check = [](const Dispersion& dispersion, double min, double max, double velocity) {
      CAPTURE(dispersion.description());
      CHECK_THAT(dispersion.range().min, WithinAbs(min, 1e-9));
      CHECK_THAT(dispersion.range().max, WithinAbs(max, 1e-9));
      CHECK_THAT(dispersion.range().width(), WithinAbs(max - min, 2e-9));
      CHECK_THAT(dispersion.max_velocity(), WithinAbs(velocity, 1e-9));
    };
    check(Dispersion::nearest_neighbour(d), 0.0, 2.0 * d, 1.0);
    // d = 1: v = κ sin/ω with c = cos 2πk largest where ω0² c + 2κ c(1 − c) = κ(1 − c²): for ω0² = κ = 1 c² − 3c + 1 =
    // 0.
    const double c = 0.5 * (3.0 - std::sqrt(5.0));
    if (d == 1) check(Dispersion::optical(1, 1.0), 1.0, std::sqrt(5.0), std::sqrt((1.0 - c * c) / (3.0 - 2.0 * c)));
    // v_1 is largest on the first axis, where the others' energy is zero.
    if (d > 1)
      check(Dispersion::optical(d, 1.0), 1.0, std::sqrt(1.0 + 4.0 * d), std::sqrt((1.0 - c * c) / (3.0 - 2.0 * c)));
    check(Dispersion::bending(d, 0.0, 0.5), 0.0, 2.0 * d, 1.0);
    const auto acoustic = Dispersion::acoustic(d, 2.25);
    CHECK(acoustic.range().min == 0.0);
    CHECK_THAT(acoustic.range().max, WithinAbs(std::sqrt(9.0 * d), 1e-9));
    CHECK_THAT(acoustic.max_velocity(), WithinAbs(1.5, 1e-6));  // approached at the kink, not attained
  }
  const auto cosines = Dispersion::hopping(3, {{{1, 0, 0}, 0.5}, {{0, -1, 0}, -2.0}, {{0, 0, 1}, 1.25}});
  CHECK(cosines.range().min == -4.0);
  CHECK(cosines.range().max == 3.5);
  CHECK(cosines.max_velocity() == 2.0);
}

TEST_CASE("band edges and largest velocities bound random bands") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> amplitude(-1.0, 1.0);
  std::uniform_int_distribution<int> reach(-3, 3);
  for (int d = 1; d <= 3; ++d) {
    const int n = dense_points(d);
    for (int trial = 0; trial < (d == 3 ? 4 : 10); ++trial) {
      std::vector<HoppingTerm> terms;
      while (terms.size() < 4) {
        HoppingTerm term{{reach(random), d > 1 ? reach(random) : 0, d > 2 ? reach(random) : 0}, amplitude(random)};
        const auto same = [&](const HoppingTerm& other) {
          return other.R == term.R || other.R == std::array<int, 3>{-term.R[0], -term.R[1], -term.R[2]};
        };
        if (term.R == std::array<int, 3>{} || std::any_of(terms.begin(), terms.end(), same)) {
          if (d == 1 && terms.size() == 3) break;  // only three are possible
          continue;
        }
        terms.push_back(term);
      }
      const auto dispersion = Dispersion::hopping(d, terms);
      CAPTURE(dispersion.description());
      // The dense samples lie inside the range, and come as near to its ends as half their spacing allows:
      // ½ |f''| (1/2n)² d, with |f''| ≤ Σ t (2π·3√d)², and once more 2π·3 for velocities.
      double curvature = 0.0;
      for (const auto& term : terms) curvature += std::abs(term.t) * 36.0 * pi * pi * d;
      const double gap = 0.5 * curvature * d / (1.4 * n * 1.4 * n);  // at most 0.7 spacings from an offset sample
      const auto dense = dense_range(d, n, [&](const Vector3& k) { return dispersion(k); });
      CHECK(dense.min >= dispersion.range().min - 1e-12);
      CHECK(dense.max <= dispersion.range().max + 1e-12);
      CHECK(dense.min <= dispersion.range().min + gap);
      CHECK(dense.max >= dispersion.range().max - gap);
      const auto speed = dense_range(d, n, [&](const Vector3& k) {
        const auto v = dispersion.velocity(k);
        return std::max({std::abs(v[0]), std::abs(v[1]), std::abs(v[2])});
      });
      CHECK(speed.max <= dispersion.max_velocity() + 1e-12);
      CHECK(speed.max >= dispersion.max_velocity() - 3.0 * gap);
    }
  }
}

TEST_CASE("the lower of two nearly equal valleys is found between the samples") {
  // Two narrow valleys: the one at 0 is hit by a sample, the lower one lies halfway between two.
  const auto valley = [](double k, double centre) {
    return std::exp(40.0 * (std::cos(2.0 * pi * (k - centre)) - 1.0));
  };
  const double between = 0.25 + 0.5 / 32.0;
  const auto dispersion = Dispersion::from_function(3, [&](const Vector3& k) {
    return -valley(k[0], 0.0) * valley(k[1], 0.0) * valley(k[2], 0.0) -
           1.01 * valley(k[0], between) * valley(k[1], between) * valley(k[2], between);
  });
  CHECK_THAT(dispersion.range().min, WithinAbs(-1.01, 1e-9));
}

TEST_CASE("bands that are a sum of cosines are known as such") {
  CHECK(Dispersion::nearest_neighbour(1).cosine_amplitudes() == Vector3{1.0, 0.0, 0.0});
  CHECK(Dispersion::nearest_neighbour(3).cosine_amplitudes() == Vector3{1.0, 1.0, 1.0});
  CHECK(Dispersion::hopping(2, {{{0, -1, 0}, -0.5}, {{1, 0, 0}, 2.0}}).cosine_amplitudes() == Vector3{2.0, -0.5, 0.0});
  CHECK_FALSE(Dispersion::hopping(2, {{{1, 0, 0}, 1.0}}).cosine_amplitudes());  // flat along the second axis
  CHECK_FALSE(Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}, {{1, 1, 0}, 0.1}}).cosine_amplitudes());
  CHECK_FALSE(Dispersion::hopping(1, {{{2, 0, 0}, 1.0}}).cosine_amplitudes());
  CHECK_FALSE(Dispersion::optical(2, 1.0).cosine_amplitudes());
  CHECK_FALSE(Dispersion::from_function(1, [](const Vector3& k) {
                return 1.0 - std::cos(2.0 * pi * k[0]);
              }).cosine_amplitudes());
}

TEST_CASE("hopping along the axes is the nearest-neighbour band") {
  const auto a = Dispersion::nearest_neighbour(2);
  const auto b = Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{0, 1, 0}, 1.0}});
  std::mt19937_64 random(6);
  for (int trial = 0; trial < 20; ++trial) {
    const auto k = random_momentum(random, 2);
    CHECK_THAT(a(k), WithinRel(b(k), 1e-15));  // a rounding, by the order of the products
    for (std::size_t j = 0; j < 2; ++j) CHECK_THAT(a.velocity(k)[j], WithinAbs(b.velocity(k)[j], 1e-15));
  }
  CHECK(a.max_velocity() == b.max_velocity());
}

TEST_CASE("a function is called only on the torus and continued periodically") {
  const auto outside = [](const Vector3& k) {
    return std::any_of(k.begin(), k.end(), [](double c) { return c < -0.5 || c >= 0.5; });
  };
  int strays = 0;
  const auto dispersion = Dispersion::from_function(
      1,
      [&](const Vector3& k) {
        strays += outside(k) ? 1 : 0;
        return k[0] * k[0];
      },
      [&](const Vector3& k) {
        strays += outside(k) ? 1 : 0;
        return Vector3{k[0] / pi, 0.0, 0.0};
      },
      "a parabola");
  CHECK(dispersion.description() == "a parabola");
  CHECK_THAT(dispersion({0.75, 0.0, 0.0}), WithinRel(0.0625, 1e-15));
  CHECK(dispersion({0.5, 0.0, 0.0}) == 0.25);
  CHECK_THAT(dispersion.velocity({1.25, 0.0, 0.0})[0], WithinRel(0.25 / pi, 1e-15));
  CHECK(dispersion.range().min == 0.0);
  CHECK_THAT(dispersion.range().max, WithinAbs(0.25, 1e-6));  // at the kink of the periodic continuation
  CHECK(strays == 0);
}

TEST_CASE("wrapping gives the representative in the half-open cube") {
  CHECK(wrap_to_torus({0.5, -0.5, 1.0}) == Vector3{-0.5, -0.5, 0.0});
  CHECK(wrap_to_torus({-1.75, 2.25, 0.0}) == Vector3{0.25, 0.25, 0.0});
  for (const double k :
       {std::nextafter(0.5, 0.0), std::nextafter(-0.5, -1.0), 1e15 + 0.5, -1e300, 12345.678, -1e-300}) {
    CAPTURE(k);
    const double wrapped = wrap_to_torus({k, 0.0, 0.0})[0];
    CHECK(wrapped >= -0.5);
    CHECK(wrapped < 0.5);
  }
}

TEST_CASE("dispersions that are not defined are refused") {
  const double not_a_number = std::numeric_limits<double>::quiet_NaN();
  for (const int d : {-1, 0, 4}) {
    CHECK(sentence([d] { (void)Dispersion::nearest_neighbour(d); }) ==
          "dimension = " + std::to_string(d) + ", allowed are 1, 2 and 3");
    CHECK_THROWS_AS(Dispersion::hopping(d, {{{1, 0, 0}, 1.0}}), InvalidArgument);
    CHECK_THROWS_AS(Dispersion::optical(d, 1.0), InvalidArgument);
    CHECK_THROWS_AS(Dispersion::acoustic(d), InvalidArgument);
    CHECK_THROWS_AS(Dispersion::bending(d, 1.0), InvalidArgument);
    CHECK_THROWS_AS(Dispersion::from_function(d, [](const Vector3&) { return 1.0; }), InvalidArgument);
  }
  CHECK(sentence([] { (void)Dispersion::optical(2, -0.5); }) == "omega0 = -0.5 must be finite and not negative");
  CHECK(sentence([] { (void)Dispersion::acoustic(2, 0.0); }) == "kappa = 0 must be finite and positive");
  CHECK_THROWS_AS(Dispersion::optical(2, not_a_number), InvalidArgument);
  CHECK_THROWS_AS(Dispersion::bending(2, 1.0, not_a_number), InvalidArgument);
  CHECK_THROWS_AS(Dispersion::bending(2, 1e200, 1e200), InvalidArgument);  // overflows
  const auto hopping = [](int d, const std::vector<HoppingTerm>& terms) {
    return sentence([&] { (void)Dispersion::hopping(d, terms); });
  };
  CHECK(hopping(2, {}) == "a hopping band needs at least one term");
  CHECK(hopping(2, {{{1, 0, 0}, 0.0}}) == "hopping term 1: t = 0 must be finite and not zero");
  CHECK(hopping(2, {{{1, 0, 0}, not_a_number}}).find("must be finite and not zero") != std::string::npos);
  CHECK(hopping(2, {{{1, 0, 0}, 1.0}, {{0, 0, 0}, 1.0}}).find("hopping term 2: R = 0") == 0);
  CHECK(hopping(2, {{{1, 0, 1}, 1.0}}) == "hopping term 1: R has a component beyond dimension 2");
  CHECK(hopping(2, {{{1, 2, 0}, 1.0}, {{-1, -2, 0}, 1.0}}).find("already term 1") != std::string::npos);
  CHECK(hopping(3, {{{9, 0, 0}, 1.0}}) == "hopping term 1: R has the component 9, allowed are -8 to 8 in dimension 3");
  CHECK(hopping(1, {{{std::numeric_limits<int>::min(), 0, 0}, 1.0}}).find("allowed are -256 to 256") !=
        std::string::npos);
}

TEST_CASE("functions that are not finite or throw are reported") {
  const auto infinite = [](const Vector3& k) { return 1.0 / std::abs(k[0]); };
  CHECK(sentence([&] { (void)Dispersion::from_function(2, infinite); }) ==
        "the dispersion is not finite at k = (0, -0.5); it must be finite on the whole torus");
  CHECK_THROWS_AS(Dispersion::from_function(1, {}), InvalidArgument);
  // Not a number only between the samples, beside the minimum: met by the refinement.
  const auto hole = [](const Vector3& k) {
    const double distance = std::abs(k[0] - 1e-4);
    return distance < 5e-5 ? std::numeric_limits<double>::quiet_NaN() : distance;
  };
  CHECK(sentence([&] { (void)Dispersion::from_function(1, hole); }).find("the dispersion is not finite at k") == 0);
  const auto no_velocity = [](const Vector3&) { return Vector3{std::numeric_limits<double>::infinity(), 0.0, 0.0}; };
  CHECK(sentence([&] {
          (void)Dispersion::from_function(
              1, [](const Vector3&) { return 1.0; }, no_velocity);
        }).find("the group velocity is not finite") == 0);
  // The exception of a user's function comes out as it is, whether thrown at a sample or inside GSL.
  const auto throwing = [](const Vector3& k) -> double {
    if (std::abs(k[0] - 1e-4) < 5e-5) throw std::domain_error("my own");
    return std::abs(k[0] - 1e-4);
  };
  CHECK_THROWS_AS(Dispersion::from_function(1, throwing), std::domain_error);
}

TEST_CASE("The formula of a band has its values and velocities") {
  std::mt19937_64 random(21);
  for (int d = 1; d <= 3; ++d) {
    for (const Case& c : cases(d)) {
      INFO(c.dispersion.description() << ", d = " << d);
      const SmoothFunction* formula = c.dispersion.formula();
      const bool known = c.dispersion.description() != "a function";
      REQUIRE((formula != nullptr) == known);
      if (!known) continue;
      CHECK(formula->dimension() == d);
      for (int i = 0; i < 50; ++i) {
        const Vector3 k = random_momentum(random, d);
        Vector3 gradient{};
        // The same operations up to their order: a few roundings of numbers up to ten.
        CHECK_THAT(formula->with_gradient(k, gradient), WithinAbs(c.dispersion(k), 1e-14));
        const Vector3 v = c.dispersion.velocity(k);
        for (std::size_t j = 0; j < 3; ++j) CHECK_THAT(gradient[j] / (2.0 * pi), WithinAbs(v[j], 1e-13));
      }
    }
  }
}

TEST_CASE("Bands that are square roots have a smooth square") {
  const std::vector<Dispersion> roots{
      Dispersion::optical(3, 0.8, 1.7), Dispersion::acoustic(2, 0.6), Dispersion::bending(3, 0.9, 0.7),
      Dispersion::from_formula(1, [](const auto& k) { return 3.0 * sqrt(1.25 - cos(2.0 * pi * k[0])); })};
  std::mt19937_64 random(22);
  for (const Dispersion& dispersion : roots) {
    INFO(dispersion.description());
    const auto square = dispersion.formula()->squared();
    REQUIRE(square.has_value());
    for (int i = 0; i < 50; ++i) {
      const Vector3 k = random_momentum(random, dispersion.dimension());
      const double omega = dispersion(k);
      CHECK_THAT((*square)(k), WithinRel(omega * omega, 1e-14));
    }
    const auto at_zero = square->expansion(Vector3{});
    CHECK(std::isfinite(at_zero.hessian[0][0]));
  }
  CHECK_FALSE(Dispersion::nearest_neighbour(3).formula()->squared().has_value());
  CHECK_FALSE(Dispersion::from_formula(1, [](const auto& k) { return -sqrt(1.25 - cos(2.0 * pi * k[0])); })
                  .formula()
                  ->squared()
                  .has_value());
}

TEST_CASE("A band given by a formula is one given by functions") {
  const auto energy = [](const auto& k) {
    using std::cos, std::sin;
    return 2.0 - cos(2.0 * pi * k[0]) - 0.7 * cos(2.0 * pi * k[1]) + 0.4 * sin(2.0 * pi * (k[0] - 2.0 * k[1]));
  };
  const auto velocity = [](const Vector3& k) {
    const double c = 0.4 * std::cos(2.0 * pi * (k[0] - 2.0 * k[1]));
    return Vector3{std::sin(2.0 * pi * k[0]) + c, 0.7 * std::sin(2.0 * pi * k[1]) - 2.0 * c, 0.0};
  };
  const auto formula = Dispersion::from_formula(2, energy, "skewed");
  const auto functions = Dispersion::from_function(2, energy, velocity);
  CHECK(formula.description() == "skewed");
  // Both by the same search, which amplifies the rounding of values at most by their number of steps.
  CHECK_THAT(formula.range().min, WithinAbs(functions.range().min, 1e-10));
  CHECK_THAT(formula.range().max, WithinAbs(functions.range().max, 1e-10));
  CHECK_THAT(formula.max_velocity(), WithinAbs(functions.max_velocity(), 1e-10));
  std::mt19937_64 random(23);
  for (int i = 0; i < 100; ++i) {
    Vector3 k = random_momentum(random, 2);
    k[0] += i % 3;
    CHECK_THAT(formula(k), WithinAbs(functions(k), 1e-14));
    for (std::size_t j = 0; j < 2; ++j) CHECK_THAT(formula.velocity(k)[j], WithinAbs(velocity(k)[j], 1e-14));
  }
  const auto acoustic = Dispersion::from_formula(
      2, [](const auto& k) { return sqrt(2.0 - cos(2.0 * pi * k[0]) - cos(2.0 * pi * k[1])); });
  CHECK(acoustic.velocity(Vector3{}) == Vector3{});
}

TEST_CASE("Formulas that are no band are refused") {
  using Catch::Matchers::Contains;
  const auto refusal = [](const SmoothFunction::Formula& formula) -> std::string {
    try {
      (void)Dispersion::from_formula(2, formula);
    } catch (const InvalidArgument& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK_THAT(refusal([](const auto& k) { return k[0] * k[0]; }),
             Contains("must have the period 1") && Contains("k = ("));
  CHECK_THAT(refusal([](const auto& k) { return cos(pi * k[1]); }), Contains("must have the period 1"));
  CHECK_THAT(refusal([](const auto& k) { return cos(2.0 * pi * k[0]) + 1e-6 * cos(3.0 * k[1]); }),
             Contains("must have the period 1"));
  CHECK_THAT(refusal([](const auto& k) { return sqrt(cos(2.0 * pi * k[0])); }), Contains("finite"));
  CHECK_THAT(refusal([](const auto& k) { return 1.0 / one_minus_cos(2.0 * pi * k[0]); }), Contains("finite"));
  CHECK_THAT(refusal([](const auto& k) { return cos(2.0 * pi * k[0]) - cos(2.0 * pi * k[1]); }), Contains("accepted"));
  CHECK_THAT(refusal({}), Contains("empty"));
}
