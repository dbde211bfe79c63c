// SPDX-License-Identifier: GPL-3.0-or-later
// Electrons in a phonon bath as a user runs them: JSON, files, figures, exit codes.
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"
#include "support/refusal.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr const char* sound =
    "[momentum]\nspace = \"continuum\"\nlmax = 8\norder = 8\n[collision]\nkind = \"phonon-bath\"\ntemperature = 1\n"
    "phonon = \"acoustic\"\nsound_speed = 0.5\ncoupling = 1\n";
constexpr const char* light =
    "[momentum]\nspace = \"continuum\"\nsymmetry = \"isotropic\"\n[collision]\nkind = \"phonon-bath\"\ntemperature = "
    "1\n"
    "phonon = \"optical\"\nomega0 = 1\ncoupling = 1\n";
constexpr const char* lattice =
    "[momentum]\ndimension = 2\npoints = 8\n[collision]\nkind = \"phonon-bath\"\ntemperature = 1\nphonon = "
    "\"optical\"\nomega0 = 0.5\ncoupling = 0.5\n";

Outcome run_case(const std::filesystem::path& directory, const std::string& command, const std::string& text,
                 const std::vector<std::string>& more = {}) {
  write_file(directory / "case.toml", text);
  std::vector<std::string> arguments{command, "case.toml", "--json", "--quiet"};
  if (command != "estimate") arguments.insert(arguments.end(), {"--output", "out"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_program(directory, arguments);
}

Json summary_of(const Outcome& outcome) {
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

}  // namespace

TEST_CASE("electrons in a bath keep their number over a million mean free times in space") {
  const std::string wave = "symmetry = \"axial\"\n", box = "[space]\nbox = [64]\npoints = [4]\n";
  const std::string warm = "[initial]\noccupation = \"exp(-k^2/2)*(1 + 0.5*cos(2*pi*x/64))\"\n";
  const std::string band = "[initial]\noccupation = \"exp(-omega)*(1 + 0.5*cos(2*pi*x/64))\"\n";
  const std::string times = "[output]\ntimes = 2\n[time]\nend = ";
  const std::string in_space(sound), on_lattice(lattice);
  const std::size_t first = in_space.find('\n', in_space.find("space =")) + 1;
  const ScratchDirectory scratch;
  for (const std::string& text :
       {in_space.substr(0, first) + wave + in_space.substr(first) + box + warm + times + "200\n",
        on_lattice + box + band + times + "2e6\n"}) {
    const Json summary = summary_of(run_case(scratch.path(), "evolve", text));
    CHECK(summary["mean_free_times"].get<double>() > 1e6);
    // The rounding of one evaluation, 1e-16 of the losses, would be a million times as much.
    CHECK(summary["mass_drift"].get<double>() <= 1e-14);
  }
}

TEST_CASE("a beam cools among sound waves") {
  const ScratchDirectory scratch;
  const std::string text = std::string(sound) +
                           "[initial]\noccupation = \"exp(-(kx^2 + ky^2 + (kz - 2)^2))\"\n[time]\nend = 0.2\nrtol = "
                           "1e-9\n[output]\ntimes = 10\n";
  const Json summary = summary_of(run_case(scratch.path(), "relax", text));
  CHECK(summary["mass_drift"].get<double>() < 1e-13);
  CHECK(summary["energy_drift"].is_null());
  CHECK(summary["entropy"]["max_decrease"].get<double>() <= 1e-12);
  CHECK(summary["entropy"]["final"].get<double>() > summary["entropy"]["initial"].get<double>());
  CHECK(summary["min_W"].get<double>() > -1e-8);
  // 3/2 T at the end; k_z²/2 = 2 and three halves of ½ at first.
  CHECK_THAT(summary["energy_per_particle"]["initial"].get<double>(), WithinAbs(2.75, 1e-3));
  CHECK_THAT(summary["energy_per_particle"]["final"].get<double>(), WithinAbs(1.5, 1e-6));
  CHECK(summary["distance_to_equilibrium"].get<double>() < 1e-6);
  CHECK(run_program(scratch.path(), {"plot", "out"}).exit_code == 0);
  CHECK(std::filesystem::exists(scratch.path() / "out/figures/occupation.svg"));
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "out/figures/momentum_plane.svg"));
  const std::string moments = contents(scratch.path() / "out/figures/moments.gp");
  CHECK(says(moments, "momentum^3"));
  CHECK(says(moments, "J_z"));
  CHECK_FALSE(says(moments, "J_x"));
  CHECK(says(contents(scratch.path() / "out/figures/entropy.gp"), "{/:Italic E}/{/:Italic T}"));
  CHECK_FALSE(says(contents(scratch.path() / "out/figures/invariants.gp"), "correction"));
  // The resolved case gives the same run.
  const Outcome again = run_program(scratch.path(), {"relax", "out/case.toml", "--json", "--quiet", "--output", "two"});
  CHECK(summary_of(again)["entropy"] == summary["entropy"]);
}

