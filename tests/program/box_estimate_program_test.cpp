// SPDX-License-Identifier: GPL-3.0-or-later
// `nordheim estimate` of electrons on shells and in phonon baths in a box, against the memory that `evolve` takes.
#include "program/run_json.hpp"
#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

// Sanitizers keep what was freed.
#ifdef __SANITIZE_ADDRESS__
#define NORDHEIM_TEST_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define NORDHEIM_TEST_SANITIZED
#endif
#endif

using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

/// A wave, most of whose modes are zero, so that a large box takes no time.
constexpr const char* shells = R"toml(
[momentum]
space = "shell"
dimension = 2
energies = [1.3, 1.5]
[collision]
kind = "impurity"
correlator = "product"
c = 0.5
[space]
box = [4096]
points = [16]
[initial]
occupation = "1 + 0.5*cos(2*pi*x/4096)"
[time]
end = 1
[output]
times = 2
snapshots = 2
)toml";

constexpr const char* bath = R"toml(
[momentum]
dimension = 2
points = 24
[collision]
kind = "phonon-bath"
phonon = "optical"
omega0 = 1.0
coupling = 0.1
temperature = 1.0
error_estimate = false
[space]
box = [64]
points = [4]
[initial]
occupation = "exp(-omega)*(1 + 0.5*cos(2*pi*x/64))"
[time]
end = 0.2
method = "lawson"
[output]
times = 2
snapshots = 2
)toml";

constexpr const char* polar = R"toml(
[momentum]
space = "continuum"
symmetry = "axial"
[collision]
kind = "phonon-bath"
phonon = "acoustic"
sound_speed = 0.3
coupling = 0.1
temperature = 1.0
[space]
box = [64]
points = [4]
[initial]
occupation = "exp(-k^2/2)*(1 + 0.5*cos(2*pi*x/64))"
[time]
end = 0.1
)toml";

constexpr const char* gas = R"toml(
[momentum]
dimension = 2
points = 24
[collision]
kind = "two-body"
statistics = "fermion"
error_estimate = false
[space]
box = [64]
points = [4]
density = "1 + 0.5*cos(2*pi*x/64)"
knudsen = 0.5
[initial]
occupation = "0.4 + 0.1*cos(2*pi*x/64)*cos(kx)"
[time]
end = 1
[output]
times = 2
snapshots = 2
)toml";

Json estimated(const ScratchDirectory& scratch, const std::string& points) {
  const Outcome outcome = run_program(
      scratch.path(), {"estimate", "case.toml", "--json", "--threads", "1", "--set", "space.points=" + points});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return Json::parse(outcome.out);
}

[[maybe_unused]] double memory_of_run(const ScratchDirectory& scratch, const std::string& points) {
  const Outcome outcome = run_program(scratch.path(), {"evolve", "case.toml", "--quiet", "--threads", "1", "--output",
                                                       "out", "--set", "space.points=" + points});
  CAPTURE(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return outcome.peak_memory;
}

/// The larger box takes so much more than the program with the smaller one.
void check_memory(const char* text, const std::string& few, const std::string& many) {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", text);
  const double expected =
      estimated(scratch, many)["memory_bytes"].get<double>() - estimated(scratch, few)["memory_bytes"].get<double>();
  CHECK(expected > 20e6);
#ifndef NORDHEIM_TEST_SANITIZED
  const double base = memory_of_run(scratch, few), whole = memory_of_run(scratch, many);
  CHECK_THAT(whole - base, WithinRel(expected, 0.1));  // allocations leave some percent unused
#endif
}

}  // namespace

TEST_CASE("estimate knows the memory of electrons in a bath in a box") { check_memory(bath, "[4]", "[1024]"); }

TEST_CASE("estimate knows the memory of a gas in a box") { check_memory(gas, "[4]", "[512]"); }

TEST_CASE("estimate knows which method a run will choose") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", gas);
  const auto estimate = [&](const std::string& setting) {
    return run_json(scratch, {"estimate", "case.toml", "--set", setting});
  };
  const Json run = run_json(scratch, {"evolve", "case.toml", "--output", "out"}), before = estimate("time.end=1");
  CHECK(before["method"] == "lawson");
  CHECK(before["method"] == run["method"]);
  // The same mean state, summed in another order.
  CHECK_THAT(before["mean_free_times"].get<double>(), WithinRel(run["mean_free_times"].get<double>(), 1e-12));
  const double end = 60.0 / before["mean_free_times"].get<double>();
  CHECK(estimate("time.end=" + std::to_string(end))["method"] == "bdf");
  const Json endless = estimate("time={until_equilibrium=1e-6}");
  CHECK(endless["method"] == "bdf");
  CHECK(endless["mean_free_times"].is_null());
}

TEST_CASE("estimate knows the memory of electrons on shells in a box") { check_memory(shells, "[16]", "[16384]"); }

TEST_CASE("the estimate of electrons in a box counts positions and nodes") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", shells);
  const Json packet = estimated(scratch, "[256]");
  CHECK(packet["positions"] == 256);
  CHECK(packet["shells"] == 2);
  CHECK(packet["state_bytes"] == 8 * 256 * packet["nodes"].get<long>());
  CHECK(packet["seconds_per_evaluation"].get<double>() > 0.0);
  write_file(scratch.path() / "case.toml", polar);
  const Json one = estimated(scratch, "[64]"), two = estimated(scratch, "[128]");
  CHECK(one["positions"] == 64);
  CHECK(two["memory_bytes"].get<double>() - one["memory_bytes"].get<double>() ==
        8.0 * 23.5 * 64 * one["nodes"].get<double>());
  CHECK(two["seconds_per_evaluation"].get<double>() > one["seconds_per_evaluation"].get<double>());
}
