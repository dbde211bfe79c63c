// SPDX-License-Identifier: GPL-3.0-or-later
// Cases with the section [transport]: a gas on a lattice.
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::Statistics;

namespace {

std::string gas(const std::string& transport, const std::string& momentum = "dimension = 2") {
  return "[momentum]\nspace = \"lattice\"\n" + momentum +
         "\n[collision]\nkind = \"two-body\"\nstatistics = \"boson\"\n[transport]\n" + transport + "\n";
}

Case parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_case(text, "case.toml", overrides);
}

void check_one_mistake(const std::string& text, const std::string& place, const std::string& words,
                       const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> found;
  try {
    const Case input = parse_case(text, "c.toml", overrides);
  } catch (const CaseErrors& errors) {
    found = errors.mistakes();
  }
  CAPTURE(text, found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].find(place) == 0);
  CHECK(found[0].find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("a lattice gas with transport coefficients has defaults and needs no initial state") {
  const Case input = parsed(gas("fugacity = 0.5"));
  CHECK_FALSE(input.transport);
  REQUIRE(input.lattice_transport);
  const LatticeTransportCase& transport = *input.lattice_transport;
  CHECK(input.momentum.points == 0);
  CHECK(input.collision.statistics == Statistics::boson);
  CHECK(numbers_of(transport.temperatures) == std::vector<double>{1.0});
  CHECK(numbers_of(transport.fillings) == std::vector<double>{0.5});
  CHECK_FALSE(transport.by_potential);
  CHECK(transport.tolerance == 1e-3);
  CHECK(transport.most_points == 0);
  CHECK(parsed(gas("mu = -1")).lattice_transport->by_potential);
}

TEST_CASE("a gas with transport coefficients in two dimensions or with points is one on a lattice") {
  const std::string rest = "\n[collision]\nkind = \"two-body\"\nstatistics = \"boson\"\n[transport]\nfugacity = 0.5\n";
  CHECK(parsed("[momentum]\ndimension = 2" + rest).lattice_transport);
  CHECK(parsed("[momentum]\ndimension = 3\npoints = 12" + rest).lattice_transport);
  CHECK(parsed("[momentum]\ndimension = 3" + rest).transport);
  CHECK(parsed(rest).transport);
  check_one_mistake("[momentum]\nspace = \"continuum\"\ndimension = 2" + rest,
                    "c.toml:3:13: ", "(found the integer 2, allowed an integer from 3 to 3)");
}

TEST_CASE("a resolved case of a lattice gas with transport coefficients reads as itself") {
  for (const char* transport :
       {"fugacity = 0.5", "temperature = [-3, 2]\nmu = [0.1, -0.9]\ntolerance = 1e-6\nmost_points = 64",
        "temperature = { from = -4, to = -1, count = 4 }\nfugacity = { from = 0.1, to = 0.9, count = 4, spacing = "
        "\"geometric\" }"}) {
    const Case input = parsed(gas(transport));
    CHECK(parsed(resolved_toml(input)) == input);
  }
  const Case one_grid = parsed(gas("mu = -1"), {"momentum.points=12", "collision.horizon=6", "collision.time_step=0.5",
                                                "collision.window=parzen", "collision.rectangle_correction=off"});
  CHECK(one_grid.collision.horizon == 6.0);
  CHECK(parsed(resolved_toml(one_grid)) == one_grid);
}

TEST_CASE("mistakes of lattice gases with transport coefficients") {
  check_one_mistake(gas("temperature = 1"), "c.toml:7:1", "transport.fugacity is missing");
  check_one_mistake(gas("fugacity = 0.5\nmu = 1"), "c.toml:9:", "found both, allowed is one of them");
  check_one_mistake(gas("fugacity = 0"), "c.toml:8:12", "a number > 0");
  check_one_mistake(gas("temperature = 0\nmu = 1"), "c.toml:8:15", "a number other than 0");
  check_one_mistake(gas("temperature = { from = -1, to = 1, count = 4 }\nmu = 1"),
                    "c.toml:8:", "a range must not go through 0");
  check_one_mistake(gas("mu = { from = -1, to = 1, count = 4, spacing = \"geometric\" }"),
                    "c.toml:8:", "geometric steps are for numbers > 0");
  check_one_mistake(gas("mu = 1\ntolerance = 1e-11"), "c.toml:9:13", "1e-10 <= number < 1");
  check_one_mistake(gas("mu = 1\nmost_points = 31"), "c.toml:9:15", "32");
  check_one_mistake(gas("mu = 1\nmost_functions = 12"), "c.toml:9:1", "most_functions");
  check_one_mistake(gas("mu = 1\nmost_points = 64", "dimension = 2\npoints = 16"),
                    "c.toml:10:", "found momentum.points = 16, which asks for one grid");
  check_one_mistake(gas("mu = 1", "dimension = 1"), "c.toml:3:13", "has dimension 2 or 3 (found 1");
  for (const char* key : {"horizon", "time_step", "engine_points"}) {
    check_one_mistake(gas("mu = 1"), std::string("--set collision.") + key, "is about one grid, momentum.points",
                      {std::string("collision.") + key + "=16"});
  }
  check_one_mistake(gas("mu = 1\n[space]\nbox = [8]\npoints = [4]"), "c.toml:9:", "found it beside [transport]");
  check_one_mistake(gas("mu = 1\n[diffusion]\nenergies = [1.0]"), "c.toml:9:", "[diffusion] is for elastic scattering");
}
