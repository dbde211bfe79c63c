// SPDX-License-Identifier: GPL-3.0-or-later
// Cases of elastic scattering: collision kinds impurity, mass-disorder and scatterers, and the section [diffusion].
#include "case/case.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;

namespace {

const std::string lattice = R"([momentum]
dimension = 3
[collision]
kind = "impurity"
correlator = "delta"
[diffusion]
energies = [0.5, 3]
)";

const std::string continuum = R"([momentum]
space = "continuum"
[collision]
kind = "impurity"
correlator = "gaussian"
length = 1
[diffusion]
energies = [0.5, 3]
)";

Case parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_case(text, "case.toml", overrides);
}

ImpurityCase impurity_of(const Case& input) { return std::get<ImpurityCase>(input.elastic.value()); }

/// The text with one line replaced.
std::string changed(std::string text, const std::string& line, const std::string& by) {
  return text.replace(text.find(line), line.size(), by);
}

std::vector<std::string> mistakes(const std::string& text) {
  try {
    const Case input = parse_case(text, "c.toml");
  } catch (const CaseErrors& errors) {
    return errors.mistakes();
  }
  return {};
}

struct Bad {
  std::string text;
  std::string place;
  std::vector<std::string> words;
};

void check_one_mistake(const Bad& bad) {
  const auto found = mistakes(bad.text);
  INFO(bad.text);
  for (const auto& mistake : found) UNSCOPED_INFO(mistake);
  REQUIRE(found.size() == 1);
  CHECK(found[0].substr(0, bad.place.size() + 2) == bad.place + ": ");
  for (const auto& words : bad.words) {
    UNSCOPED_INFO("looking for: " << words << "\nin: " << found[0]);
    CHECK(found[0].find(words) != std::string::npos);
  }
}

/// `correlator = "delta"` replaced.
Bad correlator(const std::string& lines, const std::string& place, const std::vector<std::string>& words) {
  return {changed(lattice, "correlator = \"delta\"", lines), place, words};
}

Bad energies(const std::string& lines, const std::string& place, const std::vector<std::string>& words) {
  return {changed(lattice, "energies = [0.5, 3]", lines), place, words};
}

}  // namespace

TEST_CASE("An elastic case with only the physics gets every default") {
  const Case input = parsed(lattice);
  CHECK(input.momentum == MomentumCase{"lattice", 3, 0});
  CHECK(input.dispersion.kind == "nearest-neighbour");
  CHECK(impurity_of(input) == ImpurityCase{});
  CHECK(impurity_of(input).variance == 1.0);
  CHECK(std::get<std::vector<double>>(input.diffusion.energies) == std::vector<double>{0.5, 3.0});
  CHECK(input.diffusion.tolerance == 1e-10);
  CHECK(input.diffusion.max_order == 40);
  CHECK(input.diffusion.super_burnett);
  CHECK_FALSE(input.diffusion.spectral_gap);
  CHECK(input.diffusion.displacements == 3);
  CHECK(resolved_toml(input) == R"(title = ""

[momentum]
space = "lattice"
dimension = 3

[dispersion]
kind = "nearest-neighbour"

[collision]
kind = "impurity"
correlator = "delta"
variance = 1.0

[diffusion]
energies = [0.5, 3.0]
tolerance = 1e-10
max_order = 40
super_burnett = true
spectral_gap = false
displacements = 3
)");
}

TEST_CASE("The continuum is three-dimensional and free by default") {
  const Case input = parsed(continuum);
  CHECK(input.momentum == MomentumCase{"continuum", 3, 0});
  CHECK(input.dispersion.kind == "free");
  CHECK(impurity_of(input).correlator == "gaussian");
  CHECK(impurity_of(input).length == 1.0);
  CHECK(impurity_of(input).strength == 1.0);
}

