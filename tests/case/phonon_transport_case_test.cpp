// SPDX-License-Identifier: GPL-3.0-or-later
// Cases of kind "four-phonon" and "three-phonon" with the section [transport].
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::Statistics;

namespace {

std::string phonons(const std::string& collision, const std::string& transport, int dimension = 1) {
  return "[momentum]\ndimension = " + std::to_string(dimension) +
         "\n[dispersion]\nkind = \"optical\"\nomega0 = 1\n[collision]\nkind = \"four-phonon\"\n" + collision +
         "\n[transport]\n" + transport + "\n";
}

void check_one_mistake(const std::string& text, const std::string& words) {
  std::vector<std::string> found;
  try {
    const Case input = parse_case(text, "c.toml");
  } catch (const CaseErrors& errors) {
    found = errors.mistakes();
  }
  CAPTURE(text, found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("a case of phonons has defaults and needs no points and no initial state") {
  const Case input = parse_case(phonons("lambda = 0.1", ""), "c.toml");
  REQUIRE(input.phonons);
  CHECK_FALSE(input.transport);
  CHECK(input.phonons->lambda == 0.1);
  CHECK(input.phonons->statistics == Statistics::boson);
  CHECK(numbers_of(input.phonons->temperatures) == std::vector<double>{1.0});
  CHECK_FALSE(input.phonons->tolerance);
  CHECK(input.phonons->relaxation_rates);
}

TEST_CASE("the resolved case of phonons reads back as itself") {
  const Case chain =
      parse_case(phonons("lambda = 2\nstatistics = \"classical-wave\"",
                         "temperature = { from = 1, to = 4, count = 3, spacing = \"geometric\" }\ntolerance = 1e-9\n"
                         "most_functions = 128\nrelaxation_rates = false"),
                 "c.toml");
  CHECK(numbers_of(chain.phonons->temperatures) == std::vector<double>{1.0, 2.0, 4.0});
  CHECK(parse_case(resolved_toml(chain), "c.toml") == chain);
  const Case lattice = parse_case(
      phonons("lambda = 1", "temperature = [0.5, 2]\nmost_points = 48\nrelaxation_rates = false", 3), "c.toml");
  CHECK(lattice.phonons->most_points == 48);
  CHECK_FALSE(lattice.phonons->relaxation_rates);
  CHECK(parse_case(resolved_toml(lattice), "c.toml") == lattice);
  const Case scattering = parse_case(phonons("lambda = 1\nprocesses = \"scattering\"", "", 2), "c.toml");
  CHECK(scattering.phonons->processes == "scattering");
  CHECK(parse_case(resolved_toml(scattering), "c.toml") == scattering);
}

TEST_CASE("a case of cubic springs has bonds and neither lambda nor relaxation rates") {
  const auto springs = [](const std::string& collision, const std::string& transport) {
    return "[momentum]\ndimension = 2\n[dispersion]\nkind = \"bending\"\nomega0 = 0\n[collision]\nkind = "
           "\"three-phonon\"\n" +
           collision + "\n[transport]\n" + transport + "\n";
  };
  const std::string bonds = "bonds = [{ x = [1, 0], alpha = 0.6 }, { x = [0, 1], alpha = -0.35 }]";
  const Case input = parse_case(springs(bonds + "\nstatistics = \"classical-wave\"", "temperature = 2"), "c.toml");
  REQUIRE(input.phonons);
  REQUIRE(input.phonons->bonds.size() == 2);
  CHECK(input.phonons->bonds[1] == nordheim::CubicBond{{0, 1, 0}, -0.35});
  CHECK(input.phonons->statistics == Statistics::classical_wave);
  CHECK(parse_case(resolved_toml(input), "c.toml") == input);
  check_one_mistake(springs(bonds + "\nlambda = 1", ""), "lambda");
  check_one_mistake(springs(bonds, "relaxation_rates = true"), "relaxation_rates");
  check_one_mistake(springs("", ""), "bonds");
}

TEST_CASE("mistakes in a case of phonons are named") {
  check_one_mistake(phonons("", ""), "collision.lambda");
  check_one_mistake(phonons("lambda = 0", ""), "a number > 0");
  check_one_mistake(phonons("lambda = 1\nstatistics = \"fermion\"", ""), "\"boson\", \"classical-wave\"");
  check_one_mistake(phonons("lambda = 1", "temperature = 0"), "transport.temperature");
  check_one_mistake(phonons("lambda = 1", "temperature = { from = 2, to = 1, count = 3 }"),
                    "transport.temperature: to must be larger");
  check_one_mistake(phonons("lambda = 1", "most_points = 32"), "most_points");
  check_one_mistake(phonons("lambda = 1", "most_functions = 128", 2), "most_functions");
  check_one_mistake(phonons("lambda = 1", "[diffusion]\nenergies = [1.0]"), "(found \"four-phonon\")");
}