TEST_CASE("the entropy of electron and bath does not fall in any step") {
  const ScratchDirectory scratch;
  // Twice as many instants are kept as asked for before steps are left out.
  const std::string hot = "[initial]\noccupation = \"exp(-2*(k - 3)^2)\"\n", steps = "[output]\ntimes = 1000\n";
  const std::string to_the_end = "[time]\nuntil_equilibrium = 1e-9\n";
  const std::string polar =
      "[momentum]\nspace = \"continuum\"\nlmax = 2\n[collision]\nkind = \"phonon-bath\"\n"
      "temperature = 1\nphonon = \"optical\"\nomega0 = 1\nfroehlich = 1\n";
  const std::string crystal = std::string(lattice) + "window = \"bohman\"\n[time]\nend = 200\n[output]\ntimes = 1000\n";
  for (const std::string& text :
       {sound + hot + to_the_end + steps, light + hot + to_the_end + steps, polar + hot + "[time]\nend = 5\n" + steps,
        crystal + "[initial]\noccupation = \"exp(-4*(omega - 3)^2)*(1 + 0.5*sin(2*pi*kx))\"\n"}) {
    CAPTURE(text);
    const Json summary = summary_of(run_case(scratch.path(), "relax", text));
    CHECK(summary["steps"].get<int>() < 2000);
    CHECK(summary["entropy"]["max_decrease"].get<double>() <= 1e-12);
    // Each step rounds every W.
    CHECK(summary["mass_drift"].get<double>() <= 1e-13);
    const double scale = summary["max_W"].get<double>();
    CHECK(summary["min_W"].get<double>() >= -1e-15 * scale);
    CHECK(summary["distance_to_equilibrium"].get<double>() < 0.1 * summary["initial_distance"].get<double>());
  }
}

TEST_CASE("optical phonons keep the electrons of every ladder") {
  const ScratchDirectory scratch;
  const std::string text = std::string(light) + "[initial]\noccupation = \"exp(-2*(k - 2)^2)\"\n";
  const Json summary = summary_of(run_case(scratch.path(), "relax", text));
  CHECK(summary["stopped_by"] == "equilibrium");
  CHECK(summary["ladder_drift"].get<double>() < 1e-12);
  CHECK(summary["ladders"].size() == 12);
  double share = 0.0;
  for (const Json& ladder : summary["ladders"]) share += ladder["share"].get<double>();
  CHECK_THAT(share, WithinAbs(1.0, 1e-12));
  CHECK(summary["equilibrium"]["mu"].is_null());
}

TEST_CASE("collide gives C of a bath at any momentum") {
  const ScratchDirectory scratch;
  const std::string text = std::string(light) + "[initial]\noccupation = \"exp(-omega)\"\n";
  const Json summary = summary_of(run_case(scratch.path(), "collide", text, {"--at", "0,0,1.1"}));
  CHECK_THAT(summary["values"][0]["C"].get<double>(), WithinAbs(0.0, 1e-9));  // the Maxwell distribution is stationary
}

TEST_CASE("transport in a bath gives diffusion, mobility and rates") {
  const ScratchDirectory scratch;
  const Json summary =
      summary_of(run_case(scratch.path(), "transport", std::string(light) + "[transport]\ntemperature = [1, 0.5]\n"));
  CHECK_THAT(summary["coefficients"]["diffusion"]["value"].get<double>(), WithinRel(0.0046445132705809, 1e-12));
  CHECK_THAT(summary["table"][1]["coefficients"]["mobility"]["value"].get<double>(),
             WithinRel(2.0 * 0.012776025340935486, 1e-12));
  CHECK(summary["ladders"].size() == 9);
  CHECK(summary["spectral_gap"].get<double>() > 0.0);
  CHECK(summary["converged"] == true);
  const Hdf5Reader file(scratch.path() / "out/result.h5");
  for (const char* name : {"spectral_gap_error", "current_decay_error"}) {
    CHECK(file.numbers(name).at(1) == summary["table"][1][name].get<double>());
    CHECK(says(contents(scratch.path() / "out/transport.csv"), name));
  }
  CHECK(run_program(scratch.path(), {"plot", "out"}).exit_code == 0);
  CHECK(std::filesystem::exists(scratch.path() / "out/figures/mobility.svg"));
  CHECK(std::filesystem::exists(scratch.path() / "out/figures/ladders.svg"));
}

