// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim evolve`: W(r, k, t) in a periodic box; checkpoints of `evolve` and `relax`.
#include <nordheim/io/hdf5_file.hpp>
#include <nordheim/observables/observables.hpp>
#include <nordheim/transport/hydrodynamic_modes.hpp>

#include "program/run_json.hpp"
#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <numbers>
#include <random>
#include <thread>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr const char* fermions = R"toml(
[momentum]
dimension = 2
points = 8
[collision]
kind = "two-body"
statistics = "fermion"
error_estimate = false
[space]
box = [32]
points = [8]
knudsen = 0.5
[initial]
occupation = "0.4 + 0.2*cos(2*pi*kx) + 0.1*sin(2*pi*ky) + 0.1*cos(2*pi*x/32)"
[time]
end = 20.0
rtol = 1e-7
[output]
times = 5
)toml";

constexpr const char* packet = R"toml(
[momentum]
space = "shell"
dimension = 2
energies = [1.5]
order = 6
[collision]
kind = "impurity"
correlator = "product"
c = 0.5
[space]
box = [400]
points = [128]
knudsen = 0.5
[initial]
occupation = "exp(-(x-200)^2/(2*8^2))*(1+0.5*sin(2*pi*kx))"
[time]
end = 300
[output]
times = 6
)toml";

constexpr const char* gas = R"toml(
[momentum]
space = "continuum"
symmetry = "axial"
degree = 6
[collision]
kind = "two-body"
statistics = "boson"
error_estimate = false
[space]
box = [8]
points = [6]
[initial]
occupation = "1/(exp(1 + (k^2 - 0.2*kz*sin(2*pi*x/8))/2)-1)"
[time]
end = 0.3
[output]
times = 3
)toml";

/// All numbers of two results are the same, bit by bit.
void require_equal_results(const std::filesystem::path& a, const std::filesystem::path& b,
                           const std::vector<std::string>& names) {
  const Hdf5Reader one(a / "result.h5"), other(b / "result.h5");
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(one.numbers(name) == other.numbers(name));
  }
}

}  // namespace

TEST_CASE("evolve keeps number and energy of lattice fermions, everywhere") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  for (const char* method : {"lawson", "bdf"}) {
    const Json summary = run_json(scratch, {"evolve", "case.toml", "--set", std::string("time.method=") + method});
    CHECK(summary["method"] == method);
    CHECK(summary["mass_drift"].get<double>() < 1e-14);
    CHECK(summary["energy_drift"].get<double>() < 1e-14);
    CHECK(summary["local_law_defect"].get<double>() <= 1e-15);
    CHECK(summary["distance_to_equilibrium"] < summary["initial_distance"]);
    CHECK(summary["entropy"]["max_decrease"].get<double>() < 1e-9);  // a step's error of 1e-7 of the state, at most
    CHECK(summary["moments"].size() == 6);
    CHECK(summary["unresolved"].get<double>() < 1e-3);
    const Hdf5Reader file(scratch.path() / "case" / "result.h5");
    CHECK(file.shape("density") == std::vector<std::size_t>{6, 8});
    CHECK(file.shape("W") == std::vector<std::size_t>{8, 64});
    CHECK(file.shape("image") == std::vector<std::size_t>{6, 8, 8});
    // The image is the mean over k_y, its mean over k_x is the density.
    const auto image = file.numbers("image"), density = file.numbers("density");
    for (std::size_t x = 0; x < 8; ++x) {
      double mean = 0.0;
      for (std::size_t k = 0; k < 8; ++k) mean += image[x * 8 + k] / 8.0;
      CHECK(std::abs(mean - density[x]) < 1e-14);
    }
  }
}

TEST_CASE("both methods of evolve agree") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  run_json(scratch, {"evolve", "case.toml", "--set", "time.method=lawson", "--output", "lawson"});
  run_json(scratch, {"evolve", "case.toml", "--set", "time.method=bdf", "--output", "bdf"});
  const auto a = Hdf5Reader(scratch.path() / "lawson" / "result.h5").numbers("W");
  const auto b = Hdf5Reader(scratch.path() / "bdf" / "result.h5").numbers("W");
  CHECK(max_difference(a, b) < 1e-5);  // some hundred steps of 1e-7
}

