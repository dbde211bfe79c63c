// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/model/statistics.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <string>

using namespace nordheim;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The definitions, term by term, in extended precision and away from the limits.
long double entropy_by_definition(Statistics statistics, long double w) {
  const auto th = static_cast<long double>(theta(statistics));
  if (statistics == Statistics::classical) return w - w * std::log(w);
  return -w * std::log(w) + (1.0L + th * w) / th * std::log1p(th * w);
}

long double slope_by_definition(Statistics statistics, long double w) {
  const auto th = static_cast<long double>(theta(statistics));
  return std::log((1.0L + th * w) / w);
}

}  // namespace

TEST_CASE("statistics are named and found by name") {
  for (const auto statistics :
       {Statistics::fermion, Statistics::classical, Statistics::boson, Statistics::classical_wave}) {
    CHECK(statistics_from_name(name(statistics)) == statistics);
  }
  CHECK(name(Statistics::fermion) == "fermion");
  CHECK(name(Statistics::classical) == "classical");
  CHECK(name(Statistics::boson) == "boson");
  CHECK(name(Statistics::classical_wave) == "classical-wave");
  CHECK(theta(Statistics::fermion) == -1.0);
  CHECK(theta(Statistics::classical) == 0.0);
  CHECK(theta(Statistics::boson) == 1.0);
  CHECK(theta(Statistics::classical_wave) == 1.0);
}

TEST_CASE("an unknown name of statistics is refused with the names allowed") {
  for (const std::string word : {"Boson", "bosons", "", "fermion "}) {
    CHECK_THROWS_AS(statistics_from_name(word), InvalidArgument);
    try {
      (void)statistics_from_name(word);
    } catch (const InvalidArgument& error) {
      const std::string sentence = error.what();
      CHECK(sentence.find("\"" + word + "\"") != std::string::npos);
      CHECK(sentence.find("\"fermion\", \"classical\", \"boson\" and \"classical-wave\"") != std::string::npos);
    }
  }
}

TEST_CASE("entropy density and slope equal their definitions in extended precision") {
  // Values of a few roundings each; the terms are of size max(1, s), and the condition number of s near its zero at
  // W = e (classical) is that of the subtraction, which the absolute part allows for.
  const double epsilon = std::numeric_limits<double>::epsilon();
  for (const auto statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
    for (const double w : {1e-12, 1e-3, 0.1, 0.25, 0.5, 0.7, 0.999, 1.0 - 1e-9, 1.0 + 1e-9, 1.5, 2.7, 30.0, 1e4}) {
      if (statistics == Statistics::fermion && w > 1.0) continue;
      CAPTURE(name(statistics), w);
      const auto s = static_cast<double>(entropy_by_definition(statistics, w));
      const auto slope = static_cast<double>(slope_by_definition(statistics, w));
      CHECK_THAT(entropy_density(statistics, w), WithinAbs(s, 4.0 * epsilon * std::max(std::min(w, 3.0), std::abs(s))));
      CHECK_THAT(entropy_slope(statistics, w), WithinAbs(slope, 4.0 * epsilon * std::max(1.0, std::abs(slope))));
    }
  }
}

TEST_CASE("the entropy of a highly occupied Bose mode keeps its digits") {
  // s = log(1+W) + W log(1+1/W) = log W + 1 + 1/(2W) + O(1/W²), slope = 1/W − 1/(2W²) + O(1/W³): at these W to a
  // rounding or two.
  for (const double w : {1e9, 1e12, 1e15, 1e100, 1e300}) {
    CAPTURE(w);
    CHECK_THAT(entropy_density(Statistics::boson, w), WithinRel(std::log(w) + 1.0 + 0.5 / w, 1e-15));
    CHECK_THAT(entropy_slope(Statistics::boson, w), WithinRel((1.0 - 0.5 / w) / w, 1e-15));
  }
}

