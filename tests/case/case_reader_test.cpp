// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/io/atomic_file.hpp>

#include "case/case.hpp"
#include "support/catch.hpp"
#include "support/scratch_directory.hpp"

#include <string>
#include <vector>

using namespace nordheim::program;
using nordheim::InvalidArgument;
using nordheim::Statistics;

namespace {

const std::string minimal = R"toml([momentum]
dimension = 3
points = 16
[collision]
kind = "two-body"
statistics = "fermion"
[initial]
occupation = "0.3 + 0.2*cos(2*pi*kx)"
)toml";

Case parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_case(text, "case.toml", overrides);
}

}  // namespace

TEST_CASE("A case with only the physics gets every default") {
  const Case input = parsed(minimal);
  CHECK(input.title.empty());
  CHECK(input.momentum == MomentumCase{"lattice", 3, 16});
  CHECK(input.dispersion.kind == "nearest-neighbour");
  CHECK(input.collision.statistics == Statistics::fermion);
  CHECK(input.collision.strength == 1.0);
  CHECK(input.collision.potential == "contact");
  CHECK(input.collision.window == "flat");
  CHECK_FALSE(input.collision.horizon.has_value());
  CHECK_FALSE(input.collision.time_step.has_value());
  CHECK(input.collision.energy == "projection");
  CHECK(input.collision.rectangle_correction == "auto");
  CHECK_FALSE(input.collision.engine_points.has_value());
  CHECK(input.collision.error_estimate);
  CHECK(std::get<OccupationFormula>(input.initial).formula == "0.3 + 0.2*cos(2*pi*kx)");
  CHECK_FALSE(input.time.end.has_value());
  CHECK(input.time.until_equilibrium == 1e-10);
  CHECK(input.time.rtol == 1e-10);
  CHECK(input.time.atol == 1e-12);
  CHECK(input.time.method == "adams");
  CHECK(input.time.max_steps == 1'000'000);
  CHECK(std::get<int>(input.output.times) == 50);
  CHECK(input.output.snapshots == 9);
}

TEST_CASE("Every key of a case is read") {
  const Case input = parsed(R"toml(
title = "All keys"
momentum = { space = "lattice", dimension = 2, points = 8 }
[dispersion]
kind = "hopping"
terms = [{ R = [1, 0], t = 1 }, { R = [0, -2], t = 0.5 }]
[collision]
kind = "two-body"
statistics = "boson"
strength = 2
potential = "contact"
window = "bohman"
horizon = 12.5
time_step = 0.25
energy = "reference"
rectangle_correction = false
engine_points = 12
error_estimate = false
[initial.equilibrium]
beta = -1
mu = 0.5
[time]
end = 20
rtol = 1e-6
method = "explicit"
max_steps = 77
[output]
times = [0, 0.5, 20]
snapshots = 2
)toml");
  CHECK(input.title == "All keys");
  CHECK(input.momentum == MomentumCase{"lattice", 2, 8});
  REQUIRE(input.dispersion.terms.size() == 2);
  CHECK(input.dispersion.terms[0].R == std::array<int, 3>{1, 0, 0});
  CHECK(input.dispersion.terms[1].R == std::array<int, 3>{0, -2, 0});
  CHECK(input.dispersion.terms[1].t == 0.5);
  CHECK(input.collision == CollisionCase{"two-body", Statistics::boson, 2.0, "contact", "bohman", 12.5, 0.25,
                                         "reference", "off", 12, false});
  CHECK(std::get<EquilibriumOfBeta>(input.initial) == EquilibriumOfBeta{-1.0, 0.5});
  CHECK(input.time == TimeCase{20.0, std::nullopt, 1e-6, 1e-6 * 1e-2, "explicit", 77});
  CHECK(std::get<std::vector<double>>(input.output.times) == std::vector<double>{0.0, 0.5, 20.0});
  CHECK(input.output.snapshots == 2);
}

TEST_CASE("The kinds of dispersion take their own keys") {
  const std::vector<std::string> optical{"dispersion.kind=optical", "dispersion.omega0=0.5"};
  CHECK(parsed(minimal, optical).dispersion == DispersionCase{"optical", 0.5, 1.0});
  CHECK(parsed(minimal, {"dispersion.kind=acoustic", "dispersion.kappa=2"}).dispersion ==
        DispersionCase{"acoustic", 0.0, 2.0});
  const std::vector<std::string> bending{"dispersion.kind=bending", "dispersion.omega0=0", "dispersion.kappa=3"};
  CHECK(parsed(minimal, bending).dispersion == DispersionCase{"bending", 0.0, 3.0});
  const std::vector<std::string> formula{"dispersion.kind=expression", "dispersion.formula=cos(2*pi*kx)*sin(kz)"};
  CHECK(parsed(minimal, formula).dispersion.formula == "cos(2*pi*kx)*sin(kz)");
}

TEST_CASE("A file of an earlier result is found relative to the case") {
  const nordheim::test::ScratchDirectory scratch;
  nordheim::write_text_file(scratch.path() / "state.h5", "");
  nordheim::write_text_file(scratch.path() / "case.toml", minimal);
  const Case input = read_case(scratch.path() / "case.toml", {"initial.file=state.h5"});
  CHECK(std::get<StateFile>(input.initial).path == scratch.path() / "state.h5");
  CHECK(parsed(resolved_toml(input)) == input);
  CHECK_THROWS_AS(read_case(scratch.path() / "none.toml"), InvalidArgument);
  CHECK_THROWS_AS(read_case(scratch.path()), InvalidArgument);
}