TEST_CASE("a packet among impurities diffuses with D_kin") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", packet);
  const Json summary = run_json(scratch, {"evolve", "case.toml"});
  const Json& diffusion = summary["diffusion"][0];
  // After 1000 mean free times; at the faces of the box the density is e^{-160}.
  CHECK(std::abs(diffusion["measured"].get<double>() / diffusion["predicted"].get<double>() - 1.0) < 1e-8);
  CHECK(diffusion["error"].get<double>() < 1e-8);
  CHECK(summary["mass_drift"].get<double>() < 1e-14);
  // The start moves at v along x, so that the centre ends downstream.
  CHECK(summary["moments"].back()["mean"][0].get<double>() > 200.1);
  // The table has the same numbers.
  const std::string table = contents(scratch.path() / "case" / "evolution.csv");
  const std::string mean = Json(summary["moments"].back()["mean"][0]).dump().substr(0, 10);
  CHECK(table.find(mean) != std::string::npos);
  // The curve of `diffusion` says the same: D is knudsen times its own.
  write_file(scratch.path() / "curve.toml",
             "[momentum]\ndimension = 2\n[collision]\nkind = \"impurity\"\ncorrelator = \"product\"\nc = 0.5\n"
             "[diffusion]\nenergies = [1.5]\n");
  const Json curve = run_json(scratch, {"diffusion", "curve.toml"});
  CHECK(std::abs(curve["curve"][0]["D"].get<double>() * 0.5 / diffusion["predicted"].get<double>() - 1.0) < 1e-8);
}

TEST_CASE("a wave among impurities decays with D_kin") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", packet);
  const Json summary = run_json(scratch, {"evolve", "case.toml", "--set", "initial.occupation=1+0.5*cos(2*pi*x/400)",
                                          "--set", "momentum.energies=[1.5, 0.7]", "--set", "space.points=[8]"});
  REQUIRE(summary["diffusion"].size() == 2);
  for (const Json& shell : summary["diffusion"]) {
    // The super-Burnett term is q^2 = 2.5e-4 times lengths of one.
    CHECK(std::abs(shell["measured"].get<double>() / shell["predicted"].get<double>() - 1.0) < 1e-3);
  }
}

TEST_CASE("a gas in R3 keeps number, momentum and energy") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", gas);
  const Json summary = run_json(scratch, {"evolve", "case.toml"});
  CHECK(summary["mass_drift"].get<double>() <= 1e-14);
  CHECK(summary["energy_drift"].get<double>() <= 1e-14);
  for (const Json& drift : summary["momentum_drift"]) CHECK(drift.get<double>() < 1e-13);
  CHECK(summary["local_law_defect"].get<double>() <= 1e-15);
  CHECK(Hdf5Reader(scratch.path() / "case" / "result.h5").shape("momentum_density") ==
        std::vector<std::size_t>{4, 6, 3});
}

TEST_CASE("in a potential fermions come to its equilibrium, and in a force they keep their number only") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  const Json well = run_json(scratch, {"evolve", "case.toml", "--set", "space.potential=0.3*cos(2*pi*x/32)", "--set",
                                       "time.end=2000", "--set", "momentum.points=12"});
  CHECK(well["initial_distance"].get<double>() > 0.1);
  CHECK(well["distance_to_equilibrium"].get<double>() < 1e-4);  // what 12 momenta and 8 positions leave out
  CHECK(well["energy_drift"].get<double>() < 1e-6);             // that of a step is controlled, not conserved
  CHECK(well["mass_drift"].get<double>() <= 1e-14);
  const Json force =
      run_json(scratch, {"evolve", "case.toml", "--set", "space.force=[0.2, 0]", "--set", "time.method=imex"});
  CHECK(force["mass_drift"].get<double>() <= 1e-14);
  CHECK(force["energy_drift"].is_null());
  CHECK(force["distance_to_equilibrium"].is_null());
  CHECK(force["energy_law_defect"].get<double>() <= 1e-15);  // with the power F J
  // The force heats: J is along F after a few collisions.
  CHECK(force["moments"].back()["energy"].get<double>() > force["moments"].front()["energy"].get<double>());
}