TEST_CASE("Every kind of correlator is read") {
  ImpurityCase expected;
  expected.variance = 2.0;
  CHECK(impurity_of(parsed(lattice, {"collision.variance=2"})) == expected);
  expected.correlator = "product";
  expected.c = -1.0;
  CHECK(impurity_of(parsed(lattice, {"collision.correlator=product", "collision.c=-1", "collision.variance=2"})) ==
        expected);
  CHECK(impurity_of(parsed(lattice, {"collision.correlator=gaussian", "collision.length=3"})).length == 3.0);
  const auto table =
      impurity_of(parsed(lattice, {R"(collision.correlator={"0,0,0"=1.0, "1, 0,0"=0.125, "-1,0,0"=0.125})"}));
  CHECK(table.correlator == "table");
  REQUIRE(table.table.size() == 3);
  double at_minus_one = 0.0;
  for (const auto& [x, value] : table.table) {
    if (x == std::array<int, 3>{-1, 0, 0}) at_minus_one = value;
  }
  CHECK(at_minus_one == 0.125);
  CHECK(impurity_of(parsed(lattice, {"collision.correlator=1 + cos(2*pi*qx)"})).formula == "1 + cos(2*pi*qx)");
  CHECK(impurity_of(parsed(lattice, {"collision.correlator=2"})).formula == "2");
  const std::string any = changed(continuum, "length = 1\n", "");
  CHECK(impurity_of(parsed(any, {"collision.correlator=screened", "collision.kappa=0.5"})).kappa == 0.5);
  CHECK(impurity_of(parsed(any, {"collision.correlator=exp(-q)"})).formula == "exp(-q)");
  CHECK(impurity_of(parsed(any, {"collision.correlator=delta", "collision.variance=3"})).variance == 3.0);
}

TEST_CASE("tables of a correlator do not depend on how their vectors are written", "[case]") {
  const std::string vectors = R"({ "0,0,0" = 1, "0,0,1" = 0.1, "0,0,-1" = 0.1 })";
  const std::string padded = R"({ " 0,0,0" = 1, "-0,0,1" = 0.1, "0,00,-1" = 0.1 })";
  const auto with = [](const std::string& table) {
    return parsed(changed(lattice, "correlator = \"delta\"", "correlator = " + table));
  };
  CHECK(with(vectors) == with(padded));
  CHECK(parsed(resolved_toml(with(padded))) == with(padded));
}

TEST_CASE("Mass disorder and scatterers are read") {
  const std::string bare = changed(lattice, "kind = \"impurity\"\ncorrelator = \"delta\"\n", "");
  CHECK(std::get<MassDisorderCase>(
            parsed(bare, {"collision.kind=mass-disorder", "collision.variance=0.1"}).elastic.value()) ==
        MassDisorderCase{0.1});
  const std::vector<std::string> on_site{"collision.kind=scatterers", "collision.density=0.1",
                                         "collision.potential=-2"};
  CHECK(std::get<ScatterersCase>(parsed(bare, on_site).elastic.value()) == ScatterersCase{0.1, "potential", -2.0});
  const std::string sphere = changed(bare, "dimension = 3", "space = \"continuum\"");
  CHECK(std::get<ScatterersCase>(
            parsed(sphere, {"collision.kind=scatterers", "collision.density=0.1", "collision.radius=2"})
                .elastic.value()) == ScatterersCase{0.1, "radius", 2.0});
}

