// SPDX-License-Identifier: GPL-3.0-or-later
// The commands as a user runs them: exit codes, JSON, files, and the numbers in them.
#include <nordheim/collision/lattice_two_body.hpp>
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/momentum/sample.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <numbers>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

/// Runs a command on small_case with `--json` and overrides; demands success and one JSON object.
Json run_json(const std::filesystem::path& directory, const std::string& command,
              const std::vector<std::string>& more = {}) {
  write_file(directory / "case.toml", small_case);
  std::vector<std::string> arguments{command, "case.toml", "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = run_program(directory, arguments);
  CAPTURE(command, outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

std::vector<std::string> overrides(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) {
    words.emplace_back("--set");
    words.push_back(text);
  }
  return words;
}

}  // namespace

TEST_CASE("relax conserves and arrives for every statistics method and constraint") {
  for (const std::vector<std::string>& variant : {std::vector<std::string>{"collision.statistics=fermion"},
                                                  {"collision.statistics=boson"},
                                                  {"collision.statistics=classical"},
                                                  {"time.method=bdf"},
                                                  {"time.method=explicit"},
                                                  {"collision.energy=reference", "collision.window=bohman"},
                                                  {"collision.engine_points=12"},
                                                  {"momentum.points=9"},
                                                  {"dispersion.kind=optical", "dispersion.omega0=0.5"}}) {
    const ScratchDirectory scratch;
    std::vector<std::string> all{"time.end=100000.0", "time.until_equilibrium=1e-11"};
    all.insert(all.end(), variant.begin(), variant.end());
    const Json summary = run_json(scratch.path(), "relax", overrides(all));
    CAPTURE(variant.front(), summary.dump());
    CHECK(summary["stopped_by"] == "equilibrium");
    CHECK(summary["distance_to_equilibrium"].get<double>() <= 1e-11);
    CHECK(summary["initial_distance"].get<double>() > 0.1);
    CHECK(summary["mass_drift"].get<double>() <= 1e-14);
    CHECK(summary["energy_drift"].get<double>() <= 1e-14);
    CHECK(summary["entropy"]["max_decrease"].get<double>() <= 1e-13);
    CHECK(summary["entropy"]["final"] > summary["entropy"]["initial"]);
    CHECK(summary["min_W"].get<double>() >= 0.0);
    CHECK(summary["correction"].get<double>() < 0.05);
    CHECK(summary["error"].get<double>() > 0.0);
    CHECK(summary["momentum_drift"].is_null());
    CHECK(summary["equilibrium"]["velocity"].size() == 2);
    for (const char* key : {"time", "max_W", "steps", "rhs_evaluations", "wall_seconds"}) {
      CHECK(summary[key].get<double>() > 0.0);
    }
    CHECK(Json::parse(contents(scratch.path() / "case" / "summary.json")) == summary);
  }
}

TEST_CASE("the result file of relax") {
  const ScratchDirectory scratch;
  const Json summary = run_json(scratch.path(), "relax");
  CHECK(summary["stopped_by"] == "end");
  CHECK(summary["time"] == 5.0);
  const Hdf5Reader file(scratch.path() / "case" / "result.h5");
  CHECK(file.numbers("time") == std::vector<double>{0.0, 1.0, 2.0, 3.0, 4.0, 5.0});
  for (const char* name : {"number", "energy", "entropy", "entropy_production", "distance_to_equilibrium",
                           "number_drift", "energy_drift", "min_W", "max_W", "reference_beta", "correction"}) {
    CAPTURE(name);
    CHECK(file.shape(name) == std::vector<std::size_t>{6});
    CHECK(file.scales(name) == std::vector<std::string>{"time"});
    CHECK_FALSE(file.text_attribute(name, "units").empty());
    CHECK_FALSE(file.text_attribute(name, "long_name").empty());
  }
  CHECK(file.shape("current") == std::vector<std::size_t>{6, 2});
  CHECK(file.shape("W") == std::vector<std::size_t>{6, 64});
  CHECK(file.scales("W") == std::vector<std::string>{"snapshot_time", "node"});
  CHECK(file.text_attribute("/", "command") == "relax");
  // The first snapshot is the initial state, exactly.
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const auto W = sample(grid, [](const Vector3& k) {
    const double pi = std::numbers::pi;
    return 0.4 + 0.2 * std::cos(2 * pi * k[0]) + 0.1 * std::sin(2 * pi * k[1]);
  });
  const std::vector<double> states = file.numbers("W");
  for (std::size_t a = 0; a < W.size(); ++a) CHECK_THAT(states[a], WithinAbs(W[a], 1e-16));
  const std::string table = contents(scratch.path() / "case" / "relaxation.csv");
  CHECK(table.find("time,number,energy,entropy") != std::string::npos);
  // What lies in the directory, and nothing more: no temporary file.
  CHECK(file_count(scratch.path() / "case") == 4);
}

TEST_CASE("the resolved case repeats the run to the last digit") {
  const ScratchDirectory scratch;
  const Json first = run_json(scratch.path(), "relax", {"--set", "collision.statistics=boson", "--threads", "1"});
  const Outcome again =
      run_program(scratch.path(), {"relax", "case/case.toml", "--output", "again", "--json", "--threads", "1"});
  REQUIRE(again.exit_code == 0);
  Json second = Json::parse(again.out);
  for (const auto& [key, value] : first.items()) {
    if (key != "wall_seconds") CHECK(second[key] == value);
  }
  const Hdf5Reader one(scratch.path() / "case" / "result.h5"), two(scratch.path() / "again" / "result.h5");
  CHECK(one.numbers("W") == two.numbers("W"));
}

TEST_CASE("an equilibrium stays and a result can be continued") {
  const ScratchDirectory scratch;
  const Json still =
      run_json(scratch.path(), "relax", overrides({"initial.equilibrium.beta=0.7", "initial.equilibrium.mu=1.0"}));
  CHECK(still["distance_to_equilibrium"].get<double>() < 1e-14);
  CHECK(still["initial_distance"].get<double>() < 1e-14);
  CHECK_THAT(still["equilibrium"]["beta"].get<double>(), WithinRel(0.7, 1e-12));
  CHECK_THAT(still["equilibrium"]["mu"].get<double>(), WithinRel(1.0, 1e-12));

  const Json first = run_json(scratch.path(), "relax", {"--output", "first"});
  const Json second =
      run_json(scratch.path(), "relax", {"--output", "second", "--set", "initial.file=first/result.h5"});
  const Json whole = run_json(scratch.path(), "relax", {"--output", "whole", "--set", "time.end=10.0"});
  CHECK_THAT(second["number"].get<double>(), WithinRel(first["number"].get<double>(), 1e-14));
  CHECK_THAT(second["initial_distance"].get<double>(), WithinRel(first["distance_to_equilibrium"].get<double>(), 1e-9));
  // Two runs of five time units are one of ten, to the tolerance of the integrator.
  CHECK_THAT(second["distance_to_equilibrium"].get<double>(),
             WithinRel(whole["distance_to_equilibrium"].get<double>(), 1e-7));
}

TEST_CASE("collide gives what the library gives") {
  const ScratchDirectory scratch;
  const Json summary =
      run_json(scratch.path(), "collide", {"--at", "0,0", "--at", "0.125,-0.25", "--at", "0.1,0.2", "--threads", "2"});
  const LatticeGrid grid(8, Dispersion::nearest_neighbour(2));
  const Hdf5Reader file(scratch.path() / "case-collide" / "result.h5");
  const std::vector<double> W = file.numbers("W"), written = file.numbers("C");
  LatticeTwoBody op(grid, Statistics::fermion);
  std::vector<double> C(W.size());
  const CollisionReport report = op.apply(W, C);
  for (std::size_t a = 0; a < C.size(); ++a) CHECK_THAT(written[a], WithinAbs(C[a], 1e-16));
  REQUIRE(summary["values"].size() == 3);
  for (const Json& value : summary["values"]) {
    const Vector3 k{value["k"][0], value["k"][1], 0.0};
    CHECK(value["k"].size() == 2);
    CHECK_THAT(value["C"].get<double>(), WithinAbs(grid.interpolate(C, k), 1e-15));
    CHECK_THAT(value["W"].get<double>(), WithinAbs(grid.interpolate(W, k), 1e-15));
  }
  CHECK_THAT(summary["values"][0]["C"].get<double>(), WithinAbs(C[0], 1e-15));
  CHECK_THAT(summary["max_abs_C"].get<double>(), WithinRel(report.largest_rate, 1e-12));
  CHECK_THAT(summary["energy_defect"].get<double>(), WithinAbs(report.energy_defect, 1e-12));
  CHECK(std::abs(summary["mass_defect"].get<double>()) < 1e-13);
  CHECK_THAT(summary["error"].get<double>(), WithinRel(op.error_estimate(W).relative, 1e-6));
  CHECK(summary["seconds_per_evaluation"].get<double>() > 0.0);
}

TEST_CASE("estimate grows with the case and writes nothing") {
  const ScratchDirectory scratch;
  const Json small = run_json(scratch.path(), "estimate");
  const Json large = run_json(scratch.path(), "estimate", {"--set", "momentum.points=512"});
  CHECK(small["nodes"] == 64);
  CHECK(large["nodes"] == 512 * 512);
  CHECK(large["memory_bytes"].get<double>() > 1000 * small["memory_bytes"].get<double>());
  CHECK(large["seconds_per_evaluation"] > small["seconds_per_evaluation"]);
  CHECK(file_count(scratch.path()) == 1);
}

TEST_CASE("quiet is quiet and help helps") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  const Outcome quiet = run_program(scratch.path(), {"relax", "case.toml", "--quiet"});
  CHECK(quiet.exit_code == 0);
  CHECK(quiet.out.empty());
  CHECK(quiet.err.empty());
  for (const char* command : {"collide", "relax", "estimate", "plot"}) {
    const Outcome help = run_program(scratch.path(), {command, "--help"});
    CHECK(help.exit_code == 0);
    CHECK(help.out.find("Usage") != std::string::npos);
  }
  CHECK(run_program(scratch.path(), {"--version"}).out.find("nordheim ") == 0);
  CHECK(run_program(scratch.path(), {"--help"}).out.find("Exit code") != std::string::npos);
}

TEST_CASE("computations that fail say when and leave nothing") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  const Outcome steps = run_program(scratch.path(), {"relax", "case.toml", "--set", "time.max_steps=3"});
  CHECK(steps.exit_code == 1);
  CHECK(steps.err.find("max_steps = 3") != std::string::npos);
  CHECK(steps.err.find("stopped at t =") != std::string::npos);
  const Outcome floor = run_program(scratch.path(), {"relax", "case.toml", "--quiet", "--set", "time.end=1e9", "--set",
                                                     "time.until_equilibrium=1e-18"});
  CHECK(floor.exit_code == 1);
  CHECK(floor.err.find("has stopped falling at") != std::string::npos);
  CHECK(file_count(scratch.path() / "case") == 0);
}

TEST_CASE("a report that cannot be printed is a failure") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  for (const char* form : {"--json", "--threads=1"}) {
    const Outcome outcome = RunningProgram(scratch.path(), {"estimate", "case.toml", form}, "/dev/full").wait();
    CAPTURE(form, outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("standard output") != std::string::npos);
  }
}