TEST_CASE("A resolved case reads back as the same case") {
  const std::vector<std::vector<std::string>> variants{
      {},
      {R"t(space={box=[8, 9], points=[4, 5], knudsen=0.5, density="1+0.1*cos(x)", force=[0.1, 0, 0], potential="y"})t",
       "time.method=lawson", "time.end=10", "output.checkpoint={steps=5}", "initial.occupation=0.1 + 0.05*cos(x + z)"},
      {R"(space={box=[8], points=[4], streaming="bounded"})", "time.step=0.1", "output.checkpoint={seconds=2.5}"},
      {R"(title="quotes \" \\ and ω")"},
      {"dispersion={kind=\"hopping\",terms=[{R=[1,0,0],t=0.1},{R=[0,1,-1],t=-1e-300}]}"},
      {"dispersion.kind=bending", "dispersion.omega0=0.1", "dispersion.kappa=3e22"},
      {"dispersion.kind=optical", "dispersion.omega0=0.1"},
      {"dispersion.kind=acoustic"},
      {"dispersion.kind=expression", "dispersion.formula=1 - cos(2*pi*kx)"},
      {"collision.horizon=12.25", "collision.time_step=1e-3", "collision.engine_points=20"},
      {"collision.rectangle_correction=true", "collision.error_estimate=false", "collision.window=parzen"},
      {"initial.equilibrium={temperature=-0.3,fugacity=2}"},
      {"initial.equilibrium={beta=0,mu=-7}"},
      {"initial.occupation=0.3"},
      {"initial.occupation=\"0.1 +\\n0.2*kx\""},
      {"time.end=0.1"},
      {"time.end=5", "time.until_equilibrium=1e-12", "time.atol=1e-9", "time.max_steps=9223372036854775807"},
      {"output.times=[0.1,0.2,0.30000000000000004]"},
      {"output.times=1", "output.snapshots=2"}};
  for (const auto& overrides : variants) {
    const Case input = parsed(minimal, overrides);
    const std::string text = resolved_toml(input);
    INFO(text);
    CHECK(parsed(text) == input);
    CHECK(resolved_toml(parsed(text)) == text);
  }
}

TEST_CASE("The resolved case spells out every default") {
  CHECK(resolved_toml(parsed(minimal)) == R"toml(title = ""

[momentum]
space = "lattice"
dimension = 3
points = 16

[dispersion]
kind = "nearest-neighbour"

[collision]
kind = "two-body"
statistics = "fermion"
strength = 1.0
potential = "contact"
window = "flat"
horizon = "auto"
time_step = "auto"
energy = "projection"
rectangle_correction = "auto"
engine_points = "same"
error_estimate = true

[initial]
occupation = "0.3 + 0.2*cos(2*pi*kx)"

[time]
until_equilibrium = 1e-10
rtol = 1e-10
atol = 1e-12
method = "adams"
max_steps = 1000000

[output]
times = 50
snapshots = 9
)toml");
}

TEST_CASE("Overrides replace and add keys") {
  CHECK(parsed(minimal, {"momentum.points=8"}).momentum.points == 8);
  CHECK(parsed(minimal, {"momentum.points=8", "momentum.points=10"}).momentum.points == 10);
  CHECK(parsed(minimal, {"collision.statistics=boson"}).collision.statistics == Statistics::boson);
  CHECK(parsed(minimal, {"collision.statistics=\"classical\""}).collision.statistics == Statistics::classical);
  CHECK(parsed(minimal, {"collision.horizon=auto"}).collision.horizon == std::nullopt);
  CHECK(parsed(minimal, {"title=Two words"}).title == "Two words");
  CHECK(parsed(minimal, {"title="}).title.empty());
  CHECK(parsed(minimal, {"time.end = 3"}).time.end == 3.0);
  CHECK(std::get<std::vector<double>>(parsed(minimal, {"output.times=[1,2]"}).output.times).size() == 2);
  CHECK(std::get<OccupationFormula>(parsed(minimal, {"initial.occupation=kx == 0 ? 1 : 0"}).initial).formula ==
        "kx == 0 ? 1 : 0");
}

TEST_CASE("An override of the initial state replaces its kind") {
  const std::vector<std::string> by_beta{"initial.equilibrium.beta=1", "initial.equilibrium.mu=-0.5"};
  const EquilibriumOfBeta expected{1.0, -0.5};
  CHECK(std::get<EquilibriumOfBeta>(parsed(minimal, by_beta).initial) == expected);
  const std::string text = minimal.substr(0, minimal.find("occupation"));
  const std::string thermal = text + "equilibrium = { temperature = 1.0, fugacity = 0.5 }\n";
  CHECK(std::get<EquilibriumOfBeta>(parsed(thermal, by_beta).initial) == expected);
  CHECK(std::get<EquilibriumOfBeta>(parsed(thermal, {"initial.equilibrium={beta=1,mu=-0.5}"}).initial) == expected);
  CHECK(std::get<OccupationFormula>(parsed(thermal, {"initial.occupation=0.5"}).initial).formula == "0.5");
  CHECK(std::get<EquilibriumOfTemperature>(parsed(thermal, {"initial.equilibrium.fugacity=0.25"}).initial) ==
        EquilibriumOfTemperature{1.0, 0.25});
}
