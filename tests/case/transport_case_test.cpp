// SPDX-License-Identifier: GPL-3.0-or-later
// Cases with the section [transport]: a gas in R³.
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::Statistics;

namespace {

std::string gas(const std::string& transport, const std::string& statistics = "boson") {
  return "[momentum]\nspace = \"continuum\"\n[collision]\nkind = \"two-body\"\nstatistics = \"" + statistics +
         "\"\n[transport]\n" + transport + "\n";
}

Case parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_case(text, "case.toml", overrides);
}

std::vector<std::string> mistakes(const std::string& text) {
  try {
    const Case input = parse_case(text, "c.toml");
  } catch (const CaseErrors& errors) {
    return errors.mistakes();
  }
  return {};
}

void check_one_mistake(const std::string& text, const std::string& place, const std::string& words) {
  const auto found = mistakes(text);
  CAPTURE(text, found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("c.toml:" + place) == 0);
  CHECK(found[0].find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("a transport case has defaults and needs no initial state") {
  const Case input = parsed(gas("fugacity = 0.5"));
  REQUIRE(input.transport);
  CHECK(input.momentum.space == "continuum");
  CHECK(input.collision.statistics == Statistics::boson);
  CHECK(input.transport->temperatures == std::vector<double>{1.0});
  CHECK(input.transport->fugacity_values() == std::vector<double>{0.5});
  CHECK(input.transport->tolerance == 1e-10);
  CHECK(input.transport->degrees == 4);
  CHECK(parsed(gas("", "classical")).transport->fugacity_values() == std::vector<double>{1.0});
  CHECK(parsed(gas("fugacity = 0.5\nrelaxation_rates = false")).transport->degrees == -1);
}

TEST_CASE("fugacities are a number, a list, or steps or ratios between two") {
  CHECK(parsed(gas("fugacity = [0.5, 0.2]")).transport->fugacity_values() == std::vector<double>{0.5, 0.2});
  CHECK(parsed(gas("fugacity = { from = 0.25, to = 0.75, count = 3 }")).transport->fugacity_values() ==
        std::vector<double>{0.25, 0.5, 0.75});
  const auto ratios = parsed(gas("fugacity = { from = 0.01, to = 100, count = 5, spacing = \"geometric\" }", "fermion"))
                          .transport->fugacity_values();
  REQUIRE(ratios.size() == 5);
  for (std::size_t i = 1; i < 5; ++i) CHECK_THAT(ratios[i] / ratios[i - 1], WithinRel(10.0, 1e-14));
  CHECK(ratios.back() == 100.0);
  CHECK(parsed(gas("temperature = [1, 2.5]\nfugacity = 0.5")).transport->temperatures == std::vector<double>{1.0, 2.5});
}

TEST_CASE("a resolved transport case reads as itself") {
  for (const char* transport :
       {"fugacity = 0.5", "temperature = 3\nfugacity = [0.1, 0.9]\ntolerance = 1e-8\nmost_functions = 20\ndegrees = 2",
        "fugacity = { from = 0.1, to = 0.9, count = 4, spacing = \"geometric\" }\nrelaxation_rates = false"}) {
    const Case input = parsed(gas(transport));
    CHECK(parsed(resolved_toml(input)) == input);
  }
}

TEST_CASE("mistakes of transport cases") {
  check_one_mistake(gas("fugacity = 1.0"), "7:12", "a number > 0 and < 1");
  check_one_mistake(gas("fugacity = [0.5, 1.5]"), "7:", "a number > 0 and < 1");
  check_one_mistake(gas("fugacity = 0", "fermion"), "7:12", "a number > 0");
  check_one_mistake(gas("temperature = 1"), "6:1", "transport.fugacity is missing");
  check_one_mistake(gas("temperature = -1\nfugacity = 0.5"), "7:15", "a number > 0");
  check_one_mistake(gas("fugacity = { from = 0.5, to = 0.1, count = 3 }"), "7:", "to must be larger than from");
  check_one_mistake(gas("fugacity = { from = 0.1, to = 0.5, count = 1 }"), "7:", "count");
  check_one_mistake(gas("fugacity = 0.5\ntolerance = 1e-13"), "8:13", "1e-12 <= number < 1");
  check_one_mistake(gas("fugacity = 0.5\nmost_functions = 41"), "8:18", "12");
  check_one_mistake(gas("fugacity = 0.5\ntemprature = 1"), "8:1", "temperature");
  check_one_mistake(
      "[momentum]\nspace = \"torus\"\n[collision]\nkind = \"two-body\"\nstatistics = \"boson\"\n"
      "[transport]\nfugacity = 0.5\n",
      "2:9", "\"lattice\", \"continuum\"");
  check_one_mistake(gas("fugacity = 0.5\n[diffusion]\nenergies = [1.0]"),
                    "8:", "[diffusion] is for elastic scattering");
  check_one_mistake(gas("fugacity = 0.5\n[dispersion]\nkind = \"expression\"\nformula = \"k^4\""), "9:", "\"free\"");
  check_one_mistake(
      "[momentum]\ndimension = 3\n[collision]\nkind = \"impurity\"\ncorrelator = \"delta\"\n"
      "[diffusion]\nenergies = [1.0]\n[transport]\nfugacity = 0.5\n",
      "8:", "[transport] is for collision.kind = \"two-body\"");
}
