// SPDX-License-Identifier: GPL-3.0-or-later
// Collisions of phonons as a user runs them, and their case files.
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/observables/observables.hpp>

#include "case/case.hpp"
#include "program/run_program.hpp"
#include "support/catch.hpp"
#include "support/largest.hpp"
#include "support/refusal.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::program;
using namespace nordheim::test;

namespace {

std::string phonons(const std::string& band, const std::string& collision) {
  std::ostringstream text;
  text << "[momentum]\ndimension = 2\npoints = 6\n[dispersion]\n"
       << band << "\n[collision]\n"
       << collision
       << "\n[initial]\noccupation = \"0.6 + 0.3*cos(2*pi*kx) + 0.2*cos(2*pi*ky)\"\n[time]\nuntil_equilibrium = 1e-6\n";
  return text.str();
}

const std::string optical = "kind = \"optical\"\nomega0 = 1.0";
const std::string bending = "kind = \"bending\"\nomega0 = 0.8";
const std::string four = "kind = \"four-phonon\"\nlambda = 0.1";
const std::string three =
    "kind = \"three-phonon\"\nbonds = [{ x = [1, 0], alpha = 0.6 }, { x = [0, 1], alpha = -0.35 }]";

/// The program on a case, in a directory of its own.
Outcome run(const std::filesystem::path& directory, const std::string& text, const std::string& command,
            const std::vector<std::string>& more = {}) {
  write_file(directory / "case.toml", text);
  std::vector<std::string> arguments{command, "case.toml", "--json", "--quiet", "--threads", "1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(directory, arguments);
}

}  // namespace

TEST_CASE("phonons relax in the program") {
  struct Run {
    std::string band, collision;
    bool conserves_number;
    int parts;
    int frozen;
  };
  const std::vector<Run> runs{{optical, four, true, 3, 0},
                              {optical, four + "\nstatistics = \"classical-wave\"", true, 3, 0},
                              {bending, four, false, 3, 0},
                              {bending, four + "\nprocesses = \"scattering\"", true, 3, 0},
                              {bending, three, false, 2, 1}};
  for (const Run& each : runs) {
    const ScratchDirectory scratch;
    const Outcome outcome = run(scratch.path(), phonons(each.band, each.collision), "relax");
    CAPTURE(each.band, each.collision, outcome.err);
    REQUIRE(outcome.exit_code == 0);
    const auto json = nlohmann::json::parse(outcome.out);
    CHECK(json["stopped_by"] == "equilibrium");
    CHECK(json["distance_to_equilibrium"].get<double>() <= 1e-6);
    CHECK(json["energy_drift"].get<double>() <= 1e-12);
    CHECK(json["number_conserved"] == each.conserves_number);
    if (each.conserves_number) {
      CHECK(json["mass_drift"].get<double>() <= 1e-12);
    } else {
      CHECK(json["mass_drift"].is_null());
      CHECK(json["equilibrium"]["mu"] == 0.0);
      CHECK(json["final_number"].get<double>() > 1.1 * json["number"].get<double>());
    }
    CHECK(json["entropy"]["max_decrease"].get<double>() <= 1e-12);
    CHECK(json["resonance"]["parts"] == each.parts);
    CHECK(json["resonance"]["found"] == (each.band == bending));
    CHECK(json["frozen_modes"] == each.frozen);
    CHECK(json["error"].get<double>() > 0.0);
  }
}

TEST_CASE("phonons that decay and merge evolve in a box") {
  std::string homogeneous = phonons(bending, three);
  homogeneous.replace(homogeneous.rfind("until_equilibrium"), std::string::npos,
                      "end = 60\nrtol = 1e-8\natol = 1e-10\n");
  struct Result {
    nlohmann::json summary;
    std::vector<double> W;
  };
  const auto result = [&](const std::string& command, const std::vector<std::string>& settings) {
    const ScratchDirectory scratch;
    std::vector<std::string> more;
    for (const std::string& setting : settings) more.insert(more.end(), {"--set", setting});
    const bool in_box = command == "evolve";
    const Outcome outcome =
        run(scratch.path(), homogeneous + (in_box ? "[space]\nbox = [12]\npoints = [5]\n" : ""), command, more);
    CAPTURE(outcome.err);
    REQUIRE(outcome.exit_code == 0);
    return Result{nlohmann::json::parse(outcome.out), Hdf5Reader(scratch.path() / "case" / "result.h5").numbers("W")};
  };
  const std::string wave =
      "initial.occupation=0.6 + 0.3*cos(2*pi*kx) + 0.2*cos(2*pi*ky) + 0.1*cos(2*pi*x/12)*(1 + sin(2*pi*kx))";
  std::vector<Result> evolved;
  for (const std::string method : {"lawson", "bdf"}) {
    CAPTURE(method);
    evolved.push_back(result("evolve", {wave, "time.method=" + method}));
    const nlohmann::json& json = evolved.back().summary;
    CHECK(json["method"] == method);
    CHECK(json["energy_drift"].get<double>() < 1e-13);  // rounding of some hundred steps: 2e-14 and 4e-16
    CHECK(json["energy_law_defect"].get<double>() < 1e-14);
    // Their number is not conserved, and has no law.
    CHECK(json["mass_drift"].is_null());
    CHECK(json["number_law_defect"].is_null());
    CHECK(json["moments"].back()["number"].get<double>() > 1.1 * json["moments"].front()["number"].get<double>());
    CHECK(json["distance_to_equilibrium"].get<double>() < 0.6 * json["initial_distance"].get<double>());
  }
  CHECK(max_difference(evolved[0].W, evolved[1].W) < 1e-5);  // some hundred steps of 1e-7
  // A state that is the same everywhere changes as one without a box. Tolerances are relative to the state in a box,
  // and to its distance from equilibrium without one.
  const std::vector<std::string> accurate{"time.method=adams", "time.rtol=1e-11", "time.atol=1e-13"};
  const std::vector<double> in_box = result("evolve", accurate).W, snapshots = result("relax", accurate).W;
  REQUIRE(in_box.size() == 5 * 36);
  REQUIRE(snapshots.size() >= 36);
  double error = 0.0;
  for (std::size_t i = 0; i < in_box.size(); ++i) {
    error = larger(error, std::abs(in_box[i] - snapshots[snapshots.size() - 36 + i % 36]));
  }
  CHECK(error < 1e-9);  // some hundred steps of 1e-11
}

TEST_CASE("phonons collide and are estimated in the program") {
  const ScratchDirectory scratch;
  Outcome outcome = run(scratch.path(), phonons(bending, three), "collide", {"--at", "0.25,0.1", "--at", "0,0"});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  auto json = nlohmann::json::parse(outcome.out);
  CHECK(json["mass_defect"].is_null());
  CHECK(std::abs(json["values"][1]["C"].get<double>()) < 1e-15);  // the frozen mode
  outcome = run(scratch.path(), phonons(bending, three), "estimate");
  REQUIRE(outcome.exit_code == 0);
  json = nlohmann::json::parse(outcome.out);
  CHECK(json["nodes"] == 36);
  CHECK(json["time_nodes"].get<int>() > 3);
  CHECK(json["resonance"]["argument"] == "sign change");
}

TEST_CASE("a band without three-phonon resonance is refused") {
  const ScratchDirectory scratch;
  for (const std::string command : {"relax", "collide", "estimate"}) {
    const Outcome outcome = run(scratch.path(), phonons(optical, three), command);
    CHECK(outcome.exit_code == 2);
    CHECK(says(outcome.err, "no phonon can decay into two"));
  }
  const Outcome soft = run(scratch.path(), phonons("kind = \"acoustic\"", four), "relax");
  CHECK(soft.exit_code == 2);
  CHECK(says(soft.err, "collision.kind: four-phonon collisions need frequencies that are positive everywhere"));
}

TEST_CASE("cases of phonons are read, written and checked") {
  const auto parsed = [](const std::string& text) { return parse_case(text, "c.toml"); };
  for (const std::string& collision : {four + "\nstatistics = \"classical-wave\"", three}) {
    const Case input = parsed(phonons(bending, collision));
    CHECK(parse_case(resolved_toml(input), "again.toml") == input);
  }
  CHECK(parsed(phonons(bending, three)).collision.bonds[1] == CubicBond{{0, 1, 0}, -0.35});
  const auto refusal = [&](const std::string& text) { return sentence([&] { return parsed(text); }); };
  CHECK(says(refusal(phonons(optical, "kind = \"four-phonon\"")), "collision.lambda"));
  CHECK(says(refusal(phonons(optical, four + "\nstatistics = \"fermion\"")), "\"boson\", \"classical-wave\""));
  CHECK(says(refusal(phonons(optical, four + "\nbonds = []")), "unknown key \"collision.bonds\""));
  CHECK(says(refusal(phonons(bending, three + "\nstatistics = \"classical-wave\"")), "collision.statistics"));
  CHECK(says(refusal(phonons(bending, "kind = \"three-phonon\"\nbonds = [{ x = [1], alpha = 1 }]")), "bonds"));
  CHECK(says(refusal("[momentum]\nspace = \"continuum\"\n[collision]\n" + four +
                     "\n[initial]\noccupation = \"exp(-omega)\"\n"),
             "is for momentum.space = \"lattice\""));
}
