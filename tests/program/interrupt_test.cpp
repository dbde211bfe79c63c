// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C and kill: what a command says, and what it leaves behind.
#include "program/run_program.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <csignal>
#include <thread>

using namespace nordheim::test;

namespace {

/// A command makes its output directory when the case has been read, shortly before the first step.
void await(const std::filesystem::path& directory) {
  while (!std::filesystem::exists(directory)) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

}  // namespace

TEST_CASE("an interrupted run leaves earlier results as they were") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml", small_case);
    REQUIRE(run_program(scratch.path(), {"relax", "case.toml", "--quiet"}).exit_code == 0);
    const std::string before = contents(scratch.path() / "case" / "result.h5");
    RunningProgram endless(scratch.path(),
                           {"relax", "case.toml", "--quiet", "--set", "time.end=1e12", "--set",
                            "collision.statistics=boson", "--set", "momentum.points=32", "--output", "endless"});
    await(scratch.path() / "endless");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    endless.send(signal);
    const Outcome outcome = endless.wait();
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("interrupted") != std::string::npos);
    CHECK(outcome.err.find("stopped at t =") != std::string::npos);
    CHECK(file_count(scratch.path() / "endless") == 0);
    CHECK(contents(scratch.path() / "case" / "result.h5") == before);
    CHECK(file_count(scratch.path() / "case") == 4);
  }
}

TEST_CASE("an interrupted collide ends at once and leaves no result") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", small_case);
  RunningProgram slow(scratch.path(), {"collide", "case.toml", "--set", "momentum.points=400", "--output", "slow"});
  await(scratch.path() / "slow");
  slow.send(SIGINT);
  CHECK(slow.wait().exit_code == 1000 + SIGINT);
  CHECK(file_count(scratch.path() / "slow") == 0);
}

TEST_CASE("an interrupted diffusion says how far it came and leaves no result") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml",
               "[momentum]\ndimension = 3\n[collision]\nkind = \"impurity\"\ncorrelator = \"delta\"\n[diffusion]\n"
               "energies = { from = 0.1, to = 5.9, count = 100000 }\n");
    RunningProgram slow(scratch.path(), {"diffusion", "case.toml", "--quiet", "--output", "slow"});
    await(scratch.path() / "slow");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    slow.send(signal);
    const Outcome outcome = slow.wait();
    CAPTURE(outcome.err);
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.err.find("interrupted after") != std::string::npos);
    CHECK(outcome.err.find("energies; nothing was written") != std::string::npos);
    CHECK(file_count(scratch.path() / "slow") == 0);
  }
}