TEST_CASE("A resolved elastic case reads back as the same case") {
  const std::string bare = changed(lattice, "correlator = \"delta\"\n", "");
  const std::string plain = changed(bare, "kind = \"impurity\"\n", "");
  const std::string space = changed(plain, "dimension = 3", "space = \"continuum\"");
  const std::vector<std::pair<std::string, std::vector<std::string>>> variants{
      {lattice, {}},
      {lattice, {"momentum.points=16", "collision.variance=0.3"}},
      {lattice, {"diffusion.energies={from=0.1, to=5.9, count=200}", "diffusion.tolerance=1e-8"}},
      {lattice, {"diffusion.max_order=20", "diffusion.spectral_gap=true", "diffusion.super_burnett=false"}},
      {lattice, {"diffusion.displacements=0"}},
      {lattice, {"dispersion.kind=expression", "dispersion.formula=1 - cos(2*pi*kx)"}},
      {bare, {R"(collision.correlator={"0,0,0"=1, "1,-2,0"=0.1, "-1,2,0"=0.1})"}},
      {bare, {"collision.correlator=product", "collision.c=0.5"}},
      {bare, {"collision.correlator=gaussian", "collision.length=0.5", "collision.variance=3"}},
      {bare, {"collision.correlator=2 + cos(2*pi*qx)"}},
      {bare, {"collision.correlator=2"}},
      {plain, {"collision.kind=mass-disorder", "collision.variance=0.1", "dispersion.kind=acoustic"}},
      {plain, {"collision.kind=scatterers", "collision.density=0.1", "collision.potential=-2"}},
      {space, {"collision.kind=scatterers", "collision.density=0.1", "collision.scattering_length=-2"}},
      {space, {"collision.kind=impurity", "collision.correlator=screened", "collision.kappa=1"}},
      {space, {"collision.kind=impurity", "collision.correlator=exp(-q^2)"}},
      {continuum, {"collision.strength=2"}},
      {continuum, {"dispersion.kind=expression", "dispersion.formula=k^2 + k^4"}}};
  for (const auto& [base, overrides] : variants) {
    const Case input = parsed(base, overrides);
    const std::string text = resolved_toml(input);
    INFO(text);
    CHECK(parsed(text) == input);
    CHECK(resolved_toml(parsed(text)) == text);
  }
}

TEST_CASE("The place of a key is remembered for mistakes that show later") {
  const Case input = parsed(lattice, {"collision.variance=2"});
  CHECK(input.at("diffusion.energies") == "case.toml:7:12: diffusion.energies: ");
  CHECK(input.at("collision.variance") == "--set collision.variance=2: collision.variance: ");
  CHECK(input.at("dispersion.kind") == "dispersion.kind: ");
}