TEST_CASE("a lattice electron relaxes and diffuses") {
  const ScratchDirectory scratch;
  const std::string text =
      std::string(lattice) + "[initial]\noccupation = \"0.5 + 0.3*cos(2*pi*kx)\"\n[time]\nend = 1\n";
  const Json relaxed = summary_of(run_case(scratch.path(), "relax", text));
  CHECK(relaxed["mass_drift"].get<double>() < 1e-13);
  const Json summary = summary_of(run_case(scratch.path(), "transport", lattice));
  CHECK(summary["coefficients"]["diffusion"]["value"].get<double>() > 0.0);
  CHECK(summary["spectral_gap"].is_null());
  // Without a tolerance there is nothing to meet.
  CHECK(summary["converged"].is_null());
  const double error = summary["coefficients"]["diffusion"]["error"].get<double>();
  const Json met =
      summary_of(run_case(scratch.path(), "transport", std::string(lattice) + "[transport]\ntolerance = 0.99\n"));
  CHECK(error < 0.99);
  CHECK(met["converged"] == true);
  const Outcome missed =
      run_case(scratch.path(), "transport", std::string(lattice) + "[transport]\ntolerance = 1e-9\n");
  CHECK(missed.exit_code == 1);
  CHECK(says(missed.err, "more points or a larger tolerance help"));
  CHECK(Json::parse(missed.out)["converged"] == false);
  CHECK(summary_of(run_case(scratch.path(), "estimate", text))["nodes"] == 64);
}

TEST_CASE("cases of a bath without meaning are refused") {
  const ScratchDirectory scratch;
  const auto refusal = [&](const std::string& command, const std::string& text) {
    const Outcome outcome = run_case(scratch.path(), command, text);
    CHECK(outcome.exit_code == 2);
    return outcome.err;
  };
  const std::string tilted = "[initial]\noccupation = \"exp(-(kx - 1)^2 - ky^2 - kz^2)\"\n";
  CHECK(says(refusal("relax", sound + tilted), "it must not depend on the angle about e_3"));
  CHECK(says(refusal("relax", light + std::string("[initial]\noccupation = \"exp(-k^2 - kz)\"\n")),
             "depend on |k| only"));
  CHECK(says(refusal("relax", light + std::string("[initial]\noccupation = \"1/(1 + k^2)\"\n")), "has not decayed"));
  CHECK(says(refusal("relax", sound), "need a section [initial]"));
  const auto refused_with = [&](const std::string& command, const std::string& text, const std::string& set) {
    const Outcome outcome = run_case(scratch.path(), command, text, {"--set", set});
    CHECK(outcome.exit_code == 2);
    return outcome.err;
  };
  // At the key that is out of range.
  const std::string fast = "[initial]\noccupation = \"exp(-kx^2 - ky^2 - (kz - 3)^2)\"\n";
  CHECK(says(refused_with("relax", sound + fast, "momentum.largest_momentum=2"),
             "momentum.largest_momentum: the grid ends at |k| = 2.5"));
  const std::string still = "[initial]\noccupation = \"exp(-k^2)\"\n", even = "[initial]\noccupation = \"1\"\n";
  CHECK(
      says(refused_with("relax", light + still, "collision.omega0=1000"), "collision.temperature: temperature = 1 is"));
  CHECK(says(refused_with("relax", light + still, "collision.omega0=1e-7"), "collision.omega0: omega0 = 1e-07 makes"));
  CHECK(says(refused_with("relax", lattice + even, "collision.horizon=1e12"), "collision.horizon: horizon = 1e+12"));
  CHECK(
      says(refused_with("relax", lattice + even, "collision.temperature=0.01"), "collision.temperature: temperature"));
  CHECK(says(refused_with("diffusion", light + still, "output.snapshots=3"), "found \"phonon-bath\""));
  CHECK(says(refusal("transport", lattice + std::string("sound_speed = 1\n")), "unknown key"));
  CHECK(says(refusal("transport", std::string(lattice) + "froehlich = 1\n"), "constant"));
  CHECK(says(refusal("transport", std::string(light) + "[transport]\ntemperature = 1e-4\n"), "too cold"));
  CHECK(says(refusal("transport", std::string(lattice) + "[transport]\nladders = 4\n"), "is for momentum.space"));
  // Rates beyond the range of numbers.
  for (const char* coupling : {"1e+150", "1e-150"}) {
    const std::string set = std::string("collision.coupling=") + coupling;
    for (const std::string& text : {sound + still, light + still, lattice + even}) {
      CHECK(says(refused_with("relax", text, set), std::string("coupling = ") + coupling));
      CHECK(says(refused_with("transport", text, set), std::string("coupling = ") + coupling));
    }
  }
  CHECK(says(refused_with("transport", lattice, "transport.temperature=1e300"), "temperature = 1e+300 make"));
}