TEST_CASE("bounded streaming keeps a front of fermions in its range") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  const Json summary =
      run_json(scratch, {"evolve", "case.toml", "--set", "space.streaming=bounded", "--set", "space.points=[32]",
                         "--set", "initial.occupation=x < 16 ? 0.98 : 0.02 + 0.01*cos(2*pi*kx)"});
  CHECK(summary["method"] == "strang");
  CHECK(summary["min_W"].get<double>() >= 0.0);
  CHECK(summary["max_W"].get<double>() <= 1.0);
  CHECK(summary["mass_drift"].get<double>() <= 1e-14);
  CHECK(summary["energy_drift"].get<double>() <= 1e-14);
}

TEST_CASE("a result is where another run begins") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  run_json(scratch, {"evolve", "case.toml", "--set", "time.end=10"});
  const Json second = run_json(scratch, {"evolve", "case.toml", "--set", "initial.file=case/result.h5", "--set",
                                         "time.end=10", "--output", "second"});
  const Json whole = run_json(scratch, {"evolve", "case.toml", "--output", "whole"});
  const auto a = Hdf5Reader(scratch.path() / "second" / "result.h5").numbers("W");
  const auto b = Hdf5Reader(scratch.path() / "whole" / "result.h5").numbers("W");
  CHECK(max_difference(a, b) < 1e-5);  // some hundred steps of 1e-7
}

TEST_CASE("checkpoints after seconds do not change digits, however fast the clock goes") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  for (const char* method : {"time.method=lawson", "time.method=bdf"}) {
    const auto with = [&](const char* seconds, const char* output) {
      return run_json(scratch, {"evolve", "case.toml", "--output", output, "--set", method, "--set", "time.rtol=1e-10",
                                "--set", std::string("output.checkpoint={seconds=") + seconds + "}"});
    };
    const Json often = with("1e-6", "often"), never = with("1e6", "never");
    CHECK(often["steps"].get<long>() > 40);  // one of Lawson's method comes after 20 steps
    CHECK(often["steps"] == never["steps"]);
    require_equal_results(scratch.path() / "often", scratch.path() / "never", {"W", "time", "entropy"});
  }
}

TEST_CASE("a run that is killed at any moment and restarted gives the digits of one that is not") {
  struct Killed {
    const char* command;
    const char* text;
    std::vector<std::string> settings, names;
  };
  const std::vector<std::string> in_box{"W", "time", "density", "current", "variance", "image", "entropy"};
  const std::vector<Killed> runs{
      {"evolve", fermions, {"time.method=lawson", "output.checkpoint={steps=3}", "time.end=1000"}, in_box},
      {"evolve",
       fermions,
       {"time.method=bdf", "output.checkpoint={steps=40}", "time.rtol=1e-8", "time.end=200"},
       in_box},
      {"evolve",
       packet,
       {"output.checkpoint={steps=2}", "output.times=40"},
       {"W", "time", "density", "variance", "image", "diffused_density"}},
      {"evolve",
       packet,
       {"output.checkpoint={steps=2}", "output.times=40", "time.end=60", "space.density=1+0.5*cos(2*pi*x/400)"},
       {"W", "time", "density", "variance", "image"}},
      {"evolve", gas, {"output.checkpoint={steps=40}", "time.end=2"}, in_box},
      {"relax",
       small_case,
       {"output.checkpoint={steps=20}", "time.end=1000", "collision.energy=reference", "momentum.points=16"},
       {"W", "time", "entropy", "snapshot_time"}},
      {"relax",
       small_case,
       {"output.checkpoint={steps=20}", "time.until_equilibrium=1e-12", "time.end=1e9", "momentum.points=16"},
       {"W", "time", "entropy", "snapshot_time"}}};
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  constexpr int kills_of_each = 4;  // 28 in all
  int restarts = 0;
  for (const Killed& run : runs) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml", run.text);
    std::vector<std::string> arguments{run.command, "case.toml", "--quiet", "--threads", "1"};
    for (const std::string& setting : run.settings) arguments.insert(arguments.end(), {"--set", setting});
    const auto with = [&](std::vector<std::string> more) {
      more.insert(more.begin(), arguments.begin(), arguments.end());
      return more;
    };
    const auto begun = std::chrono::steady_clock::now();
    REQUIRE(run_program(scratch.path(), with({"--output", "whole"})).exit_code == 0);
    auto whole = std::chrono::steady_clock::now() - begun;
    CHECK(!std::filesystem::exists(scratch.path() / "whole" / "checkpoint.h5"));  // its results are there
    Json one = Json::parse(contents(scratch.path() / "whole" / "summary.json"));
    one.erase("wall_seconds");
    CAPTURE(run.command, run.settings);
    // At any moment of a run, which goes on from its last checkpoint, or begins anew before there is one. When it has
    // come to its end, it is compared, and the next begins.
    const std::filesystem::path killed = scratch.path() / "killed";
    int kills = 0, left = 40 * kills_of_each;
    for (bool ended = false; kills < kills_of_each || !ended;) {
      const bool any = std::filesystem::exists(killed / "checkpoint.h5") ||
                       std::filesystem::exists(killed / "checkpoint.previous.h5");
      RunningProgram program(scratch.path(),
                             any ? with({"--output", "killed", "--restart", "killed"}) : with({"--output", "killed"}));
      if (kills < kills_of_each) {
        // Other work on the machine changes how long a run takes: moments come earlier when they came too late.
        REQUIRE(--left > 0);
        std::this_thread::sleep_for(whole * share(random));
        program.send(SIGKILL);
      }
      const Outcome outcome = program.wait();
      CAPTURE(outcome.err);
      restarts += any ? 1 : 0;
      ended = outcome.exit_code == 0;
      if (ended && kills < kills_of_each) whole = whole * 3 / 4;
      if (!ended) {
        REQUIRE(outcome.exit_code == 1000 + SIGKILL);
        ++kills;
        continue;
      }
      require_equal_results(scratch.path() / "whole", killed, run.names);
      Json other = Json::parse(contents(killed / "summary.json"));
      other.erase("wall_seconds");
      CHECK(one == other);
      for (const auto& file : std::filesystem::directory_iterator(killed)) {
        CHECK(file.path().filename().string().find("checkpoint") == std::string::npos);
      }
      std::filesystem::remove_all(killed);
    }
  }
  CHECK(restarts >= 1);  // of some 20; others begin anew, as there is no checkpoint yet
}

