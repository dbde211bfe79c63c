// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input: exit code 2, one sentence that says what is wrong, nothing on the standard output, nothing left behind.
// The places and sentences of mistakes within a case file have a test of their own, tests/case/case_mistakes_test.cpp.
#include "program/run_program.hpp"
#include "support/catch.hpp"

using namespace nordheim::test;

namespace {

struct BadInput {
  std::vector<std::string> arguments;
  std::string sentence;  ///< a part of what must be said
};

/// relax case.toml with overrides.
BadInput set(std::vector<std::string> overrides, std::string sentence) {
  BadInput bad{{"relax", "case.toml"}, std::move(sentence)};
  for (std::string& text : overrides) {
    bad.arguments.emplace_back("--set");
    bad.arguments.push_back(std::move(text));
  }
  return bad;
}

/// Every line of the table is run in a directory that holds case.toml only, and must leave it so.
void check(const std::vector<BadInput>& table) {
  for (const BadInput& bad : table) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml", small_case);
    const Outcome outcome = run_program(scratch.path(), bad.arguments);
    std::string line;
    for (const std::string& word : bad.arguments) line += word + " ";
    CAPTURE(line, outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(bad.sentence) != std::string::npos);
    CHECK(file_count(scratch.path()) == 1);
  }
}

}  // namespace

TEST_CASE("bad command lines") {
  check({{{}, "subcommand is required"},
         {{"frobnicate"}, "unknown command \"frobnicate\""},
         {{"relx", "case.toml"}, "did you mean relax?"},
         {{"relax"}, "CASE is required"},
         {{"relax", "case.toml", "--colour"}, "--colour"},
         {{"relax", "case.toml", "second.toml"}, "second.toml"},
         {{"relax", "nowhere.toml"}, "nowhere.toml"},
         {{"relax", "."}, "."},
         {{"relax", "/dev/zero"}, "longer than 16 MiB"},
         {{"relax", "case.toml", "--threads", "0"}, "--threads"},
         {{"relax", "case.toml", "--threads", "many"}, "--threads"},
         {{"relax", "case.toml", "--set", "points"}, "--set points"},
         {{"relax", "case.toml", "--set", "momentum.pointz=8"}, "points"},
         {{"relax", "case.toml", "--output"}, "--output"},
         {{"collide", "case.toml", "--at", "0.1,x"}, "--at 0.1,x"},
         {{"collide", "case.toml", "--at", "0.1,0.2,0.3,0.4"}, "one to three numbers"},
         {{"collide", "case.toml", "--at", "nan,0"}, "--at nan,0"},
         {{"collide", "case.toml", "--at", "0.1,0.2,0.3"}, "momentum.dimension 2 needs 2"},
         {{"collide", "case.toml", "--at", "0.1"}, "momentum.dimension 2 needs 2"},
         {{"plot", "nowhere"}, "nowhere"},
         {{"plot", "."}, "result.h5"},
         {{"plot"}, "DIR is required"}});
}

TEST_CASE("bad values") {
  check({set({"momentum.points=1"}, "momentum.points"),
         set({"momentum.points=-8"}, "momentum.points"),
         set({"momentum.points=8.5"}, "momentum.points"),
         set({"momentum.points=\"many\""}, "momentum.points"),
         set({"momentum.dimension=4"}, "momentum.dimension"),
         set({"momentum.space=continuum"}, "continuum"),
         set({"momentum.dimension=1"}, "a single cosine"),
         set({"dispersion.kind=parabolic"}, "parabolic"),
         set({"dispersion.kind=expression", "dispersion.formula=1 - cos(2*pi*q)"}, "q"),
         set({"dispersion.kind=expression", "dispersion.formula=log(kx)"}, "dispersion"),
         set({"dispersion.kind=expression", "dispersion.formula=2"}, "flat"),
         set({"dispersion.kind=optical", "dispersion.omega0=-1"}, "omega0"),
         set({"collision.kind=impurity"}, "collision.correlator is missing"),
         set({"collision.statistics=anyon"}, "anyon"),
         set({"collision.strength=0"}, "collision.strength"),
         set({"collision.strength=nan"}, "collision.strength"),
         set({"collision.potential=exp(-q)"}, "contact"),
         set({"collision.window=hann"}, "hann"),
         set({"collision.horizon=-3"}, "collision.horizon"),
         set({"collision.time_step=2"}, "time_step = 2 is too coarse"),
         set({"collision.energy=wish"}, "wish"),
         set({"collision.engine_points=7"}, "engine_points"),
         set({"collision.rectangle_correction=on", "momentum.points=9"}, "rectangle_correction"),
         set({"time.end=0"}, "time.end"),
         set({"time.end=-1"}, "time.end"),
         set({"time.rtol=1"}, "time.rtol"),
         set({"time.rtol=0"}, "time.rtol"),
         set({"time.until_equilibrium=-1e-9"}, "until_equilibrium"),
         set({"time.method=euler"}, "euler"),
         set({"time.max_steps=0"}, "time.max_steps"),
         set({"output.times=[1.0, 0.5]"}, "output.times"),
         set({"output.snapshots=1"}, "output.snapshots")});
}

TEST_CASE("bad initial states") {
  check({set({"initial.occupation=0.4 +"}, "initial.occupation"), set({"initial.occupation=0.4 + q"}, "q"),
         set({"initial.occupation=0.4/0"}, "the occupation is inf"),
         set({"initial.occupation=log(-1 - kx)"}, "the occupation is"),
         set({"initial.occupation=cos(2*pi*kx)"}, "allowed are numbers from 0 to 1 for fermions"),
         set({"initial.occupation=1.1"}, "the occupation is 1.1"), set({"initial.occupation=0"}, "0 everywhere"),
         set({"initial.occupation=1"}, "no fermion equilibrium"),
         set({"initial.occupation=kx == 0 && ky == 0 ? 1 : 0"}, "no fermion equilibrium"),
         set({"initial.equilibrium.temperature=0", "initial.equilibrium.fugacity=1"}, "temperature"),
         set({"initial.equilibrium.beta=1", "initial.equilibrium.mu=0.5", "collision.statistics=boson"},
             "no Bose occupation"),
         set({"initial.file=nowhere.h5"}, "nowhere.h5"), set({"initial.file=case.toml"}, "case.toml")});
}

TEST_CASE("more memory than the machine has") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  const Outcome outcome = run_program(
      scratch.path(), {"relax", "case.toml", "--set", "momentum.dimension=3", "--set", "momentum.points=1200"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err.find("momentum.points = 1200 in dimension 3 needs") != std::string::npos);
  CHECK(outcome.err.find("are available") != std::string::npos);
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("output that cannot be written") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  write_file(scratch.path() / "taken", "a file");
  for (const char* place : {"taken", "taken/deeper", "/proc/nordheim"}) {
    const Outcome outcome = run_program(scratch.path(), {"relax", "case.toml", "--output", place});
    CAPTURE(place, outcome.err);
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.err.find(place) != std::string::npos);
  }
  CHECK(contents(scratch.path() / "taken") == "a file");
  CHECK(file_count(scratch.path()) == 2);
}

TEST_CASE("every mistake of a case file at once with its line") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml",
             "[momentum]\ndimension = 5\npoints = 8\n\n[collision]\nkind = \"two-body\"\nstatistic = \"boson\"\n");
  const Outcome outcome = run_program(scratch.path(), {"relax", "case.toml"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.err.find("case.toml:2:") != std::string::npos);
  CHECK(outcome.err.find("case.toml:7:") != std::string::npos);
  CHECK(outcome.err.find("statistics") != std::string::npos);
}
