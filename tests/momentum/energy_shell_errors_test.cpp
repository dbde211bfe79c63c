// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/momentum/energy_shell.hpp>

#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

using namespace nordheim;

namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;

/// The sentence with which a shell is refused; empty if it is not.
std::string refusal(const Dispersion& band, double energy, const EnergyShellOptions& options = {.order = 2}) {
  try {
    const EnergyShell shell(band, energy, options);
    return "";
  } catch (const InvalidArgument& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a band without a formula is refused") {
  const auto band = Dispersion::from_function(1, [](const Vector3& k) { return 1.0 - std::cos(two_pi * k[0]); });
  CHECK(refusal(band, 0.5) ==
        "the dispersion (a function) has no formula, which an energy shell needs for certain bounds; use "
        "Dispersion::from_formula");
}

TEST_CASE("energies outside the band are refused") {
  const auto band = Dispersion::nearest_neighbour(3);
  CHECK(refusal(band, -0.1) == "energy = -0.1 is outside the band, which reaches from 0 to 6");
  CHECK(refusal(band, 6.1) == "energy = 6.1 is outside the band, which reaches from 0 to 6");
  CHECK(refusal(band, std::nan("")) == "energy = nan is outside the band, which reaches from 0 to 6");
  CHECK_FALSE(refusal(band, std::numeric_limits<double>::infinity()).empty());
}

TEST_CASE("energies at van Hove energies are refused") {
  const auto band = Dispersion::nearest_neighbour(3);
  CHECK(
      refusal(band, 2.0) ==
      "energy = 2 is at the van Hove energy 2, where the shell is singular; it must be at least 1e-8 bandwidths away");
  for (const double singular : {0.0, 2.0, 4.0, 6.0}) {
    CAPTURE(singular);
    for (const double distance : {-5.9e-8, -1e-12, 0.0, 1e-12, 5.9e-8}) {
      CHECK_FALSE(refusal(band, singular + distance).empty());
    }
  }
  for (const double distance : {-6.1e-8, 6.1e-8}) CHECK(refusal(band, 2.0 + distance).empty());
  CHECK(
      refusal(band, 1.0, {.van_hove = std::vector{0.0, 1.0, 6.0}}) ==
      "energy = 1 is at the van Hove energy 1, where the shell is singular; it must be at least 1e-8 bandwidths away");
}

TEST_CASE("options out of range are refused") {
  const auto band = Dispersion::nearest_neighbour(2);
  CHECK(refusal(band, 1.0, {.order = 0}) == "order = 0, allowed are 1 to 64");
  CHECK(refusal(band, 1.0, {.order = 65}) == "order = 65, allowed are 1 to 64");
  CHECK(refusal(band, 1.0, {.depth = 0}) == "depth = 0, allowed are 1 to 100");
  CHECK(refusal(band, 1.0, {.depth = 101}) == "depth = 101, allowed are 1 to 100");
  CHECK(refusal(band, 1.0, {.order = 64}).empty());
}

TEST_CASE("reflections that change the band are refused") {
  const auto band = Dispersion::hopping(2, {{{1, 0, 0}, 1.0}, {{1, 1, 0}, 0.3}, {{0, 1, 0}, 1.0}});
  CHECK(refusal(band, 1.0, {.reflections = std::vector<AxisFlip>{3}}).empty());
  CHECK(refusal(band, 1.0, {.reflections = std::vector<AxisFlip>{2}}) ==
        "reflections: the band (" + band.description() +
            ") changes when the axes 2 are reversed; declare only what leaves it unchanged");
  CHECK(refusal(band, 1.0, {.reflections = std::vector<AxisFlip>{4}}) ==
        "reflections: 4 reverses an axis that does not exist; allowed are 0 to 3 in dimension 2");
}

TEST_CASE("bands with flat pieces are refused") {
  // Where critical points are searched, the search refuses what is flat along an axis: no point is separate.
  const auto ridges = Dispersion::from_formula(
      2, [](const auto& k) { return 2.0 - cos(two_pi * k[0]) - 0.5 * cos(2.0 * two_pi * k[0]) + 0.0 * k[1]; });
  CHECK_THAT(refusal(ridges, 1.0), Catch::Matchers::Contains("flat piece"));
  // Where they are given it is not asked. The shell is a set of lines, and flat at the ridge k_1 = 1/2, where ω = 5/2.
  const EnergyShellOptions given{.order = 2, .van_hove = std::vector<double>{}};
  CHECK(refusal(ridges, 1.0, given).empty());
  CHECK(refusal(ridges, 2.5, given) ==
        "the shell is not resolved in more than 1000 boxes after 60 bisections; the band must have no flat pieces at "
        "this energy, or depth must be larger");
}