TEST_CASE("Wrong correlators are named") {
  const std::vector<Bad> table{
      correlator("", "c.toml:3:1", {"collision.correlator is missing", "a table of values or a formula"}),
      correlator("correlator = \"gausian\"\nlength = 1", "c.toml:5:14", {"did you mean \"gaussian\"?"}),
      correlator("correlator = \"screened\"\nkappa = 1", "c.toml:5:14",
                 {"is for momentum.space = \"continuum\"", "\"product\""}),
      correlator("correlator = \"gaussian\"", "c.toml:3:1", {"required key collision.length is missing"}),
      correlator("correlator = \"product\"\nc = 1.5", "c.toml:6:5", {"collision.c", "a number from -1 to 1"}),
      correlator("correlator = \"delta\"\nvariance = 0", "c.toml:6:12", {"collision.variance", "a number > 0"}),
      correlator("correlator = \"delta\"\nlength = 1", "c.toml:6:1", {"unknown key \"collision.length\""}),
      correlator("correlator = \"delta\"\nstatistics = \"boson\"", "c.toml:6:1",
                 {"unknown key \"collision.statistics\""}),
      correlator("correlator = \"1 + cos(q)\"", "c.toml:5:14", {"collision.correlator", "unknown name \"q\""}),
      correlator("correlator = \"1 + \"", "c.toml:5:14", {"collision.correlator", "ends where"}),
      correlator("correlator = true", "c.toml:5:14", {"found the boolean true"}),
      correlator("correlator = {}", "c.toml:5:14", {"the table is empty"}),
      correlator("correlator = { \"0,0,0\" = 1.0, \"1,0,0\" = 0.1 }", "c.toml:5:14",
                 {"one-sided", "\"1,0,0\" = 0.1", "the same value at \"-1,0,0\" (found none)"}),
      correlator("correlator = { \"0,0,0\" = 1, \"1,0,0\" = 0.1, \"-1,0,0\" = 0.2 }", "c.toml:5:14",
                 {"one-sided", "(found 0."}),
      correlator("correlator = { \"0,0\" = 1.0 }", "c.toml:5:16", {"\"0,0\"", "is no lattice vector", "3 integers"}),
      correlator("correlator = { \"0,0,x\" = 1.0 }", "c.toml:5:16", {"is no lattice vector"}),
      correlator("correlator = { \"0,0,0.5\" = 1.0 }", "c.toml:5:16", {"is no lattice vector"}),
      correlator("correlator = { \"0,0,0\" = \"a\" }", "c.toml:5:26", {"found the text \"a\"", "allowed a number"}),
      correlator("correlator = { \"0,0,0\" = nan }", "c.toml:5:26", {"found the number nan"}),
      correlator("correlator = { \"0,0,0\" = 1.0, \"0,0, 0\" = 1.0 }", "c.toml:5:16", {"given twice"}),
      {changed(continuum, "correlator = \"gaussian\"\nlength = 1", "correlator = { \"0,0,0\" = 1.0 }"),
       "c.toml:5:14",
       {"is for momentum.space = \"lattice\""}},
      {changed(continuum, "correlator = \"gaussian\"\nlength = 1", "correlator = \"product\"\nc = 1"),
       "c.toml:5:14",
       {"is for momentum.space = \"lattice\""}},
      {changed(continuum, "length = 1", "length = 1\nvariance = 1"), "c.toml:7:1", {"unknown key", "strength"}},
      {changed(continuum, "correlator = \"gaussian\"\nlength = 1", "correlator = \"cos(qx)\""),
       "c.toml:5:14",
       {"unknown name \"qx\""}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Keys that do not go together are named") {
  const auto scatterers = [](const std::string& text, const std::string& lines) {
    const std::size_t from = text.find("kind = \"impurity\""), to = text.find("[diffusion]");
    return text.substr(0, from) + "kind = \"scatterers\"\n" + lines + text.substr(to);
  };
  const std::string mass = changed(lattice, "\"impurity\"\ncorrelator = \"delta\"", "\"mass-disorder\"");
  const std::vector<Bad> table{
      {scatterers(lattice, "density = 1\n"), "c.toml:3:1", {"exactly one of the keys \"potential\" (found none)"}},
      {scatterers(lattice, "potential = 1\n"), "c.toml:3:1", {"collision.density is missing"}},
      {scatterers(lattice, "density = 1\nradius = 1\n"), "c.toml:6:10", {"is for momentum.space = \"continuum\""}},
      {scatterers(lattice, "density = 1\npotential = 0\n"), "c.toml:6:13", {"other than 0"}},
      {scatterers(continuum, "density = 1\npotential = 1\n"), "c.toml:6:13", {"is for momentum.space = \"lattice\""}},
      {scatterers(continuum, "density = 1\nradius = 1\nscattering_length = 1\n"),
       "c.toml:3:1",
       {"exactly one", "(found \"scattering_length\", \"radius\")"}},
      {scatterers(continuum, "density = 0\nradius = 1\n"), "c.toml:5:11", {"a number > 0"}},
      {changed(scatterers(continuum, "density = 1\nradius = 1\n"), "[collision]",
               "[dispersion]\nkind = \"expression\"\nformula = \"k^4\"\n[collision]"),
       "c.toml:7:8",
       {"is for dispersion.kind = \"free\""}},
      {mass, "c.toml:3:1", {"collision.variance is missing"}},
      {changed(changed(mass, "dimension = 3", "space = \"continuum\""), "[diffusion]", "variance = 1\n[diffusion]"),
       "c.toml:4:8",
       {"is for momentum.space = \"lattice\""}},
      {changed(continuum, "[collision]", "[dispersion]\nkind = \"optical\"\n[collision]"),
       "c.toml:4:8",
       {"\"optical\" is for momentum.space = \"lattice\"", "\"free\", \"expression\""}},
      {changed(continuum, "[collision]", "[dispersion]\nkind = \"expression\"\nformula = \"kx^2\"\n[collision]"),
       "c.toml:5:11",
       {"unknown name \"kx\""}},
      {changed(continuum, "space = \"continuum\"", "space = \"continuum\"\ndimension = 2"),
       "c.toml:3:13",
       {"integer 2"}},
      {changed(continuum, "space = \"continuum\"", "space = \"continuum\"\npoints = 16"),
       "c.toml:3:1",
       {"unknown key"}},
      {changed(lattice, "dimension = 3", "dimension = 3\nspace = \"shell\""),
       "c.toml:3:9",
       {"in a box, with the section [space]"}},
      {lattice + "[time]\nend = -1\n", "c.toml:9:7", {"time.end"}},
      {lattice + "[initial]\n", "c.toml:8:1", {"exactly one of the keys occupation"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("Wrong energies and options of a curve are named") {
  const std::vector<Bad> table{
      energies("", "c.toml:6:1", {"diffusion.energies is missing", "{ from, to, count }"}),
      energies("energies = 3", "c.toml:7:12", {"found the integer 3", "an array of energies"}),
      energies("energies = []", "c.toml:7:12", {"at least one value"}),
      energies("energies = [1, \"a\"]", "c.toml:7:16", {"found the text \"a\""}),
      energies("energies = [1, inf]", "c.toml:7:16", {"found the number inf"}),
      energies("energies = { from = 1, to = 1, count = 5 }", "c.toml:7:29", {"to must be larger than from"}),
      energies("energies = { from = 1, to = 2 }", "c.toml:7:12", {"diffusion.energies.count is missing"}),
      energies("energies = { from = 1, to = 2, count = 1 }", "c.toml:7:40", {"an integer from 2"}),
      energies("energies = { from = 1, to = 2, count = 5, step = 1 }", "c.toml:7:43", {"unknown key"}),
      energies("energies = [1]\ntolerance = 1e-16", "c.toml:8:13", {"1e-14 <= number < 1"}),
      energies("energies = [1]\nmax_order = 65", "c.toml:8:13", {"an integer from 8 to 64"}),
      energies("energies = [1]\nsuper_burnett = 1", "c.toml:8:17", {"true or false"}),
      energies("energies = [1]\ndisplacements = 5", "c.toml:8:17", {"an integer from 0 to 4"}),
      energies("energies = [1]\ntolerence = 1e-9", "c.toml:8:1", {"did you mean \"tolerance\"?"}),
      {changed(lattice, "[diffusion]\nenergies = [0.5, 3]\n", ""), "c.toml:1:1", {"diffusion.energies is missing"}},
      {changed(continuum, "energies = [0.5, 3]", "energies = [0.0, 3]"), "c.toml:8:13", {"a number > 0"}},
      {changed(continuum, "energies = [0.5, 3]", "energies = { from = 0.0, to = 1, count = 5 }"),
       "c.toml:8:21",
       {"a number > 0"}}};
  for (const Bad& bad : table) check_one_mistake(bad);
}

TEST_CASE("A curve of diffusion belongs to elastic scattering") {
  const std::string gas = R"([momentum]
dimension = 2
points = 8
[collision]
kind = "two-body"
statistics = "fermion"
[initial]
occupation = 0.5
[diffusion]
energies = [1]
)";
  check_one_mistake({gas, "c.toml:9:1", {"[diffusion] is for elastic scattering", "\"impurity\""}});
}

TEST_CASE("All mistakes of an elastic case are reported at once") {
  const auto found = mistakes(R"([momentum]
dimension = 4
[dispersion]
kind = "free"
[collision]
kind = "impurity"
correlator = "product"
c = 2
[diffusion]
energies = []
tolerance = 2
)");
  REQUIRE(found.size() == 5);
  const std::vector<std::string> places{"c.toml:2:13", "c.toml:4:8", "c.toml:8:5", "c.toml:10:12", "c.toml:11:13"};
  for (std::size_t i = 0; i < places.size(); ++i) CHECK(found[i].starts_with(places[i] + ": "));
}