TEST_CASE("what killed runs left of checkpoints is removed by the next one") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  std::filesystem::create_directory(scratch.path() / "run");
  const std::filesystem::path left = scratch.path() / "run" / ".checkpoint.h5.2147483647.0.tmp";  // of no process
  const std::filesystem::path living =
      scratch.path() / "run" / (".checkpoint.h5." + std::to_string(::getpid()) + ".0.tmp");
  for (const auto& file : {left, living}) write_file(file, "half a checkpoint");
  run_json(scratch, {"evolve", "case.toml", "--set", "output.checkpoint={steps=3}", "--output", "run"});
  CHECK(!std::filesystem::exists(left));
  CHECK(std::filesystem::exists(living));
}

TEST_CASE("the estimate of a box counts its positions") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  const Json one = run_json(scratch, {"estimate", "case.toml", "--set", "space.points=[64]"});
  const Json two = run_json(scratch, {"estimate", "case.toml", "--set", "space.points=[128]"});
  CHECK(one["positions"] == 64);
  // 14.5 states of 64 momenta each, as measured for Lawson's method.
  CHECK(one["method"] == "lawson");
  CHECK(two["memory_bytes"].get<double>() - one["memory_bytes"].get<double>() == 8.0 * 14.5 * 64 * 64);
  CHECK(one["seconds_per_evaluation"].get<double>() > 0.0);
}