TEST_CASE("the entropy slope is the derivative of the entropy density") {
  for (const auto statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
    for (const double w : {0.01, 0.2, 0.5, 0.9, 0.99, 2.0, 50.0}) {
      if (statistics == Statistics::fermion && w > 1.0) continue;
      CAPTURE(name(statistics), w);
      const double room = statistics == Statistics::fermion ? std::min(w, 1.0 - w) : w;
      const double h = 1e-4 * room;
      const double derivative = (entropy_density(statistics, w + h) - entropy_density(statistics, w - h)) / (2.0 * h);
      // Truncation h² s'''/6 ≲ (h/room)²/room² · room = 1e-8/3 relative to the scale 1; round-off 1e-16·s/h.
      CHECK_THAT(derivative, WithinAbs(entropy_slope(statistics, w), 1e-8 + 1e-15 * (1.0 + std::log1p(w)) / h));
    }
  }
}

TEST_CASE("entropy at the edges of the allowed occupations") {
  for (const auto statistics : {Statistics::fermion, Statistics::classical, Statistics::boson}) {
    CAPTURE(name(statistics));
    CHECK(entropy_density(statistics, 0.0) == 0.0);
    CHECK(entropy_slope(statistics, 0.0) == infinity);
    CHECK(std::isnan(entropy_density(statistics, -1e-300)));
    CHECK(std::isnan(entropy_density(statistics, -0.5)));
    CHECK(std::isnan(entropy_density(statistics, -1.0)));
    CHECK(std::isnan(entropy_density(statistics, std::nan(""))));
    CHECK(std::isnan(entropy_slope(statistics, -0.5)));
    // The smallest numbers: finite, not negative.
    for (const double tiny : {std::numeric_limits<double>::denorm_min(), 1e-310, 1e-300}) {
      CHECK(entropy_density(statistics, tiny) >= 0.0);
      CHECK(entropy_density(statistics, tiny) < 1e-296);
      CHECK(std::isfinite(entropy_slope(statistics, tiny)));
    }
  }
  CHECK(entropy_density(Statistics::fermion, 1.0) == 0.0);
  CHECK(entropy_slope(Statistics::fermion, 1.0) == -infinity);
  CHECK(std::isnan(entropy_density(Statistics::fermion, std::nextafter(1.0, 2.0))));
  CHECK(std::isnan(entropy_slope(Statistics::fermion, 1.1)));
  CHECK(entropy_density(Statistics::boson, 1.0) == 2.0 * std::log(2.0));
  CHECK(entropy_density(Statistics::classical, 1.0) == 1.0);
}

TEST_CASE("Fermi entropy does not distinguish particles from holes") {
  for (const double w : {0.125, 0.25, 0.375, 0.5}) {  // 1 − w is exact
    CAPTURE(w);
    CHECK_THAT(entropy_density(Statistics::fermion, 1.0 - w),
               WithinRel(entropy_density(Statistics::fermion, w), 1e-15));
    CHECK_THAT(entropy_slope(Statistics::fermion, 1.0 - w),
               WithinAbs(-entropy_slope(Statistics::fermion, w), 1e-15));  // terms of size 1
  }
}

TEST_CASE("classical waves have the entropy log W and the fluctuation W squared") {
  constexpr Statistics waves = Statistics::classical_wave;
  CHECK(entropy_density(waves, 1.0) == 0.0);
  CHECK_THAT(entropy_density(waves, 7.0), Catch::Matchers::WithinRel(std::log(7.0), 1e-15));
  CHECK(entropy_slope(waves, 8.0) == 0.125);
  CHECK(entropy_density(waves, 0.0) == -infinity);
  CHECK(std::isnan(entropy_density(waves, -1.0)));
  CHECK(fluctuation(waves, 3.0) == 9.0);
  CHECK(fluctuation_slope(waves, 3.0) == 6.0);
  CHECK(fluctuation(Statistics::boson, 3.0) == 12.0);
  CHECK(fluctuation_slope(Statistics::fermion, 0.25) == 0.5);
  // The limit of many quanta, but for a constant.
  const double difference = entropy_density(Statistics::boson, 2e8) - entropy_density(Statistics::boson, 1e8);
  CHECK_THAT(difference, Catch::Matchers::WithinAbs(std::log(2.0), 1e-8));
}
