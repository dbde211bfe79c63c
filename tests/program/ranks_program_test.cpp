// SPDX-License-Identifier: GPL-3.0-or-later
// `mpirun -n 2 nordheim evolve`, where nordheim is built with MPI; and that several processes are refused where it is
// not.
#include <nordheim/core/ranks.hpp>
#include <nordheim/io/hdf5_file.hpp>

#include "program/run_program.hpp"
#include "support/catch.hpp"
#include "support/largest.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <thread>

using namespace nordheim;
using namespace nordheim::test;
using Json = nlohmann::json;

namespace {

constexpr const char* fermions = R"toml(
[momentum]
dimension = 2
points = 6
[collision]
kind = "two-body"
statistics = "fermion"
error_estimate = false
[space]
box = [32]
points = [7]
knudsen = 0.5
[initial]
occupation = "0.4 + 0.2*cos(2*pi*kx) + 0.1*sin(2*pi*ky) + 0.1*cos(2*pi*x/32)"
[time]
end = 10.0
rtol = 1e-7
method = "lawson"
[output]
times = 4
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
points = [5]
[initial]
occupation = "1/(exp(1 + (k^2 - 0.2*kz*sin(2*pi*x/8))/2)-1)"
[time]
end = 0.2
[output]
times = 3
)toml";

constexpr const char* phonons = R"toml(
[momentum]
dimension = 2
points = 6
[dispersion]
kind = "optical"
omega0 = 0.5
[collision]
kind = "four-phonon"
lambda = 0.3
statistics = "classical-wave"
error_estimate = false
[space]
box = [16, 16]
points = [4, 3]
[initial]
occupation = "1 + 0.2*cos(2*pi*kx)*cos(2*pi*x/16) + 0.1*sin(2*pi*y/16)"
[time]
end = 1.0
[output]
times = 2
)toml";

constexpr const char* shell = R"toml(
[momentum]
space = "shell"
dimension = 2
energies = [1.5]
order = 4
[collision]
kind = "impurity"
correlator = "product"
c = 0.5
[space]
box = [400]
points = [16]
[initial]
occupation = 1
[time]
end = 3
)toml";

/// Starts processes as tests need it: as root, more than there are cores, none bound to one.
std::vector<std::string> launcher(int ranks) {
  for (const char* const name : {"OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM",
                                 "OMPI_MCA_rmaps_base_oversubscribe", "OMP_NUM_THREADS"}) {
    setenv(name, "1", 1);
  }
  setenv("OMPI_MCA_hwloc_base_binding_policy", "none", 1);
  setenv("PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe", 1);
  setenv("PRTE_MCA_hwloc_default_binding_policy", "none", 1);
  return {NORDHEIM_MPIEXEC, "-n", std::to_string(ranks)};
}

Outcome run_on(int ranks, const ScratchDirectory& scratch, const std::vector<std::string>& arguments) {
  return RunningProgram(scratch.path(), arguments, RunningProgram::out_name, launcher(ranks)).wait();
}

std::size_t count(const std::string& text, const std::string& words) {
  std::size_t found = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
  return found;
}

const std::vector<std::string>& names() {
  static const std::vector<std::string> all{"W",
                                            "equilibrium",
                                            "time",
                                            "density",
                                            "current",
                                            "energy_density",
                                            "variance",
                                            "image",
                                            "entropy",
                                            "min_W",
                                            "max_W",
                                            "distance_to_equilibrium",
                                            "distance_to_local_equilibrium"};
  return all;
}

/// Relative to the largest number of each dataset.
void require_close(const std::filesystem::path& a, const std::filesystem::path& b, double tolerance) {
  const Hdf5Reader one(a / "result.h5"), other(b / "result.h5");
  for (const std::string& name : names()) {
    CAPTURE(name);
    const std::vector<double> x = one.numbers(name), y = other.numbers(name);
    REQUIRE(x.size() == y.size());
    double difference = 0.0, scale = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      difference = larger(difference, std::abs(x[i] - y[i]));
      scale = larger(scale, std::abs(x[i]));
    }
    CHECK(difference <= tolerance * std::max(1.0, scale));
  }
}

}  // namespace

