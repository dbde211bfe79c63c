// SPDX-License-Identifier: GPL-3.0-or-later
// Case files of two-body collisions in the continuum.
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::Statistics;
using nordheim::Vector3;

namespace {

const std::string minimal = R"toml([momentum]
space = "continuum"
[collision]
kind = "two-body"
statistics = "boson"
[initial]
occupation = "exp(-k^2)"
)toml";

const std::string all_keys = R"toml([momentum]
space = "continuum"
dimension = 3
degree = 12
lmax = 5
scale = 1.25
centre = [0, 0, -0.5]
symmetry = "axial"
[dispersion]
kind = "free"
[collision]
kind = "two-body"
statistics = "boson"
strength = 2
potential = "1/(1 + q^2)"
exchange = "none"
extra_degree = 4
error_estimate = false
[initial]
equilibrium = { temperature = 2, fugacity = 0.5, velocity = [0, 0, -0.25] }
)toml";

std::vector<std::string> mistakes(const std::string& text, const std::vector<std::string>& overrides) {
  try {
    const Case input = parse_case(text, "c.toml", overrides);
  } catch (const CaseErrors& errors) {
    return errors.mistakes();
  }
  return {};
}

struct Bad {
  std::vector<std::string> overrides;
  std::vector<std::string> words;
};