TEST_CASE("sound in a Fermi gas is measured beside what viscosity and heat conduction predict") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "sound.toml", R"toml(
[momentum]
space = "continuum"
symmetry = "axial"
degree = 8
[collision]
kind = "two-body"
statistics = "fermion"
error_estimate = false
[space]
box = [16.468]
points = [4]
knudsen = 2
[initial]
occupation = "1/(exp((k^2 - 0.02*kz*sin(2*pi*x/16.468))/2) + 1)"
[time]
end = 24
rtol = 1e-6
[output]
times = 40
)toml");
  const Json sound = run_json(scratch, {"evolve", "sound.toml"})["sound"];
  CHECK_THAT(sound["wavenumber"].get<double>(), WithinRel(2.0 * std::numbers::pi / 16.468, 1e-12));
  // gas_modes() at Kn = 1 and q = 0.7631; twice that Kn and half q are the same gas in other units of length and time.
  const GasMode theory = gas_modes(Statistics::fermion, 1.0, 1.0, 4.0 * std::numbers::pi / 16.468).sound;
  const double q = sound["wavenumber"];
  // The flow of 0.01 warms the gas by its energy, ⟨u²⟩/2 = 2.5e-5 a particle.
  CHECK_THAT(sound["speed"]["predicted"].get<double>(), WithinRel(theory.s.imag() / (2.0 * q), 1e-4));
  CHECK_THAT(sound["damping"]["predicted"].get<double>(), WithinRel(-theory.s.real() / (2.0 * q * q), 1e-4));
  // Degree 8 gives c to 4e-5 and the damping to 1.3e-3, see docs/transport.md; waves of 1 % are linear to 1e-4.
  CHECK_THAT(sound["speed"]["measured"].get<double>(), WithinRel(theory.s.imag() / (2.0 * q), 3e-4));
  CHECK_THAT(sound["damping"]["measured"].get<double>(), WithinRel(-theory.s.real() / (2.0 * q * q), 5e-3));
  CHECK(sound["speed"]["measured_error"].get<double>() < 0.01 * sound["speed"]["measured"].get<double>());
  // Impurities that are not everywhere the same, and too short a run.
  for (const char* other : {"space.density='1+0.1*cos(2*pi*x/16.468)'", "time.end=1"}) {
    const Json none = run_json(scratch, {"evolve", "sound.toml", "--set", "momentum.degree=6", "--set", other});
    CHECK(none["sound"].is_null());
  }
}

TEST_CASE("what a box or a restart cannot be is refused in a sentence") {
  const ScratchDirectory scratch;
  says(small_case, {}, "needs a case with the section [space]");
  says(fermions, {"space.box=[32, 32, 32]"}, "space.box has more axes than momenta have components");
  says(fermions, {"space.box=32"}, "space.box has a wrong value (found the integer 32, allowed an array of numbers");
  says(
      "[momentum]\ndimension = 1\npoints = 4\n[collision]\nkind = \"two-body\"\nstatistics = \"boson\"\n[space]\n"
      "points = [4]\n[initial]\noccupation = 1\n",
      {}, "the required key space.box is missing");
  says(fermions, {"space.force=0.3"}, "space.force has a wrong value");
  says(fermions, {"space.force=[0.3]"}, "as many components as k has");
  says(fermions, {"space.force=[0.3, 0]", "time.until_equilibrium=1e-6"}, "no meaning in a constant force");
  says(fermions, {"space.potential=log(x - 1)"}, "the potential is");
  says(gas, {"space.potential=cos(x)"}, "is for particles on a lattice");
  says(fermions, {"space.streaming=bounded", "time.method=bdf"}, "needs time.method");
  says(fermions, {"space.streaming=bounded", "space.potential=cos(x)"}, "is for states without a force");
  says(fermions, {"time.step=0.1"}, "time.step is for time.method");
  says(fermions, {"space.points=[8, 8]"}, "space.points needs one number for each length");
  says(fermions, {"space.knudsen=0"}, "space.knudsen");
  says(fermions, {"space.density=cos(2*pi*x/32)"}, "the density is -");
  says(fermions, {"initial.occupation=cos(2*pi*x/32)"}, "at position (");
  says(fermions, {"initial.occupation=0*x"}, "nothing to evolve");
  says(fermions, {"momentum.space=shell"}, "is for elastic scattering");
  says(fermions, {"output.checkpoint={}"}, "exactly one of the keys steps and seconds");
  says(packet, {"time.rtol=1e-8"}, "whose evolution needs no tolerance");
  says(packet, {"momentum.energies=[7]"}, "momentum.energies");
  says(gas, {"momentum.symmetry=isotropic"}, "isotropic states have no current");
  says(gas, {"space.box=[8, 8]", "space.points=[4, 4]"}, "states of axial symmetry");
  write_file(scratch.path() / "case.toml", fermions);
  for (const char* command : {"relax", "collide"}) {
    CHECK(refusal(scratch, {command, "case.toml"}).find("use evolve") != std::string::npos);
  }
  write_file(scratch.path() / "shells.toml", packet);
  CHECK(refusal(scratch, {"diffusion", "shells.toml"}).find("use evolve") != std::string::npos);
  CHECK(refusal(scratch, {"evolve", "case.toml", "--restart", "nowhere"}).find("there is no checkpoint.h5") !=
        std::string::npos);
}