TEST_CASE("a run on several ranks is that on one, and one rank speaks") {
  struct Run {
    const char* text;
    std::vector<std::string> settings;
  };
  const std::vector<Run> runs{
      {fermions, {}},
      {fermions, {"time.method=bdf", "space.potential=0.2*cos(2*pi*x/32)", "space.knudsen=0.05", "time.end=5"}},
      {fermions, {"space.streaming=bounded", "time.method=auto"}},
      {gas, {}},
      {phonons, {}}};
  for (const Run& run : runs) {
    const ScratchDirectory scratch;
    write_file(scratch.path() / "case.toml", run.text);
    std::vector<std::string> arguments{"evolve", "case.toml", "--json", "--threads", "1"};
    for (const std::string& setting : run.settings) {
      arguments.insert(arguments.end(), {"--set", setting});
    }
    const auto with = [&](const char* output) {
      auto all = arguments;
      all.insert(all.end(), {"--output", output});
      return all;
    };
    CAPTURE(run.text, run.settings);
    const Outcome alone = run_program(scratch.path(), with("alone"));
    CAPTURE(alone.err);
    REQUIRE(alone.exit_code == 0);
    const Json expected = Json::parse(alone.out);
    for (const int ranks : {2, 3}) {
      const Outcome shared = run_on(ranks, scratch, with("shared"));
      CAPTURE(shared.err);
      REQUIRE(shared.exit_code == 0);
      const Json summary = Json::parse(shared.out);  // one object
      CHECK(summary["steps"] == expected["steps"]);
      CHECK(summary["mass_drift"].is_null() == expected["mass_drift"].is_null());
      // Norms are added in another order: rounding, that the steps make no larger than they make their own errors.
      require_close(scratch.path() / "alone", scratch.path() / "shared", 1e-11);
    }
  }
}

TEST_CASE("a run on two ranks goes on on three or alone") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  const auto arguments = [](const std::string& end, const std::string& output, std::vector<std::string> more = {}) {
    std::vector<std::string> all{
        "evolve", "case.toml",        "--quiet", "--threads",       "1",        "--set", "output.checkpoint={steps=5}",
        "--set",  "output.times=[0]", "--set",   "time.end=" + end, "--output", output};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  const std::filesystem::path stopped = scratch.path() / "stopped";
  RunningProgram program(scratch.path(), arguments("1e9", "stopped"), RunningProgram::out_name, launcher(2));
  for (int wait = 0; wait < 600 && !std::filesystem::exists(stopped / "checkpoint.previous.h5"); ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  program.send(SIGTERM);
  CHECK(program.wait().exit_code != 0);
  REQUIRE(std::filesystem::exists(stopped / "checkpoint.previous.h5"));
  const double at = Hdf5Reader(stopped / "checkpoint.previous.h5").numbers("time").front();
  std::filesystem::remove(stopped / "checkpoint.h5");
  const std::string end = std::to_string(at + 100.0);
  REQUIRE(run_program(scratch.path(), arguments(end, "whole")).exit_code == 0);
  REQUIRE(run_program(scratch.path(), arguments(end, "alone", {"--restart", "stopped"})).exit_code == 0);
  const Outcome shared = run_on(3, scratch, arguments(end, "shared", {"--restart", "stopped"}));
  CAPTURE(shared.err);
  REQUIRE(shared.exit_code == 0);
  for (const char* const name : {"alone", "shared"}) {
    const auto W = Hdf5Reader(scratch.path() / name / "result.h5").numbers("W");
    const auto expected = Hdf5Reader(scratch.path() / "whole" / "result.h5").numbers("W");
    REQUIRE(W.size() == expected.size());
    double difference = 0.0;
    for (std::size_t i = 0; i < W.size(); ++i) difference = larger(difference, std::abs(W[i] - expected[i]));
    CHECK(difference < 1e-10);  // rounding of some hundred steps
  }
}

TEST_CASE("what ranks cannot do is refused once, with exit code 2, by all") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  write_file(scratch.path() / "shell.toml", shell);
  const auto says = [&](const std::vector<std::string>& arguments, const std::string& words) {
    const Outcome outcome = run_on(2, scratch, arguments);
    CAPTURE(outcome.err, words);
    CHECK(outcome.exit_code == 2);
    CHECK(count(outcome.err, "nordheim: ") == 1);
    CHECK(count(outcome.err, words) == 1);
  };
  says({"relax", "case.toml"}, "relax runs in one process (found 2); only evolve shares its work");
  says({"plot", "case"}, "plot runs in one process");
  says({"evolve", "shell.toml"}, "electrons on energy shells run in one process (found 2)");
  says({"evolve", "none.toml"}, "none.toml");
  says({"evolve", "case.toml", "--set", "space.points=[1]"}, "2 ranks are to share 1 positions");
  says({"evolve", "case.toml", "--set", "space.knudsen=0"}, "space.knudsen has a wrong value");
  says({"evolve", "case.toml", "--restart", "nowhere"}, "there is no checkpoint.h5 in this directory");
  says({"evolv", "case.toml"}, "unknown command \"evolv\", did you mean evolve?");
}

TEST_CASE("a run that fails does so on all ranks") {
  const ScratchDirectory scratch;
  write_file(scratch.path() / "case.toml", fermions);
  const Outcome outcome = run_on(2, scratch, {"evolve", "case.toml", "--quiet", "--set", "time.max_steps=3"});
  CAPTURE(outcome.err);
  CHECK(outcome.exit_code == 1);
  CHECK(count(outcome.err, "more than max_steps = 3 steps are needed") == 1);
}

TEST_CASE("one of several ranks says the version") {
  const ScratchDirectory scratch;
  CHECK(run_on(2, scratch, {"--version"}).out == run_program(scratch.path(), {"--version"}).out);
}