void check_one_mistake(const std::string& text, const Bad& bad) {
  const auto found = mistakes(text, bad.overrides);
  CAPTURE(bad.overrides, found);
  REQUIRE(found.size() == 1);
  for (const std::string& words : bad.words) {
    CAPTURE(words);
    CHECK(found[0].find(words) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("A case in the continuum needs no more than physics") {
  const Case input = parse_case(minimal, "c.toml");
  CHECK(input.momentum.space == "continuum");
  CHECK(input.momentum.dimension == 3);
  CHECK(input.momentum.spherical == SphericalCase{});
  CHECK(input.momentum.spherical.degree == 16);
  CHECK_FALSE(input.momentum.spherical.lmax);
  CHECK_FALSE(input.momentum.spherical.scale);
  CHECK_FALSE(input.momentum.spherical.centre);
  CHECK(input.momentum.spherical.symmetry == "none");
  CHECK(input.dispersion.kind == "free");
  CHECK(input.collision.potential == "contact");
  CHECK(input.collision.exchange == "full");
  CHECK(input.collision.extra_degree == 6);
}

TEST_CASE("Every key of the continuum is read and written again") {
  const Case input = parse_case(all_keys, "c.toml");
  const SphericalCase& spherical = input.momentum.spherical;
  CHECK(spherical == SphericalCase{12, 5, 1.25, Vector3{0.0, 0.0, -0.5}, "axial"});
  CHECK(input.collision.statistics == Statistics::boson);
  CHECK(input.collision.strength == 2.0);
  CHECK(input.collision.potential == "1/(1 + q^2)");
  CHECK(input.collision.exchange == "none");
  CHECK(input.collision.extra_degree == 4);
  CHECK_FALSE(input.collision.error_estimate);
  CHECK(std::get<EquilibriumOfTemperature>(input.initial) ==
        EquilibriumOfTemperature{2.0, 0.5, Vector3{0.0, 0.0, -0.25}});
  for (const std::string& text : {minimal, all_keys}) {
    const Case read = parse_case(text, "c.toml");
    CHECK(parse_case(resolved_toml(read), "again.toml") == read);
  }
  const Case by_beta =
      parse_case(minimal, "c.toml", {"initial.equilibrium={beta = 0.5, mu = -1, velocity = [1, 2, 3]}"});
  CHECK(std::get<EquilibriumOfBeta>(by_beta.initial) == EquilibriumOfBeta{0.5, -1.0, Vector3{1.0, 2.0, 3.0}});
  CHECK(parse_case(resolved_toml(by_beta), "again.toml") == by_beta);
  CHECK_FALSE(parse_case(all_keys, "c.toml", {"momentum.scale=auto"}).momentum.spherical.scale);
  CHECK_FALSE(parse_case(all_keys, "c.toml", {"momentum.centre=auto"}).momentum.spherical.centre);
}

TEST_CASE("Values that no case in the continuum has are refused") {
  for (const Bad& bad : std::vector<Bad>{
           {{"momentum.dimension=2"}, {"momentum.dimension", "from 3 to 3"}},
           {{"momentum.degree=3"}, {"momentum.degree", "from 4 to 256"}},
           {{"momentum.degree=8.5"}, {"momentum.degree", "an integer"}},
           {{"momentum.lmax=13"}, {"momentum.lmax", "from 2 to 12"}},
           {{"momentum.scale=0"}, {"momentum.scale", "\"auto\" or a number > 0"}},
           {{"momentum.centre=[0, 1]"}, {"momentum.centre", "\"auto\" or an array of 3 numbers"}},
           {{"momentum.centre=[0, 1, \"x\"]"}, {"momentum.centre", "the text \"x\""}},
           {{"momentum.symmetry=spherical"}, {"momentum.symmetry", "\"none\", \"axial\", \"isotropic\""}},
           {{"dispersion.kind=expression", "dispersion.formula=k"}, {"\"expression\" is not available", "\"free\""}},
           {{"collision.potential=1/(1 + r)"}, {"collision.potential", "r"}},
           {{"collision.exchange=some"}, {"collision.exchange", "\"full\", \"none\""}},
           {{"collision.potential=contact"}, {"collision.exchange is for a potential that is a formula"}},
           {{"collision.extra_degree=1"}, {"collision.extra_degree", "from 2 to 256"}},
           {{"initial.equilibrium.temperature=-1"}, {"initial.equilibrium.temperature", "a number > 0"}},
           {{"initial.equilibrium.velocity=3"}, {"initial.equilibrium.velocity", "an array of 3 numbers"}},
           {{"initial.equilibrium.velocity=auto"}, {"initial.equilibrium.velocity", "an array of 3 numbers"}}}) {
    check_one_mistake(all_keys, bad);
  }
}

TEST_CASE("Exchange with a potential is for isotropic states") {
  check_one_mistake(all_keys, {{"collision.exchange=full"},
                               {"collision.potential: ", "cross term", "momentum.symmetry = \"axial\"", "boson",
                                "\"isotropic\"", "collision.exchange = \"none\"", "\"classical\""}});
  CHECK(mistakes(all_keys, {"collision.exchange=full", "collision.statistics=classical"}).empty());
  CHECK(mistakes(all_keys, {"collision.exchange=full", "momentum.symmetry=isotropic"}).empty());
}

TEST_CASE("Keys of the lattice are refused in the continuum") {
  for (const char* key :
       {"momentum.points=8", "collision.window=flat", "collision.horizon=3", "collision.time_step=1",
        "collision.energy=projection", "collision.rectangle_correction=on", "collision.engine_points=16"}) {
    const std::string override(key);
    check_one_mistake(minimal, {{override},
                                {override.substr(0, override.find('=')) +
                                 " is for momentum.space = \"lattice\" (found \"continuum\")"}});
  }
}

TEST_CASE("Keys of the continuum are refused on the lattice") {
  const std::string lattice = R"toml([momentum]
dimension = 3
points = 8
[collision]
kind = "two-body"
statistics = "boson"
[initial]
equilibrium = { beta = 1, mu = -1 }
)toml";
  for (const char* key :
       {"momentum.degree=8", "momentum.lmax=3", "momentum.scale=1", "momentum.centre=auto", "momentum.symmetry=axial",
        "collision.exchange=none", "collision.extra_degree=6", "initial.equilibrium.velocity=[0, 0, 1]"}) {
    const std::string override(key);
    check_one_mistake(
        lattice, {{override}, {override.substr(0, override.find('=')) + " is for momentum.space = \"continuum\""}});
  }
}
